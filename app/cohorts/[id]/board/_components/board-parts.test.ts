import { expect, test } from 'vitest';
import type { BoardLine, BoardView } from '../../../../../lib/server';
import { boardAfter } from './board-after';
import { packBoard, unpackBoard } from './packed-board';

const line = (id: string, tasks: BoardLine['tasks'] = {}): BoardLine => ({
  id,
  name: `Learner ${id}`,
  workspaceId: id === 'bob' ? null : `place-of-${id}`,
  state: 'working',
  tasks,
  met: Object.values(tasks).filter((each) => each === 'met').length,
  needs: 1.5,
  why: ['silent for 7 min'],
});
const BOARD: BoardView = {
  tasks: ['expose', 'scale', 'reach'].map((id) => ({ id, title: `To ${id}`, met: 0 })),
  lines: [line('ada', { expose: 'met', reach: 'not-met' }), line('bob'), line('cyd', { scale: 'met' })],
  groups: [],
  counts: { done: 0, working: 3, stuck: 0, away: 0, 'not begun': 0 },
};
const namesOf = ({ lines }: BoardView) => lines.map(({ id }) => id).join(' ');

test('[C36] a board that was packed is the board', () => {
  expect(unpackBoard(JSON.parse(JSON.stringify(packBoard(BOARD))))).toEqual(BOARD);
});

test('[C36] a changed line takes the place of the old one', () => {
  const changed = line('bob', { expose: 'met' });
  const after = boardAfter(BOARD, { lines: [changed], tasks: [] });
  expect(namesOf(after)).toBe('ada bob cyd');
  expect(after.lines[1]).toBe(changed);
  expect(after.tasks).toEqual([]);
  expect(after.counts).toBe(BOARD.counts);
});

test('[C36] the order says who came and who went', () => {
  const after = boardAfter(BOARD, { lines: [line('dan')], order: ['ada', 'dan', 'bob'] });
  expect(namesOf(after)).toBe('ada dan bob');
});
