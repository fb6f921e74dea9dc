import { expect, it } from 'vitest';
import { AppError } from '../../lib/server';
import { busySeconds } from './busy-digest';

it('a page knows what failed because the server was too busy, and when to ask again, by what the server says', () => {
  const seconds = Array.from({ length: 200 }, () => busySeconds(new AppError('busy', 'later').digest) ?? 0);
  expect([Math.min(...seconds), Math.max(...seconds)]).toEqual([3, 8]);
  expect(busySeconds(new AppError('unavailable', 'never').digest)).toBeUndefined();
  expect(busySeconds('1234567890')).toBeUndefined();
  expect(busySeconds(undefined)).toBeUndefined();
});
