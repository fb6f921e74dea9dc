import { deepEqual, isRecord, setKey } from './json';

/** Why a JSON patch could not be applied, in the words of the library that Kubernetes uses. */
export class PatchError extends Error {
  override name = 'PatchError';
}

/** What all copies of one patch may add to a document, in bytes of JSON: what a real API server allows. */
const MAX_COPIED = 3 * 1024 * 1024;

/**
 * RFC 6902 as evanphx/json-patch v4 has it: the document after all operations; throws `PatchError`, leaving `document` as
 * it was. Its ways are kept: negative indices count from the end, a field that is not there can be replaced.
 */
export function jsonPatch(document: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) {
    throw new PatchError(`json: cannot unmarshal ${jsonType(patch)} into Go value of type jsonpatch.Patch`);
  }
  const copied = { bytes: 0 };
  return patch.reduce<unknown>((current, each) => applyOperation(current, each, copied), document);
}

/** The name of a JSON value's type in Go's decoding errors. */
export function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

type Rec = Readonly<Record<string, unknown>>;

function applyOperation(document: unknown, operation: unknown, copied: { bytes: number }): unknown {
  if (!isRecord(operation) && operation !== null) {
    throw new PatchError(
      `json: cannot unmarshal ${jsonType(operation)} into Go value of type jsonpatch.Operation`,
    );
  }
  const fields: Rec = operation ?? {};
  const op = typeof fields.op === 'string' ? fields.op : 'unknown';
  switch (op) {
    case 'add':
      return add(document, pathOf(fields, op), fields.value, op);
    case 'remove':
      return remove(document, pathOf(fields, op), op);
    case 'replace':
      return replace(document, pathOf(fields, op), fields.value);
    case 'test':
      return test(document, pathOf(fields, op), fields.value);
    case 'move':
      return move(document, fields);
    case 'copy':
      return copy(document, fields, copied);
    default:
      throw new PatchError(`Unexpected kind: ${op}`);
  }
}

/** Operations that say only that, not why, their path cannot be read. */
const TERSE: ReadonlySet<string> = new Set(['add', 'remove', 'copy']);

function pathOf({ path }: Rec, op: string): string {
  if (typeof path === 'string') return path;
  const why = TERSE.has(op) ? '' : ': operation missing path field';
  throw new PatchError(`${op} operation failed to decode path${why}: missing value`);
}

function fromOf({ from }: Rec, op: string): string {
  if (typeof from === 'string') return from;
  throw new PatchError(`${op} operation failed to decode from: operation, missing from field: missing value`);
}

interface Place {
  readonly parents: readonly string[];
  readonly key: string;
}

/** The container's path and the key in it; whatever is before the first slash counts for nothing. */
function placeOf(path: string): Place | undefined {
  const parts = path.split('/');
  if (parts.length < 2) return undefined;
  const keys = parts.slice(1).map((part) => part.replace(/~[01]/g, (code) => (code === '~1' ? '/' : '~')));
  return { parents: keys.slice(0, -1), key: keys.at(-1) ?? '' };
}

type Container = Rec | readonly unknown[];
const isContainer = (value: unknown): value is Container => isRecord(value) || Array.isArray(value);

function containerAt(document: unknown, parents: readonly string[]): Container | undefined {
  let current: unknown = document;
  for (const key of parents) current = isContainer(current) ? childOf(current, key) : undefined;
  return isContainer(current) ? current : undefined;
}

function childOf(container: Container, key: string): unknown {
  if (Array.isArray(container)) {
    const index = indexIn(container, key);
    return typeof index === 'number' ? container[index] : undefined;
  }
  return Object.hasOwn(container, key) ? (container as Rec)[key] : undefined;
}

/** The index that a key means in a list, or why it means none. */
function indexIn(list: readonly unknown[], key: string, length = list.length): number | string {
  if (!/^[+-]?\d+$/.test(key)) return `strconv.Atoi: parsing ${JSON.stringify(key)}: invalid syntax`;
  const index = Number(key);
  if (index >= length || index < -length) {
    return `Unable to access invalid index: ${index}: invalid index referenced`;
  }
  return index < 0 ? index + length : index;
}

/** The container at a path, or the complaint that there is none. */
function find(document: unknown, path: string, complaint: string) {
  const place = placeOf(path);
  const container = place && containerAt(document, place.parents);
  if (!place || !container) throw new PatchError(`${complaint}: missing value`);
  return { place, container };
}

/** The document with one container exchanged. */
function exchange(document: unknown, parents: readonly string[], container: Container): unknown {
  const [key, ...rest] = parents;
  if (key === undefined) return container;
  if (Array.isArray(document)) {
    const index = Number(indexIn(document, key));
    return document.with(index, exchange(document[index], rest, container));
  }
  const result = { ...(document as Rec) };
  setKey(result, key, exchange(result[key], rest, container));
  return result;
}

