import { expect, test } from 'vitest';
import { howFar } from './how-far';

const at = (slug: string, status: 'started' | 'passed') =>
  ({ track: 'services', slug, status, passedAt: undefined, touchedAt: '' }) as const;

test.each([
  ['nothing begun', [], 'open'],
  ['another chapter’s lab passed', [at('other', 'passed')], 'open'],
  ['one of two begun', [at('a', 'started')], 'begun'],
  ['one of two passed', [at('a', 'passed')], 'begun'],
  ['one passed, one begun', [at('a', 'passed'), at('b', 'started')], 'begun'],
  ['both passed', [at('a', 'passed'), at('b', 'passed')], 'passed'],
])('%s: %s', (_case, progress, far) => {
  expect(howFar(['services/a', 'services/b'], progress)).toBe(far);
});

test('a chapter without labs is not passed by anybody', () => {
  expect(howFar([], [at('a', 'passed')])).toBe('open');
});
