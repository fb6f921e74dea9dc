import {
  apiResource,
  findKindOf,
  type Json,
  type KindSpec,
  type OwnerReference,
  resourceKey,
  type Stored,
  storedKinds,
  type View,
} from '../../api';
import { deepEqual } from '../../base';
import type { Action, Controller, WatchRule } from '../seams';
import { planOf } from './plan';

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

/** Deletes what has lost its owners; carries out foreground and orphaning deletions. Keys are "namespace/uid". */
export const garbageCollector: Controller = {
  name: 'generic-garbage-collector',
  watches: storedKinds.map(rule),
  reconcile(view, key) {
    const [namespace = '', uid = ''] = key.split('/');
    const dependents = dependentsOf(view, namespace, uid);
    const owner = dependents.length === 0 ? ownerByUid(view, namespace, uid) : ownerOf(view, dependents, uid);
    return planOf(owner === undefined ? collect(view, dependents) : hold(view, owner, uid, dependents));
  },
};

/** An owner that goes, an owner that waits, and a dependent whose owners are new wake the collector. */
function rule(kind: KindSpec): WatchRule {
  return {
    resource: resourceKey(kind),
    keys(object, previous) {
      const namespace = (object ?? previous)?.metadata.namespace ?? '';
      const keys: string[] = [];
      if (object === undefined) {
        keys.push(`${namespace}/${previous?.metadata.uid ?? ''}`);
        // A dependent is gone: its owner may be waiting for that.
        for (const owner of previous?.metadata.ownerReferences ?? []) keys.push(`${namespace}/${owner.uid}`);
        return keys;
      }
      const { finalizers, ownerReferences, uid } = object.metadata;
      if (finalizers?.includes(FOREGROUND) || finalizers?.includes(ORPHAN)) keys.push(`${namespace}/${uid}`);
      if (!deepEqual(ownerReferences ?? [], previous?.metadata.ownerReferences ?? [])) {
        for (const owner of ownerReferences ?? []) keys.push(`${namespace}/${owner.uid}`);
      }
      return keys;
    },
  };
}

interface Dependent {
  readonly kind: KindSpec;
  readonly object: Stored;
}

/** Objects that name the owner; those of a cluster-scoped owner may be in any namespace. */
function dependentsOf(view: View, namespace: string, uid: string): readonly Dependent[] {
  return storedKinds.flatMap((kind) => {
    if (kind.kind === 'Event' || (namespace !== '' && !kind.namespaced)) return [];
    return view
      .list(resourceKey(kind), namespace)
      .filter((object) => object.metadata.ownerReferences?.some((owner) => owner.uid === uid))
      .map((object) => ({ kind, object }));
  });
}

/** The object that a reference means; undefined when it is gone, or another of the same name has come. */
function find(view: View, namespace: string, owner: OwnerReference): Stored | 'unknown' | undefined {
  const kind = findKindOf(owner);
  // Of a kind that is not served nothing can be said: its dependents stay.
  if (kind === undefined) return 'unknown';
  const found = view.get(resourceKey(kind), kind.namespaced ? namespace : '', owner.name);
  return found?.metadata.uid === owner.uid ? found : undefined;
}

function ownerOf(view: View, dependents: readonly Dependent[], uid: string): Stored | 'unknown' | undefined {
  for (const { object } of dependents) {
    const reference = object.metadata.ownerReferences?.find((each) => each.uid === uid);
    if (reference !== undefined) return find(view, object.metadata.namespace ?? '', reference);
  }
  return undefined;
}

/** An owner with no dependents left, which may be waiting to be let go. */
function ownerByUid(view: View, namespace: string, uid: string): Stored | undefined {
  for (const kind of storedKinds) {
    if (kind.namespaced !== (namespace !== '')) continue;
    const found = view.list(resourceKey(kind), namespace).find((object) => object.metadata.uid === uid);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Deletes dependents all of whose owners are gone; takes lost owners off the others. */
function collect(view: View, dependents: readonly Dependent[]): readonly Action[] {
  return dependents.flatMap(({ kind, object }) => {
    if (object.metadata.deletionTimestamp !== undefined) return [];
    const owners = object.metadata.ownerReferences ?? [];
    const alive = owners.filter((owner) => find(view, object.metadata.namespace ?? '', owner) !== undefined);
    return alive.length === 0
      ? [deletion(kind, object, policyOf(object))]
      : [ownersPatch(kind, object, alive)];
  });
}

const policyOf = (object: Stored): 'Orphan' | 'Foreground' | 'Background' => {
  if (object.metadata.finalizers?.includes(ORPHAN)) return 'Orphan';
  return object.metadata.finalizers?.includes(FOREGROUND) ? 'Foreground' : 'Background';
};

/** What a living owner asks for: nothing, or by its finalizers that dependents go first or stay behind. */
function hold(
  view: View,
  owner: Stored | 'unknown',
  uid: string,
  dependents: readonly Dependent[],
): readonly Action[] {
  if (owner === 'unknown' || owner.metadata.deletionTimestamp === undefined) return [];
  if (owner.metadata.finalizers?.includes(ORPHAN)) {
    const freed = dependents.map(({ kind, object }) =>
      ownersPatch(
        kind,
        object,
        (object.metadata.ownerReferences ?? []).filter((each) => each.uid !== uid),
      ),
    );
    return [...freed, ...release(owner, ORPHAN)];
  }
  if (!owner.metadata.finalizers?.includes(FOREGROUND)) return [];
  const blocking = dependents.filter(({ object }) =>
    object.metadata.ownerReferences?.some((each) => each.uid === uid && each.blockOwnerDeletion === true),
  );
  const going = dependents
    .filter(({ object }) => object.metadata.deletionTimestamp === undefined)
    .map(({ kind, object }) => {
      const { namespace = '' } = object.metadata;
      const hasOwn = dependentsOf(view, namespace, object.metadata.uid).length > 0;
      return deletion(kind, object, hasOwn ? 'Foreground' : policyOf(object));
    });
  return blocking.length === 0 ? [...going, ...release(owner, FOREGROUND)] : going;
}

function release(owner: Stored, finalizer: string): readonly Action[] {
  const kind = findKindOf(owner);
  if (kind === undefined) return [];
  const finalizers = (owner.metadata.finalizers ?? []).filter((each) => each !== finalizer);
  return [patch(kind, owner, { finalizers: finalizers.length === 0 ? null : finalizers })];
}

const ownersPatch = (kind: KindSpec, object: Stored, owners: readonly OwnerReference[]): Action =>
  patch(kind, object, { ownerReferences: owners.length === 0 ? null : (owners as unknown as Json) });

function patch(kind: KindSpec, object: Stored, metadata: Json): Action {
  const { group, version, resource } = apiResource(kind);
  const { namespace = '', name } = object.metadata;
  return { verb: 'patch', ref: { group, version, resource }, namespace, name, body: { metadata } };
}

function deletion(
  kind: KindSpec,
  object: Stored,
  propagationPolicy: 'Orphan' | 'Foreground' | 'Background',
): Action {
  const { group, version, resource } = apiResource(kind);
  const { namespace = '', name, uid } = object.metadata;
  const options = { propagationPolicy, preconditions: { uid } };
  return { verb: 'delete', ref: { group, version, resource }, namespace, name, options };
}
