import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonSyntaxError, scanJson } from './scan-json';

const complaint = (text: string): string => {
  try {
    scanJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error.message;
    throw error;
  }
  return 'nothing';
};

describe('[H9] JSON as Go scans it', () => {
  it.each([
    ['', 'unexpected end of JSON input'],
    ['  ', 'unexpected end of JSON input'],
    ['{', 'unexpected end of JSON input'],
    ['{"a":1', 'unexpected end of JSON input'],
    ['"abc', 'unexpected end of JSON input'],
    ['x', "invalid character 'x' looking for beginning of value"],
    ['{x', "invalid character 'x' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 "b"}', "invalid character '\"' after object key:value pair"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['[1 2]', "invalid character '2' after array element"],
    ['[1,]', "invalid character ']' looking for beginning of value"],
    ['{}{}', "invalid character '{' after top-level value"],
    ['01', "invalid character '1' after top-level value"],
    ['-x', "invalid character 'x' in numeric literal"],
    ['1.x', "invalid character 'x' after decimal point in numeric literal"],
    ['1ex', "invalid character 'x' in exponent of numeric literal"],
    ['trux', "invalid character 'x' in literal true (expecting 'e')"],
    ['nil', "invalid character 'i' in literal null (expecting 'u')"],
    ['"a\nb"', "invalid character '\\n' in string literal"],
    ['"\\x"', "invalid character 'x' in string escape code"],
    ['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape"],
    ["'a'", "invalid character '\\'' looking for beginning of value"],
    ['é', "invalid character 'Ã' looking for beginning of value"],
    ['\x01', "invalid character '\\x01' looking for beginning of value"],
    ['['.repeat(10_002), 'exceeded max depth'],
  ])('%j', (text, why) => {
    expect(complaint(text)).toBe(why);
  });

  it.each([
    ['{"a":1,"a":2}', ['a']],
    ['{"spec":{"type":"x","type":"y"},"spec":{}}', ['spec.type', 'spec']],
    ['{"spec":{"ports":[{"name":"a"},{"name":"b","name":"c"}]}}', ['spec.ports[1].name']],
    ['{"a":1,"\\u0061":2}', ['a']],
    ['{"a":1,"A":2}', []],
  ])('fields that come twice: %s', (text, fields) => {
    expect(scanJson(text)).toEqual(fields);
  });

  it('takes what JSON.parse takes, and nothing else', () => {
    const parses = (text: string): boolean => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const pieces = fc.array(fc.constantFrom(...'{}[]:,"\\u0a1-.e+ \ntrue', 'null', 'false', '"x"'), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          pieces.map((each) => each.join('')),
        ),
        (text) => {
          expect(complaint(text) === 'nothing').toBe(parses(text));
        },
      ),
      { numRuns: 500 },
    );
  });
});
