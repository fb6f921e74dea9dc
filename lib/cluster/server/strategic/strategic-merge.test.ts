import { describe, expect, it } from 'vitest';
import { schemaOf } from '../../../api';
import { strategicMerge } from './strategic-merge';

const pod = (spec: object) => ({ spec });
const named = (...names: readonly string[]) => names.map((name) => ({ name }));

describe('strategic merge', () => {
  it.each([
    [
      'adds to a keyed list, before what it does not name',
      { containers: named('a') },
      { containers: named('b') },
      { containers: named('b', 'a') },
    ],
    [
      'merges the item of the same key',
      { containers: [{ name: 'a', image: 'x', tty: true }] },
      { containers: [{ name: 'a', image: 'y' }] },
      { containers: [{ name: 'a', image: 'y', tty: true }] },
    ],
    [
      'deletes by $patch',
      { containers: named('a', 'b') },
      { containers: [{ name: 'a', $patch: 'delete' }] },
      { containers: named('b') },
    ],
    [
      'replaces a list by $patch',
      { containers: named('a', 'b') },
      { containers: [{ $patch: 'replace' }, { name: 'c' }] },
      { containers: named('c') },
    ],
    [
      'orders by $setElementOrder',
      { containers: named('a', 'b') },
      { '$setElementOrder/containers': named('c', 'a', 'b'), containers: named('c') },
      { containers: named('c', 'a', 'b') },
    ],
    [
      'keeps what only the server knows in its place',
      { containers: named('injected', 'a') },
      { '$setElementOrder/containers': named('b', 'a'), containers: named('b') },
      { containers: named('b', 'injected', 'a') },
    ],
    ['removes by null', { nodeName: 'x', hostname: 'y' }, { nodeName: null }, { hostname: 'y' }],
    [
      'retains only the keys named',
      { securityContext: { runAsUser: 1, fsGroup: 2 } },
      { securityContext: { $retainKeys: ['fsGroup'], fsGroup: 3 } },
      { securityContext: { fsGroup: 3 } },
    ],
    [
      'replaces a map by $patch',
      { nodeSelector: { a: '1' } },
      { nodeSelector: { $patch: 'replace', b: '2' } },
      { nodeSelector: { b: '2' } },
    ],
    [
      'replaces lists without a merge key',
      { containers: [{ name: 'a', args: ['x', 'y'] }] },
      { containers: [{ name: 'a', args: ['z'] }] },
      { containers: [{ name: 'a', args: ['z'] }] },
    ],
  ])('%s', (_title, original, patch, expected) => {
    expect(strategicMerge(pod(original), pod(patch), schemaOf('Pod'))).toEqual(pod(expected));
  });

  it('merges lists of plain values as sets', () => {
    const meta = (finalizers: readonly string[], more: object = {}) => ({
      metadata: { finalizers, ...more },
    });
    const schema = schemaOf('Pod');
    expect(strategicMerge(meta(['a', 'b']), meta(['b', 'c']), schema)).toEqual(meta(['a', 'b', 'c']));
    const removal = { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } };
    expect(strategicMerge(meta(['a', 'b']), removal, schema)).toEqual(meta(['b']));
  });

  it('says when an item lacks its merge key', () => {
    const patch = pod({ containers: [{ image: 'x' }] });
    expect(() => strategicMerge(pod({ containers: named('a') }), patch, schemaOf('Pod'))).toThrow(
      'map: map[image:x] does not contain declared merge key: name',
    );
  });
});
