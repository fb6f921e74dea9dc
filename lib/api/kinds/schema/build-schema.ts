import { assert } from '../../../base';
import type { Schema } from '../../kind-spec';
import { coreTypes } from './go-types.core';
import { metaTypes } from './go-types.meta';
import { restTypes } from './go-types.rest';
import { mergeKeys } from './merge-keys';

type Scalar = Exclude<Schema['type'], 'object' | 'map' | 'array'>;
type Lazy = Schema | (() => Schema);

/**
 * The notation of the tables: "field:type" separated by blanks. A type is a letter below, the name of another Go type,
 * `[type]` for a list or `{type}` for a map with string keys.
 */
const SCALARS: Readonly<Record<string, Scalar>> = {
  a: 'any',
  b: 'boolean',
  i: 'int32',
  l: 'int64',
  n: 'number',
  p: 'int-or-string',
  q: 'quantity',
  s: 'string',
  t: 'time',
  y: 'bytes',
};

const built = new Map<string, Schema>();

/** The schema of a Go type by its name; parsed when first asked for. */
export function schemaOf(goType: string): Schema {
  const known = built.get(goType);
  if (known) return known;
  const text = coreTypes[goType] ?? metaTypes[goType] ?? restTypes[goType];
  assert(text !== undefined, `no Go type called ${goType}`);
  const fields = text.split(' ').map((each) => {
    const colon = each.indexOf(':');
    const name = each.slice(0, colon);
    return [name, fieldSchema(`${goType}.${name}`, each.slice(colon + 1))] as const;
  });
  const schema: Schema = { type: 'object', goType, fields: Object.fromEntries(fields) };
  built.set(goType, schema);
  return schema;
}

function fieldSchema(path: string, notation: string): Lazy {
  const inner = notation.slice(1, -1);
  if (notation.startsWith('[')) {
    return { type: 'array', item: fieldSchema(`${path}[]`, inner), ...listKeys(mergeKeys[path]) };
  }
  if (notation.startsWith('{')) return { type: 'map', value: fieldSchema(`${path}{}`, inner) };
  const scalar = SCALARS[notation];
  return scalar ? { type: scalar } : () => schemaOf(notation);
}

function listKeys(text: string | undefined): {
  readonly mergeKeys?: readonly string[];
  readonly listMapKeys?: readonly string[];
} {
  if (text === undefined) return {};
  const keys = text.replace('~', '').split(',').filter(Boolean);
  if (text.startsWith('~')) return { listMapKeys: keys };
  return { mergeKeys: keys.slice(0, 1), ...(keys.length > 1 ? { listMapKeys: keys } : {}) };
}
