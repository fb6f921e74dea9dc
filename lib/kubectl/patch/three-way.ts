import type { Schema } from '../../api';
import { deepEqual, isRecord } from '../../base';
import { fieldSchema, itemSchema, mergeKey, patchStrategy } from './merge-keys';

type Map = Readonly<Record<string, unknown>>;

/** What a diff may contain: additions and changes, or deletions. */
type Part = 'changes' | 'deletions';

/**
 * The strategic merge patch that `apply` sends: what `modified` changes in `current`, and what it has dropped
 * since `original` (strategicpatch.CreateThreeWayMergePatch).
 */
export function threeWayPatch(original: Map, modified: Map, current: Map, schema: Schema | undefined): Map {
  const changes = diffMaps(current, modified, schema, 'changes');
  const deletions = diffMaps(original, modified, schema, 'deletions');
  return combine(deletions, changes, schema);
}

function diffMaps(
  from: Map,
  to: Map,
  schema: Schema | undefined,
  part: Part,
  retaining = false,
): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const key of Object.keys(from)) {
    const before = from[key];
    const after = to[key];
    if (before === undefined) continue;
    if (after === undefined) {
      if (part === 'deletions') patch[key] = null;
    } else if (isRecord(before) && isRecord(after)) {
      diffStructs(patch, key, before, after, fieldSchema(schema, key), part);
    } else if (Array.isArray(before) && Array.isArray(after)) {
      diffLists(patch, key, before, after, fieldSchema(schema, key), part);
    } else if (part === 'changes' && !deepEqual(before, after)) patch[key] = after;
  }
  if (part === 'changes') {
    for (const key of Object.keys(to))
      if (from[key] === undefined && to[key] !== undefined) patch[key] = to[key];
  }
  if (retaining) retainKeys(patch, from, to);
  return patch;
}

function diffStructs(
  patch: Record<string, unknown>,
  key: string,
  from: Map,
  to: Map,
  schema: Schema | undefined,
  part: Part,
): void {
  const strategy = patchStrategy(schema);
  if (strategy === 'replace') {
    // Sent even when nothing has changed, as client-go does.
    if (part === 'changes') patch[key] = to;
    return;
  }
  const inner = diffMaps(from, to, schema, part, strategy === 'retainKeys');
  if (Object.keys(inner).length > 0) patch[key] = inner;
}

/** Names the keys that shall be left, when something changes or the cluster has keys that the file lacks. */
function retainKeys(patch: Record<string, unknown>, from: Map, to: Map): void {
  const kept = Object.keys(to).filter((key) => to[key] !== undefined && to[key] !== null);
  const hasMore = Object.keys(from).some((key) => (from[key] ?? null) !== null && !(key in to));
  if (kept.length > 0 && (Object.keys(patch).length > 0 || hasMore)) patch.$retainKeys = kept.sort();
}

function diffLists(
  patch: Record<string, unknown>,
  key: string,
  from: readonly unknown[],
  to: readonly unknown[],
  schema: Schema | undefined,
  part: Part,
): void {
  const by = mergeKey(schema);
  if (by === undefined) {
    if (part === 'changes' && !deepEqual(from, to)) patch[key] = to;
  } else if (by === '') diffSets(patch, key, from, to, part);
  else diffKeyed(patch, key, from, to, schema, by, part);
}

function diffSets(
  patch: Record<string, unknown>,
  key: string,
  from: readonly unknown[],
  to: readonly unknown[],
  part: Part,
): void {
  const added = part === 'changes' ? to.filter((each) => !from.includes(each)) : [];
  const dropped = part === 'deletions' ? from.filter((each) => !to.includes(each)) : [];
  if (added.length > 0) patch[key] = added;
  if (dropped.length > 0) patch[`$deleteFromPrimitiveList/${key}`] = dropped;
  if (added.length > 0 || dropped.length > 0) patch[`$setElementOrder/${key}`] = to;
}

function diffKeyed(
  patch: Record<string, unknown>,
  key: string,
  from: readonly unknown[],
  to: readonly unknown[],
  schema: Schema | undefined,
  by: string,
  part: Part,
): void {
  const name = (item: unknown) => (isRecord(item) ? item[by] : undefined);
  const changed: unknown[] = [];
  // A key that is there more than once (port 53 over UDP and TCP) goes with its like in order, as in diffListsOfMaps.
  const unpaired = [...from];
  for (const item of to) {
    const at = unpaired.findIndex((each) => name(each) === name(item));
    const before = at < 0 ? undefined : unpaired.splice(at, 1)[0];
    if (!isRecord(item)) continue;
    if (!isRecord(before)) {
      if (part === 'changes') changed.push(item);
      continue;
    }
    const inner = diffMaps(before, item, itemSchema(schema), part, patchStrategy(schema) === 'retainKeys');
    if (Object.keys(inner).length > 0) changed.push({ ...inner, [by]: name(item) });
  }
  if (part === 'deletions') {
    for (const item of unpaired) changed.push({ $patch: 'delete', [by]: name(item) });
  }
  if (changed.length > 0) patch[key] = changed;
  const kept = from.map(name).filter((each) => to.some((item) => name(item) === each));
  const wanted = to.map(name).filter((each) => kept.includes(each));
  if (changed.length > 0 || (part === 'changes' && !deepEqual(kept, wanted))) {
    patch[`$setElementOrder/${key}`] = to.map((item) => ({ [by]: name(item) }));
  }
}

/** Joins the two halves; lists of objects are joined by key. */
function combine(deletions: Map, changes: Map, schema: Schema | undefined): Map {
  const out: Record<string, unknown> = { ...deletions };
  for (const [key, value] of Object.entries(changes)) {
    const before = out[key];
    if (isRecord(before) && isRecord(value)) out[key] = combine(before, value, fieldSchema(schema, key));
    else if (Array.isArray(before) && Array.isArray(value) && !key.startsWith('$')) {
      out[key] = combineLists(before, value, fieldSchema(schema, key));
    } else out[key] = value;
  }
  return out;
}

function combineLists(
  deletions: readonly unknown[],
  changes: readonly unknown[],
  schema: Schema | undefined,
): readonly unknown[] {
  const by = mergeKey(schema) ?? '';
  const name = (item: unknown) => (isRecord(item) ? item[by] : undefined);
  const joined = changes.map((change) => {
    const other = deletions.find((each) => name(each) === name(change));
    return isRecord(change) && isRecord(other) ? combine(other, change, itemSchema(schema)) : change;
  });
  return [...joined, ...deletions.filter((each) => !changes.some((change) => name(change) === name(each)))];
}
