import { describe, expect, it } from 'vitest';
import { readTranscript, shown, writeTranscript } from './read-transcript';

const TEXT = `# what it shows
-- a.yaml --
kind: Pod
-- transcript --
$ cat a.yaml
kind: Pod
$ for i in 1 2; do
>   false
> done
[exit 1]
$ printf '$ x'
\\$ x
\\ no newline
`;

describe('a transcript', () => {
  it('[T1] is read into comment, files and typed commands', () => {
    expect(readTranscript(TEXT)).toEqual({
      comment: ['# what it shows'],
      files: { 'a.yaml': 'kind: Pod\n' },
      typed: [
        { command: 'cat a.yaml', screen: ['kind: Pod'] },
        { command: 'for i in 1 2; do\n  false\ndone', screen: ['[exit 1]'] },
        { command: "printf '$ x'", screen: ['\\$ x', '\\ no newline'] },
      ],
    });
  });

  it('[T1] is written as it was read', () => {
    expect(writeTranscript(readTranscript(TEXT))).toBe(TEXT);
  });

  it.each([
    ['no transcript', '-- a --\nx\n', 'there is no block'],
    ['output first', '-- transcript --\nx\n', 'stands before the first command'],
    ['a file twice', '-- a --\n-- a --\n-- transcript --\n', 'two blocks called "a"'],
  ])('[T1] says what is wrong with %s', (_what, text, message) => {
    expect(() => readTranscript(text)).toThrow(message);
  });
});

describe('what was shown', () => {
  const cases: readonly [string, Parameters<typeof shown>, readonly string[]][] = [
    ['nothing', [[], 0], []],
    [
      'pieces of one stream are one text',
      [
        [
          { stream: 'out', text: 'a' },
          { stream: 'out', text: 'b\n\n' },
        ],
        0,
      ],
      ['ab', ''],
    ],
    [
      'streams keep their order',
      [
        [
          { stream: 'err', text: 'no\n' },
          { stream: 'out', text: 'yes\n' },
        ],
        2,
      ],
      ['! no', 'yes', '[exit 2]'],
    ],
    [
      'what looks like a mark is escaped',
      [[{ stream: 'out', text: '$ a\n! b\n[exit 1]\n\\c\n-- d --\n> e\n' }], 0],
      ['\\$ a', '\\! b', '\\[exit 1]', '\\\\c', '\\-- d --', '\\> e'],
    ],
    ['a missing newline shows', [[{ stream: 'out', text: 'a' }], 0], ['a', '\\ no newline']],
  ];
  it.each(cases)('[T2] %s', (_what, args, lines) => {
    expect(shown(...args)).toEqual(lines);
  });
});
