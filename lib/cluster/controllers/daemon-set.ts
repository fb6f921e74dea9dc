import type { DaemonSet, Node, Pod, Stored, View } from '../../api';
import { type Random, randomName } from '../../base';
import type { Action, Controller, Plan } from '../seams';
import { scaledValue } from './deployment';
import { controllerKey, ownKey, splitKey } from './keys';
import { matchesNode } from './node-affinity';
import { controllerRef, isControlledBy } from './owners';
import { patchStatus } from './patch-status';
import { planOf, REST } from './plan';
import { isPodActive, isPodAvailable, isPodFinished, isPodReady } from './pod-state';
import { REFS } from './refs';
import { REVISION_HASH, reviseHistory } from './revisions';
import { untolerated } from './tolerations';

type PodSpec = NonNullable<Pod['spec']>;
type Toleration = NonNullable<PodSpec['tolerations']>[number];

/** Runs one Pod of a DaemonSet on every node that fits. */
export const daemonSetController: Controller = {
  name: 'daemonset-controller',
  account: 'daemon-set-controller',
  watches: [
    ownKey('daemonsets.apps'),
    controllerKey('pods', 'DaemonSet'),
    {
      resource: 'nodes',
      keys: (_object, _previous, view) =>
        view
          .list<DaemonSet>('daemonsets.apps', '')
          .map((set) => `${set.metadata.namespace ?? ''}/${set.metadata.name}`),
    },
  ],
  reconcile(view, key, now, random) {
    const { namespace, name } = splitKey(key);
    const set = view.get<DaemonSet>('daemonsets.apps', namespace, name);
    return set === undefined ? REST : reconcile(view, set, now, random);
  },
  refused(view, key, action, refusal) {
    const { namespace, name } = splitKey(key);
    const set = view.get<DaemonSet>('daemonsets.apps', namespace, name);
    if (set === undefined || action.verb !== 'create') return [];
    const message = `Error creating: ${refusal.message ?? ''}`;
    return [{ verb: 'event', about: set, type: 'Warning', reason: 'FailedCreate', message }];
  },
};

function reconcile(view: View, set: Stored<DaemonSet>, now: number, random: Random): Plan {
  const { namespace = '' } = set.metadata;
  const mine = view.list<Pod>('pods', namespace).filter((pod) => isControlledBy(pod, set));
  const limit = set.spec?.revisionHistoryLimit;
  const revision = reviseHistory(view, set, set.spec?.template, limit, hashesInUse(set, mine));
  if (set.metadata.deletionTimestamp !== undefined) return REST;
  const nodes = view.list<Node>('nodes', '');
  const sample = podFor(set, revision.hash, '', '');
  const wanted = nodes.filter((node) => fits(sample, node));
  const actions = [
    ...finished(set, mine),
    ...placed(set, mine, wanted, revision.hash, random),
    ...misplaced(set, mine, nodes, sample),
    ...updated(set, mine, wanted.length, revision.hash, now),
  ];
  const status = statusOf(set, mine, nodes, wanted, revision.hash, now);
  return planOf([...revision.actions, patchStatus(REFS.daemonSets, set, status), ...actions]);
}

const hashesInUse = (set: Stored, pods: readonly Pod[]): ReadonlySet<string> =>
  new Set(pods.map((pod) => `${set.metadata.name}-${pod.metadata.labels?.[REVISION_HASH] ?? ''}`));

/** Where a Pod of a DaemonSet is or is meant to be: the scheduler binds it to the node of its affinity. */
function nodeOf(pod: Pod): string {
  if (pod.spec?.nodeName) return pod.spec.nodeName;
  const terms =
    pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const field = terms?.[0]?.matchFields?.find((each) => each.key === 'metadata.name');
  return field?.values?.[0] ?? '';
}

/** Tolerations that every Pod of a DaemonSet gets (util.AddOrUpdateDaemonPodTolerations). */
function tolerationsOf(spec: PodSpec | undefined): readonly Toleration[] {
  const named = (key: string, effect: string): Toleration =>
    ({ key: `node.kubernetes.io/${key}`, operator: 'Exists', effect }) as Toleration;
  const added = [
    named('not-ready', 'NoExecute'),
    named('unreachable', 'NoExecute'),
    named('disk-pressure', 'NoSchedule'),
    named('memory-pressure', 'NoSchedule'),
    named('pid-pressure', 'NoSchedule'),
    named('unschedulable', 'NoSchedule'),
    ...(spec?.hostNetwork ? [named('network-unavailable', 'NoSchedule')] : []),
  ];
  return [...(spec?.tolerations ?? []), ...added];
}

function podFor(set: Stored<DaemonSet>, hash: string, name: string, node: string): Pod {
  const template = set.spec?.template;
  const spec = template?.spec;
  const generation = String(set.metadata.generation ?? 1);
  const field = { key: 'metadata.name', operator: 'In', values: [node] };
  const affinity =
    node === ''
      ? spec?.affinity
      : {
          ...spec?.affinity,
          nodeAffinity: {
            ...spec?.affinity?.nodeAffinity,
            requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [field] }] },
          },
        };
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
        [REVISION_HASH]: hash,
        'pod-template-generation': generation,
      },
      ownerReferences: [controllerRef(set)],
    },
    spec: { ...spec, ...(affinity === undefined ? {} : { affinity }), tolerations: tolerationsOf(spec) },
  } as Pod;
}

