import type { KindSpec, KubeObject, ManagedFieldsEntry } from '../../../api';
import { deepEqual } from '../../../base';
import { apiVersionOf } from '../registry';
import { type FieldSet, fieldsOf, fromFieldsV1, toFieldsV1 } from './field-set';

/** Who wrote fields, how, and which. */
export interface Manager {
  readonly entry: ManagedFieldsEntry;
  readonly paths: ReadonlySet<string>;
}

/** Who writes now. */
export interface Writer {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly subresource: string | undefined;
  /** RFC 3339. */
  readonly time: string;
}

/** The managers that an object tells of. */
export function managersOf(object: KubeObject | undefined): readonly Manager[] {
  return (object?.metadata.managedFields ?? []).map((entry) => ({
    entry,
    paths: fromFieldsV1(entry.fieldsV1),
  }));
}

/** Whether an entry is the writer's own. */
export const isOwn = ({ entry }: Manager, writer: Writer): boolean =>
  entry.manager === writer.manager &&
  entry.operation === writer.operation &&
  (entry.subresource ?? '') === (writer.subresource ?? '');

/** An entry for `managedFields`. */
export function entryOf(kind: KindSpec, writer: Writer, paths: Iterable<string>): ManagedFieldsEntry {
  const { manager, operation, subresource, time } = writer;
  const entry = {
    manager,
    operation,
    apiVersion: apiVersionOf(kind),
    time,
    fieldsType: 'FieldsV1',
    fieldsV1: toFieldsV1(paths),
  } as const;
  return subresource === undefined ? entry : { ...entry, subresource };
}

/** The object with its managers; without the field when there are none. */
export function withManagers<T extends KubeObject>(object: T, entries: readonly ManagedFieldsEntry[]): T {
  const { managedFields: _replaced, ...metadata } = object.metadata;
  return { ...object, metadata: entries.length === 0 ? metadata : { ...metadata, managedFields: entries } };
}

/** Managers whose paths are narrowed to those that `keeps` says; emptied ones go. */
export function narrow(
  managers: readonly Manager[],
  keeps: (path: string) => boolean,
): readonly ManagedFieldsEntry[] {
  return managers.flatMap(({ entry, paths }) => {
    const kept = [...paths].filter(keeps);
    if (kept.length === 0) return [];
    return kept.length === paths.size ? [entry] : [{ ...entry, fieldsV1: toFieldsV1(kept) }];
  });
}

/** Records an ordinary write: what it changed is the writer's alone, what it removed is nobody's. */
export function trackUpdate<T extends KubeObject>(
  kind: KindSpec,
  next: T,
  previous: KubeObject | undefined,
  writer: Writer,
): T {
  const before: FieldSet = previous ? fieldsOf(kind, previous) : new Map();
  const after = fieldsOf(kind, next);
  const changed = new Set(
    [...after]
      .filter(([path, value]) => !before.has(path) || !deepEqual(before.get(path), value))
      .map(([path]) => path),
  );
  const managers = managersOf(next);
  const others = managers.filter((each) => !isOwn(each, writer));
  const own = managers.find((each) => isOwn(each, writer));
  const kept = narrow(others, (path) => after.has(path) && !changed.has(path));
  const paths = [...new Set([...(own?.paths ?? []), ...changed])].filter((path) => after.has(path));
  if (paths.length === 0) return withManagers(next, kept);
  const unchanged = own !== undefined && paths.length === own.paths.size && changed.size === 0;
  return withManagers(next, [...kept, unchanged ? own.entry : entryOf(kind, writer, paths)]);
}
