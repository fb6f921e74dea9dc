import { describe, expect, it } from 'vitest';
import { editsSince, lineageOf, redoOf } from './lineage';
import type { OutlineRow } from './outline';

/** "c" a command that changed something, "r" one that read, "e" an edit, "q" quiet; "u3", "g3" jumps to after 3; "x" reset. */
const outline = (text: string): readonly OutlineRow[] =>
  text.split(' ').map((word, index) => {
    const seq = index + 1;
    const kinds = {
      c: 'command',
      r: 'command',
      e: 'edit',
      q: 'quiet',
      u: 'undo',
      g: 'go-to',
      x: 'reset',
    } as const;
    const kind = kinds[word.charAt(0) as keyof typeof kinds];
    const to = kind === 'reset' ? 0 : word.length > 1 ? Number(word.slice(1)) : undefined;
    const row = { seq, at: seq, wall: seq, kind, text: `${word}@${seq}`, changed: word === 'c' };
    return to === undefined ? row : { ...row, to };
  });

describe('[V19] the events that led to a state', () => {
  it.each([
    ['c c c', [[1, 3]]],
    [
      'c c u1',
      [
        [1, 1],
        [3, 3],
      ],
    ],
    [
      'c c u1 c',
      [
        [1, 1],
        [3, 4],
      ],
    ],
    [
      'c c u1 c g2',
      [
        [1, 2],
        [5, 5],
      ],
    ],
    [
      'c c u1 c g2 u1',
      [
        [1, 1],
        [6, 6],
      ],
    ],
    ['c c x', [[3, 3]]],
    [
      'c c x u2',
      [
        [1, 2],
        [4, 4],
      ],
    ],
    ['c c u1 u0', [[4, 4]]],
  ])('%s', (text, ranges) => {
    expect(lineageOf(outline(text), text.split(' ').length)).toEqual(ranges);
  });
});

describe('[V19] redo', () => {
  it.each([
    ['c c u1', { seq: 2, command: 'c@2' }],
    ['c c u1 q', { seq: 2, command: 'c@2' }],
    ['c r c u2 u0', { seq: 2, command: 'c@1' }],
    ['c r c u2 u0 g2', { seq: 3, command: 'c@3' }],
    ['c c u1 c', undefined],
    ['c c u1 e', undefined],
    ['c c', undefined],
    ['c x u1', { seq: 2, command: 'reset' }],
    ['c c u1 g2', undefined],
  ])('%s', (text, redo) => {
    const rows = outline(text);
    expect(redoOf(rows, rows.length)).toEqual(redo);
  });
});

describe('[V7] edits that an undo keeps', () => {
  it.each([
    ['c e', 1, [2]],
    ['c e c e', 1, [2, 4]],
    ['c e c e u2', 1, [2, 4]],
    ['c e c e g2 e', 1, [2, 6]],
    ['c e x', 1, []],
    ['c c e u1 e', 1, [3, 5]],
  ])('%s after %i', (text, floor, seqs) => {
    const rows = outline(text);
    expect(editsSince(rows, rows.length, floor)).toEqual(seqs);
  });
});
