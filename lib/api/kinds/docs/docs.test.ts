import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Schema } from '../../kind-spec';
import { kinds } from '../list';
import { enumFields, enumOf, schemaOf, typeNames } from '../schema';
import { enumerations } from './enumerations';
import { describeField, describeType, enumerationOf } from './index';
import { words } from './words';

type Lazy = Schema | (() => Schema);
type ObjectSchema = Extract<Schema, { type: 'object' }>;

const force = (schema: Lazy): Schema => (typeof schema === 'function' ? schema() : schema);

/** The structs that a schema holds, itself included. */
function structsIn(lazy: Lazy, seen = new Map<string, ObjectSchema>()): ReadonlyMap<string, ObjectSchema> {
  const schema = force(lazy);
  if (schema.type === 'array') structsIn(schema.item, seen);
  if (schema.type === 'map') structsIn(schema.value, seen);
  if (schema.type === 'object' && !seen.has(schema.name)) {
    seen.set(schema.name, schema);
    for (const field of Object.values(schema.fields)) structsIn(field, seen);
  }
  return seen;
}

const struct = (name: string): ObjectSchema => {
  const schema = schemaOf(name);
  if (schema.type !== 'object') throw new Error(`${name} is no struct`);
  return schema;
};

/** Types that documents refer to though they are no struct with fields. */
const WITHOUT_FIELDS = ['FieldsV1', 'IntOrString', 'MicroTime', 'Patch', 'Quantity', 'RawExtension', 'Time'];
const LIST_FIELDS = { apiVersion: 0, items: 0, kind: 0, metadata: 0 };
const isList = (name: string): boolean => name.endsWith('List') && typeNames.includes(name.slice(0, -4));

/** Fields of which upstream says nothing. */
const SILENT = ['IngressRule.http'];

describe('[K8] descriptions', () => {
  it.each(kinds.map((kind) => [kind.kind, kind] as const))('leave out nothing of a %s', (_name, kind) => {
    const missing = [...structsIn(kind.schema).values()].flatMap((each) => [
      ...(describeType(each.name) === undefined ? [each.name] : []),
      ...Object.keys(each.fields)
        .filter((field) => describeField(each.name, field) === undefined)
        .map((field) => `${each.name}.${field}`),
    ]);
    expect(missing.filter((path) => !SILENT.includes(path))).toEqual([]);
  });

  it('are of types and fields that there are, and of lists of them', () => {
    const unknown = Object.entries(words).flatMap(([name, text]) => {
      if (WITHOUT_FIELDS.includes(name)) return [];
      const fields = Object.keys(JSON.parse(text)).filter((field) => field !== '');
      const own = typeNames.includes(name) ? struct(name).fields : isList(name) ? LIST_FIELDS : {};
      return fields.filter((field) => !Object.hasOwn(own, field)).map((field) => `${name}.${field}`);
    });
    expect(unknown).toEqual([]);
  });

  it('hold what the table of later words says', () => {
    const since = JSON.parse(readFileSync(new URL('words-since.json', import.meta.url), 'utf8'));
    for (const [path, text] of Object.entries(since)) {
      const dot = path.lastIndexOf('.');
      const found = !path.includes('.')
        ? describeType(path)
        : describeField(path.slice(0, dot), path.slice(dot + 1));
      expect([path, found?.split('\n\nPossible enum values')[0]]).toEqual([path, text]);
    }
  });

  it('stand once, wherever they are said', () => {
    expect(describeField('ConfigMap', 'kind')).toBe(describeField('Service', 'kind'));
    expect(JSON.parse(words.Service ?? '').kind).toMatch(/^=\w+\.kind$/);
  });

  it('keep paragraphs, lists and lines of code', () => {
    expect(describeField('ServiceSpec', 'clusterIPs')).toContain('same value.\n\nThis field may hold');
    expect(describeType('Endpoints')).toContain('Example:\n\n\t Name: "mysvc",\n\t Subsets: [\n');
    expect(describeField('PodSpec', 'setHostnameAsFQDN')).toContain('HKEY_LOCAL_MACHINE\\SYSTEM\\Current');
  });
});

describe('[K8] enumerations', () => {
  it('are of text fields that there are', () => {
    for (const path of enumFields) {
      const [, name = '', field = ''] = /^(.+)\.(\w+)(?:\{\})?$/.exec(path) ?? [];
      const schema = force(struct(name).fields[field] ?? { type: 'any' });
      const of = schema.type === 'array' ? schema.item : schema.type === 'map' ? schema.value : schema;
      expect([path, force(of).type]).toEqual([path, 'string']);
    }
  });

  it('are told once each, and all of them', () => {
    expect([...new Set(enumFields.map(enumOf))].sort()).toEqual(Object.keys(enumerations).sort());
  });

  it('are sorted as the quoted values are', () => {
    expect(enumerationOf('ServiceSpec.type')).toEqual([
      'ClusterIP',
      'ExternalName',
      'LoadBalancer',
      'NodePort',
    ]);
    expect(enumerationOf('HostPathVolumeSource.type')?.[0]).toBe('');
    const signals = enumerationOf('Lifecycle.stopSignal') ?? [];
    expect(signals).toHaveLength(65);
    expect(signals.slice(signals.indexOf('SIGRTMIN'), signals.indexOf('SIGRTMIN') + 2)).toEqual([
      'SIGRTMIN',
      'SIGRTMIN+1',
    ]);
    expect(enumerationOf('ServicePort.name')).toBeUndefined();
  });

  it('end the description of their field', () => {
    expect(describeField('ServicePort', 'protocol')).toBe(
      'The IP protocol for this port. Supports "TCP", "UDP", and "SCTP". Default is TCP.\n\nPossible enum values:\n - `"SCTP"` is the SCTP protocol.\n - `"TCP"` is the TCP protocol.\n - `"UDP"` is the UDP protocol.',
    );
    expect(describeField('PodSpec', 'restartPolicy')).toMatch(
      /\n - `"Always"`\n - `"Never"`\n - `"OnFailure"`$/,
    );
    expect(describeField('ServiceSpec', 'ipFamilies')).not.toContain('Possible enum values');
  });
});
