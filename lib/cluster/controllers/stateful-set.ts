import { findKind, type KubeObject, type Pod, type StatefulSet, type Stored, type View } from '../../api';
import type { Action, Controller, Plan } from '../seams';
import { controllerKey, ownKey, splitKey } from './keys';
import { controllerRef, isControlledBy } from './owners';
import { patchStatus } from './patch-status';
import { planOf, REST } from './plan';
import { isPodAvailable, isPodFinished, isPodReady } from './pod-state';
import { REFS } from './refs';
import { REVISION_HASH, reviseHistory } from './revisions';

const POD_NAME = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX = 'apps.kubernetes.io/pod-index';

/** Gives a StatefulSet its numbered Pods, one after the other. */
export const statefulSetController: Controller = {
  name: 'statefulset-controller',
  watches: [ownKey('statefulsets.apps'), controllerKey('pods', 'StatefulSet')],
  reconcile(view, key, now) {
    const { namespace, name } = splitKey(key);
    const set = view.get<StatefulSet>('statefulsets.apps', namespace, name);
    return set === undefined ? REST : reconcile(view, set, now);
  },
  refused(view, key, action, refusal) {
    const { namespace, name } = splitKey(key);
    const set = view.get<StatefulSet>('statefulsets.apps', namespace, name);
    return set === undefined || action.verb !== 'create'
      ? []
      : failedCreate(set, action.object, refusal.message ?? '');
  },
};

/** recordPodEvent and recordClaimEvent of a failure; without its claims a Pod is not tried. */
function failedCreate(set: Stored<StatefulSet>, object: KubeObject, why: string): readonly Action[] {
  const { name = '' } = object.metadata;
  const event = (message: string): Action => ({
    verb: 'event',
    about: set,
    type: 'Warning',
    reason: 'FailedCreate',
    message,
  });
  const failed = (pod: string, error: string): Action =>
    event(`create Pod ${pod} in StatefulSet ${set.metadata.name} failed error: ${error}`);
  if (object.kind === 'Pod') return [failed(name, why)];
  if (object.kind !== 'PersistentVolumeClaim') return [];
  const pod = name.slice(name.lastIndexOf(`${set.metadata.name}-`));
  const claim = `create Claim ${name} Pod ${pod} in StatefulSet ${set.metadata.name} failed error: ${why}`;
  return [event(claim), failed(pod, `failed to create PVC ${name}: ${why}`)];
}

const ordinalOf = (set: Stored, pod: Stored): number => {
  const text = pod.metadata.name.slice(set.metadata.name.length + 1);
  return /^\d+$/.test(text) ? Number(text) : -1;
};

function reconcile(view: View, set: Stored<StatefulSet>, now: number): Plan {
  const { namespace = '' } = set.metadata;
  const mine = view
    .list<Pod>('pods', namespace)
    .filter((pod) => isControlledBy(pod, set) && ordinalOf(set, pod) >= 0)
    .toSorted((a, b) => ordinalOf(set, a) - ordinalOf(set, b));
  const current = set.status?.currentRevision;
  const inUse = new Set([
    ...mine.map((pod) => pod.metadata.labels?.[REVISION_HASH] ?? ''),
    ...(current ? [current] : []),
  ]);
  const limit = set.spec?.revisionHistoryLimit;
  const revision = reviseHistory(view, set, set.spec?.template, limit, inUse);
  const update = revision.name;
  if (set.metadata.deletionTimestamp !== undefined) return REST;
  const changes = move(view, set, mine, update, now);
  const status = statusOf(set, mine, update, now);
  return planOf([...revision.actions, patchStatus(REFS.statefulSets, set, status), ...changes]);
}

/** The next step: at most one Pod at a time, unless the set is managed in parallel. */
function move(
  view: View,
  set: Stored<StatefulSet>,
  mine: readonly Stored<Pod>[],
  update: string,
  now: number,
): readonly Action[] {
  const parallel = set.spec?.podManagementPolicy === 'Parallel';
  const first = set.spec?.ordinals?.start ?? 0;
  const end = first + (set.spec?.replicas ?? 1);
  const actions: Action[] = [];
  for (let ordinal = first; ordinal < end; ordinal += 1) {
    const pod = mine.find((each) => ordinalOf(set, each) === ordinal);
    const step = stepFor(view, set, pod, ordinal, update);
    actions.push(...step);
    const settled = pod !== undefined && step.length === 0 && isSettled(set, pod, now);
    if (!settled && !parallel) return actions;
  }
  const extra = mine.filter((pod) => ordinalOf(set, pod) < first || ordinalOf(set, pod) >= end).toReversed();
  for (const pod of extra) {
    if (pod.metadata.deletionTimestamp === undefined) actions.push(...deletion(set, pod));
    if (!parallel) return actions;
  }
  return actions.length > 0 ? actions : rolled(set, mine, update, now);
}

const isSettled = (set: StatefulSet, pod: Stored<Pod>, now: number): boolean =>
  pod.metadata.deletionTimestamp === undefined && isPodAvailable(pod, set.spec?.minReadySeconds ?? 0, now);

function stepFor(
  view: View,
  set: Stored<StatefulSet>,
  pod: Stored<Pod> | undefined,
  ordinal: number,
  update: string,
): readonly Action[] {
  if (pod === undefined) return creation(view, set, ordinal, revisionFor(set, ordinal, update));
  if (isPodFinished(pod) && pod.metadata.deletionTimestamp === undefined) return deletion(set, pod);
  return [];
}

