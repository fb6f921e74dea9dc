import type { JsonObject, KindSpec, KubeObject, Schema } from '../../../api';
import { isRecord } from '../../../base';
import { fieldSchema, force, itemElement, listKeys } from './list-kind';

/** Fields of an object by their path: leaves with their value, maps, lists and items with `MEMBER`. */
export type FieldSet = ReadonlyMap<string, unknown>;

/** The value of a path that stands for being there, not for content. */
export const MEMBER = Symbol('member');

/** Joins path elements such as "f:spec" and `k:{"port":80}`; no element holds it. */
const SEPARATOR = '\u0001';

/** Fields that nobody owns (fieldmanager stripMeta). */
const UNOWNED: ReadonlySet<string> = new Set([
  'f:apiVersion',
  'f:kind',
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'generation',
    'managedFields',
    'resourceVersion',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
  ].map((name) => `f:metadata${SEPARATOR}f:${name}`),
]);

/** All fields of an object that can be owned. */
export function fieldsOf(kind: KindSpec, object: KubeObject): FieldSet {
  const fields = new Map<string, unknown>();
  collect(object, kind.schema, '', fields);
  for (const path of UNOWNED) fields.delete(path);
  fields.delete('f:metadata');
  return fields;
}

function collect(
  value: unknown,
  schema: Schema | undefined,
  path: string,
  fields: Map<string, unknown>,
): void {
  if (schema?.type === 'object' && isRecord(value)) collectStruct(value, schema, path, fields);
  else if (schema?.type === 'map' && isRecord(value)) collectMap(value, force(schema.value), path, fields);
  else if (schema?.type === 'array' && Array.isArray(value) && listKeys(schema)) {
    fields.set(path, MEMBER);
    const keys = listKeys(schema) ?? [];
    for (const item of value) collectItem(item, keys, force(schema.item), path, fields);
  } else fields.set(path, value);
}

const child = (path: string, element: string): string =>
  path === '' ? element : `${path}${SEPARATOR}${element}`;

function collectStruct(
  value: Readonly<Record<string, unknown>>,
  schema: Schema & { type: 'object' },
  path: string,
  fields: Map<string, unknown>,
): void {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined && each !== null);
  if (entries.length === 0 && path !== '') fields.set(path, value);
  for (const [name, each] of entries)
    collect(each, fieldSchema(schema, name), child(path, `f:${name}`), fields);
}

function collectMap(
  value: Readonly<Record<string, unknown>>,
  schema: Schema,
  path: string,
  fields: Map<string, unknown>,
): void {
  fields.set(path, MEMBER);
  for (const [name, each] of Object.entries(value)) collect(each, schema, child(path, `f:${name}`), fields);
}

function collectItem(
  item: unknown,
  keys: readonly string[],
  schema: Schema,
  path: string,
  fields: Map<string, unknown>,
): void {
  const own = child(path, itemElement(item, keys));
  const whole = schema.type === 'object' && schema.atomic && isRecord(item);
  fields.set(own, whole ? item : MEMBER);
  if (isRecord(item) && schema.type === 'object' && !whole) collectStruct(item, schema, own, fields);
}

/** The elements of a path, outermost first. */
export const elementsOf = (path: string): readonly string[] => path.split(SEPARATOR);

/** Paths as `fieldsV1` nests them; "." marks a node that is owned beside what is in it. */
export function toFieldsV1(paths: Iterable<string>): JsonObject {
  const root: Record<string, unknown> = {};
  const owned = new Set(paths);
  for (const path of [...owned].sort()) {
    let node = root;
    for (const element of elementsOf(path)) {
      node[element] ??= {};
      node = node[element] as Record<string, unknown>;
    }
  }
  markMembers(root, '', owned);
  return root as JsonObject;
}

function markMembers(node: Record<string, unknown>, path: string, owned: ReadonlySet<string>): void {
  const elements = Object.keys(node);
  for (const element of elements) {
    markMembers(node[element] as Record<string, unknown>, child(path, element), owned);
  }
  if (elements.length > 0 && owned.has(path)) node['.'] = {};
}

/** The paths of a `fieldsV1`. */
export function fromFieldsV1(fields: JsonObject | undefined): ReadonlySet<string> {
  const paths = new Set<string>();
  readNode(fields ?? {}, '', paths);
  return paths;
}

function readNode(node: JsonObject, path: string, paths: Set<string>): void {
  const elements = Object.keys(node).filter((element) => element !== '.');
  if (path !== '' && (elements.length === 0 || '.' in node)) paths.add(path);
  for (const element of elements) {
    const inner = node[element];
    if (isRecord(inner)) readNode(inner as JsonObject, child(path, element), paths);
  }
}

/** A path as conflicts name it: `.spec.ports[port=80,protocol="TCP"].targetPort`. */
export function pathText(path: string): string {
  return elementsOf(path).map(elementText).join('');
}

function elementText(element: string): string {
  const body = element.slice(2);
  if (element.startsWith('f:')) return `.${body}`;
  if (element.startsWith('v:')) return `[=${body}]`;
  const keys = Object.entries(JSON.parse(body) as Record<string, unknown>);
  return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
}
