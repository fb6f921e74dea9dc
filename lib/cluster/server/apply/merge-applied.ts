import type { Schema } from '../../../api';
import { isRecord } from '../../../base';
import { elementsOf } from './field-set';
import { fieldSchema, force, itemElement, listKeys } from './list-kind';

/** What is applied laid over what is there: structs and keyed lists join, all else is replaced. */
export function mergeApplied(live: unknown, applied: unknown, schema: Schema | undefined): unknown {
  if (schema?.type === 'object' && !schema.atomic && isRecord(live) && isRecord(applied)) {
    return mergeFields(live, applied, (name) => fieldSchema(schema, name));
  }
  if (schema?.type === 'map' && isRecord(live) && isRecord(applied)) {
    return mergeFields(live, applied, () => force(schema.value));
  }
  if (schema?.type !== 'array' || !Array.isArray(live) || !Array.isArray(applied)) return applied;
  const keys = listKeys(schema);
  return keys ? mergeItems(live, applied, keys, force(schema.item)) : applied;
}

function mergeFields(
  live: Readonly<Record<string, unknown>>,
  applied: Readonly<Record<string, unknown>>,
  schemaOf: (name: string) => Schema | undefined,
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...live };
  for (const [name, value] of Object.entries(applied)) {
    if (value === undefined) continue;
    result[name] = name in live ? mergeApplied(live[name], value, schemaOf(name)) : value;
  }
  return result;
}

/** Applied items come in their own order; those of others keep theirs, after them where the two are apart. */
function mergeItems(
  live: readonly unknown[],
  applied: readonly unknown[],
  keys: readonly string[],
  schema: Schema,
): readonly unknown[] {
  const idOf = (item: unknown) => itemElement(item, keys);
  const mine = new Map(applied.map((item) => [idOf(item), item]));
  const kept = live.filter((item) => !mine.has(idOf(item)));
  const merged = applied.map((item) => {
    const found = live.find((each) => idOf(each) === idOf(item));
    return found === undefined ? item : mergeApplied(found, item, schema);
  });
  const isPrefix = kept.length > 0 && live.indexOf(kept[0]) === 0;
  return isPrefix ? [...kept, ...merged] : [...merged, ...kept];
}

/** The value without what stands at a path; a list loses the item that the last element names. */
export function removePath(value: unknown, schema: Schema | undefined, path: string): unknown {
  return removeAt(value, schema, elementsOf(path));
}

function removeAt(value: unknown, schema: Schema | undefined, elements: readonly string[]): unknown {
  const [first = '', ...rest] = elements;
  if (first.startsWith('f:') && isRecord(value)) return removeField(value, schema, first.slice(2), rest);
  if (!Array.isArray(value) || schema?.type !== 'array') return value;
  const keys = listKeys(schema) ?? [];
  const isMeant = (item: unknown) => itemElement(item, keys) === first;
  if (rest.length === 0) return value.filter((item) => !isMeant(item));
  return value.map((item) => (isMeant(item) ? removeAt(item, force(schema.item), rest) : item));
}

function removeField(
  value: Readonly<Record<string, unknown>>,
  schema: Schema | undefined,
  name: string,
  rest: readonly string[],
): Readonly<Record<string, unknown>> {
  if (!Object.hasOwn(value, name)) return value;
  const { [name]: inner, ...others } = value;
  if (rest.length === 0) return others;
  const innerSchema =
    schema?.type === 'object'
      ? fieldSchema(schema, name)
      : schema?.type === 'map'
        ? force(schema.value)
        : undefined;
  return { ...value, [name]: removeAt(inner, innerSchema, rest) };
}
