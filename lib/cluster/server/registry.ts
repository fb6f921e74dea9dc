import { type KindSpec, noSuchPath, qualifiedResource, type ResourceRef } from '../../api';

/** The kinds that a server serves, found by how a request names them. */
export interface Registry {
  readonly kinds: readonly KindSpec[];
  /** The kind behind a group, version and plural; throws 404 when nothing is served there. */
  find(ref: ResourceRef): KindSpec;
  /** The same, or undefined. */
  at(ref: ResourceRef): KindSpec | undefined;
  /** The kind of a resource key such as "deployments.apps". */
  byKey(key: string): KindSpec | undefined;
}

/** Indexes kinds once; forks share the result. */
export function createRegistry(kinds: readonly KindSpec[]): Registry {
  const byPath = new Map(kinds.map((kind) => [`${kind.group}/${kind.version}/${kind.plural}`, kind]));
  const at = (ref: ResourceRef) => byPath.get(`${ref.group}/${ref.version}/${ref.resource}`);
  // Of several versions the first is preferred.
  const byKey = new Map(kinds.toReversed().map((kind) => [resourceKeyOf(kind), kind]));
  return {
    kinds,
    at,
    find(ref) {
      const kind = at(ref);
      if (!kind) throw noSuchPath();
      return kind;
    },
    byKey: (key) => byKey.get(key),
  };
}

/** "pods", "deployments.apps". */
export function resourceKeyOf(kind: Pick<KindSpec, 'plural' | 'group'>): string {
  return qualifiedResource(kind.plural, kind.group);
}

const storedUnder = (kind: KindSpec): string => kind.storage?.resource ?? resourceKeyOf(kind);

/** Where an object of a kind is stored; the namespace of a cluster-scoped kind is ''. */
export function storeKey(kind: KindSpec, namespace: string, name: string): string {
  return `/${storedUnder(kind)}/${kind.namespaced ? namespace : ''}/${name}`;
}

/** The prefix of all keys of a kind, or of those in one namespace. */
export function storePrefix(kind: KindSpec, namespace: string): string {
  const root = `/${storedUnder(kind)}/`;
  return kind.namespaced && namespace !== '' ? `${root}${namespace}/` : root;
}

/** "v1", "apps/v1". */
export function apiVersionOf(kind: Pick<KindSpec, 'group' | 'version'>): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}
