import type { Deployment, ReplicaSet, Stored } from '../../../api';
import type { Action } from '../../seams';
import { patchObject } from '../patch-status';
import { REFS } from '../refs';
import {
  bounds,
  byAge,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  type PlannedSet,
  replicasOf,
  setReplicas,
} from './replica-sets';

/** The annotations by which a ReplicaSet remembers how large its Deployment was. */
export function sizeAnnotations(deployment: Deployment): Readonly<Record<string, string>> {
  const replicas = replicasOf(deployment);
  const most = replicas + bounds(deployment).surge;
  return { [DESIRED_REPLICAS]: String(replicas), [MAX_REPLICAS]: String(replicas > 0 ? most : 0) };
}

/** Sets a ReplicaSet's size, with the event that tells it; nothing when size and annotations are right already. */
export function scaleSet(
  deployment: Stored<Deployment>,
  planned: PlannedSet,
  replicas: number,
): readonly Action[] {
  const { set } = planned;
  const annotations = sizeAnnotations(deployment);
  const sized = Object.entries(annotations).every(
    ([key, value]) => set.metadata.annotations?.[key] === value,
  );
  const from = planned.replicas;
  if (from === replicas && (sized || setReplicas(set) !== from)) return [];
  planned.replicas = replicas;
  const patch = patchObject(REFS.replicaSets, set, { metadata: { annotations }, spec: { replicas } });
  if (from === replicas) return [patch];
  return [patch, scalingEvent(deployment, set.metadata.name, from, replicas)];
}

/** "Scaled up replica set web-7c5 from 0 to 3". */
export function scalingEvent(deployment: Stored<Deployment>, name: string, from: number, to: number): Action {
  const direction = to > from ? 'up' : 'down';
  return {
    verb: 'event',
    about: deployment,
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message: `Scaled ${direction} replica set ${name} from ${from} to ${to}`,
  };
}

/** Whether the Deployment's size was changed since its ReplicaSets were last sized. */
export function isScaled(deployment: Deployment, sets: readonly Stored<ReplicaSet>[]): boolean {
  return sets.some((set) => {
    const desired = set.metadata.annotations?.[DESIRED_REPLICAS];
    return setReplicas(set) > 0 && desired !== undefined && Number(desired) !== replicasOf(deployment);
  });
}

/** Gives the ReplicaSets of a Deployment whose size changed their share, in proportion during a rolling update. */
export function scale(
  deployment: Stored<Deployment>,
  newSet: PlannedSet | undefined,
  oldSets: readonly PlannedSet[],
): readonly Action[] {
  const all = newSet === undefined ? oldSets : [...oldSets, newSet];
  const active = all.filter((each) => each.replicas > 0);
  const single =
    active.length === 0 ? (newSet ?? latest(oldSets)) : active.length === 1 ? active[0] : undefined;
  if (single !== undefined) return scaleSet(deployment, single, replicasOf(deployment));
  if (active.length === 0) return [];
  if (newSet !== undefined && isSaturated(deployment, newSet.set)) {
    return oldSets.filter((each) => each.replicas > 0).flatMap((each) => scaleSet(deployment, each, 0));
  }
  return deployment.spec?.strategy?.type === 'Recreate' ? [] : proportional(deployment, active);
}

function latest(sets: readonly PlannedSet[]): PlannedSet | undefined {
  const last = byAge(sets.map((each) => each.set)).at(-1);
  return sets.find((each) => each.set === last);
}

/** Whether the new ReplicaSet already carries the whole Deployment (deploymentutil.IsSaturated). */
function isSaturated(deployment: Deployment, set: Stored<ReplicaSet>): boolean {
  const desired = replicasOf(deployment);
  return (
    setReplicas(set) === desired &&
    Number(set.metadata.annotations?.[DESIRED_REPLICAS]) === desired &&
    (set.status?.availableReplicas ?? 0) === desired
  );
}

function proportional(deployment: Stored<Deployment>, active: readonly PlannedSet[]): readonly Action[] {
  const total = active.reduce((sum, each) => sum + each.replicas, 0);
  const desired = replicasOf(deployment);
  const allowed = desired > 0 ? desired + bounds(deployment).surge : 0;
  const toAdd = allowed - total;
  const sorted = largestFirst(active, toAdd > 0);
  let added = 0;
  const sizes = sorted.map((each) => {
    const share = toAdd === 0 ? 0 : proportion(each, deployment, allowed, toAdd, added);
    added += share;
    return each.replicas + share;
  });
  // What rounding leaves over goes to the first, which is the largest.
  return sorted.flatMap((each, index) => {
    const leftover = index === 0 ? toAdd - added : 0;
    return scaleSet(deployment, each, Math.max(0, (sizes[index] ?? 0) + leftover));
  });
}

function largestFirst(active: readonly PlannedSet[], newerFirst: boolean): readonly PlannedSet[] {
  const age = byAge(active.map((each) => each.set));
  const order = (each: PlannedSet): number => age.indexOf(each.set) * (newerFirst ? -1 : 1);
  return active.toSorted((a, b) => b.replicas - a.replicas || order(a) - order(b));
}

function proportion(
  each: PlannedSet,
  deployment: Deployment,
  allowed: number,
  toAdd: number,
  added: number,
): number {
  const before = Number(each.set.metadata.annotations?.[MAX_REPLICAS]) || replicasOf(deployment);
  const share = Math.round((each.replicas * allowed) / before) - each.replicas;
  const left = toAdd - added;
  return toAdd > 0 ? Math.min(Math.max(share, 0), left) : Math.max(Math.min(share, 0), left);
}
