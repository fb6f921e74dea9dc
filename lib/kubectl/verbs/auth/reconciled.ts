import {
  type ClusterRole,
  type KubeObject,
  type PolicyRule,
  type RoleBinding,
  uncovered,
} from '../../../api';
import { semanticEqual } from '../../../base';

/** One of those whom a binding names. */
export type Subject = NonNullable<RoleBinding['subjects']>[number];

/** What it takes to bring an object to what a file wants of it (component-helpers' auth/rbac/reconciliation). */
export interface Change {
  readonly operation: 'create' | 'update' | 'recreate' | 'none';
  readonly object: KubeObject;
  /** The held object opted out: nothing is sent. */
  readonly isProtected: boolean;
  readonly missingRules: readonly PolicyRule[];
  readonly extraRules: readonly PolicyRule[];
  readonly missingSubjects: readonly Subject[];
  readonly extraSubjects: readonly Subject[];
}

const RBAC = 'rbac.authorization.k8s.io';
const NOTHING = { missingRules: [], extraRules: [], missingSubjects: [], extraSubjects: [] } as const;

/** How a Role or ClusterRole gets the rules it misses, and loses those it has too many. */
export function reconcileRole(
  held: ClusterRole | undefined,
  wanted: ClusterRole,
  removeExtra: boolean,
): Change {
  const wantedRules = wanted.rules ?? [];
  if (!held) {
    return { ...NOTHING, operation: 'create', object: wanted, isProtected: false, missingRules: wantedRules };
  }
  const heldRules = held.rules ?? [];
  const missingRules = uncovered(heldRules, wantedRules);
  const bothAggregated = held.aggregationRule !== undefined && wanted.aggregationRule !== undefined;
  const extraRules = bothAggregated ? [] : uncovered(wantedRules, heldRules);
  const rules = merged(heldRules, wantedRules, missingRules, extraRules, removeExtra);
  const selectors = selectorsOf(held, wanted, removeExtra);
  const object: ClusterRole = {
    ...withMarks(held, wanted),
    ...(rules === heldRules ? {} : { rules }),
    ...(selectors ? { aggregationRule: { clusterRoleSelectors: selectors } } : {}),
  };
  return { ...NOTHING, ...asUpdate(held, object), missingRules, extraRules };
}

function selectorsOf(held: ClusterRole, wanted: ClusterRole, removeExtra: boolean) {
  const heldOnes = held.aggregationRule?.clusterRoleSelectors ?? [];
  const wantedOnes = wanted.aggregationRule?.clusterRoleSelectors ?? [];
  const { missing, extra } = compare(heldOnes, wantedOnes);
  const all = merged(heldOnes, wantedOnes, missing, extra, removeExtra);
  return all.length === 0 ? undefined : all;
}

/** The same for a binding's subjects; a binding to another role has to be made anew. */
export function reconcileBinding(
  held: RoleBinding | undefined,
  wanted: RoleBinding,
  removeExtra: boolean,
): Change {
  const wantedOnes = wanted.subjects ?? [];
  if (!held) {
    return {
      ...NOTHING,
      operation: 'create',
      object: wanted,
      isProtected: false,
      missingSubjects: wantedOnes,
    };
  }
  const isProtected = optedOut(held);
  if (!semanticEqual(held.roleRef, { ...wanted.roleRef, apiGroup: RBAC })) {
    return { ...NOTHING, operation: 'recreate', object: wanted, isProtected };
  }
  const heldOnes = held.subjects ?? [];
  const complete = wantedOnes.map(withGroup);
  const { missing: missingSubjects, extra: extraSubjects } = compare(heldOnes, complete);
  const subjects = merged(heldOnes, complete, missingSubjects, extraSubjects, removeExtra);
  const object: RoleBinding = { ...withMarks(held, wanted), ...(subjects === heldOnes ? {} : { subjects }) };
  return { ...NOTHING, ...asUpdate(held, object), missingSubjects, extraSubjects };
}

/** The API group that goes without saying. */
const withGroup = (subject: Subject): Subject =>
  subject.kind === 'ServiceAccount' || subject.apiGroup ? subject : { ...subject, apiGroup: RBAC };

const optedOut = ({ metadata }: KubeObject): boolean =>
  metadata.annotations?.['rbac.authorization.kubernetes.io/autoupdate'] === 'false';

function asUpdate<T extends KubeObject>(
  held: T,
  object: T,
): Pick<Change, 'operation' | 'object' | 'isProtected'> {
  return { operation: semanticEqual(held, object) ? 'none' : 'update', object, isProtected: optedOut(held) };
}

/** The held object with the labels and annotations it lacks; where both have one, it keeps its own. */
function withMarks<T extends KubeObject>(held: T, wanted: T): T {
  const labels = { ...wanted.metadata.labels, ...held.metadata.labels };
  const annotations = { ...wanted.metadata.annotations, ...held.metadata.annotations };
  const metadata = {
    ...held.metadata,
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
  };
  return { ...held, metadata };
}

function compare<T>(held: readonly T[], wanted: readonly T[]) {
  const without = (all: readonly T[], known: readonly T[]) =>
    all.filter((each) => !known.some((other) => semanticEqual(each, other)));
  return { missing: without(wanted, held), extra: without(held, wanted) };
}

function merged<T>(
  held: readonly T[],
  wanted: readonly T[],
  missing: readonly T[],
  extra: readonly T[],
  removeExtra: boolean,
): readonly T[] {
  if (!removeExtra) return missing.length === 0 ? held : [...held, ...missing];
  return missing.length === 0 && extra.length === 0 ? held : wanted;
}