function add(document: unknown, path: string, value: unknown, op: string): unknown {
  const missing =
    op === 'add'
      ? `add operation does not apply: doc is missing path: "${path}"`
      : `${op} operation does not apply: doc is missing destination path: ${path}`;
  const { place, container } = find(document, path, missing);
  const added = value === undefined ? null : value;
  if (!Array.isArray(container)) {
    const result = { ...(container as Rec) };
    setKey(result, place.key, added);
    return exchange(document, place.parents, result);
  }
  const index = place.key === '-' ? container.length : indexIn(container, place.key, container.length + 1);
  if (typeof index === 'number') {
    return exchange(document, place.parents, container.toSpliced(index, 0, added));
  }
  const why = index.startsWith('strconv')
    ? `value was not a proper array index: '${place.key}': ${index}`
    : index;
  const where = op === 'copy' ? 'error while adding value during copy' : `error in ${op} for path: '${path}'`;
  throw new PatchError(`${where}: ${why}`);
}

function remove(document: unknown, path: string, op: string): unknown {
  const missing =
    op === 'remove'
      ? `remove operation does not apply: doc is missing path: "${path}"`
      : `${op} operation does not apply: doc is missing from path: ${path}`;
  const { place, container } = find(document, path, missing);
  const where = `error in ${op} for path: '${op === 'remove' ? path : place.key}'`;
  if (Array.isArray(container)) {
    const index = indexIn(container, place.key);
    if (typeof index === 'string') throw new PatchError(`${where}: ${index}`);
    return exchange(document, place.parents, container.toSpliced(index, 1));
  }
  if (!Object.hasOwn(container, place.key)) {
    throw new PatchError(`${where}: Unable to remove nonexistent key: ${place.key}: missing value`);
  }
  const { [place.key]: _removed, ...rest } = container as Rec;
  return exchange(document, place.parents, rest);
}

function replace(document: unknown, path: string, value: unknown): unknown {
  const replacement = value === undefined ? null : value;
  if (path === '') {
    if (isContainer(replacement)) return replacement;
    throw new PatchError('replace operation value must be object or array');
  }
  const missing = `replace operation does not apply: doc is missing path: ${path}`;
  const { place, container } = find(document, path, missing);
  if (!Array.isArray(container)) {
    const result = { ...(container as Rec) };
    setKey(result, place.key, replacement);
    return exchange(document, place.parents, result);
  }
  const index = indexIn(container, place.key);
  if (typeof index === 'number') return exchange(document, place.parents, container.with(index, replacement));
  throw new PatchError(`replace operation does not apply: doc is missing key: ${path}: missing value`);
}

function test(document: unknown, path: string, value: unknown): unknown {
  const failed = () => new PatchError(`testing value ${path} failed: test failed`);
  if (path === '') {
    if (!deepEqual(document, value)) throw failed();
    return document;
  }
  const { place, container } = find(
    document,
    path,
    `test operation does not apply: is missing path: ${path}`,
  );
  if (Array.isArray(container)) {
    const index = indexIn(container, place.key);
    if (typeof index === 'string') throw new PatchError(`error in test for path: '${path}': ${index}`);
  }
  if (!deepEqual(childOf(container, place.key) ?? null, value ?? null)) throw failed();
  return document;
}

/** What `from` leads to; a field that is not there is null. */
function sourceOf(document: unknown, from: string, op: string): unknown {
  const { place, container } = find(
    document,
    from,
    `${op} operation does not apply: doc is missing from path: ${from}`,
  );
  if (Array.isArray(container)) {
    const index = indexIn(container, place.key);
    const where =
      op === 'copy' ? `error in copy for from: '${from}'` : `error in move for path: '${place.key}'`;
    if (typeof index === 'string') throw new PatchError(`${where}: ${index}`);
  }
  return childOf(container, place.key) ?? null;
}

function move(document: unknown, fields: Rec): unknown {
  const from = fromOf(fields, 'move');
  const value = sourceOf(document, from, 'move');
  const rest = remove(document, from, 'move');
  return add(rest, pathOf(fields, 'move'), value, 'move');
}

function copy(document: unknown, fields: Rec, copied: { bytes: number }): unknown {
  const value = sourceOf(document, fromOf(fields, 'copy'), 'copy');
  const path = pathOf(fields, 'copy');
  find(document, path, `copy operation does not apply: doc is missing destination path: ${path}`);
  if (value !== null) copied.bytes += JSON.stringify(value).length;
  if (copied.bytes > MAX_COPIED) {
    throw new PatchError(
      `Unable to complete the copy, the accumulated size increase of copy is ${copied.bytes}, exceeding the limit ${MAX_COPIED}`,
    );
  }
  return add(document, path, value, 'copy');
}
