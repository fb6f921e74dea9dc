import type { Schema } from '../../../api';
import { canonicalJson, isRecord } from '../../../base';

type Lazy = Schema | (() => Schema);

/** A schema that is certainly there. */
export const force = (schema: Lazy): Schema => (typeof schema === 'function' ? schema() : schema);

/** The schema of a struct's field; `undefined` where the field is owned as one piece. */
export function fieldSchema(struct: Schema & { type: 'object' }, name: string): Schema | undefined {
  const lazy = Object.hasOwn(struct.fields, name) ? struct.fields[name] : undefined;
  if (lazy === undefined) return undefined;
  const schema = force(lazy);
  return (schema.type === 'object' || schema.type === 'map') && schema.atomic ? undefined : schema;
}

/** How a list's items are told apart: by keys, by their value, or not at all (`undefined`). */
export function listKeys(schema: Schema & { type: 'array' }): readonly string[] | undefined {
  return schema.atomic ? undefined : (schema.listMapKeys ?? schema.mergeKeys);
}

/** Defaults of key fields that appliers leave out. */
const KEY_DEFAULTS: Readonly<Record<string, unknown>> = { protocol: 'TCP' };

/** `k:{"port":80,"protocol":"TCP"}` of a list item, or `v:"x"` of a set's member. */
export function itemElement(item: unknown, keys: readonly string[]): string {
  if (keys.length === 0 || !isRecord(item)) return `v:${canonicalJson(item)}`;
  const values = keys.map((key) => [key, item[key] ?? KEY_DEFAULTS[key]] as const);
  return `k:${canonicalJson(Object.fromEntries(values.filter(([, value]) => value !== undefined)))}`;
}
