import { expect, it } from 'vitest';
import { AppError } from '../../lib/server';
import { BUSY_DIGEST } from './busy-digest';

it('a page knows what failed because the server was too busy by the mark that the server gives it', () => {
  expect(new AppError('busy', 'later').digest).toBe(BUSY_DIGEST);
  expect(new AppError('unavailable', 'never').digest).toBeUndefined();
});
