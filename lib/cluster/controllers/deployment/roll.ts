import type { Deployment, Stored } from '../../../api';
import type { Action } from '../../seams';
import { bounds, type PlannedSet, replicasOf } from './replica-sets';
import { scaleSet } from './scale-sets';

const sum = (sets: readonly PlannedSet[]): number => sets.reduce((total, each) => total + each.replicas, 0);
const available = (planned: PlannedSet): number => planned.set.status?.availableReplicas ?? 0;

/** How many Pods the new ReplicaSet may have next to the old ones (deploymentutil.NewRSNewReplicas). */
export function newSetSize(deployment: Deployment, current: number, total: number): number {
  const desired = replicasOf(deployment);
  if (deployment.spec?.strategy?.type === 'Recreate') return desired;
  if (current > desired) return desired;
  const most = desired + bounds(deployment).surge;
  return total >= most ? current : current + Math.min(most - total, desired - current);
}

/** One step of a rolling update: the new ReplicaSet grows, or else the old ones shrink. */
export function roll(
  deployment: Stored<Deployment>,
  newSet: PlannedSet,
  oldSets: readonly PlannedSet[],
): readonly Action[] {
  const all = [...oldSets, newSet];
  const grown = scaleSet(deployment, newSet, newSetSize(deployment, newSet.replicas, sum(all)));
  if (grown.some((action) => action.verb === 'event')) return grown;
  return [...grown, ...shrinkOld(deployment, newSet, oldSets)];
}

function shrinkOld(
  deployment: Stored<Deployment>,
  newSet: PlannedSet,
  oldSets: readonly PlannedSet[],
): readonly Action[] {
  const active = byCreation(oldSets.filter((each) => each.replicas > 0));
  if (active.length === 0) return [];
  const minAvailable = replicasOf(deployment) - bounds(deployment).unavailable;
  const newUnavailable = newSet.replicas - available(newSet);
  const most = sum(active) + newSet.replicas - minAvailable - newUnavailable;
  if (most <= 0) return [];
  const cleaned = cleanUnhealthy(deployment, active, most);
  return [...cleaned, ...shrinkHealthy(deployment, newSet, active, minAvailable)];
}

const byCreation = (sets: readonly PlannedSet[]): readonly PlannedSet[] =>
  sets.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
const order = ({ set }: PlannedSet): string => `${set.metadata.creationTimestamp} ${set.metadata.name}`;

/** Old Pods that do not work go first: they serve nobody. */
function cleanUnhealthy(
  deployment: Stored<Deployment>,
  active: readonly PlannedSet[],
  most: number,
): readonly Action[] {
  let left = most;
  return active.flatMap((each) => {
    const unhealthy = each.replicas - available(each);
    const count = Math.min(left, unhealthy);
    if (count <= 0) return [];
    left -= count;
    return scaleSet(deployment, each, each.replicas - count);
  });
}

function shrinkHealthy(
  deployment: Stored<Deployment>,
  newSet: PlannedSet,
  active: readonly PlannedSet[],
  minAvailable: number,
): readonly Action[] {
  const availableNow = [...active, newSet].reduce((total, each) => total + available(each), 0);
  let left = availableNow - minAvailable;
  return active.flatMap((each) => {
    const count = Math.min(left, each.replicas);
    if (count <= 0) return [];
    left -= count;
    return scaleSet(deployment, each, each.replicas - count);
  });
}
