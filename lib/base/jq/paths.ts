import {
  compareValues,
  isArray,
  isNumber,
  isObject,
  JqError,
  type JqValue,
  numberOf,
  typeName,
} from './value';

/** How long an array may grow by one assignment. */
const MAX_INDEX = 536_870_911;

const cannotIndex = (value: JqValue, key: JqValue): JqError =>
  new JqError(
    typeof key === 'string'
      ? `Cannot index ${typeName(value)} with string "${key}"`
      : `Cannot index ${typeName(value)} with ${typeName(key)}`,
  );

/** `.[key]`. */
export function index(value: JqValue, key: JqValue): JqValue {
  if (isObject(value) && typeof key === 'string') return value.get(key) ?? null;
  if (isArray(value) && isNumber(key)) return value[place(value, numberOf(key))] ?? null;
  if (isObject(key) && (isArray(value) || value === null || typeof value === 'string')) {
    return slice(value, key.get('start') ?? null, key.get('end') ?? null);
  }
  if (isArray(value) && isArray(key)) return indexesOf(value, key);
  if (value === null && (typeof key === 'string' || isNumber(key) || key === null)) return null;
  throw cannotIndex(value, key);
}

function place(items: readonly JqValue[], key: number): number {
  if (Number.isNaN(key)) return -1;
  const at = Math.floor(key);
  return at < 0 ? at + items.length : at;
}

/** Where `part` occurs in `items`. */
export function indexesOf(items: readonly JqValue[], part: readonly JqValue[]): readonly JqValue[] {
  const found: number[] = [];
  if (part.length === 0) return [];
  for (let at = 0; at + part.length <= items.length; at += 1) {
    if (part.every((each, offset) => compareValues(items[at + offset] ?? null, each) === 0)) found.push(at);
  }
  return found;
}

/** Start and end of a slice of something `length` long. */
function bounds(length: number, from: JqValue, to: JqValue): readonly [number, number] {
  const edge = (each: JqValue, otherwise: number, round: (x: number) => number): number => {
    if (each === null) return otherwise;
    if (!isNumber(each)) throw new JqError('Start and end indices of an array slice must be numbers');
    const number = numberOf(each);
    if (Number.isNaN(number)) return otherwise;
    return Math.min(length, Math.max(0, round(number < 0 ? number + length : number)));
  };
  const start = edge(from, 0, Math.floor);
  return [start, Math.max(start, edge(to, length, Math.ceil))];
}

function slice(value: null | string | readonly JqValue[], from: JqValue, to: JqValue): JqValue {
  if (value === null) return null;
  if ((from !== null && !isNumber(from)) || (to !== null && !isNumber(to)))
    throw new JqError('Start and end indices of an array slice must be numbers');
  if (typeof value === 'string') {
    const chars = [...value];
    return chars.slice(...bounds(chars.length, from, to)).join('');
  }
  return value.slice(...bounds(value.length, from, to));
}

/** What is at a path; null where there is nothing. */
export function getPath(value: JqValue, keys: readonly JqValue[]): JqValue {
  let at = value;
  for (const key of keys) {
    if (at === null) return null;
    at = index(at, key);
  }
  return at;
}

/** The value with `next` at a path. */
export function setPath(value: JqValue, keys: readonly JqValue[], next: JqValue): JqValue {
  const [key, ...rest] = keys;
  if (key === undefined) return next;
  return put(value, key, setPath(index(value, key), rest, next));
}

function put(value: JqValue, key: JqValue, next: JqValue): JqValue {
  if (typeof key === 'string' && (isObject(value) || value === null)) {
    return new Map(value ?? []).set(key, next);
  }
  if (isNumber(key) && (isArray(value) || value === null)) return putAt(value ?? [], numberOf(key), next);
  if (isObject(key) && (isArray(value) || value === null)) {
    if (!isArray(next)) throw new JqError('A slice of an array can only be assigned another array');
    const items = value ?? [];
    const [start, end] = bounds(items.length, key.get('start') ?? null, key.get('end') ?? null);
    return [...items.slice(0, start), ...next, ...items.slice(end)];
  }
  if (isObject(key) && typeof value === 'string') throw new JqError('Cannot update string slices');
  throw cannotIndex(value, key);
}

function putAt(items: readonly JqValue[], key: number, next: JqValue): JqValue {
  const at = place(items, key);
  if (at < 0) throw new JqError('Out of bounds negative array index');
  if (at > MAX_INDEX) throw new JqError('Array index too large');
  const copy = [...items];
  while (copy.length < at) copy.push(null);
  copy[at] = next;
  return copy;
}

/** The value without what is at any of the paths. */
export function deletePaths(value: JqValue, paths: readonly JqValue[]): JqValue {
  const lists = paths.map((path) => {
    if (!isArray(path)) throw new JqError('Path must be specified as an array');
    return path;
  });
  return [...lists].sort(compareValues).reverse().reduce<JqValue>(deletePath, value);
}

function deletePath(value: JqValue, keys: readonly JqValue[]): JqValue {
  const [key, ...rest] = keys;
  if (key === undefined || value === null) return null;
  if (rest.length === 0) return without(value, key);
  const inner = index(value, key);
  return inner === null ? value : put(value, key, deletePath(inner, rest));
}

function without(value: JqValue, key: JqValue): JqValue {
  if (isObject(value)) {
    if (typeof key !== 'string') throw new JqError(`Cannot delete ${typeName(key)} field of object`);
    const copy = new Map(value);
    copy.delete(key);
    return copy;
  }
  if (isArray(value)) {
    if (isNumber(key)) {
      const at = place(value, numberOf(key));
      return at < 0 || at >= value.length ? value : [...value.slice(0, at), ...value.slice(at + 1)];
    }
    if (isObject(key)) {
      const [start, end] = bounds(value.length, key.get('start') ?? null, key.get('end') ?? null);
      return [...value.slice(0, start), ...value.slice(end)];
    }
    throw new JqError(`Cannot delete field at array index of ${typeName(key)}`);
  }
  if (typeof key === 'string') throw new JqError(`Cannot delete field at object index of ${typeName(value)}`);
  throw new JqError(`Cannot delete fields from ${typeName(value)}`);
}
