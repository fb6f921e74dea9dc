import { findKindOf, type KubeObject, type Schema } from '../../api';

/** The schema of an object's kind, or undefined for one unknown here. */
export function schemaOf(object: Pick<KubeObject, 'apiVersion' | 'kind'>): Schema | undefined {
  return findKindOf(object)?.schema;
}

/** The schema of a field. */
export function fieldSchema(schema: Schema | undefined, name: string): Schema | undefined {
  if (schema?.type === 'map') return unwrap(schema.value);
  if (schema?.type !== 'object') return undefined;
  const field = schema.fields[name];
  return field === undefined ? undefined : unwrap(field);
}

/** The schema of a list's items. */
export function itemSchema(schema: Schema | undefined): Schema | undefined {
  return schema?.type === 'array' ? unwrap(schema.item) : undefined;
}

/** The key by which a list's objects are merged; '' for a set of scalars; undefined for a list replaced whole. */
export function mergeKey(schema: Schema | undefined): string | undefined {
  if (schema?.type !== 'array' || schema.mergeKeys === undefined) return undefined;
  return schema.mergeKeys[0] ?? '';
}

/** How a field's strategic merge goes beyond keys: see `Schema`. */
export function patchStrategy(schema: Schema | undefined): 'replace' | 'retainKeys' | undefined {
  return schema?.type === 'object' || schema?.type === 'array' ? schema.patchStrategy : undefined;
}

const unwrap = (schema: Schema | (() => Schema)): Schema =>
  typeof schema === 'function' ? schema() : schema;
