import type { Json, Node, Pod, Stored, View } from '../../api';
import { deepEqual, formatTime, type Random } from '../../base';
import { claimNames, isPodFinished, keyOf, planOf, podCondition, REFS, REST, splitKey } from '../controllers';
import type { Action, Controller, Plan } from '../seams';
import { filter, type Refusal } from './filters';
import type { Placement } from './pod-affinity';
import { claimsOf, reserveVolumes } from './pod-volumes';
import { scheduleMessage } from './schedule-message';
import { score } from './scores';

const NAME = 'default-scheduler';

/** Finds a node for every Pod that has none, as kube-scheduler's default profile does. */
export const scheduler: Controller = {
  name: NAME,
  eventsV1: true,
  program: 'kube-scheduler',
  identity: () => ({ user: 'system:kube-scheduler', groups: ['system:authenticated'] }),
  watches: [
    { resource: 'pods', keys: podKeys },
    { resource: 'nodes', keys: nodeKeys },
    { resource: 'persistentvolumeclaims', keys: claimKeys },
    { resource: 'persistentvolumes', keys: storageKeys },
    { resource: 'storageclasses.storage.k8s.io', keys: storageKeys },
  ],
  reconcile(view, key, now, random) {
    const { namespace, name } = splitKey(key);
    const pod = view.get<Pod>('pods', namespace, name);
    return pod === undefined || !isWaiting(pod) ? REST : schedule(view, pod, now, random);
  },
};

const isWaiting = (pod: Pod): boolean =>
  !pod.spec?.nodeName &&
  pod.metadata.deletionTimestamp === undefined &&
  (pod.spec?.schedulerName ?? NAME) === NAME &&
  !isPodFinished(pod);

const waiting = (view: View): readonly string[] =>
  view
    .list<Pod>('pods', '')
    .filter((pod) => isWaiting(pod))
    .map((pod) => keyOf(pod));

/** A Pod is tried when it comes and when what is asked for changes; others when one makes room or comes to stand. */
function podKeys(object: Stored | undefined, previous: Stored | undefined, view: View): readonly string[] {
  const pod = object as Stored<Pod> | undefined;
  const before = previous as Stored<Pod> | undefined;
  if (pod !== undefined && isWaiting(pod)) {
    const same =
      before !== undefined &&
      deepEqual(before.spec, pod.spec) &&
      deepEqual(before.metadata.labels, pod.metadata.labels);
    return same ? [] : [keyOf(pod)];
  }
  const left = pod === undefined && Boolean(before?.spec?.nodeName);
  const bound = pod?.spec?.nodeName !== before?.spec?.nodeName;
  const ended = pod !== undefined && before !== undefined && isPodFinished(pod) && !isPodFinished(before);
  return left || bound || ended ? waiting(view) : [];
}

/** Everything about a node that a filter reads. */
function nodeKeys(object: Stored | undefined, previous: Stored | undefined, view: View): readonly string[] {
  const facts = (stored: Stored | undefined): unknown => {
    const node = stored as Stored<Node> | undefined;
    return node && [node.metadata.labels, node.spec, node.status?.allocatable];
  };
  return object === undefined || deepEqual(facts(object), facts(previous)) ? [] : waiting(view);
}

/** A claim that came or changed may let the Pods that use it go. */
function claimKeys(object: Stored | undefined, _previous: Stored | undefined, view: View): readonly string[] {
  if (object === undefined) return [];
  return view
    .list<Pod>('pods', object.metadata.namespace ?? '')
    .filter((pod) => isWaiting(pod) && claimNames(pod).includes(object.metadata.name))
    .map((pod) => keyOf(pod));
}

/** A volume or a class that came or changed may serve any Pod with claims. */
function storageKeys(
  object: Stored | undefined,
  _previous: Stored | undefined,
  view: View,
): readonly string[] {
  if (object === undefined) return [];
  return view
    .list<Pod>('pods', '')
    .filter((pod) => isWaiting(pod) && claimNames(pod).length > 0)
    .map((pod) => keyOf(pod));
}

