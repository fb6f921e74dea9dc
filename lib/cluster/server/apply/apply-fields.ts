import type { KubeObject } from '../../../api';
import { deepEqual } from '../../../base';
import { compareFields } from './compare-fields';
import {
  EMPTY_SET,
  type FieldSet,
  intersect,
  isEmptySet,
  pathsOf,
  subtract,
  subtractDeep,
  unite,
  withNamedFields,
} from './field-set';
import { fieldSetOf } from './field-set-of';
import { identifierOf, type Managed, type Managers, withoutIdle } from './managers';
import { mergeApplied } from './merge-applied';
import type { PathElement } from './path-element';
import { managedBy } from './record-update';
import { removeFields } from './remove-fields';
import type { Shape } from './shape';
import { speaksOf, UNOWNED, type Writing, withoutManagers } from './writing';

/** A field that another manager holds with another value. */
export interface Conflict {
  readonly managed: Managed;
  readonly path: readonly PathElement[];
}

/** What an apply comes to: the object with its managers apart, or what stands in its way. */
export type Applied =
  | { readonly object: KubeObject; readonly managers: Managers }
  | { readonly conflicts: readonly Conflict[] };

/** Lays a configuration over what is there, and takes away what its applier no longer names (merge.Updater.Apply). */
export function applyFields(
  live: KubeObject,
  applied: KubeObject,
  known: Managers,
  writing: Writing,
  force: boolean,
): Applied {
  const { shape } = writing;
  const id = identifierOf(writing);
  const served = new Map([...known].filter(([, managed]) => speaksOf(writing, managed)));
  const bare = withoutManagers(live);
  const own = subtractDeep(fieldSetOf(applied, shape), writing.ignored);
  const last = served.get(id);
  served.set(id, managedBy(writing, own));
  const merged = mergeApplied(bare, applied, shape) as KubeObject;
  const next = last ? prune(merged, last.fields, served, shape) : merged;
  const compared = compareFields(bare, next, shape);
  const changed = subtractDeep(unite(compared.modified, compared.added), writing.ignored);
  const conflicts = force ? [] : findConflicts(changed, served, id);
  if (conflicts.length > 0) return { conflicts };
  const isSame = deepEqual(bare, next);
  const lost = unite(changed, subtractDeep(compared.removed, writing.ignored));
  const managers = new Map(yieldFields(lost, served, id));
  const kept = subtract(own, UNOWNED);
  if (isEmptySet(kept)) managers.delete(id);
  // An apply that changes nothing leaves the time of its last one, if there was one.
  else managers.set(id, { ...managedBy(writing, kept), time: isSame ? last?.time : writing.time });
  return { object: isSame ? bare : next, managers };
}

/**
 * Takes away what the applier named the last time, names no more and shares with nobody: what it named goes; what others
 * or its new configuration own comes back; and so does what went along without ever having been its own.
 */
function prune(merged: KubeObject, last: FieldSet, managers: Managers, shape: Shape): KubeObject {
  const all = [...managers.values()].map(({ fields }) => fields).reduce(unite, EMPTY_SET);
  const named = (set: FieldSet) => withNamedFields(set, shape);
  const setOfMerged = named(fieldSetOf(merged, shape));
  const setOf = (value: unknown) => named(fieldSetOf(value, shape));
  const bare = removeFields(merged, named(last), shape);
  const gone = subtract(setOfMerged, unite(setOf(bare), named(all)));
  const kept = removeFields(merged, gone, shape);
  const dangling = intersect(subtract(setOfMerged, setOf(kept)), named(last));
  return removeFields(merged, dangling, shape) as KubeObject;
}

function findConflicts(changed: FieldSet, managers: Managers, own: string): readonly Conflict[] {
  return [...managers]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .filter(([id]) => id !== own)
    .flatMap(([, managed]) => pathsOf(intersect(managed.fields, changed)).map((path) => ({ managed, path })));
}

/** The managers without what the applier took from them or took away. */
function yieldFields(lost: FieldSet, managers: Managers, own: string): Managers {
  return withoutIdle(
    new Map(
      [...managers].map(([id, managed]) => {
        const fields = id === own ? managed.fields : subtract(managed.fields, lost);
        return [id, fields === managed.fields ? managed : { ...managed, fields }];
      }),
    ),
  );
}
