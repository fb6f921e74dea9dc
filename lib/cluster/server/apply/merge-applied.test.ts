import { describe, expect, it } from 'vitest';
import { schemaOf } from '../../../api';
import { checkApplied } from './check-applied';
import { compareFields } from './compare-fields';
import { fieldSetOf } from './field-set-of';
import { mergeApplied } from './merge-applied';
import { removeFields } from './remove-fields';
import { shapeOf } from './shape';

const POD = schemaOf('Pod');
const shape = shapeOf(POD);
const set = (text: string) => ({ metadata: { finalizers: text.split('').filter(Boolean) } });
const merged = (live: string, applied: string): string =>
  (mergeApplied(set(live), set(applied), shape) as ReturnType<typeof set>).metadata.finalizers.join('');

describe('[AS11] lists of what is applied and what was there', () => {
  it.each([
    ['abc', 'ab', 'abc'],
    ['ab', 'abc', 'abc'],
    ['abc', '', 'abc'],
    ['', 'abc', 'abc'],
    ['ab', 'ba', 'ba'],
    ['abc', 'def', 'abcdef'],
    ['abc', 'cdef', 'abcdef'],
    ['abcgf', 'cdef', 'abcgdef'],
    ['cdef', 'ace', 'acdef'],
    ['abcxyz', 'def', 'abcxyzdef'],
    ['abcxyz', 'defxyz', 'abcdefxyz'],
    ['cagf', 'cfag', 'cfag'],
    ['abcd', 'defa', 'bcdefa'],
    ['cdefghij', '2h3e4kl', 'cdfg2hij3e4kl'],
    ['abcdefghij', '1b2h3e4kl', 'a1bcdfg2hij3e4kl'],
  ])('%s and %s make %s', (live, applied, expected) => {
    expect(merged(live, applied)).toBe(expected);
  });

  it('joins items of one key, and takes a port without a protocol for TCP', () => {
    const service = shapeOf(schemaOf('Service'));
    const spec = (ports: readonly object[]) => ({ spec: { ports } });
    const live = spec([{ port: 80, protocol: 'TCP', targetPort: 80, nodePort: 30080 }]);
    expect(mergeApplied(live, spec([{ port: 80, name: 'http' }]), service)).toEqual(
      spec([{ port: 80, protocol: 'TCP', targetPort: 80, nodePort: 30080, name: 'http' }]),
    );
  });

  it('replaces atomic maps and lists whole', () => {
    const live = { spec: { nodeSelector: { a: '1' }, containers: [{ name: 'c', args: ['x'] }] } };
    const applied = { spec: { nodeSelector: { b: '2' }, containers: [{ name: 'c', args: ['y', 'z'] }] } };
    expect(mergeApplied(live, applied, shape)).toEqual(applied);
  });
});

describe('[AS12] comparing objects', () => {
  it('tells nothing of fields that Go always has', () => {
    const { added } = compareFields({}, { spec: { containers: [{ name: 'c', image: 'x' }] } }, shape);
    expect(added).toEqual({
      'f:spec': {
        'f:containers': {
          'k:{"name":"c"}': { '.': {}, 'f:image': {}, 'f:name': {}, 'f:resources': {} },
        },
      },
    });
  });

  it('finds what went, came and changed', () => {
    const before = { metadata: { labels: { a: '1', b: '2' }, finalizers: ['x'] } };
    const after = { metadata: { labels: { a: '3', c: '4' } } };
    expect(compareFields(before, after, shape)).toEqual({
      removed: { 'f:metadata': { 'f:finalizers': { '.': {}, 'v:"x"': {} }, 'f:labels': { 'f:b': {} } } },
      modified: { 'f:metadata': { 'f:labels': { 'f:a': {} } } },
      added: { 'f:metadata': { 'f:labels': { 'f:c': {} } } },
    });
  });

  it('owns items that share a key as one', () => {
    const env = (...values: readonly string[]) => ({
      spec: { containers: [{ name: 'c', env: values.map((value) => ({ name: 'A', value })) }] },
    });
    const path = (below: object) => ({
      'f:spec': { 'f:containers': { 'k:{"name":"c"}': { 'f:env': below } } },
    });
    expect(compareFields(env('1', '2'), env('1', '3'), shape).modified).toEqual(
      path({ 'k:{"name":"A"}': {} }),
    );
    const left = compareFields(env('1', '2'), env('1'), shape);
    expect(left.removed).toEqual(path({ 'k:{"name":"A"}': {} }));
    expect(left.added).toEqual(path({ 'k:{"name":"A"}': { '.': {}, 'f:name': {}, 'f:value': {} } }));
  });
});

describe('[AS11] what a configuration mentions', () => {
  it('is its leaves, its entries and its items', () => {
    const applied = {
      metadata: { labels: { a: '1' }, annotations: {} },
      spec: { containers: [{ name: 'c', ports: [{ containerPort: 80 }] }], nodeSelector: {} },
    };
    expect(fieldSetOf(applied, shape)).toEqual({
      'f:metadata': { 'f:annotations': {}, 'f:labels': { 'f:a': {} } },
      'f:spec': {
        'f:containers': {
          'k:{"name":"c"}': {
            '.': {},
            'f:name': {},
            'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } },
          },
        },
        'f:nodeSelector': {},
      },
    });
  });

  it('can be taken away again', () => {
    const object = { metadata: { labels: { a: '1', b: '2' } }, spec: { containers: [{ name: 'c' }] } };
    const gone = {
      'f:metadata': { 'f:labels': { 'f:a': {} } },
      'f:spec': { 'f:containers': { 'k:{"name":"c"}': {} } },
    };
    expect(removeFields(object, gone, shape)).toEqual({
      metadata: { labels: { b: '2' } },
      spec: { containers: null },
    });
  });
});

describe('[AS11] a configuration that is not of its type', () => {
  const container = (fields: object) => ({ spec: { containers: [{ name: 'c', ...fields }] } });
  it.each([
    [{ spec: { nothing: 1 } }, '.spec.nothing: field not declared in schema'],
    [container({ imagee: 'x' }), '.spec.containers[name="c"].imagee: field not declared in schema'],
    [{ spec: 5 }, '.spec: expected map, got &{5}'],
    [{ spec: { containers: 'x' } }, '.spec.containers: expected list, got &{x}'],
    [
      { metadata: { labels: { a: 1 } } },
      '.metadata.labels.a: expected string, got &value.valueUnstructured{Value:1}',
    ],
    [{ spec: { hostNetwork: 'yes' } }, '.spec.hostNetwork: expected boolean, got &{yes}'],
    [
      container({ ports: [{ containerPort: '80' }] }),
      '.spec.containers[name="c"].ports[containerPort="80",protocol="TCP"].containerPort: expected numeric (int or float), got string',
    ],
    [
      container({ env: [{ name: 'A' }, { name: 'A' }] }),
      '.spec.containers[name="c"].env: duplicate entries for key [name="A"]',
    ],
    [
      { spec: { containers: [null] } },
      '.spec.containers: element 0: associative list with keys may not have a null element',
    ],
    [
      { metadata: { finalizers: [{}] } },
      ".metadata.finalizers: element 0: associative list without keys has an element that's a map type",
    ],
    [
      { spec: { hostPID: 1, hostIPC: 2 } },
      'errors:\n  .spec.hostIPC: expected boolean, got &{2}\n  .spec.hostPID: expected boolean, got &{1}',
    ],
    [container({ args: ['a'] }), undefined],
  ])('%j', (value, expected) => {
    expect(checkApplied(value, POD)).toBe(expected);
  });
});