function schedule(view: View, pod: Stored<Pod>, now: number, random: Random): Plan {
  if (pod.spec?.schedulingGates?.length) return gated(pod, now);
  const placement = placementOf(view);
  const claims = claimsOf(view, pod);
  if (typeof claims === 'string') {
    const refusals = placement.nodes.map(() => ({ reasons: [], hopeless: true }));
    return fail(pod, scheduleMessage(refusals, claims), now);
  }
  const refusals: Refusal[] = [];
  const fitting: Stored<Node>[] = [];
  for (const node of placement.nodes) {
    const refusal = filter(view, pod, claims, node, placement);
    if (refusal === undefined) fitting.push(node);
    else refusals.push(refusal);
  }
  if (fitting.length === 0) return fail(pod, scheduleMessage(refusals), now);
  const name = choose(view, pod, fitting, placement, random);
  const node = fitting.find((each) => each.metadata.name === name);
  // The Pod waits for its volumes: the claims wake it when they are bound.
  if (node && claims.delayed.length > 0) return planOf(reserveVolumes(view, claims, node));
  return bind(pod, name);
}

function placementOf(view: View): Placement {
  const podsOn = new Map<string, Stored<Pod>[]>();
  for (const pod of view.list<Pod>('pods', '')) {
    const node = pod.spec?.nodeName;
    if (!node || isPodFinished(pod)) continue;
    const there = podsOn.get(node);
    if (there === undefined) podsOn.set(node, [pod]);
    else there.push(pod);
  }
  return { nodes: view.list<Node>('nodes', ''), podsOn };
}

function choose(
  view: View,
  pod: Pod,
  nodes: readonly Stored<Node>[],
  placement: Placement,
  random: Random,
): string {
  const scores = score(view, pod, nodes, placement);
  const most = Math.max(...scores.values());
  const best = nodes.map((node) => node.metadata.name).filter((name) => scores.get(name) === most);
  return best[Math.floor(random.next() * best.length)] ?? '';
}

function bind(pod: Stored<Pod>, node: string): Plan {
  const { namespace = '', name } = pod.metadata;
  const message = `Successfully assigned ${namespace}/${name} to ${node}`;
  return planOf([
    { verb: 'bind', namespace, pod: name, node },
    { verb: 'event', about: pod, type: 'Normal', reason: 'Scheduled', action: 'Binding', message },
  ]);
}

function fail(pod: Stored<Pod>, message: string, now: number): Plan {
  return planOf([
    { verb: 'event', about: pod, type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling', message },
    condition(pod, 'Unschedulable', message, now),
  ]);
}

function gated(pod: Stored<Pod>, now: number): Plan {
  const message = 'Scheduling is blocked due to non-empty scheduling gates';
  return planOf([condition(pod, 'SchedulingGated', message, now)]);
}

/** PodScheduled=False with a reason; undefined when the Pod says so already. */
function condition(pod: Stored<Pod>, reason: string, message: string, now: number): Action | undefined {
  const current = podCondition(pod, 'PodScheduled');
  if (current?.status === 'False' && current.reason === reason && current.message === message) {
    return undefined;
  }
  const since = current?.status === 'False' ? current.lastTransitionTime : undefined;
  const next = {
    type: 'PodScheduled',
    status: 'False',
    lastProbeTime: null,
    lastTransitionTime: since ?? formatTime(now),
    reason,
    message,
  };
  const others = (pod.status?.conditions ?? []).filter((each) => each.type !== 'PodScheduled');
  return {
    verb: 'patch',
    ref: REFS.pods,
    namespace: pod.metadata.namespace ?? '',
    name: pod.metadata.name,
    body: { status: { conditions: [...others, next] as unknown as Json } },
    subresource: 'status',
  };
}