const fits = (sample: Pod, node: Stored<Node>): boolean =>
  matchesNode(sample, node) && untolerated(sample, node, ['NoSchedule', 'NoExecute']) === undefined;

/** Failed Pods are replaced, with an event that says so. */
function finished(set: Stored<DaemonSet>, mine: readonly Stored<Pod>[]): readonly Action[] {
  return mine
    .filter((pod) => isPodFinished(pod) && pod.metadata.deletionTimestamp === undefined)
    .flatMap((pod) => {
      const node = pod.spec?.nodeName ?? '';
      const failed = pod.status?.phase === 'Failed';
      const message = failed
        ? `Found failed daemon pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name} on node ${node}, will try to kill it`
        : `Found succeeded daemon pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name} on node ${node}, will try to delete it`;
      const reason = failed ? 'FailedDaemonPod' : 'SucceededDaemonPod';
      const type = failed ? 'Warning' : 'Normal';
      return [{ verb: 'event', about: set, type, reason, message } as Action, ...deletion(set, pod)];
    });
}

function placed(
  set: Stored<DaemonSet>,
  mine: readonly Stored<Pod>[],
  wanted: readonly Stored<Node>[],
  hash: string,
  random: Random,
): readonly Action[] {
  const taken = new Set(mine.map(nodeOf));
  return wanted
    .filter((node) => !taken.has(node.metadata.name))
    .flatMap((node): readonly Action[] => {
      const name = `${set.metadata.name}-${randomName(random, 5)}`;
      const object = podFor(set, hash, name, node.metadata.name);
      return [
        { verb: 'create', ref: REFS.pods, object },
        {
          verb: 'event',
          about: set,
          type: 'Normal',
          reason: 'SuccessfulCreate',
          message: `Created pod: ${name}`,
        },
      ];
    });
}

/** Pods leave nodes that are gone, whose labels do not fit any more, or that forbid them to run. */
function misplaced(
  set: Stored<DaemonSet>,
  mine: readonly Stored<Pod>[],
  nodes: readonly Stored<Node>[],
  sample: Pod,
): readonly Action[] {
  return mine.filter(isPodActive).flatMap((pod) => {
    const node = nodes.find((each) => each.metadata.name === nodeOf(pod));
    const stays =
      node !== undefined &&
      matchesNode(sample, node) &&
      untolerated(sample, node, ['NoExecute']) === undefined;
    return stays ? [] : deletion(set, pod);
  });
}

/** A rolling update kills old Pods as far as maxUnavailable lets it; new ones follow. */
function updated(
  set: Stored<DaemonSet>,
  mine: readonly Stored<Pod>[],
  desired: number,
  hash: string,
  now: number,
): readonly Action[] {
  if (set.spec?.updateStrategy?.type === 'OnDelete') return [];
  const old = mine.filter((pod) => isPodActive(pod) && pod.metadata.labels?.[REVISION_HASH] !== hash);
  if (old.length === 0) return [];
  const rolling = set.spec?.updateStrategy?.rollingUpdate;
  const most = Math.max(1, scaledValue(rolling?.maxUnavailable ?? 1, desired, 'up'));
  const minReady = set.spec?.minReadySeconds ?? 0;
  const up = mine.filter((pod) => isPodActive(pod) && isPodAvailable(pod, minReady, now));
  const down = old.filter((pod) => !up.includes(pod));
  const room = Math.max(0, most - (desired - up.length));
  return [...down, ...old.filter((pod) => up.includes(pod)).slice(0, room)].flatMap((pod) =>
    deletion(set, pod),
  );
}

function deletion(set: Stored<DaemonSet>, pod: Stored<Pod>): readonly Action[] {
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

function statusOf(
  set: Stored<DaemonSet>,
  mine: readonly Stored<Pod>[],
  nodes: readonly Stored<Node>[],
  wanted: readonly Stored<Node>[],
  hash: string,
  now: number,
): object {
  const wantedNames = new Set(wanted.map((node) => node.metadata.name));
  const known = new Set(nodes.map((node) => node.metadata.name));
  const active = mine.filter((pod) => pod.metadata.deletionTimestamp === undefined);
  const placedPods = active.filter((pod) => wantedNames.has(nodeOf(pod)));
  const nodesOf = (pods: readonly Pod[]): number => new Set(pods.map(nodeOf)).size;
  const available = nodesOf(
    placedPods.filter((pod) => isPodAvailable(pod, set.spec?.minReadySeconds ?? 0, now)),
  );
  const updatedCount = nodesOf(placedPods.filter((pod) => pod.metadata.labels?.[REVISION_HASH] === hash));
  const missing = wanted.length - available;
  return {
    currentNumberScheduled: nodesOf(placedPods),
    desiredNumberScheduled: wanted.length,
    numberMisscheduled: nodesOf(
      active.filter((pod) => known.has(nodeOf(pod)) && !wantedNames.has(nodeOf(pod))),
    ),
    numberReady: nodesOf(placedPods.filter((pod) => isPodReady(pod))),
    observedGeneration: set.metadata.generation ?? 1,
    ...(updatedCount > 0 ? { updatedNumberScheduled: updatedCount } : {}),
    ...(available > 0 ? { numberAvailable: available } : {}),
    ...(missing > 0 ? { numberUnavailable: missing } : {}),
  };
}
