import type { BoardLine } from '../../../../../lib/server';

/** What a board can be ordered by. */
export type BoardOrder = 'needs' | 'lag' | 'name';

const byName = (a: BoardLine, b: BoardLine): number => a.name.localeCompare(b.name);

/** The lines in an order: most urgent first, furthest behind first, or by name. */
export function sortLines(lines: readonly BoardLine[], order: BoardOrder): readonly BoardLine[] {
  const behind = ({ met, state }: BoardLine) => (state === 'done' ? Number.POSITIVE_INFINITY : met);
  if (order === 'name') return [...lines].sort(byName);
  if (order === 'lag') return [...lines].sort((a, b) => compare(behind(a), behind(b)) || byName(a, b));
  return [...lines].sort((a, b) => b.needs - a.needs || compare(behind(a), behind(b)) || byName(a, b));
}

/** Infinities have no difference. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
