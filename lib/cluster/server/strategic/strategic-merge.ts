import type { Schema } from '../../../api';
import { isRecord } from '../../../base';
import { arrange, checkElementOrder, deleteFromList, mergeList, orderedField, readOrder } from './merge-list';
import { badArgument, badDirective, badPrimitiveList, badRetainKeys, goTypeOf } from './patch-errors';
import { listMeta, structMeta } from './patch-meta';

type Rec = Readonly<Record<string, unknown>>;

const DIRECTIVE = '$patch';
const RETAIN_KEYS = '$retainKeys';
const DELETE_FROM = '$deleteFromPrimitiveList';
const SET_ORDER = '$setElementOrder';

/** A strategic merge patch applied by the schema's merge keys (strategicpatch.StrategicMergeMapPatch). */
export function strategicMerge(document: unknown, patch: Rec, schema: Schema): unknown {
  return mergeMaps(isRecord(document) ? document : {}, patch, schema);
}

function mergeMaps(original: Rec, patch: Rec, schema: Schema): Rec {
  if (DIRECTIVE in patch) return heedDirective(patch);
  const { [RETAIN_KEYS]: retained, ...fields } = patch;
  const kept = RETAIN_KEYS in patch ? retainKeys(original, fields, retained) : { ...original };
  const rest = mergeOrdered(kept, fields, schema);
  for (const [key, value] of Object.entries(rest)) {
    if (value === undefined) continue;
    if (key.startsWith(DELETE_FROM)) deletePlain(kept, key, value, schema);
    else mergeField(kept, key, value, schema);
  }
  return kept;
}

function heedDirective(patch: Rec): Rec {
  const { [DIRECTIVE]: directive, ...rest } = patch;
  if (directive === 'replace') return rest;
  if (directive === 'delete') return {};
  throw badDirective(directive, patch);
}

/** The patch may name no field but those it retains; whatever else there was goes. */
function retainKeys(original: Rec, patch: Rec, retained: unknown): Record<string, unknown> {
  if (!Array.isArray(retained)) throw badRetainKeys();
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || key.startsWith(DELETE_FROM) || key.startsWith(SET_ORDER)) continue;
    if (!retained.includes(key)) throw badRetainKeys();
  }
  return Object.fromEntries(Object.entries(original).filter(([key]) => retained.includes(key)));
}

/** Merges the lists whose order is given, and returns the rest of the patch (mergePatchIntoOriginal). */
function mergeOrdered(result: Record<string, unknown>, patch: Rec, schema: Schema): Rec {
  const rest: Record<string, unknown> = { ...patch };
  for (const [key, value] of Object.entries(patch)) {
    if (!key.startsWith(SET_ORDER)) continue;
    delete rest[key];
    const order = readOrder(value);
    const field = orderedField(key);
    const own = listOf(result, field);
    const given = listOf(rest, field);
    const meta = listMeta(schema, field);
    checkElementOrder(given ?? [], order, meta.mergeKey);
    const merged =
      own && given
        ? meta.merges
          ? mergeList(own, given, meta, mergeMaps)
          : given
        : (own ?? (given && (removeDirectives(given).value as readonly unknown[])));
    if (!merged) continue;
    result[field] = arrange(merged, order, order, own ?? [], meta.mergeKey);
    delete rest[field];
  }
  return rest;
}

function listOf(record: Rec, field: string): readonly unknown[] | undefined {
  if (!Object.hasOwn(record, field)) return undefined;
  const value = record[field];
  if (!Array.isArray(value)) throw badArgument('list', value);
  return value;
}

function deletePlain(result: Record<string, unknown>, key: string, value: unknown, schema: Schema): void {
  const slash = key.indexOf('/');
  if (slash < 0 || key.slice(0, slash) !== DELETE_FROM) throw badPrimitiveList();
  const field = key.slice(slash + 1);
  const own = result[field];
  if (value === null) delete result[field];
  else if (Array.isArray(own) && Array.isArray(value)) {
    listMeta(schema, field);
    result[field] = deleteFromList(own, value);
  }
}

function mergeField(result: Record<string, unknown>, key: string, value: unknown, schema: Schema): void {
  if (value === null) {
    delete result[key];
    return;
  }
  const own = Object.hasOwn(result, key) ? result[key] : undefined;
  if (isRecord(own) && isRecord(value)) {
    const meta = structMeta(schema, key);
    result[key] = meta.merges ? mergeMaps(own, value, meta.schema) : value;
  } else if (Array.isArray(own) && Array.isArray(value)) {
    const meta = listMeta(schema, key);
    result[key] = meta.merges ? mergeList(own, value, meta, mergeMaps) : value;
  } else {
    // Nothing to merge with: the patch's value is taken, without what was meant for merging.
    const isNew = own === undefined || goTypeOf(own) !== goTypeOf(value);
    const taken = removeDirectives(isNew ? withoutNulls(value) : value);
    if (taken.keep) result[key] = taken.value;
    else delete result[key];
  }
}

/** Maps without their null fields, however deep. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutNulls(each)]));
}

/** A map that holds a directive is no value; fields and items that are none go too. */
function removeDirectives(value: unknown): { readonly keep: boolean; readonly value: unknown } {
  if (Array.isArray(value)) {
    const items = value.map(removeDirectives).filter(({ keep }) => keep);
    return { keep: true, value: items.map((each) => each.value) };
  }
  if (!isRecord(value)) return { keep: true, value };
  if (DIRECTIVE in value) return { keep: false, value: undefined };
  const entries = Object.entries(value).map(([key, each]) => [key, removeDirectives(each)] as const);
  return {
    keep: true,
    value: Object.fromEntries(entries.filter(([, { keep }]) => keep).map(([key, each]) => [key, each.value])),
  };
}
