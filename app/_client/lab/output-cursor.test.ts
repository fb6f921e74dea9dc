import { expect, test } from 'vitest';
import { placeOutput } from './output-cursor';

test.each([
  ['the first picture', 0, 0, 'abc', { clear: false, text: 'abc', seen: 3 }],
  ['the next piece', 3, 3, 'de', { clear: false, text: 'de', seen: 5 }],
  ['a piece shown already', 3, 0, 'abc', { clear: false, text: '', seen: 3 }],
  ['a piece half shown', 3, 1, 'bcde', { clear: false, text: 'de', seen: 5 }],
  ['a gap', 3, 10, 'xy', { clear: true, text: 'xy', seen: 12 }],
  ['a stream that went back', 30, 0, 'abc', { clear: true, text: 'abc', seen: 3 }],
  ['a first picture that begins late', 0, 10, 'xy', { clear: false, text: 'xy', seen: 12 }],
])('%s', (_title, seen, from, text, placed) => {
  expect(placeOutput(seen, from, text)).toEqual(placed);
});
