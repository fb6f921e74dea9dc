import { expect, test } from 'vitest';
import { retryDelayMs } from './backoff';

test('delays grow, and stop growing', () => {
  const delays = [0, 1, 2, 3, 10, 1000].map((attempt) => retryDelayMs(attempt, 0.5));
  expect(delays).toEqual([400, 800, 1600, 3200, 15_000, 15_000]);
});

test('chance spreads a delay to both sides', () => {
  expect(retryDelayMs(0, 0)).toBeLessThan(400);
  expect(retryDelayMs(0, 0.99)).toBeGreaterThan(400);
});
