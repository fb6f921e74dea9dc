import { expect, test } from 'vitest';
import { type BoardOrder, sortLines } from './sort-lines';

const line = (name: string, met: number, needs: number, state: 'working' | 'stuck' | 'done') => ({
  id: name,
  name,
  workspaceId: null,
  state,
  tasks: {},
  met,
  needs,
  why: [],
});
const LINES = [
  line('Cyd', 3, 0, 'done'),
  line('Bob', 2, 0, 'working'),
  line('Ada', 1, 4, 'stuck'),
  line('Dan', 0, 0, 'working'),
  line('Eve', 3, 0, 'done'),
];

test.each<[BoardOrder, string]>([
  ['name', 'Ada Bob Cyd Dan Eve'],
  ['lag', 'Dan Ada Bob Cyd Eve'],
  ['needs', 'Ada Dan Bob Cyd Eve'],
])('[A20] by %s', (order, names) => {
  expect(
    sortLines(LINES, order)
      .map(({ name }) => name)
      .join(' '),
  ).toBe(names);
});
