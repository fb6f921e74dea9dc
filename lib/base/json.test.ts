import { describe, expect, it } from 'vitest';
import { canonicalJson, deepEqual, deepFreeze, semanticEqual } from './json';

describe('json', () => {
  it.each([
    [{ a: 1, b: undefined }, { a: 1 }, true, true],
    [{ a: [] }, {}, false, true],
    [{ a: null }, { a: {} }, false, true],
    [{ a: '' }, {}, false, false],
    [[1, 2], [2, 1], false, false],
    [{ a: { b: [1] } }, { a: { b: [1] } }, true, true],
    [[], {}, false, true],
  ])('%j and %j', (a, b, equal, alike) => {
    expect(deepEqual(a, b)).toBe(equal);
    expect(deepEqual(b, a)).toBe(equal);
    expect(semanticEqual(a, b)).toBe(alike);
    expect(semanticEqual(b, a)).toBe(alike);
  });

  it('sorts keys through and through', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: 'x' })).toBe('{"a":"x","b":[{"c":2,"d":1}]}');
  });

  it('freezes what is nested', () => {
    const value = deepFreeze({ a: { b: [1] } });
    expect(() => value.a.b.push(2)).toThrow();
  });
});
