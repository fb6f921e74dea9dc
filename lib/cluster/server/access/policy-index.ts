import {
  type ClusterRole,
  type ClusterRoleBinding,
  goQuote,
  notFound,
  type Role,
  type RoleBinding,
  type Stored,
} from '../../../api';
import type { Change, Identity, Store } from '../../seams';
import type { PolicyRule } from './attributes';

const GROUP = 'rbac.authorization.k8s.io';
/** Store keys of roles and bindings begin with one of these. */
const PREFIXES = ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles'].map(
  (resource) => `/${resource}.${GROUP}/`,
);
/** Who was asked about is forgotten beyond this many: anybody may be impersonated. */
const MAX_REMEMBERED = 2000;

/** A rule that somebody holds, and through which binding, as reasons tell it. */
export interface Grant {
  readonly rule: PolicyRule;
  readonly by: string;
}

/** All that bindings give somebody in one namespace and the whole cluster, and what could not be resolved. */
export interface Granted {
  readonly grants: readonly Grant[];
  readonly errors: readonly string[];
}

type Binding = Stored<ClusterRoleBinding> | Stored<RoleBinding>;
type RoleRef = RoleBinding['roleRef'];
type Subject = NonNullable<RoleBinding['subjects']>[number];

/** Whether a change touches what authorization depends on. */
export function changesPolicy({ key }: Change): boolean {
  return PREFIXES.some((prefix) => key.startsWith(prefix));
}

/**
 * What the roles and bindings of a store come to, worked out when somebody is first asked about. It holds for every
 * store with the same roles and bindings, so forks share it; a change of them makes a new one.
 */
export class PolicyIndex {
  readonly #known = new Map<string, Granted>();

  /** The rules that apply to somebody in a namespace ('' for the cluster scope), as VisitRulesFor meets them. */
  grantedTo(store: Store, user: Identity, namespace: string): Granted {
    const key = [user.user, ...user.groups, '', namespace].join('\u0000');
    const known = this.#known.get(key);
    if (known) return known;
    const granted = resolve(store, user, namespace);
    if (this.#known.size >= MAX_REMEMBERED) this.#known.clear();
    this.#known.set(key, granted);
    return granted;
  }
}

function resolve(store: Store, user: Identity, namespace: string): Granted {
  const grants: Grant[] = [];
  const errors: string[] = [];
  const add = (binding: Binding, within: string) => {
    const subject = binding.subjects?.find((each) => isMeant(user, each, within));
    if (!subject) return;
    const rules = rulesOf(store, binding.roleRef, within);
    if (typeof rules === 'string') errors.push(rules);
    else {
      const by = describe(binding, subject, within);
      grants.push(...rules.map((rule) => ({ rule, by })));
    }
  };
  for (const each of store.list(`/clusterrolebindings.${GROUP}/`)) add(each as Binding, '');
  if (namespace !== '') {
    for (const each of store.list(`/rolebindings.${GROUP}/${namespace}/`)) add(each as Binding, namespace);
  }
  return { grants, errors };
}

/** The rules behind a reference, or why there are none (GetRoleReferenceRules). */
export function rulesOf(store: Store, ref: RoleRef, namespace: string): readonly PolicyRule[] | string {
  const found =
    ref.kind === 'Role'
      ? store.get(`/roles.${GROUP}/${namespace}/${ref.name}`)
      : store.get(`/clusterroles.${GROUP}//${ref.name}`);
  if (!found) return notFound(ref.kind.toLowerCase(), GROUP, ref.name).message;
  return (found as Stored<Role> | Stored<ClusterRole>).rules ?? [];
}

function isMeant(user: Identity, { kind, name, namespace }: Subject, within: string): boolean {
  switch (kind) {
    case 'User':
      return user.user === name;
    case 'Group':
      return user.groups.includes(name);
    case 'ServiceAccount': {
      const home = namespace || within;
      return home !== '' && user.user === `system:serviceaccount:${home}:${name}`;
    }
    default:
      return false;
  }
}

function describe(
  { metadata, roleRef }: Binding,
  { kind, name, namespace }: Subject,
  within: string,
): string {
  const who = kind === 'ServiceAccount' ? `${name}/${namespace || within}` : name;
  const what =
    within === ''
      ? `ClusterRoleBinding ${goQuote(metadata.name)}`
      : `RoleBinding ${goQuote(`${metadata.name}/${within}`)}`;
  return `RBAC: allowed by ${what} of ${roleRef.kind} ${goQuote(roleRef.name)} to ${kind} ${goQuote(who)}`;
}
