import { deepEqual, isRecord } from './json';

/** Why a JSON patch could not be applied, in the words of the library that the API server uses. */
export class PatchError extends Error {
  override name = 'PatchError';
}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/** RFC 7386: `patch` merged into `target`; null removes, lists are replaced. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const result: Record<string, unknown> = isRecord(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (value !== undefined) result[key] = mergePatch(result[key], value);
  }
  return result;
}

/** RFC 6902: the document after all operations; throws `PatchError`, leaving `document` as it was. */
export function jsonPatch(document: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) {
    throw new PatchError('json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  }
  return patch.reduce<unknown>((current, each) => applyOperation(current, readOperation(each)), document);
}

function readOperation(each: unknown): Operation {
  if (!isRecord(each))
    throw new PatchError('json: cannot unmarshal into Go value of type jsonpatch.Operation');
  const { op, path, from } = each;
  if (typeof op !== 'string') throw new PatchError('Unexpected kind: unknown');
  if (typeof path !== 'string') throw new PatchError(`${op} operation failed to decode path: missing value`);
  const operation = { op, path, value: each.value };
  return typeof from === 'string' ? { ...operation, from } : operation;
}

function applyOperation(document: unknown, { op, path, from, value }: Operation): unknown {
  const keys = parsePointer(path);
  switch (op) {
    case 'add':
      return write(document, keys, path, op, { kind: 'add', value });
    case 'replace':
      return write(document, keys, path, op, { kind: 'replace', value });
    case 'remove':
      return write(document, keys, path, op, { kind: 'remove' });
    case 'test':
      if (!deepEqual(read(document, keys) ?? null, value ?? null)) {
        throw new PatchError(`testing value ${path} failed: test failed`);
      }
      return document;
    case 'move':
    case 'copy': {
      const source = parsePointer(from ?? '');
      const moved = read(document, source);
      if (moved === undefined) {
        throw new PatchError(
          `${op} operation does not apply: doc is missing from path: ${from}: missing value`,
        );
      }
      const rest = op === 'move' ? write(document, source, from ?? '', op, { kind: 'remove' }) : document;
      return write(rest, keys, path, op, { kind: 'add', value: moved });
    }
    default:
      throw new PatchError(`Unexpected kind: ${op}`);
  }
}

function parsePointer(path: string): readonly string[] {
  if (path === '') return [];
  return path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function read(document: unknown, keys: readonly string[]): unknown {
  let current = document;
  for (const key of keys) {
    if (Array.isArray(current)) current = current[listIndex(key, current.length - 1) ?? -1];
    else if (isRecord(current) && Object.hasOwn(current, key)) current = current[key];
    else return undefined;
  }
  return current;
}

function listIndex(key: string, last: number): number | undefined {
  if (!/^-?\d+$/.test(key)) return undefined;
  const index = Number(key);
  return index >= 0 && index <= last ? index : undefined;
}

type Edit = { readonly kind: 'add' | 'replace'; readonly value: unknown } | { readonly kind: 'remove' };

function write(document: unknown, keys: readonly string[], path: string, op: string, edit: Edit): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return edit.kind === 'remove' ? null : edit.value;
  if (Array.isArray(document)) return writeList(document, key, rest, path, op, edit);
  if (!isRecord(document)) throw missingPath(path, op);
  if (rest.length > 0) {
    if (!Object.hasOwn(document, key)) throw missingPath(path, op);
    return { ...document, [key]: write(document[key], rest, path, op, edit) };
  }
  if (edit.kind !== 'add' && !Object.hasOwn(document, key)) throw missingKey(path, op);
  if (edit.kind !== 'remove') return { ...document, [key]: edit.value };
  const { [key]: _removed, ...others } = document;
  return others;
}

function writeList(
  list: readonly unknown[],
  key: string,
  rest: readonly string[],
  path: string,
  op: string,
  edit: Edit,
): unknown {
  const inserting = edit.kind === 'add' && rest.length === 0;
  const index =
    inserting && key === '-' ? list.length : listIndex(key, inserting ? list.length : list.length - 1);
  if (index === undefined) {
    throw new PatchError(`${op} operation does not apply: doc is missing key: ${path}: invalid array index`);
  }
  if (rest.length > 0) return list.with(index, write(list[index], rest, path, op, edit));
  if (edit.kind === 'remove') return list.toSpliced(index, 1);
  return inserting ? list.toSpliced(index, 0, edit.value) : list.with(index, edit.value);
}

const missingPath = (path: string, op: string): PatchError =>
  new PatchError(`${op} operation does not apply: doc is missing path: "${path}": missing value`);

const missingKey = (path: string, op: string): PatchError =>
  new PatchError(
    op === 'remove'
      ? `remove operation does not apply: doc is missing path: "${path}": missing value`
      : `${op} operation does not apply: doc is missing key: ${path}: missing value`,
  );
