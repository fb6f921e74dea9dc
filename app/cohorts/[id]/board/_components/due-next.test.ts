import { expect, it } from 'vitest';
import { dueNext } from './due-next';

const work = (id: string, dueAt: string | null, open = true) => ({ id, dueAt, open });

it.each([
  ['none', [], undefined],
  ['the one due next', [work('a', '2030-01-03'), work('b', '2030-01-02'), work('c', null)], 'b'],
  ['of two due at once the first', [work('a', '2030-01-02'), work('b', '2030-01-02')], 'a'],
  ['past ones are passed over', [work('a', '2029-01-01'), work('b', '2030-01-02')], 'b'],
  ['when none is due any more, the last', [work('a', '2029-01-02'), work('b', '2029-01-01')], 'b'],
  ['without deadlines the last', [work('a', null), work('b', null)], 'b'],
  ['what is not open yet waits', [work('a', '2030-01-02', false), work('b', null)], 'b'],
  ['nothing is open', [work('a', null, false)], undefined],
])('[A20] a board opens at %s', (_case, all, id) => {
  expect(dueNext(all, new Date('2030-01-01'))?.id).toBe(id);
});
