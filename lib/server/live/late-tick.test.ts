import { expect, it } from 'vitest';
import { putOffMs } from './late-tick';

it('puts a late tick off, the later the longer, and one on time not at all', () => {
  expect(putOffMs(0, 1)).toBe(0);
  expect(putOffMs(39, 1)).toBe(0);
  expect(putOffMs(200, 0)).toBe(0);
  expect(putOffMs(200, 0.5)).toBe(300);
  expect(putOffMs(200, 1)).toBe(600);
});

it('puts nothing off for ever', () => {
  expect(putOffMs(60_000, 0.9)).toBe(2_000);
});
