import { badRequest, type Schema, StatusError } from '../../api';
import { deepEqual, isRecord } from '../../base';
import { goPrint } from './go-print';

type Rec = Readonly<Record<string, unknown>>;
type Lazy = Schema | (() => Schema);

const DIRECTIVE = '$patch';
const RETAIN_KEYS = '$retainKeys';
const DELETE_FROM = '$deleteFromPrimitiveList/';
const SET_ORDER = '$setElementOrder/';

/** A strategic merge patch applied by the schema's merge keys (apimachinery strategicpatch). */
export function strategicMerge(document: unknown, patch: Rec, schema: Schema): unknown {
  return mergeMap(isRecord(document) ? document : {}, patch, schema);
}

const force = (schema: Lazy | undefined): Schema | undefined =>
  typeof schema === 'function' ? schema() : schema;

function schemaAt(schema: Schema | undefined, key: string): Schema | undefined {
  if (schema?.type === 'map') return force(schema.value);
  if (schema?.type !== 'object') return undefined;
  return Object.hasOwn(schema.fields, key) ? force(schema.fields[key]) : undefined;
}

function mergeMap(original: Rec, patch: Rec, schema: Schema | undefined): Rec {
  const directive = patch[DIRECTIVE];
  if (directive === 'replace') return withoutKey(patch, DIRECTIVE);
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'merge')
    throw badRequest(`unknown patch type: ${String(directive)}`);
  const result: Record<string, unknown> = retainKeys(original, patch[RETAIN_KEYS]);
  for (const [key, value] of Object.entries(patch)) {
    if (key === DIRECTIVE || key === RETAIN_KEYS || key.startsWith(SET_ORDER) || value === undefined)
      continue;
    if (key.startsWith(DELETE_FROM)) deleteFromList(result, key.slice(DELETE_FROM.length), value);
    else if (value === null) delete result[key];
    else result[key] = mergeValue(result[key], value, schemaAt(schema, key), patch[`${SET_ORDER}${key}`]);
  }
  orderUnpatched(result, patch, schema);
  return result;
}

/** An order may be given for a list that the patch does not otherwise touch. */
function orderUnpatched(result: Record<string, unknown>, patch: Rec, schema: Schema | undefined): void {
  for (const [key, order] of Object.entries(patch)) {
    if (!key.startsWith(SET_ORDER) || !Array.isArray(order)) continue;
    const name = key.slice(SET_ORDER.length);
    const list = result[name];
    const items = schemaAt(schema, name);
    if (patch[name] !== undefined || !Array.isArray(list) || items?.type !== 'array' || !items.mergeKeys)
      continue;
    result[name] = orderList(list, list, order, items.mergeKeys[0]);
  }
}

function retainKeys(original: Rec, keys: unknown): Record<string, unknown> {
  if (keys === undefined) return { ...original };
  if (!Array.isArray(keys)) throw badRequest('invalid patch format of retainKeys');
  return Object.fromEntries(Object.entries(original).filter(([key]) => keys.includes(key)));
}

function deleteFromList(result: Record<string, unknown>, key: string, values: unknown): void {
  const list = result[key];
  if (!Array.isArray(values)) throw badRequest('invalid patch format of primitive list');
  if (Array.isArray(list)) result[key] = list.filter((each) => !values.includes(each));
}

function mergeValue(original: unknown, value: unknown, schema: Schema | undefined, order: unknown): unknown {
  if (isRecord(value)) {
    if (schema?.type === 'object' && schema.patchStrategy === 'replace') return value;
    if (isRecord(original)) return mergeMap(original, value, schema);
    return mergeMap({}, value, schema);
  }
  if (!Array.isArray(value)) return value;
  const mergeKeys = schema?.type === 'array' ? schema.mergeKeys : undefined;
  if (schema?.type !== 'array' || !mergeKeys) return value;
  const list: readonly unknown[] = Array.isArray(original) ? original : [];
  const mergeKey = mergeKeys[0];
  const merged =
    mergeKey === undefined
      ? [...list, ...value.filter((each) => !list.includes(each))]
      : mergeList(list, value, mergeKey, force(schema.item));
  return orderList(merged, list, Array.isArray(order) ? order : value, mergeKey);
}

function mergeList(
  original: readonly unknown[],
  patch: readonly unknown[],
  mergeKey: string,
  schema: Schema | undefined,
): readonly unknown[] {
  const replacing = patch.some((each) => isRecord(each) && each[DIRECTIVE] === 'replace');
  if (replacing) return patch.filter((each) => !(isRecord(each) && DIRECTIVE in each));
  let result = [...original];
  for (const each of patch) {
    if (!isRecord(each)) throw badRequest('invalid patch format of list of maps');
    const id = each[mergeKey];
    if (id === undefined) throw missingMergeKey(each, mergeKey);
    const index = result.findIndex((item) => isRecord(item) && deepEqual(item[mergeKey], id));
    if (each[DIRECTIVE] === 'delete') {
      result = result.filter((item) => !(isRecord(item) && deepEqual(item[mergeKey], id)));
      continue;
    }
    const found = result[index];
    if (isRecord(found)) result[index] = mergeMap(found, each, schema);
    else result.push(mergeMap({}, each, schema));
  }
  return result;
}

/** Upstream does not class this error, so it reaches the client bare with code 500. */
function missingMergeKey(item: Rec, mergeKey: string): StatusError {
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: `map: ${goPrint(item)} does not contain declared merge key: ${mergeKey}`,
    code: 500,
  });
}

/** Sorts by the client's order; items it does not name keep their place among the server's (mergeSortedSlice). */
function orderList(
  merged: readonly unknown[],
  server: readonly unknown[],
  order: readonly unknown[],
  mergeKey: string | undefined,
): readonly unknown[] {
  const idOf = (item: unknown) => (mergeKey !== undefined && isRecord(item) ? item[mergeKey] : item);
  const place = (list: readonly unknown[], item: unknown) =>
    list.findIndex((each) => deepEqual(idOf(each), idOf(item)));
  const left = merged
    .filter((item) => place(order, item) >= 0)
    .sort((a, b) => place(order, a) - place(order, b));
  const right = merged.filter((item) => place(order, item) < 0);
  const sorted: unknown[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const takeLeft =
      j >= right.length || (i < left.length && !isAfter(place(server, left[i]), place(server, right[j])));
    sorted.push(takeLeft ? left[i] : right[j]);
    if (takeLeft) i += 1;
    else j += 1;
  }
  return sorted;
}

const isAfter = (a: number, b: number): boolean => a >= 0 && b >= 0 && a > b;

function withoutKey(record: Rec, key: string): Rec {
  const { [key]: _dropped, ...rest } = record;
  return rest;
}
