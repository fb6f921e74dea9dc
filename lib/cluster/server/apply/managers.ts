import type { ManagedFieldsEntry, ObjectMeta } from '../../../api';
import { byText, isRecord } from '../../../base';
import { EMPTY_SET, type FieldSet, isEmptySet, unite } from './field-set';

/** What one manager owns, as of when. */
export interface Managed {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource: string | undefined;
  readonly time: string | undefined;
  readonly fields: FieldSet;
}

/** Managers by their identifier, as upstream has them in a map. */
export type Managers = ReadonlyMap<string, Managed>;

export const NO_MANAGERS: Managers = new Map();

/** What makes a manager one: appliers are the same in every version (BuildManagerIdentifier). */
export function identifierOf({
  manager,
  operation,
  apiVersion,
  subresource,
}: Pick<Managed, 'manager' | 'operation' | 'apiVersion' | 'subresource'>): string {
  const name = manager === '' ? '' : `"manager":${quoted(manager)},`;
  const version = operation === 'Apply' ? '' : `,"apiVersion":${quoted(apiVersion)}`;
  const part = subresource ? `,"subresource":${quoted(subresource)}` : '';
  return `{${name}"operation":"${operation}"${version}${part}}`;
}

/** As JSON writes it; nearly every name is plain, and identifiers are made for each write. */
const quoted = (text: string): string => (/^[\w./-]*$/.test(text) ? `"${text}"` : JSON.stringify(text));

/** What stored entries were read as: most writes find the entries of the write before. */
const read = new WeakMap<readonly ManagedFieldsEntry[], Managers>();

/** Reads `managedFields`; undefined when they are in a state that nobody can go on from (DecodeManagedFields). */
export function readManagers(entries: readonly ManagedFieldsEntry[]): Managers | undefined {
  const known = read.get(entries);
  if (known) return known;
  const managers = readEntries(entries);
  if (managers) read.set(entries, managers);
  return managers;
}

function readEntries(entries: readonly ManagedFieldsEntry[]): Managers | undefined {
  const managers = new Map<string, Managed>();
  for (const entry of entries) {
    const { manager = '', operation, apiVersion = '', subresource, time, fieldsType, fieldsV1 } = entry;
    const isKnown = operation === 'Apply' || operation === 'Update';
    if (!isKnown || apiVersion === '' || fieldsType !== 'FieldsV1') return undefined;
    const fields = fieldsV1 === undefined ? EMPTY_SET : fieldsV1;
    if (!isFieldSet(fields)) return undefined;
    const managed = { manager, operation, apiVersion, subresource: subresource || undefined, time, fields };
    managers.set(identifierOf(managed), managed);
  }
  return managers;
}

const ELEMENT = /^(f:|i:-?\d+$|[kv]:)/s;

/** Parts that were looked at before: sets share what a write does not change. */
const fieldSets = new WeakSet<object>();

/** Whether JSON is a set of fields: of elements that can be read, all the way down. */
function isFieldSet(value: unknown): value is FieldSet {
  if (!isRecord(value)) return false;
  if (fieldSets.has(value)) return true;
  const isSet = Object.entries(value).every(
    ([element, below]) =>
      element === '.' || (ELEMENT.test(element) && isReadable(element) && isFieldSet(below)),
  );
  if (isSet) fieldSets.add(value);
  return isSet;
}

function isReadable(element: string): boolean {
  if (!element.startsWith('k:') && !element.startsWith('v:')) return true;
  try {
    const value: unknown = JSON.parse(element.slice(2));
    return element.startsWith('v:') || isRecord(value);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** `managedFields` of these managers, in upstream's order; undefined when there are none. */
export function writeManagers(managers: Managers): readonly ManagedFieldsEntry[] | undefined {
  const sorted = [...managers.values()].sort(compareManaged);
  if (sorted.length === 0) return undefined;
  return sorted.map(entryOf);
}

function entryOf({ manager, operation, apiVersion, time, fields, subresource }: Managed): ManagedFieldsEntry {
  return {
    manager,
    operation,
    apiVersion,
    ...(time === undefined ? {} : { time }),
    fieldsType: 'FieldsV1',
    fieldsV1: fields,
    ...(subresource === undefined ? {} : { subresource }),
  };
}

/** Appliers before updaters, then the oldest first (sortEncodedManagedFields). */
function compareManaged(a: Managed, b: Managed): number {
  return (
    byText(a.operation, b.operation) ||
    byText(a.time ?? '', b.time ?? '') ||
    byText(a.manager, b.manager) ||
    byText(a.apiVersion, b.apiVersion) ||
    byText(a.subresource ?? '', b.subresource ?? '')
  );
}

/** Metadata with these managers and no others. */
export function withManagers(metadata: ObjectMeta, managers: Managers): ObjectMeta {
  const { managedFields: _replaced, ...rest } = metadata;
  const managedFields = writeManagers(managers);
  if (managedFields === undefined) return rest;
  // What is written now is what the next write reads.
  read.set(managedFields, managers);
  return { ...rest, managedFields };
}

/** How many updaters an object remembers by name. */
const MAX_UPDATERS = 10;
const OLD_UPDATES = 'ancient-changes';

/** The oldest updaters beyond ten become one, for each API version (capUpdateManagers). */
export function capUpdaters(managers: Managers): Managers {
  const updaters = [...managers].filter(([, { operation }]) => operation === 'Update');
  if (updaters.length <= MAX_UPDATERS) return managers;
  updaters.sort(([x, a], [y, b]) => byText(a.time ?? '', b.time ?? '') || byText(x, y));
  const capped = new Map(managers);
  const firsts = new Map<string, string>();
  let left = updaters.length;
  for (const [id, managed] of updaters) {
    if (left <= MAX_UPDATERS) break;
    const { apiVersion } = managed;
    const first = firsts.get(apiVersion);
    if (first === undefined) {
      firsts.set(apiVersion, id);
      continue;
    }
    const bucket = { manager: OLD_UPDATES, operation: 'Update', apiVersion, subresource: undefined } as const;
    const bucketId = identifierOf(bucket);
    const gathered = capped.get(bucketId) ?? capped.get(first);
    if (!capped.has(bucketId)) capped.delete(first);
    const fields = unite(managed.fields, gathered?.fields ?? EMPTY_SET);
    capped.set(bucketId, { ...bucket, time: managed.time, fields });
    capped.delete(id);
    left -= 1;
  }
  return capped;
}

/** The managers without those that own nothing. */
export function withoutIdle(managers: ReadonlyMap<string, Managed>): Managers {
  return new Map([...managers].filter(([, { fields }]) => !isEmptySet(fields)));
}
