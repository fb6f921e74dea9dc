import { describe, expect, it } from 'vitest';
import { jsonPatch, mergePatch, PatchError } from './json-patch';

const document = { a: { b: ['x', 'y'], 'c/d': 1, 'e~f': 2 } };

describe('RFC 6902', () => {
  it.each([
    [[{ op: 'add', path: '/a/b/1', value: 'new' }], ['x', 'new', 'y']],
    [[{ op: 'add', path: '/a/b/-', value: 'new' }], ['x', 'y', 'new']],
    [[{ op: 'remove', path: '/a/b/0' }], ['y']],
    [[{ op: 'replace', path: '/a/b/0', value: 'z' }], ['z', 'y']],
    [[{ op: 'move', from: '/a/b/0', path: '/a/b/1' }], ['y', 'x']],
    [[{ op: 'copy', from: '/a/b/0', path: '/a/b/-' }], ['x', 'y', 'x']],
    [[{ op: 'test', path: '/a/c~1d', value: 1 }], ['x', 'y']],
    [[{ op: 'test', path: '/a/e~0f', value: 2 }], ['x', 'y']],
  ])('%j', (patch, expected) => {
    expect(jsonPatch(document, patch)).toMatchObject({ a: { b: expected } });
  });

  it.each([
    [[{ op: 'test', path: '/a/b/0', value: 'no' }], 'testing value /a/b/0 failed: test failed'],
    [
      [{ op: 'remove', path: '/a/z' }],
      'remove operation does not apply: doc is missing path: "/a/z": missing value',
    ],
    [
      [{ op: 'replace', path: '/a/z', value: 1 }],
      'replace operation does not apply: doc is missing key: /a/z: missing value',
    ],
    [
      [{ op: 'add', path: '/z/y', value: 1 }],
      'add operation does not apply: doc is missing path: "/z/y": missing value',
    ],
    [
      [{ op: 'add', path: '/a/b/9', value: 1 }],
      'add operation does not apply: doc is missing key: /a/b/9: invalid array index',
    ],
    [[{ op: 'dance', path: '/a' }], 'Unexpected kind: dance'],
    [{}, 'json: cannot unmarshal object into Go value of type jsonpatch.Patch'],
  ])('refuses %j', (patch, message) => {
    expect(() => jsonPatch(document, patch)).toThrow(new PatchError(message));
  });

  it('leaves the document as it was', () => {
    const before = JSON.stringify(document);
    jsonPatch(document, [{ op: 'remove', path: '/a/b' }]);
    expect(JSON.stringify(document)).toBe(before);
  });
});

describe('RFC 7386', () => {
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j patched with %j', (target, patch, expected) => {
    expect(mergePatch(target, patch)).toEqual(expected);
  });
});
