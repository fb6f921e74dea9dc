import { type Schema, unclassified } from '../../../api';
import { deepEqual, isRecord } from '../../../base';
import { goPrint } from '../go-print';
import { badArgument, badDirective, badElementOrder, goTypeOf, noMergeKey, rejected } from './patch-errors';
import { goKind, type PatchMeta } from './patch-meta';

type Rec = Readonly<Record<string, unknown>>;
type List = readonly unknown[];

/** What a map is told to become by a patch; given by the caller, for lists hold maps and maps hold lists. */
export type MergeMaps = (original: Rec, patch: Rec, schema: Schema) => Rec;

const DIRECTIVE = '$patch';

/** Lists are merged only when all items are of one type, and that is no list. */
function checkItems(...lists: readonly List[]): 'map' | 'scalar' {
  const items = lists.flat();
  const [first] = items;
  if (items.length === 0) throw unclassified('no elements in any of the given slices');
  if (Array.isArray(first)) throw rejected();
  if (items.some((each) => goTypeOf(each) !== goTypeOf(first)) || first === null) {
    throw unclassified(`list element types are not identical: ${goPrint(lists)}`);
  }
  return isRecord(first) ? 'map' : 'scalar';
}

/** A list patched by its merge key, or as a set (mergeSlice). */
export function mergeList(original: List, patch: List, meta: PatchMeta, mergeMaps: MergeMaps): List {
  if (original.length === 0 && patch.length === 0) return original;
  if (checkItems(original, patch) === 'scalar') {
    const merged = [...new Set([...original, ...patch])];
    return arrange(merged, patch, patch, original, '');
  }
  const { mergeKey, schema } = meta;
  if (mergeKey === '') throw unclassified(`cannot merge lists without merge key for ${goKind(schema)}`);
  const left = heedDirectives(original as readonly Rec[], patch as readonly Rec[], mergeKey);
  const merged = mergeItems(left.original, left.patch, mergeKey, (own, item) => mergeMaps(own, item, schema));
  return arrange(merged, left.patch, left.patch, left.original, mergeKey);
}

/** Takes plain values out of a list ($deleteFromPrimitiveList). */
export function deleteFromList(original: List, patch: List): List {
  if (original.length === 0 && patch.length === 0) return original;
  if (checkItems(original, patch) === 'map') {
    throw unclassified('cannot merge lists without merge key for struct');
  }
  return original.filter((each) => !patch.includes(each));
}

interface Lists {
  readonly original: readonly Rec[];
  readonly patch: readonly Rec[];
}

/** `$patch: delete` takes an item away, `$patch: replace` the whole list (mergeSliceWithSpecialElements). */
function heedDirectives(original: readonly Rec[], patch: readonly Rec[], mergeKey: string): Lists {
  const rest = patch.filter((item) => !(DIRECTIVE in item));
  let left = original;
  let replaces = false;
  for (const item of patch) {
    if (!(DIRECTIVE in item)) continue;
    const directive = item[DIRECTIVE];
    if (directive === 'replace') replaces = true;
    else if (directive === 'delete') {
      if (!(mergeKey in item)) throw noMergeKey(item, mergeKey);
      left = left.filter((each) => !deepEqual(each[mergeKey], item[mergeKey]));
    } else if (directive === 'merge') {
      throw unclassified('merging lists cannot yet be specified in the patch');
    } else throw badDirective(directive, item);
  }
  return replaces ? { original: rest, patch: [] } : { original: left, patch: rest };
}

function mergeItems(
  original: readonly Rec[],
  patch: readonly Rec[],
  mergeKey: string,
  merge: (own: Rec, item: Rec) => Rec,
): List {
  const merged = [...original];
  for (const item of patch) {
    if (!(mergeKey in item)) throw noMergeKey(item, mergeKey);
    const index = merged.findIndex((each) => mergeKey in each && each[mergeKey] === item[mergeKey]);
    const found = merged[index];
    if (found) merged[index] = merge(found, item);
    else merged.push(item);
  }
  return merged;
}

const keyOf = (item: unknown, mergeKey: string): unknown =>
  mergeKey === '' ? item : isRecord(item) ? item[mergeKey] : undefined;

/**
 * What `partition` names comes in the order given, the rest in the server's; where the two meet, the server's order
 * decides if it knows both (normalizeElementOrder, mergeSortedSlice).
 */
export function arrange(
  merged: List,
  partition: List,
  order: List,
  serverOrder: List,
  mergeKey: string,
): List {
  if (mergeKey !== '') for (const item of [...merged, ...order]) checkMergeKey(item, mergeKey);
  const place = (list: List, item: unknown) =>
    list.findIndex((each) => deepEqual(keyOf(each, mergeKey), keyOf(item, mergeKey)));
  const sorted = (items: List, by: List) =>
    [...items].sort((a, b) => {
      const [left, right] = [place(by, a), place(by, b)];
      return left >= 0 && right >= 0 ? left - right : 0;
    });
  const named = merged.filter((item) => place(partition, item) >= 0);
  const right = sorted(named, order);
  const left = sorted(
    merged.filter((item) => place(partition, item) < 0),
    serverOrder,
  );
  const all: unknown[] = [];
  for (let [i, j] = [0, 0]; i < left.length || j < right.length; ) {
    const [l, r] = [place(serverOrder, left[i]), place(serverOrder, right[j])];
    const takesLeft = j >= right.length || (i < left.length && l >= 0 && r >= 0 && l < r);
    all.push(takesLeft ? left[i] : right[j]);
    if (takesLeft) i += 1;
    else j += 1;
  }
  return all;
}

function checkMergeKey(item: unknown, mergeKey: string): void {
  if (!isRecord(item)) throw badArgument('map', item);
  if (!(mergeKey in item)) throw noMergeKey(item, mergeKey);
}

/** A list and its `$setElementOrder` must say the same of what both name (validatePatchWithSetOrderList). */
export function checkElementOrder(patch: List, order: List, mergeKey: string): void {
  if (order.length === 0 || patch.length === 0) return;
  const kept = mergeKey === '' ? patch : patch.filter((item) => !isDeleted(item));
  let index = 0;
  let at = 0;
  while (index < kept.length && at < order.length) {
    const item = kept[index];
    if (isRecord(item) && DIRECTIVE in item) {
      index += 1;
      continue;
    }
    if (mergeKey !== '') for (const each of [item, order[at]]) checkMergeKey(each, mergeKey);
    if (deepEqual(keyOf(item, mergeKey), keyOf(order[at], mergeKey))) index += 1;
    at += 1;
  }
  if (index >= kept.length || at < order.length) return;
  throw unclassified(
    `The order in patch list:\n${goPrint(patch)}\n doesn't match $setElementOrder list:\n${goPrint(order)}\n`,
  );
}

function isDeleted(item: unknown): boolean {
  if (!isRecord(item)) throw badArgument('map', item);
  return item[DIRECTIVE] === 'delete';
}

/** The value of a `$setElementOrder` key. */
export function readOrder(value: unknown): List {
  if (!Array.isArray(value)) throw badArgument('list', value);
  return value;
}

/** The list that a `$setElementOrder/…` key is about. */
export function orderedField(key: string): string {
  const slash = key.indexOf('/');
  if (slash < 0 || key.slice(0, slash) !== '$setElementOrder') throw badElementOrder();
  return key.slice(slash + 1);
}
