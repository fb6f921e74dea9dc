import { expect, test } from 'vitest';
import { type Berths, moor } from './berths';

const ships = (text: string) =>
  text.split(' ').flatMap((each) => {
    const [key, node] = each.split('@');
    return key && node ? [{ key, node }] : [];
  });

test.each<[string, Berths, string, Berths]>([
  ['the first come in order', {}, 'a@n b@n c@m', { n: ['a', 'b'], m: ['c'] }],
  ['a Pod keeps its berth when one before it leaves', { n: ['a', 'b'] }, 'b@n', { n: [undefined, 'b'] }],
  ['a newcomer takes the berth that was left', { n: ['a', 'b'] }, 'b@n c@n', { n: ['c', 'b'] }],
  ['empty berths at the end go away', { n: ['a', 'b', 'c'] }, 'a@n', { n: ['a'] }],
  ['a Pod that comes back elsewhere lies there', { n: ['a'] }, 'a@m', { n: [], m: ['a'] }],
  ['nothing is left of nothing', { n: ['a'] }, '', { n: [] }],
])('%s', (_title, before, now, after) => {
  expect(moor(before, ships(now))).toEqual(after);
});

test('a rolling update moves nobody who stays', () => {
  let berths = moor({}, ships('a@n b@n c@m'));
  berths = moor(berths, ships('a@n b@n c@m d@m'));
  berths = moor(berths, ships('b@n c@m d@m'));
  berths = moor(berths, ships('b@n c@m d@m e@n'));
  expect(berths).toEqual({ n: ['e', 'b'], m: ['c', 'd'] });
});
