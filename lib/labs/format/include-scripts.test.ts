import { describe, expect, it } from 'vitest';
import { includeScripts } from './include-scripts';

const read = (files: Readonly<Record<string, string>>, path: string) =>
  includeScripts(new Map(Object.entries(files))).get(path);

describe('[G13] includeScripts: a private script may hold another one', () => {
  const step = 'private/steps/mend.sh';
  const solution = 'private/solutions/command.sh';

  it.each([
    [
      'a line becomes the script',
      { [step]: 'a\nb\n', [solution]: 'x\n#include steps/mend.sh\ny\n' },
      'x\na\nb\ny\n',
    ],
    [
      'other comments stay',
      { [solution]: '# include nothing\n#includes\n' },
      '# include nothing\n#includes\n',
    ],
  ])('%s', (_what, files, text) => {
    expect(read(files, solution)).toBe(text);
  });

  it('a file that is no private script is left as it is', () => {
    const files = { [step]: 'a\n', 'steps/mend.md': '#include steps/mend.sh\n' };
    expect(read(files, 'steps/mend.md')).toBe('#include steps/mend.sh\n');
  });

  it.each([
    [
      'an unknown script',
      { [step]: 'a\n', [solution]: 'x\n#include steps/end.sh\n' },
      /command\.sh:2: #include steps\/end\.sh: there is no such script; there are: steps\/mend\.sh/,
    ],
    [
      'a text outside of private',
      { 'steps/mend.md': 'a', [solution]: '#include ../steps/mend.md\n' },
      /there is no such script/,
    ],
    [
      'an include in an include',
      { [step]: '#include solutions/command.sh\n', [solution]: '#include steps/mend.sh\n' },
      /includes another one/,
    ],
  ])('%s is refused', (_what, files, message) => {
    expect(() => read(files, solution)).toThrow(message);
  });
});
