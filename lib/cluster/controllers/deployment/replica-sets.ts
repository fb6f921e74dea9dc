import type { Deployment, ReplicaSet, Stored } from '../../../api';
import { semanticEqual } from '../../../base';
import { withoutHash } from './template-hash';

/** A ReplicaSet as the plan leaves it: `replicas` is what its spec will say. */
export interface PlannedSet {
  readonly set: Stored<ReplicaSet>;
  replicas: number;
}

/** Annotations that the controller keeps for itself. */
export const REVISION = 'deployment.kubernetes.io/revision';
export const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';

/** Annotations of a Deployment that its ReplicaSets do not get. */
const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  'deprecated.deployment.rollback.to',
]);

/** The ReplicaSet whose template is the Deployment's: the oldest, if there are several. */
export function findNewSet(
  deployment: Deployment,
  sets: readonly Stored<ReplicaSet>[],
): Stored<ReplicaSet> | undefined {
  const wanted = withoutHash(deployment.spec?.template);
  return byAge(sets).find((set) => semanticEqual(withoutHash(set.spec?.template), wanted));
}

/** Oldest first, then by name. */
export function byAge(sets: readonly Stored<ReplicaSet>[]): readonly Stored<ReplicaSet>[] {
  const text = (set: Stored<ReplicaSet>): string => `${set.metadata.creationTimestamp} ${set.metadata.name}`;
  return sets.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
}

/** The revision number in an object's annotations; 0 when there is none. */
export function revisionOf(object: {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
}): number {
  return Number(object.metadata.annotations?.[REVISION] ?? 0) || 0;
}

/** The annotations of a Deployment that its ReplicaSets share. */
export function copiedAnnotations(deployment: Deployment): Readonly<Record<string, string>> {
  const entries = Object.entries(deployment.metadata.annotations ?? {});
  return Object.fromEntries(entries.filter(([key]) => !NOT_COPIED.has(key)));
}

/** A percentage of `total`, rounded up or down, or a plain number (intstr.GetScaledValueFromIntOrPercent). */
export function scaledValue(value: string | number | undefined, total: number, round: 'up' | 'down'): number {
  if (value === undefined) return 0;
  if (typeof value === 'number') return value;
  const exact = (Number.parseInt(value, 10) * total) / 100;
  return round === 'up' ? Math.ceil(exact) : Math.floor(exact);
}

/** The bounds of a rolling update (deploymentutil.ResolveFenceposts): both 0 makes one Pod unavailable. */
export function bounds(deployment: Deployment): { readonly surge: number; readonly unavailable: number } {
  const replicas = replicasOf(deployment);
  if (deployment.spec?.strategy?.type === 'Recreate') return { surge: 0, unavailable: 0 };
  const rolling = deployment.spec?.strategy?.rollingUpdate;
  const surge = scaledValue(rolling?.maxSurge ?? '25%', replicas, 'up');
  const unavailable = scaledValue(rolling?.maxUnavailable ?? '25%', replicas, 'down');
  if (surge === 0 && unavailable === 0) return { surge, unavailable: 1 };
  return { surge, unavailable: Math.min(unavailable, replicas) };
}

/** How many Pods the Deployment asks for. */
export function replicasOf(deployment: Deployment): number {
  return deployment.spec?.replicas ?? 1;
}

/** How many Pods a ReplicaSet asks for. */
export function setReplicas(set: ReplicaSet): number {
  return set.spec?.replicas ?? 1;
}
