import { describe, expect, it } from 'vitest';
import { framesUntil, moveTo, plainText } from './player';

const FRAMES = [
  { at: 0, text: 'a' },
  { at: 10, text: 'b' },
  { at: 10, text: 'c' },
  { at: 30, text: 'd' },
];

describe('[A22] a recording', () => {
  it.each([
    [-1, 0],
    [0, 1],
    [9, 1],
    [10, 3],
    [29, 3],
    [30, 4],
    [99, 4],
  ])('at %i shows %i frames', (at, count) => expect(framesUntil(FRAMES, at)).toBe(count));

  it.each([
    ['forward writes what is new', { shown: 1, at: 0 }, 10, false, 'bc'],
    ['nowhere writes nothing', { shown: 3, at: 10 }, 20, false, ''],
    ['back begins anew', { shown: 4, at: 30 }, 0, true, 'a'],
  ])('%s', (_title, head, at, clear, text) => {
    expect(moveTo(FRAMES, head, at)).toMatchObject({ clear, text, head: { at } });
  });

  it('as text has no colours and no cursor movements', () =>
    expect(plainText([{ at: 0, text: '\x1b[32m$\x1b[0m ls\r\nold\rnew\r\n\x1b[?2004l' }])).toBe(
      '$ ls\nnew\n',
    ));
});
