import type { BoardLine, BoardView } from '../../../../../lib/server';

/** A line as a page carries it: names of fields and tasks, five hundred times over, would be most of the page. */
type PackedLine = readonly [
  id: string,
  name: string,
  workspaceId: string | null,
  state: BoardLine['state'],
  /** A letter a task: met, not met, or not asked yet. */
  tasks: string,
  met: number,
  needs: number,
  why: readonly string[],
];

/** A board as a page carries it. */
export type PackedBoard = Omit<BoardView, 'lines'> & { readonly lines: readonly PackedLine[] };

const LETTERS = { met: 'm', 'not-met': 'n' } as const;
const OPEN = '-';

/** Packs a board. */
export function packBoard({ lines, ...board }: BoardView): PackedBoard {
  const letterOf = (tasks: BoardLine['tasks'], id: string) => {
    const outcome = tasks[id];
    return outcome === undefined ? OPEN : LETTERS[outcome];
  };
  const pack = ({ id, name, workspaceId, state, tasks, met, needs, why }: BoardLine): PackedLine => {
    const letters = board.tasks.map((task) => letterOf(tasks, task.id)).join('');
    return [id, name, workspaceId, state, letters, met, needs, why];
  };
  return { ...board, lines: lines.map(pack) };
}

/** The board that was packed; of tasks that the lab has no more it says nothing. */
export function unpackBoard({ lines, ...board }: PackedBoard): BoardView {
  const outcomes = new Map<string, 'met' | 'not-met'>([
    [LETTERS.met, 'met'],
    [LETTERS['not-met'], 'not-met'],
  ]);
  const unpack = ([id, name, workspaceId, state, letters, met, needs, why]: PackedLine): BoardLine => {
    const tasks = Object.fromEntries(
      board.tasks.flatMap((task, at) => {
        const outcome = outcomes.get(letters[at] ?? OPEN);
        return outcome === undefined ? [] : [[task.id, outcome]];
      }),
    );
    return { id, name, workspaceId, state, tasks, met, needs, why };
  };
  return { ...board, lines: lines.map(unpack) };
}
