import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileFilter, JqCompileError, JqError, JqLimitError, JsonReader, JsonTextError, jqJson } from '.';

/** Filters with what the real jq 1.7 made of them: input, filter, outputs, where ␤ stands for a newline. */
const RECORDED = readFileSync(new URL('testdata/filters.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => line.split('\t') as [string, string, string]);

const WORLD = {
  now: () => 0,
  environment: {},
  nextInput: () => undefined,
  inputFilename: () => undefined,
  inputLine: () => 1,
  tell: () => {},
};

/** What our jq prints: its outputs, or where there is none, its complaint. */
function ours(input: string, text: string): string {
  const outputs: string[] = [];
  try {
    const value = new JsonReader(`${input}\n`).read() ?? null;
    for (const output of compileFilter(text).run(value, WORLD)) outputs.push(jqJson(output));
  } catch (error) {
    if (error instanceof JqCompileError) return `ERR ${error.message.trim()}`;
    if (!(error instanceof JqError)) throw error;
    if (outputs.length > 0) return outputs.join('\n');
    const { value } = error;
    return `ERR jq: error (at <stdin>:1)${typeof value === 'string' ? `: ${value}` : ` (not a string): ${jqJson(value)}`}`;
  }
  return outputs.join('\n');
}

describe('jq against what the real one printed', () => {
  it.each(RECORDED)('%s | %s', (input, filter, wanted) => {
    expect(ours(input, filter)).toBe(wanted.replaceAll('␤', '\n'));
  });
});

describe('jq', () => {
  it.each([
    ['{"a":1', 'Unfinished JSON term at EOF at line 1, column 6'],
    ['{"a" 1}', 'Expected separator between values at line 1, column 7'],
    ['{"a":tru}', 'Invalid literal at line 1, column 9'],
    ["{'a':1}", 'Invalid string literal; expected ", but got \' at line 1, column 5'],
    ['abc ', 'Invalid numeric literal at line 1, column 4'],
    ['[1,]', 'Expected another array element at line 1, column 4'],
    ['{"a":1,}', 'Expected another key-value pair at line 1, column 8'],
    [']', "Unmatched ']' at line 1, column 1"],
    ['"abc', 'Unfinished string at EOF at line 1, column 4'],
  ])('says what is wrong with %s', (text, message) => {
    expect(() => new JsonReader(text).read()).toThrow(new JsonTextError(message));
  });

  it('reads a stream of values, and counts the lines that it read', () => {
    const reader = new JsonReader('{"a":1}\n{"b":\n2} 3');
    expect(jqJson(reader.read() ?? null)).toBe('{"a":1}');
    expect(reader.linesRead).toBe(1);
    expect(jqJson(reader.read() ?? null)).toBe('{"b":2}');
    expect([jqJson(reader.read() ?? null), reader.read()]).toEqual(['3', undefined]);
  });

  it('gives up what never ends', () => {
    expect(() => [...compileFilter('[repeat(1)]').run(null, WORLD)]).toThrow(JqLimitError);
    expect(() => [...compileFilter('def f: 1 + f; f').run(null, WORLD)]).toThrow(JqLimitError);
  });

  it('knows variables of the command line', () => {
    const filter = compileFilter('$x + .', new Map([['$x', 2]]));
    expect([...filter.run(1, WORLD)]).toEqual([3]);
  });
});