/** Below the partition Pods are made from the revision that is current. */
function revisionFor(set: StatefulSet, ordinal: number, update: string): string {
  const partition = set.spec?.updateStrategy?.rollingUpdate?.partition ?? 0;
  return ordinal < partition ? (set.status?.currentRevision ?? update) : update;
}

/** A rolling update goes from the last ordinal down to the partition, and waits for each Pod. */
function rolled(
  set: Stored<StatefulSet>,
  mine: readonly Stored<Pod>[],
  update: string,
  now: number,
): readonly Action[] {
  if (set.spec?.updateStrategy?.type === 'OnDelete') return [];
  const partition = set.spec?.updateStrategy?.rollingUpdate?.partition ?? 0;
  for (const pod of mine.toReversed()) {
    if (ordinalOf(set, pod) < partition) continue;
    if (pod.metadata.labels?.[REVISION_HASH] !== update) {
      return pod.metadata.deletionTimestamp === undefined ? deletion(set, pod) : [];
    }
    if (!isSettled(set, pod, now)) return [];
  }
  return [];
}

function creation(
  view: View,
  set: Stored<StatefulSet>,
  ordinal: number,
  revision: string,
): readonly Action[] {
  const name = `${set.metadata.name}-${ordinal}`;
  const message = `create Pod ${name} in StatefulSet ${set.metadata.name} successful`;
  return [
    ...claims(view, set, ordinal),
    { verb: 'create', ref: REFS.pods, object: podFor(set, name, ordinal, revision) },
    { verb: 'event', about: set, type: 'Normal', reason: 'SuccessfulCreate', message },
  ];
}

function podFor(set: Stored<StatefulSet>, name: string, ordinal: number, revision: string): Pod {
  const template = set.spec?.template;
  const templates = set.spec?.volumeClaimTemplates ?? [];
  const claimed = templates.map((each) => ({
    name: each.metadata?.name ?? '',
    persistentVolumeClaim: { claimName: `${each.metadata?.name ?? ''}-${name}` },
  }));
  const others = (template?.spec?.volumes ?? []).filter(
    (volume) => !claimed.some((each) => each.name === volume.name),
  );
  const volumes = [...claimed, ...others];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...template?.metadata,
      name,
      generateName: `${set.metadata.name}-`,
      namespace: set.metadata.namespace,
      labels: {
        ...template?.metadata?.labels,
        [POD_INDEX]: String(ordinal),
        [REVISION_HASH]: revision,
        [POD_NAME]: name,
      },
      ownerReferences: [controllerRef(set)],
    },
    spec: {
      ...template?.spec,
      hostname: name,
      subdomain: set.spec?.serviceName ?? '',
      ...(volumes.length > 0 ? { volumes } : {}),
    },
  } as Pod;
}

function claims(view: View, set: Stored<StatefulSet>, ordinal: number): readonly Action[] {
  if (findKind('', 'v1', 'PersistentVolumeClaim') === undefined) return [];
  const { namespace = '' } = set.metadata;
  return (set.spec?.volumeClaimTemplates ?? []).flatMap((template): readonly Action[] => {
    const name = `${template.metadata?.name ?? ''}-${set.metadata.name}-${ordinal}`;
    if (view.get('persistentvolumeclaims', namespace, name) !== undefined) return [];
    const labels = { ...template.metadata?.labels, ...set.spec?.selector.matchLabels };
    const object = {
      ...template,
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { ...template.metadata, name, namespace, labels },
    } as unknown as KubeObject;
    const message = `create Claim ${name} Pod ${set.metadata.name}-${ordinal} in StatefulSet ${set.metadata.name} success`;
    return [
      { verb: 'create', ref: REFS.persistentVolumeClaims, object },
      { verb: 'event', about: set, type: 'Normal', reason: 'SuccessfulCreate', message },
    ];
  });
}

function deletion(set: Stored<StatefulSet>, pod: Stored<Pod>): readonly Action[] {
  const { name, uid, namespace = '' } = pod.metadata;
  const message = `delete Pod ${name} in StatefulSet ${set.metadata.name} successful`;
  return [
    { verb: 'delete', ref: REFS.pods, namespace, name, options: { preconditions: { uid } } },
    { verb: 'event', about: set, type: 'Normal', reason: 'SuccessfulDelete', message },
  ];
}

function statusOf(
  set: Stored<StatefulSet>,
  mine: readonly Stored<Pod>[],
  update: string,
  now: number,
): object {
  const of = (revision: string): number =>
    mine.filter((pod) => pod.metadata.labels?.[REVISION_HASH] === revision).length;
  const replicas = set.spec?.replicas ?? 1;
  const ready = mine.filter((pod) => isPodReady(pod)).length;
  const available = mine.filter((pod) => isPodAvailable(pod, set.spec?.minReadySeconds ?? 0, now)).length;
  const before = set.status?.currentRevision || update;
  const complete = of(update) === replicas && ready === replicas;
  const current = complete ? update : before;
  const [currentReplicas, updatedReplicas] = [of(current), of(update)];
  return {
    observedGeneration: set.metadata.generation ?? 1,
    replicas: mine.length,
    ...(ready > 0 ? { readyReplicas: ready } : {}),
    ...(currentReplicas > 0 ? { currentReplicas } : {}),
    ...(updatedReplicas > 0 ? { updatedReplicas } : {}),
    currentRevision: current,
    updateRevision: update,
    collisionCount: set.status?.collisionCount ?? 0,
    availableReplicas: available,
  };
}
