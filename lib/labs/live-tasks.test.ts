import { expect, test } from 'vitest';
import { liveChecks, liveTasks } from './live-tasks';
import type { Task } from './seams';

const task = (live: boolean, ...types: readonly string[]): Task => ({
  id: 'web',
  title: 'Web',
  text: 'Web',
  judged: 'hold',
  needs: ['first'],
  weight: 1,
  live,
  checks: types.map((type, index) => ({ name: `${type}-${index}`, type, fields: {} })),
});

const names = (each: Task) => liveChecks(each).map(({ name }) => name);

test('[G12] a live task is ticked up to its first check that does more than look', () => {
  expect(names(task(true, 'endpoints', 'object', 'scenario', 'file'))).toEqual(['endpoints-0', 'object-1']);
  expect(names(task(true, 'file'))).toEqual(['file-0']);
  expect(names(task(true, 'quiz', 'file'))).toEqual([]);
});

test('[G12] nothing is ticked of a task whose author did not say so', () => {
  expect(names(task(false, 'endpoints'))).toEqual([]);
  expect(liveTasks({ tasks: [task(false, 'endpoints'), task(true, 'scenario')] })).toEqual([]);
});

test('[G12] what comes before a live task does not keep it from being looked at', () => {
  expect(liveTasks({ tasks: [task(true, 'endpoints', 'reach')] })).toMatchObject([
    { id: 'web', needs: [], checks: [{ name: 'endpoints-0' }] },
  ]);
});
