import type { Json, Node, Pod, Stored, View } from '../../api';
import { formatTime, parseTime, semanticEqual } from '../../base';
import { NO_SILENCE, REPORTED, renewedNode } from '../heartbeats';
import type { Action, Controller, Plan } from '../seams';
import { ownKey } from './keys';
import { patchObject, patchStatus } from './patch-status';
import { planOf, REST, sooner } from './plan';
import { isPodActive, podCondition } from './pod-state';
import { REFS } from './refs';

type Taint = NonNullable<NonNullable<Node['spec']>['taints']>[number];

const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';
const NOT_READY = 'node.kubernetes.io/not-ready';
const UNREACHABLE = 'node.kubernetes.io/unreachable';
/** Taints by which the controller tells of a node's condition; all others are somebody else's. */
const PRESSURE: Readonly<Record<string, string>> = {
  MemoryPressure: 'node.kubernetes.io/memory-pressure',
  DiskPressure: 'node.kubernetes.io/disk-pressure',
  PIDPressure: 'node.kubernetes.io/pid-pressure',
  NetworkUnavailable: 'node.kubernetes.io/network-unavailable',
};
const OWN = new Set([UNSCHEDULABLE, NOT_READY, UNREACHABLE, ...Object.values(PRESSURE)]);

/** How long a node may be silent (node-monitor-grace-period, 50 s, less the heartbeat that was still on its way). */
const GRACE_MS = 42_500;
/** How often nodes are looked at. */
const MONITOR_PERIOD_MS = 5000;

/** Since when a node's kubelet has been silent, in virtual ms; undefined while it reports. */
export type SilentSince = (node: string) => number | undefined;

/** Taints nodes by their conditions, tells their Pods, and evicts from nodes that stay away. */
export function createNodeLifecycle(silentSince: SilentSince): Controller {
  return {
    name: 'node-controller',
    watches: [
      ownKey('nodes'),
      { resource: 'nodes', keys: comingOrGoing },
      {
        resource: 'pods',
        keys(object) {
          const pod = object as Stored<Pod> | undefined;
          return pod?.spec?.nodeName ? [pod.spec.nodeName] : [];
        },
      },
    ],
    reconcile(view, key, now) {
      const [name = '', change, uid = ''] = key.split('/');
      const node = view.get<Node>('nodes', '', name);
      if (change === 'removed')
        return { actions: [told({ name, uid }, `Removing Node ${name} from Controller`)] };
      if (node === undefined) return REST;
      if (change === 'registered') return isFromTheStart(view, node) ? REST : { actions: [registered(node)] };
      const since = silentSince(name);
      if (since === undefined || readyStatus(node) === 'Unknown') return reconcile(view, node, now);
      const missedAt = Math.ceil((since + GRACE_MS) / MONITOR_PERIOD_MS) * MONITOR_PERIOD_MS;
      if (now >= missedAt) return planOf(missed(lastHeardOf(node, since), now));
      const plan = reconcile(view, node, now);
      return planOf(plan.actions, sooner(plan.requeueAfterMs, missedAt - now));
    },
  };
}

/** Nodes that the controller has not known before, or knows no more. */
function comingOrGoing(object: Stored | undefined, previous: Stored | undefined): readonly string[] {
  if (object !== undefined) return previous === undefined ? [`${object.metadata.name}/registered`] : [];
  return previous === undefined ? [] : [`${previous.metadata.name}/removed/${previous.metadata.uid}`];
}

/** A node as old as the cluster: what was told of it then is as good as forgotten. */
function isFromTheStart(view: View, { metadata }: Stored<Node>): boolean {
  const system = view.get('namespaces', '', 'kube-system');
  return system?.metadata.creationTimestamp === metadata.creationTimestamp;
}

const registered = ({ metadata: { name, uid } }: Stored<Node>): Action =>
  told({ name, uid }, `Registered Node ${name} in Controller`);

/** An event by its first word's reason: "RegisteredNode", "RemovingNode" (RecordNodeEvent). */
function told(metadata: { readonly name: string; readonly uid: string }, what: string): Action {
  const reason = `${what.slice(0, what.indexOf(' '))}Node`;
  const message = `Node ${metadata.name} event: ${what}`;
  return {
    verb: 'event',
    about: { apiVersion: 'v1', kind: 'Node', metadata },
    type: 'Normal',
    reason,
    message,
  };
}

/** The node controller of a cluster in which no kubelet ever falls silent. */
export const nodeLifecycleController: Controller = createNodeLifecycle(() => undefined);

/** The node as its kubelet last reported it. */
function lastHeardOf(node: Stored<Node>, since: number): Stored<Node> {
  return renewedNode(node, { now: since, silence: NO_SILENCE });
}

/** Nobody knows any more how the node is. */
function missed(node: Stored<Node>, now: number): readonly (Action | undefined)[] {
  const conditions = (node.status?.conditions ?? []).map((each) =>
    REPORTED.includes(each.type)
      ? {
          ...each,
          status: 'Unknown',
          reason: 'NodeStatusUnknown',
          message: 'Kubelet stopped posting node status.',
          lastTransitionTime: formatTime(now),
        }
      : each,
  );
  const message = `Node ${node.metadata.name} status is now: NodeNotReady`;
  return [
    patchStatus(REFS.nodes, node, { ...node.status, conditions }),
    { verb: 'event', about: node, type: 'Normal', reason: 'NodeNotReady', message },
  ];
}

