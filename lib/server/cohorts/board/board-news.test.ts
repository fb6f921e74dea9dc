import { expect, test } from 'vitest';
import { boardNews, sharedWith } from './board-news';
import type { BoardLine, BoardView } from './board-views';

const line = (id: string, met = 0): BoardLine => ({
  id,
  name: id,
  workspaceId: null,
  state: 'working',
  tasks: {},
  met,
  needs: 0,
  why: [],
});
const board = (...lines: readonly BoardLine[]): BoardView => ({
  tasks: [{ id: 'expose', title: 'Expose it', met: lines.filter(({ met }) => met > 0).length }],
  lines,
  groups: [],
  counts: { done: 0, working: lines.length, stuck: 0, away: 0, 'not begun': 0 },
});
const newsOf = (told: BoardView, next: BoardView) => boardNews(told, sharedWith(told, next));

test('[C36] whoever comes is told everything', () => {
  const first = board(line('ada'), line('bob'));
  expect(boardNews(undefined, first)).toEqual({ ...first, order: ['ada', 'bob'] });
});

test('[C36] of a board as it was there is no news', () => {
  expect(newsOf(board(line('ada')), board(line('ada')))).toBeUndefined();
});

test('[C36] then only lines that changed are told, with the counts that follow', () => {
  const told = board(line('ada'), line('bob'));
  const next = board(line('ada'), line('bob', 1));
  expect(newsOf(told, next)).toEqual({ lines: [line('bob', 1)], tasks: next.tasks });
});

test('[C36] who comes and who goes is told by the order', () => {
  const told = board(line('ada'), line('bob'));
  const next = board(line('bob'), line('cyd'));
  expect(newsOf(told, next)).toEqual({ lines: [line('cyd')], order: ['bob', 'cyd'] });
});
