import type { BoardNews, BoardView } from '../../../../../lib/server';

/** The board once there is news of it. */
export function boardAfter(board: BoardView, { lines, order, ...rest }: BoardNews): BoardView {
  const known = new Map([...board.lines, ...lines].map((line) => [line.id, line]));
  const ids = order ?? board.lines.map(({ id }) => id);
  return { ...board, ...rest, lines: ids.flatMap((id) => known.get(id) ?? []) };
}
