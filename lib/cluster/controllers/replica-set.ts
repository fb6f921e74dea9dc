import type { Pod, ReplicaSet, Stored, View } from '../../api';
import { formatTime, type Random, randomName } from '../../base';
import type { Action, Controller, Plan } from '../seams';
import { claimPods, orphanKey } from './adopt';
import { type Condition, conditionsOf, setCondition, withoutCondition } from './conditions';
import { controllerKey, ownKey, splitKey } from './keys';
import { controllerOf, controllerRef, isControlledBy } from './owners';
import { patchStatus } from './patch-status';
import { planOf, REST } from './plan';
import { isPodActive, isPodAvailable, isPodReady, untilAvailable } from './pod-state';
import { REFS } from './refs';
import { rankForDeletion } from './replica-set-ranks';

/** As many Pods are created or deleted in one go as upstream's burst allows. */
const BURST_REPLICAS = 500;

/** Keeps as many Pods as a ReplicaSet asks for. */
export const replicaSetController: Controller = {
  name: 'replicaset-controller',
  watches: [ownKey('replicasets.apps'), controllerKey('pods', 'ReplicaSet'), orphanKey('replicasets.apps')],
  reconcile(view, key, now, random) {
    const { namespace, name } = splitKey(key);
    const set = view.get<ReplicaSet>('replicasets.apps', namespace, name);
    return set === undefined ? REST : reconcile(view, set, now, random);
  },
  refused(view, key, action, refusal, now) {
    const { namespace, name } = splitKey(key);
    const set = view.get<ReplicaSet>('replicasets.apps', namespace, name);
    if (set === undefined || action.verb !== 'create') return [];
    return failedCreate(set, refusal.message ?? '', now);
  },
};

function reconcile(view: View, set: Stored<ReplicaSet>, now: number, random: Random): Plan {
  const all = view.list<Pod>('pods', set.metadata.namespace ?? '');
  const claims = set.metadata.deletionTimestamp === undefined ? claimPods(set, all, isPodActive) : [];
  if (claims.length > 0) return { actions: claims };
  const mine = all.filter((pod) => isControlledBy(pod, set));
  const active = mine.filter((pod) => isPodActive(pod));
  const changes = set.metadata.deletionTimestamp === undefined ? scale(view, set, active, now, random) : [];
  // What failed before is told of until nothing is left to do.
  const kept = changes.length > 0 ? conditionsOf(set.status) : withoutFailure(set);
  const status = statusOf(set, active, kept, now);
  const wait = untilAvailable(active, set.spec?.minReadySeconds ?? 0, now);
  // The status first: it tells of what was found, and must not wait for what may be refused.
  return planOf([patchStatus(REFS.replicaSets, set, status), ...changes], wait);
}

function scale(
  view: View,
  set: Stored<ReplicaSet>,
  active: readonly Stored<Pod>[],
  now: number,
  random: Random,
): readonly Action[] {
  const difference = active.length - (set.spec?.replicas ?? 1);
  if (difference < 0) {
    const count = Math.min(-difference, BURST_REPLICAS);
    return Array.from({ length: count }, () => createPod(set, random)).flat();
  }
  if (difference === 0) return [];
  const doomed = rankForDeletion(active, relatedPods(view, set), now).slice(
    0,
    Math.min(difference, BURST_REPLICAS),
  );
  return doomed.flatMap((pod) => deletePod(set, pod));
}

/** Pods of all ReplicaSets with the same owner: they share the work of one Deployment. */
function relatedPods(view: View, set: Stored<ReplicaSet>): readonly Stored<Pod>[] {
  const owner = controllerOf(set)?.uid;
  const namespace = set.metadata.namespace ?? '';
  const sets = view
    .list<ReplicaSet>('replicasets.apps', namespace)
    .filter((each) => each.metadata.uid === set.metadata.uid || (owner && controllerOf(each)?.uid === owner));
  return view
    .list<Pod>('pods', namespace)
    .filter((pod) => isPodActive(pod) && sets.some((each) => isControlledBy(pod, each)));
}

function createPod(set: Stored<ReplicaSet>, random: Random): readonly Action[] {
  const generateName = `${set.metadata.name}-`;
  // The name is drawn here and not by the API server so that the event can tell it.
  const name = `${generateName.slice(0, 58)}${randomName(random, 5)}`;
  const template = set.spec?.template;
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...template?.metadata,
      name,
      generateName,
      namespace: set.metadata.namespace,
      ownerReferences: [controllerRef(set)],
    },
    spec: template?.spec,
  } as Pod;
  return [
    { verb: 'create', ref: REFS.pods, object: pod },
    {
      verb: 'event',
      about: set,
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${name}`,
    },
  ];
}

function deletePod(set: Stored<ReplicaSet>, pod: Stored<Pod>): readonly Action[] {
  const { name, uid, namespace = '' } = pod.metadata;
  return [
    { verb: 'delete', ref: REFS.pods, namespace, name, options: { preconditions: { uid } } },
    {
      verb: 'event',
      about: set,
      type: 'Normal',
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${name}`,
    },
  ];
}

const withoutFailure = (set: ReplicaSet): readonly Condition[] =>
  withoutCondition(conditionsOf(set.status), 'ReplicaFailure');

function statusOf(
  set: Stored<ReplicaSet>,
  active: readonly Stored<Pod>[],
  conditions: readonly Condition[],
  now: number,
): object {
  const minReady = set.spec?.minReadySeconds ?? 0;
  const labels = set.spec?.template?.metadata?.labels ?? {};
  const labeled = active.filter((pod) =>
    Object.entries(labels).every(([key, value]) => pod.metadata.labels?.[key] === value),
  ).length;
  const ready = active.filter((pod) => isPodReady(pod)).length;
  const available = active.filter((pod) => isPodAvailable(pod, minReady, now)).length;
  return {
    replicas: active.length,
    ...(labeled > 0 ? { fullyLabeledReplicas: labeled } : {}),
    ...(ready > 0 ? { readyReplicas: ready } : {}),
    ...(available > 0 ? { availableReplicas: available } : {}),
    observedGeneration: set.metadata.generation ?? 1,
    ...(conditions.length > 0 ? { conditions } : {}),
  };
}

function failedCreate(set: Stored<ReplicaSet>, message: string, now: number): readonly Action[] {
  const condition: Condition = {
    type: 'ReplicaFailure',
    status: 'True',
    lastTransitionTime: formatTime(now),
    reason: 'FailedCreate',
    message,
  };
  const conditions = setCondition(conditionsOf(set.status), condition);
  const patch = patchStatus(REFS.replicaSets, set, { ...set.status, conditions });
  const event: Action = {
    verb: 'event',
    about: set,
    type: 'Warning',
    reason: 'FailedCreate',
    message: `Error creating: ${message}`,
  };
  return patch === undefined ? [event] : [event, patch];
}
