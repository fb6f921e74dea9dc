import { describe, expect, it } from 'vitest';
import { jsonPatch, PatchError } from './json-patch';
import { mergePatch } from './merge-patch';

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
    [[{ op: 'test', path: '/a/none', value: null }], ['x', 'y']],
    [[{ op: 'add', path: '/a/b/-1', value: 'new' }], ['x', 'y', 'new']],
    [[{ op: 'replace', path: '/a/b/-1', value: 'z' }], ['x', 'z']],
    [[{ op: 'copy', from: '/a/none', path: '/a/b/0' }], [null, 'x', 'y']],
  ])('%j', (patch, expected) => {
    expect(jsonPatch(document, patch)).toMatchObject({ a: { b: expected } });
  });

  it.each([
    [[{ op: 'test', path: '/a/b/0', value: 'no' }], 'testing value /a/b/0 failed: test failed'],
    [
      [{ op: 'remove', path: '/a/z' }],
      "error in remove for path: '/a/z': Unable to remove nonexistent key: z: missing value",
    ],
    [
      [{ op: 'remove', path: '/z/y' }],
      'remove operation does not apply: doc is missing path: "/z/y": missing value',
    ],
    [
      [{ op: 'replace', path: '/z/y', value: 1 }],
      'replace operation does not apply: doc is missing path: /z/y: missing value',
    ],
    [
      [{ op: 'replace', path: '/a/b/2', value: 1 }],
      'replace operation does not apply: doc is missing key: /a/b/2: missing value',
    ],
    [
      [{ op: 'add', path: '/z/y', value: 1 }],
      'add operation does not apply: doc is missing path: "/z/y": missing value',
    ],
    [
      [{ op: 'add', path: '/a/b/9', value: 1 }],
      "error in add for path: '/a/b/9': Unable to access invalid index: 9: invalid index referenced",
    ],
    [
      [{ op: 'add', path: 'a', value: 1 }],
      'add operation does not apply: doc is missing path: "a": missing value',
    ],
    [[{ op: 'add' }], 'add operation failed to decode path: missing value'],
    [
      [{ op: 'move', path: '/a/x' }],
      'move operation failed to decode from: operation, missing from field: missing value',
    ],
    [[{ op: 'replace', path: '', value: 1 }], 'replace operation value must be object or array'],
    [
      [{ op: 'test', path: '/a/b/5', value: 1 }],
      "error in test for path: '/a/b/5': Unable to access invalid index: 5: invalid index referenced",
    ],
    [[{ op: 'dance', path: '/a' }], 'Unexpected kind: dance'],
    [{}, 'json: cannot unmarshal object into Go value of type jsonpatch.Patch'],
  ])('refuses %j', (patch, message) => {
    expect(() => jsonPatch(document, patch)).toThrow(new PatchError(message));
  });

  it('replaces a field that is not there', () => {
    expect(jsonPatch(document, [{ op: 'replace', path: '/a/z', value: 1 }])).toMatchObject({ a: { z: 1 } });
  });

  it('copies no more than a server allows', () => {
    const doubling = Array.from({ length: 60 }, (_, index) => ({
      op: 'copy',
      from: '/a',
      path: `/a/${index}`,
    }));
    expect(() => jsonPatch(document, doubling)).toThrow(/^Unable to complete the copy/);
  });

  it('takes every name for a name', () => {
    const patched = jsonPatch({ data: {} }, [{ op: 'add', path: '/data/__proto__', value: 'x' }]);
    expect(JSON.stringify(patched)).toBe('{"data":{"__proto__":"x"}}');
    expect(JSON.stringify(mergePatch({}, JSON.parse('{"__proto__":{"a":1}}')))).toBe('{"__proto__":{"a":1}}');
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
