import type { KubeObject, Stored } from '../../api';
import type { WatchRule } from '../seams';

/** An object's own key: "namespace/name", or "name" for cluster-scoped kinds. */
export function keyOf(object: KubeObject): string {
  const { namespace, name = '' } = object.metadata;
  return namespace === undefined || namespace === '' ? name : `${namespace}/${name}`;
}

/** The two halves of a key; the namespace is '' where there is none. */
export function splitKey(key: string): { readonly namespace: string; readonly name: string } {
  const slash = key.indexOf('/');
  return slash === -1
    ? { namespace: '', name: key }
    : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/** Wakes a controller for every change of the kind that it is about. */
export function ownKey(resource: string): WatchRule {
  return { resource, keys: (object, previous) => keysOf(object ?? previous) };
}

const keysOf = (object: Stored | undefined): readonly string[] =>
  object === undefined ? [] : [keyOf(object)];

/** Wakes a controller for the owner of `ownerKind` that controls a changed object, before and after the change. */
export function controllerKey(resource: string, ownerKind: string): WatchRule {
  return {
    resource,
    keys(object, previous) {
      const keys = [ownerKeyOf(object, ownerKind), ownerKeyOf(previous, ownerKind)];
      return keys.filter((key, index) => key !== undefined && keys.indexOf(key) === index) as string[];
    },
  };
}

function ownerKeyOf(object: Stored | undefined, kind: string): string | undefined {
  const owner = object?.metadata.ownerReferences?.find((each) => each.controller === true);
  if (object === undefined || owner?.kind !== kind) return undefined;
  return `${object.metadata.namespace ?? ''}/${owner.name}`;
}
