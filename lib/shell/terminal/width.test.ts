import { expect, it } from 'vitest';
import { lastRow } from './width';

it.each([
  ['abc', 80, 'abc'],
  ['abcdefgh', 4, 'efgh'],
  ['abcdefghi', 4, 'i'],
  ['\x1b[32mok\x1b[0m', 80, '\x1b[32mok\x1b[0m'],
  ['gone\x1b[H\x1b[2Jnew', 80, 'new'],
  ['a\tb', 80, 'a       b'],
  ['日本', 3, '本'],
])('the last row of %j in %i columns', (line, columns, row) => {
  expect(lastRow(line, columns)).toBe(row);
});
