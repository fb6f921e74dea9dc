import { describe, expect, it } from 'vitest';
import { goJson } from './print-json';
import { printYaml } from './print-yaml';
import { readYaml } from './read-yaml';

describe('[K2] YAML is written as go-yaml writes it', () => {
  it.each([
    ['plain', 'plain'],
    ['', '""'],
    ['80', '"80"'],
    ['true', '"true"'],
    ['yes', '"yes"'],
    ['null', '"null"'],
    ['1e3', '"1e3"'],
    ['0x1F', '"0x1F"'],
    ['2026-01-05T09:00:00Z', '"2026-01-05T09:00:00Z"'],
    ['1:20', '"1:20"'],
    ['10.96.0.1', '10.96.0.1'],
    ['a: b', "'a: b'"],
    ['- x', "'- x'"],
    ['# x', "'# x'"],
    ['*', "'*'"],
    ["it's", "it's"],
    ["'q'", "'''q'''"],
    ['a #b', "'a #b'"],
    [' lead', "' lead'"],
    ['tab\there', '"tab\\there"'],
    ['%', "'%'"],
    ['25%', '25%'],
    ['a\nb', '|-\n  a\n  b'],
    ['a\nb\n', '|\n  a\n  b'],
    ['a\n\n', '|+\n  a\n'],
    ['a \nb', '"a \\nb"'],
  ])('%j', (value, text) => {
    expect(printYaml({ v: value })).toBe(`v: ${text}\n`);
  });

  it('sorts keys, keeps lists flush, and orders numbers in keys by value', () => {
    const value = { b: [{ y: 1, x: [] }, [1]], a: {}, k10: null, k9: true };
    expect(printYaml(value)).toBe('a: {}\nb:\n- x: []\n  "y": 1\n- - 1\nk9: true\nk10: null\n');
  });
});

describe('[K3] YAML is read as go-yaml reads it', () => {
  it.each([
    ['a: yes', { a: true }],
    ['a: 0755', { a: 493 }],
    ['a: 1:20', { a: '1:20' }],
    ['a: 2026-01-05', { a: '2026-01-05' }],
    ['a: "80"', { a: '80' }],
    ['80: x', { 80: 'x' }],
    ['a: &x {b: 1}\nc:\n  <<: *x\n  d: 2', { a: { b: 1 }, c: { b: 1, d: 2 } }],
    ['a: ~', { a: null }],
  ])('%j', (text, value) => {
    expect(readYaml(text)).toEqual({ value, duplicates: [] });
  });

  it.each([
    ['a:\n  b: 1\n c: 2\n', 'yaml: line 2: did not find expected key'],
    ['a:\n\tb: 1\n', 'yaml: line 2: found character that cannot start any token'],
    ['a: b: c\n', 'yaml: mapping values are not allowed in this context'],
    ['a: "b\n', 'yaml: line 2: found unexpected end of stream'],
    ['a: [1, 2\n', "yaml: line 1: did not find expected ',' or ']'"],
    ['a: {b: 1\nc: 2\n', "yaml: line 1: did not find expected ',' or '}'"],
    ['a: @b\n', 'yaml: found character that cannot start any token'],
    ['a:\n- b: 1\n  - c: 2\n', 'yaml: line 2: did not find expected key'],
    ['spec:\n  replicas 3\n  selector: x\n', 'yaml: line 3: mapping values are not allowed in this context'],
    ['metadata:\n  name: x\nspec\n  a: b\n', "yaml: line 4: could not find expected ':'"],
    ['name: x\n  labels:\n    a: b\n', 'yaml: line 2: mapping values are not allowed in this context'],
    ['- a\nb: c\n', "yaml: line 1: did not find expected '-' indicator"],
    ['a: "x\\q"\n', 'yaml: found unknown escape character'],
    ['a: *x\n', "yaml: unknown anchor 'x' referenced"],
  ])('%j is refused in its words', (text, error) => {
    expect(readYaml(text)).toEqual({ error });
  });
});

describe('[K4] JSON is written as Go writes it', () => {
  it('sorts keys and escapes what HTML would mind', () => {
    expect(goJson({ b: '<none> & "x"', a: [] })).toBe('{"a":[],"b":"\\u003cnone\\u003e \\u0026 \\"x\\""}');
    expect(goJson({ a: { b: [1] } }, '    ')).toBe(
      '{\n    "a": {\n        "b": [\n            1\n        ]\n    }\n}',
    );
  });
});

describe('[K3] what a document may hold', () => {
  it('tells keys that come twice, and takes the last', () => {
    expect(readYaml('a: 1\nb:\n  c: 1\n  c: 2\na: 3\n')).toEqual({
      value: { a: 3, b: { c: 2 } },
      duplicates: [
        { key: 'c', line: 4 },
        { key: 'a', line: 5 },
      ],
    });
  });

  it('refuses a small text that stands for an enormous document', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const items =
        level === 0
          ? 'x'
          : Array(10)
              .fill(`*a${level - 1}`)
              .join(', ');
      return `a${level}: &a${level} [${items}]`;
    });
    expect(readYaml(levels.join('\n'))).toEqual({ error: 'yaml: document contains excessive aliasing' });
  });

  it('keeps a key called __proto__', () => {
    const read = readYaml('__proto__: {a: 1}\n');
    expect('value' in read && JSON.stringify(read.value)).toBe('{"__proto__":{"a":1}}');
  });
});
