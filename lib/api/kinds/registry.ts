import type { KindSpec } from '../kind-spec';
import type { ApiResource } from '../resources';
import { qualifiedResource } from '../status';
import { kinds } from './list';

const ALL_VERBS: readonly string[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

/** "pods", "deployments.apps": how stores and views name the kind's resource. */
export function resourceKey(spec: KindSpec): string {
  return qualifiedResource(spec.plural, spec.group);
}

/** What discovery tells of the kind. */
export function apiResource(spec: KindSpec): ApiResource {
  return {
    group: spec.group,
    version: spec.version,
    resource: spec.plural,
    kind: spec.kind,
    singular: spec.singular,
    shortNames: spec.shortNames,
    categories: spec.categories,
    namespaced: spec.namespaced,
    verbs: spec.verbs ?? ALL_VERBS,
    subresources: spec.subresources,
  };
}

const byResource = new Map(kinds.map((spec) => [`${spec.group}/${spec.version}/${spec.plural}`, spec]));
const byKind = new Map(kinds.map((spec) => [`${spec.group}/${spec.version}/${spec.kind}`, spec]));
/** Kinds that objects are stored as: of a kind served in two versions, only the one that it is kept in. */
export const storedKinds: readonly KindSpec[] = kinds.filter(({ storage }) => storage === undefined);

// Of two versions of one resource, the one listed first.
const byKey = new Map(kinds.toReversed().map((spec) => [resourceKey(spec), spec]));

/** The kind served at a group, version and plural. */
export function findResource(group: string, version: string, plural: string): KindSpec | undefined {
  return byResource.get(`${group}/${version}/${plural}`);
}

/** The kind called so in a group and version. */
export function findKind(group: string, version: string, kind: string): KindSpec | undefined {
  return byKind.get(`${group}/${version}/${kind}`);
}

/** The kind of an object's `apiVersion` ("v1", "apps/v1") and `kind`. */
export function findKindOf(object: {
  readonly apiVersion: string;
  readonly kind: string;
}): KindSpec | undefined {
  const [first = '', second] = object.apiVersion.split('/');
  return second === undefined ? findKind('', first, object.kind) : findKind(first, second, object.kind);
}

/** The kind of a resource key such as "pods" or "deployments.apps". */
export function findByResourceKey(key: string): KindSpec | undefined {
  return byKey.get(key);
}
