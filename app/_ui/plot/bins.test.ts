import { expect, test } from 'vitest';
import { bins } from './bins';

test.each([
  ['nothing', [], 0],
  ['one', [3], 1],
  ['the highest is counted', [0, 10, 20, 30], 4],
  ['all the same', [7, 7, 7], 3],
])('[A21] %s', (_title, values, count) => {
  const found = bins(values);
  expect(found.reduce((sum, { value }) => sum + value, 0)).toBe(count);
  expect(new Set(found.map(({ label }) => label)).size).toBe(found.length);
});
