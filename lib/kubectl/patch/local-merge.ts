import type { Schema } from '../../api';
import { isRecord } from '../../base';
import { fieldSchema, itemSchema, mergeKey } from './merge-keys';

type Map = Readonly<Record<string, unknown>>;

/** Applies a strategic merge patch without a server, for client dry runs and `--local`. */
export function mergeLocally(target: Map, patch: Map, schema: Schema | undefined): Map {
  const kept = patch.$retainKeys;
  const out: Record<string, unknown> = Array.isArray(kept)
    ? Object.fromEntries(Object.entries(target).filter(([key]) => kept.includes(key)))
    : { ...target };
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$setElementOrder/') || key === '$retainKeys') continue;
    if (key.startsWith('$deleteFromPrimitiveList/')) {
      const name = key.slice(key.indexOf('/') + 1);
      const before = out[name];
      if (Array.isArray(before) && Array.isArray(value))
        out[name] = before.filter((each) => !value.includes(each));
    } else if (value === null) delete out[key];
    else out[key] = mergeValue(out[key], value, fieldSchema(schema, key));
  }
  return out;
}

function mergeValue(before: unknown, value: unknown, schema: Schema | undefined): unknown {
  if (isRecord(value)) {
    const replaces = schema?.type === 'object' && schema.patchStrategy === 'replace';
    return replaces ? value : mergeLocally(isRecord(before) ? before : {}, value, schema);
  }
  const by = mergeKey(schema);
  if (!Array.isArray(value) || !Array.isArray(before) || by === undefined) return value;
  if (by === '') return [...before, ...value.filter((each) => !before.includes(each))];
  const name = (item: unknown) => (isRecord(item) ? item[by] : undefined);
  const merged = before.flatMap((item) => {
    const change = value.find((each) => name(each) === name(item));
    if (!isRecord(change)) return [item];
    if (change.$patch === 'delete') return [];
    return [isRecord(item) ? mergeLocally(item, change, itemSchema(schema)) : change];
  });
  const added = value.filter(
    (each) =>
      !(isRecord(each) && each.$patch === 'delete') && !before.some((item) => name(item) === name(each)),
  );
  return [...merged, ...added];
}
