import { describe, expect, it } from 'vitest';
import type { Schema } from '../../kind-spec';
import { kinds } from '../list';
import { enumFields, enumOf, schemaOf, typeNames } from '../schema';
import { allDocs } from './all-docs';
import { enumerations } from './enumerations';
import { describeField, describeType, enumerationOf } from './index';

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
const SENTENCES_MAX = 3;
const LENGTH_MAX = 260;

/** A full stop ends a sentence where a capital or nothing follows; "such as app=web" and "e.g." do not. */
const sentences = (text: string): number => text.split(/[.!?](?=\s+[A-Z[]|$)/).filter(Boolean).length;

describe('[K8] descriptions', () => {
  it.each(kinds.map((kind) => [kind.kind, kind] as const))('leave out nothing of a %s', (_name, kind) => {
    const missing = [...structsIn(kind.schema).values()].flatMap((each) => [
      ...(describeType(each.name) === undefined ? [each.name] : []),
      ...Object.keys(each.fields)
        .filter((field) => describeField(each.name, field) === undefined)
        .map((field) => `${each.name}.${field}`),
    ]);
    expect(missing).toEqual([]);
  });

  it('are of types and fields that there are', () => {
    const known = new Set([...typeNames, ...WITHOUT_FIELDS]);
    const unknown = Object.entries(allDocs).flatMap(([name, { fields }]) => {
      if (!known.has(name)) return [name];
      const own = WITHOUT_FIELDS.includes(name) ? {} : struct(name).fields;
      return Object.keys(fields)
        .filter((field) => !Object.hasOwn(own, field))
        .map((field) => `${name}.${field}`);
    });
    expect(unknown).toEqual([]);
  });

  it('are a sentence or three, in plain letters', () => {
    const texts = Object.entries(allDocs).flatMap(([name, { description, fields }]) => [
      [name, description] as const,
      ...Object.entries(fields).map(([field, text]) => [`${name}.${field}`, text] as const),
    ]);
    const odd = texts.filter(
      ([, text]) =>
        text.length > LENGTH_MAX ||
        sentences(text) > SENTENCES_MAX ||
        !/^[\x20-\x7e]+[.*]$/.test(text) ||
        /\s{2}/.test(text),
    );
    expect(odd).toEqual([]);
  });

  it('call a type by its name', () => {
    const nameless = Object.entries(allDocs).filter(
      ([name, { description }]) => !description.startsWith(`${name.slice(name.lastIndexOf('.') + 1)} `),
    );
    expect(nameless.map(([name]) => name)).toEqual([]);
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
      'The transport protocol. Defaults to TCP.\n\nPossible enum values:\n - `"SCTP"` is the SCTP protocol.\n - `"TCP"` is the TCP protocol.\n - `"UDP"` is the UDP protocol.',
    );
  });
});
