import type { Json, Node, Pod, Stored, View } from '../../api';
import { deepEqual, formatTime, type Random } from '../../base';
import { claimNames, isPodFinished, keyOf, planOf, podCondition, REFS, REST, splitKey } from '../controllers';
import type { Action, Controller, Plan } from '../seams';
import { filter, type Refusal } from './filters';
import type { Placement } from './pod-affinity';
import { claimsOf, type PodClaims, reserveVolumes } from './pod-volumes';
import { type Candidate, candidateFor, ineligibility, priorityOf } from './preemption';
import { fitMessage, scheduleMessage } from './schedule-message';
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
  const placement = placementOf(view, pod);
  const claims = claimsOf(view, pod);
  if (typeof claims === 'string') {
    const refusals = placement.nodes.map(({ metadata }) => ({
      node: metadata.name,
      reasons: [],
      hopeless: true,
    }));
    return fail(pod, scheduleMessage(refusals, claims), now);
  }
  const refusals: Refusal[] = [];
  const fitting: Stored<Node>[] = [];
  for (const node of placement.nodes) {
    const refusal = filter(view, pod, claims, node, placement);
    if (refusal === undefined) fitting.push(node);
    else refusals.push(refusal);
  }
  if (fitting.length === 0) return preempt(view, pod, claims, refusals, placement, now);
  const name = choose(view, pod, fitting, placement, random);
  const node = fitting.find((each) => each.metadata.name === name);
  // The Pod waits for its volumes: the claims wake it when they are bound.
  if (node && claims.delayed.length > 0) return planOf(reserveVolumes(view, claims, node));
  return bind(pod, name);
}

/** Who is where, Pods included for which others were preempted; the one that is looked at counts nowhere. */
function placementOf(view: View, pod: Stored<Pod>): Placement {
  const podsOn = new Map<string, Stored<Pod>[]>();
  for (const other of view.list<Pod>('pods', '')) {
    const node = other.spec?.nodeName || nominatedNode(other, pod);
    if (!node || isPodFinished(other)) continue;
    const there = podsOn.get(node);
    if (there === undefined) podsOn.set(node, [other]);
    else there.push(other);
  }
  return {
    nodes: view.list<Node>('nodes', ''),
    podsOn,
    namespaceLabels: (name) => view.get('namespaces', '', name)?.metadata.labels ?? {},
  };
}

/** Room that was made for a Pod is not given to one that is less important. */
function nominatedNode(other: Stored<Pod>, pod: Stored<Pod>): string | undefined {
  if (other.metadata.uid === pod.metadata.uid || !isWaiting(other)) return undefined;
  return priorityOf(other) >= priorityOf(pod) ? other.status?.nominatedNodeName : undefined;
}

/** Makes room for a Pod where Pods of lower priority are in its way, or says that it fits nowhere. */
function preempt(
  view: View,
  pod: Stored<Pod>,
  claims: PodClaims,
  refusals: readonly Refusal[],
  placement: Placement,
  now: number,
): Plan {
  const ineligible = ineligibility(pod, placement);
  if (ineligible !== undefined) return fail(pod, scheduleMessage(refusals, undefined, ineligible), now);
  const candidate = candidateFor(view, pod, claims, refusals, placement);
  if (candidate === undefined) return fail(pod, scheduleMessage(refusals), now);
  const { actions } = fail(pod, fitMessage(refusals), now, candidate.node.metadata.name);
  return planOf([...candidate.victims.flatMap((victim) => evict(pod, victim, candidate, now)), ...actions]);
}

function evict(
  pod: Stored<Pod>,
  victim: Stored<Pod>,
  { node }: Candidate,
  now: number,
): readonly (Action | undefined)[] {
  const { namespace = '', name, uid, deletionTimestamp } = victim.metadata;
  if (deletionTimestamp !== undefined) return [];
  const target = {
    type: 'DisruptionTarget',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: formatTime(now),
    reason: 'PreemptionByScheduler',
    message: `${NAME}: preempting to accommodate a higher priority pod`,
  };
  const message = `Preempted by pod ${pod.metadata.uid} on node ${node.metadata.name}`;
  const event = {
    about: victim,
    type: 'Normal',
    reason: 'Preempted',
    action: 'Preempting',
    message,
  } as const;
  return [
    patchConditions(victim, target),
    { verb: 'delete', ref: REFS.pods, namespace, name, options: { preconditions: { uid } } },
    { verb: 'event', ...event },
  ];
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
    pod.status?.nominatedNodeName ? patchPodStatus(pod, { nominatedNodeName: null }) : undefined,
    { verb: 'bind', namespace, pod: name, node },
    { verb: 'event', about: pod, type: 'Normal', reason: 'Scheduled', action: 'Binding', message },
  ]);
}

function fail(pod: Stored<Pod>, message: string, now: number, nominated?: string): Plan {
  return planOf([
    { verb: 'event', about: pod, type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling', message },
    nominated === undefined ? undefined : patchPodStatus(pod, { nominatedNodeName: nominated }),
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
  return patchConditions(pod, {
    type: 'PodScheduled',
    status: 'False',
    lastProbeTime: null,
    lastTransitionTime: since ?? formatTime(now),
    reason,
    message,
  });
}

/** Puts a condition in the place of the one of its type. */
function patchConditions(pod: Stored<Pod>, next: Readonly<Record<string, Json>>): Action {
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== next.type);
  return patchPodStatus(pod, { conditions: [...others, next] as unknown as Json });
}

function patchPodStatus(pod: Stored<Pod>, status: Json): Action {
  const { namespace = '', name } = pod.metadata;
  return { verb: 'patch', ref: REFS.pods, namespace, name, body: { status }, subresource: 'status' };
}
