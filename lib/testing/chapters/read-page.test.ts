import { describe, expect, it } from 'vitest';
import { readPage, writeConsole } from './read-page';

const PAGE = [
  'Text.',
  '```yaml file=a.yaml',
  'kind: Pod',
  '```',
  '```yaml shown',
  'not: tried',
  '```',
  '```console',
  '$ for i in 1 2; do',
  '>   echo $i',
  '> done',
  '1',
  '2',
  '$ true',
  '```',
  '```yaml',
  'kind: Service',
  '```',
  '```text',
  'a picture',
  '```',
].join('\n');

describe('[CH2] readPage', () => {
  it('finds what is to be tried, in order, with its lines', () => {
    expect(readPage(PAGE)).toMatchObject([
      { kind: 'file', name: 'a.yaml', text: 'kind: Pod\n', line: 2 },
      {
        kind: 'console',
        line: 8,
        commands: [
          { command: 'for i in 1 2; do\n  echo $i\ndone', screen: ['1', '2'] },
          { command: 'true', screen: [] },
        ],
      },
      { kind: 'manifest', text: 'kind: Service\n', line: 16 },
    ]);
  });

  it('a console block is written as it was read', () => {
    const block = readPage(PAGE).find(({ kind }) => kind === 'console');
    if (block?.kind !== 'console') throw new Error('there is no console block');
    expect(PAGE.slice(block.from, block.to)).toBe(writeConsole(block.commands));
  });

  it.each([
    ['```sh\nls\n```', 'line 1: write "console" (tried) or "sh shown"'],
    ['```console\nnot a command\n```', 'stands before the first "$ "'],
  ])('%j is refused', (page, message) => {
    expect(() => readPage(page)).toThrow(message);
  });
});
