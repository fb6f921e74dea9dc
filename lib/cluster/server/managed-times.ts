import type { KubeObject, ManagedFieldsEntry, Stored } from '../../api';
import { deepEqual } from '../../base';

/**
 * The object with its managers' times as they were, where nothing but these has changed: a write that changes nothing
 * takes no revision (IgnoreManagedFieldsTimestampsTransformer).
 */
export function withOldTimes<T extends KubeObject>(next: T, existing: Stored): T {
  const [entries, old] = [next.metadata.managedFields, existing.metadata.managedFields];
  if (entries === old || !entries || !old || entries.length !== old.length) return next;
  if (entries.every(({ time }, index) => time === old[index]?.time)) return next;
  if (!deepEqual(entries.map(timeless), old.map(timeless))) return next;
  const timed = { ...next, metadata: { ...next.metadata, managedFields: old } };
  return deepEqual(timed, existing) ? timed : next;
}

const timeless = ({ time: _time, ...rest }: ManagedFieldsEntry) => rest;
