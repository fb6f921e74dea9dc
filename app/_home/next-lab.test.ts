import { expect, test } from 'vitest';
import type { ProgressView } from '../../lib/server';
import { nextLab } from './next-lab';

const order = ['s/a', 's/b', 's/c'];
const at = (slug: string, status: ProgressView['status'], touchedAt: string): ProgressView => ({
  track: 's',
  slug,
  status,
  touchedAt,
  passedAt: undefined,
});

test.each<[string, readonly ProgressView[], ReturnType<typeof nextLab>]>([
  ['nothing begun', [], undefined],
  ['a lab that the course has not', [at('x', 'started', '1')], undefined],
  ['one begun', [at('b', 'started', '1')], { key: 's/b', begun: true }],
  [
    'the newest of two begun',
    [at('b', 'started', '2'), at('c', 'started', '1')],
    { key: 's/b', begun: true },
  ],
  [
    'one begun before one passed later',
    [at('b', 'passed', '2'), at('a', 'started', '1')],
    { key: 's/a', begun: true },
  ],
  ['the first that is not passed', [at('a', 'passed', '1')], { key: 's/b', begun: false }],
  ['all passed', ['a', 'b', 'c'].map((slug) => at(slug, 'passed', '1')), undefined],
])('%s', (_title, progress, next) => {
  expect(nextLab(order, progress)).toEqual(next);
});
