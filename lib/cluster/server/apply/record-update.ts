import type { KubeObject, ManagedFieldsEntry } from '../../../api';
import { compareFields } from './compare-fields';
import { type FieldSet, isEmptySet, subtract, subtractDeep, unite } from './field-set';
import {
  capUpdaters,
  identifierOf,
  type Managed,
  type Managers,
  NO_MANAGERS,
  readManagers,
  withManagers,
  withoutIdle,
} from './managers';
import { speaksOf, UNOWNED, type Writing, withoutManagers } from './writing';

/** An object that is not there yet, as Go has it: all zeros. */
const NOTHING: KubeObject = { apiVersion: '', kind: '', metadata: {} };

/**
 * The object as an ordinary write leaves it: what it changed is the writer's alone, what it removed is nobody's
 * (managedfields.FieldManager.Update). Who changes nothing gets no entry.
 */
export function recordUpdate<T extends KubeObject>(
  next: T,
  live: KubeObject | undefined,
  writing: Writing,
): T {
  const known = knownManagers(next, live, writing);
  const bare = withoutManagers(next);
  // Nothing is told of an object that nothing was told of when it was made.
  if (live?.metadata.uid && known.size === 0) return bare;
  const managers = updateManagers(known, bare, live ?? NOTHING, writing);
  return { ...bare, metadata: withManagers(bare.metadata, managers) };
}

/** What is known of owners: an update of the object itself may state it, or take it all back with `[{}]`. */
function knownManagers(next: KubeObject, live: KubeObject | undefined, writing: Writing): Managers {
  const ofLive = () => readManagers(live?.metadata.managedFields ?? []) ?? NO_MANAGERS;
  if (writing.subresource !== undefined) return ofLive();
  const stated = next.metadata.managedFields;
  if (stated === undefined) return ofLive();
  if (isReset(stated)) return NO_MANAGERS;
  const managers = readManagers(stated);
  return managers && managers.size > 0 ? managers : ofLive();
}

function isReset(entries: readonly ManagedFieldsEntry[]): boolean {
  if (entries.length === 0) return true;
  return entries.length === 1 && Object.values(entries[0] ?? {}).every((each) => each === undefined);
}

/** Managers after an update from `live` to `next`. */
export function updateManagers(
  known: Managers,
  next: KubeObject,
  live: KubeObject,
  writing: Writing,
): Managers {
  const { shape, ignored } = writing;
  const compared = compareFields(withoutManagers(live), withoutManagers(next), shape);
  const removed = subtractDeep(compared.removed, ignored);
  const changed = subtractDeep(unite(compared.modified, compared.added), ignored);
  const others = new Map<string, Managed>();
  for (const [id, managed] of known) {
    if (!speaksOf(writing, managed)) continue;
    const fields = without(without(managed.fields, changed), removed);
    others.set(id, fields === managed.fields ? managed : { ...managed, fields });
  }
  const own = subtract(changed, UNOWNED);
  const managers = new Map(withoutIdle(others));
  if (!isEmptySet(own)) {
    const id = identifierOf(writing);
    const before = managers.get(id);
    managers.set(id, managedBy(writing, before ? unite(own, before.fields) : own));
  }
  return capUpdaters(managers);
}

const without = (fields: FieldSet, gone: FieldSet): FieldSet =>
  isEmptySet(gone) ? fields : subtract(fields, gone);

/** What the writer owns from now on. */
export function managedBy(writing: Writing, fields: FieldSet): Managed {
  const { manager, operation, apiVersion, subresource, time } = writing;
  return { manager, operation, apiVersion, subresource, time, fields };
}