function readyStatus(node: Node): 'True' | 'False' | 'Unknown' | undefined {
  const status = node.status?.conditions?.find((each) => each.type === 'Ready')?.status;
  return status as 'True' | 'False' | 'Unknown' | undefined;
}

function reconcile(view: View, node: Stored<Node>, now: number): Plan {
  const taints = taintsOf(node, now);
  const current = node.spec?.taints ?? [];
  const patch = semanticEqual(current.map(bare), taints.map(bare))
    ? undefined
    : patchObject(REFS.nodes, node, {
        spec: { taints: taints.length === 0 ? null : (taints as unknown as Json) },
      });
  const hard = taints.filter((taint) => taint.effect === 'NoExecute');
  const away = readyStatus(node) === 'False' || readyStatus(node) === 'Unknown';
  if (hard.length === 0 && !away) return planOf([patch]);
  const pods = view.list<Pod>('pods', '').filter((pod) => pod.spec?.nodeName === node.metadata.name);
  const told = away ? pods.flatMap((pod) => notReady(pod, now)) : [];
  const evictions = pods.filter(isPodActive).map((pod) => evict(pod, hard, now));
  const wait = evictions.reduce((least: number | undefined, each) => sooner(least, each.waitMs), undefined);
  return planOf([patch, ...told, ...evictions.flatMap((each) => each.actions)], wait);
}

const bare = ({ key, effect, value }: Taint): object => ({ key, effect, value });

/** The node's taints as they should be: others' stay, ours follow its conditions. */
function taintsOf(node: Node, now: number): readonly Taint[] {
  const current = node.spec?.taints ?? [];
  const ready = readyStatus(node);
  const wanted: Taint[] = [];
  const add = (key: string, effect: string): void => {
    const known = current.find((taint) => taint.key === key && taint.effect === effect);
    wanted.push(known ?? ({ key, effect, timeAdded: formatTime(now) } as Taint));
  };
  if (node.spec?.unschedulable) add(UNSCHEDULABLE, 'NoSchedule');
  for (const [type, key] of Object.entries(PRESSURE)) {
    const pressed = node.status?.conditions?.some((each) => each.type === type && each.status === 'True');
    if (pressed) add(key, 'NoSchedule');
  }
  const absence = ready === 'False' ? NOT_READY : ready === 'Unknown' ? UNREACHABLE : undefined;
  if (absence !== undefined) {
    add(absence, 'NoSchedule');
    add(absence, 'NoExecute');
  }
  return [...current.filter((taint) => !OWN.has(taint.key)), ...wanted];
}

/** A Pod on a node that does not answer is not ready, as far as anybody knows. */
function notReady(pod: Stored<Pod>, now: number): readonly (Action | undefined)[] {
  if (podCondition(pod, 'Ready')?.status !== 'True') return [];
  const conditions = (pod.status?.conditions ?? []).map((each) =>
    each.type === 'Ready' ? { ...each, status: 'False', lastTransitionTime: formatTime(now) } : each,
  );
  return [
    patchStatus(REFS.pods, pod, { ...pod.status, conditions }),
    { verb: 'event', about: pod, type: 'Warning', reason: 'NodeNotReady', message: 'Node is not ready' },
  ];
}

type Toleration = NonNullable<NonNullable<Pod['spec']>['tolerations']>[number];

const covers = (toleration: Toleration, taint: Taint): boolean =>
  (!toleration.effect || toleration.effect === taint.effect) &&
  (!toleration.key || toleration.key === taint.key) &&
  (toleration.operator === 'Exists' || (toleration.value ?? '') === (taint.value ?? ''));

/** Deletes a Pod whose time on a tainted node is over (the taint eviction controller). */
function evict(
  pod: Stored<Pod>,
  taints: readonly Taint[],
  now: number,
): { readonly actions: readonly Action[]; readonly waitMs?: number } {
  let waitMs: number | undefined;
  for (const taint of taints) {
    const tolerations = (pod.spec?.tolerations ?? []).filter((each) => covers(each, taint));
    if (tolerations.length === 0) return { actions: evictionOf(pod) };
    const seconds = tolerations
      .map((each) => each.tolerationSeconds)
      .filter((each) => each !== undefined && each !== null);
    if (seconds.length === 0) continue;
    const added = taint.timeAdded ? (parseTime(String(taint.timeAdded)) ?? now) : now;
    const left = added + Math.min(...(seconds as number[])) * 1000 - now;
    if (left <= 0) return { actions: evictionOf(pod) };
    waitMs = sooner(waitMs, left);
  }
  return waitMs === undefined ? { actions: [] } : { actions: [], waitMs };
}

function evictionOf(pod: Stored<Pod>): readonly Action[] {
  const { namespace = '', name, uid } = pod.metadata;
  const message = `Marking for deletion Pod ${namespace}/${name}`;
  return [
    { verb: 'event', about: pod, type: 'Normal', reason: 'TaintManagerEviction', message },
    { verb: 'delete', ref: REFS.pods, namespace, name, options: { preconditions: { uid } } },
  ];
}
