import { assert } from '../../../base';
import type { Schema } from '../../kind-spec';
import { atomicFields, atomicTypes, granularFields } from './atomic';
import { coreTypes } from './go-types.core';
import { metaTypes } from './go-types.meta';
import { restTypes } from './go-types.rest';
import { mergeKeys, patchStrategies } from './merge-keys';
import { zerosOf } from './zeros';

type Lazy = Schema | (() => Schema);
type ListSchema = Extract<Schema, { type: 'array' }>;

/**
 * The notation of the tables: "field:type" separated by blanks, "field!:type" where the field is required. A type is a
 * letter below, the name of another Go type, `[type]` for a list or `{type}` for a map with string keys.
 */
const SCALARS: Readonly<Record<string, Schema>> = {
  a: { type: 'any' },
  b: { type: 'boolean' },
  f: { type: 'any', goType: 'FieldsV1' },
  i: { type: 'int32' },
  l: { type: 'int64' },
  m: { type: 'time', goType: 'MicroTime' },
  n: { type: 'number' },
  p: { type: 'int-or-string' },
  q: { type: 'quantity' },
  r: { type: 'any', goType: 'RawExtension' },
  s: { type: 'string' },
  t: { type: 'time' },
  y: { type: 'bytes' },
};

/** A type's package and the text of its fields, by its name. */
const declared: ReadonlyMap<string, { readonly package: string; readonly text: string }> = new Map(
  [metaTypes, coreTypes, restTypes].flatMap((file) =>
    Object.entries(file).flatMap(([pkg, types]) =>
      Object.entries(types).map(([name, text]) => [name, { package: pkg, text }] as const),
    ),
  ),
);

/** Every name that `schemaOf` knows. */
export const typeNames: readonly string[] = [...declared.keys()];

const built = new Map<string, Schema>();

/** The schema of a Go type by its name; parsed when first asked for. */
export function schemaOf(name: string): Schema {
  const known = built.get(name);
  if (known) return known;
  const found = declared.get(name);
  assert(found !== undefined, `no Go type called ${name}`);
  const read = found.text.split(' ').map((each) => readField(name, each));
  const fields = Object.fromEntries(read.map(({ field, schema: inner }) => [field, inner]));
  const required = read.filter((each) => each.required).map(({ field }) => field);
  const schema: Schema = {
    type: 'object',
    name,
    goType: name.slice(name.lastIndexOf('.') + 1),
    package: found.package,
    fields,
    required,
    zeros: zerosOf(name, fields, required),
    ...(atomicTypes.has(name) ? { atomic: true } : {}),
  };
  built.set(name, schema);
  return schema;
}

function readField(owner: string, text: string) {
  const colon = text.indexOf(':');
  const required = text.charAt(colon - 1) === '!';
  const field = text.slice(0, required ? colon - 1 : colon);
  return { field, required, schema: fieldSchema(`${owner}.${field}`, text.slice(colon + 1)) };
}

function fieldSchema(path: string, notation: string): Lazy {
  const inner = notation.slice(1, -1);
  const atomic = atomicFields.has(path) ? { atomic: true } : {};
  if (notation.startsWith('[')) {
    const retaining = patchStrategies[path] === 'retainKeys' ? { patchStrategy: 'retainKeys' as const } : {};
    return {
      type: 'array',
      item: fieldSchema(`${path}[]`, inner),
      ...listKeys(mergeKeys[path]),
      ...retaining,
    };
  }
  if (notation.startsWith('{')) return { type: 'map', value: fieldSchema(`${path}{}`, inner), ...atomic };
  const scalar = SCALARS[notation];
  if (scalar) return scalar;
  const patchStrategy = patchStrategies[path];
  const marks = {
    ...(granularFields.has(path) ? { atomic: false } : {}),
    ...(patchStrategy === undefined ? {} : { patchStrategy }),
  };
  return Object.keys(marks).length === 0 ? () => schemaOf(notation) : marked(notation, marks);
}

type Marks = Pick<Extract<Schema, { type: 'object' }>, 'atomic' | 'patchStrategy'>;

/** A struct that one field marks otherwise than its type. */
function marked(name: string, marks: Marks): () => Schema {
  let made: Schema | undefined;
  return () => {
    const schema = schemaOf(name);
    assert(schema.type === 'object', `${name} is a struct`);
    made ??= { ...schema, ...marks };
    return made;
  };
}

function listKeys(text: string | undefined): Pick<ListSchema, 'mergeKeys' | 'listMapKeys' | 'atomic'> {
  if (text === undefined) return {};
  const keys = text.replace(/^[~=]/, '').split(',').filter(Boolean);
  if (text.startsWith('~')) return { listMapKeys: keys };
  if (text.startsWith('=')) return { mergeKeys: keys, atomic: true };
  return { mergeKeys: keys.slice(0, 1), ...(keys.length > 1 ? { listMapKeys: keys } : {}) };
}
