import type { KubeObject, Node, Stored, View } from '../../api';
import { formatMicroTime, formatTime, parseTime, type Random, randomUuid } from '../../base';
import { patchStatus, planOf, REFS, REST } from '../controllers';
import { hasKubelet } from '../heartbeats';
import type { Action, Controller, Plan } from '../seams';
import { keepLease, renewLease } from './node-lease';

/** How often a kubelet looks at its node (nodeStatusUpdateFrequency). */
const LOOK_MS = 10_000;
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';

interface Healthy {
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  /** The event that tells of it when a kubelet starts. */
  readonly event?: string;
}

/** What a kubelet in good health reports of its node. */
const HEALTHY: Readonly<Record<string, Healthy>> = {
  MemoryPressure: {
    status: 'False',
    reason: 'KubeletHasSufficientMemory',
    message: 'kubelet has sufficient memory available',
    event: 'NodeHasSufficientMemory',
  },
  DiskPressure: {
    status: 'False',
    reason: 'KubeletHasNoDiskPressure',
    message: 'kubelet has no disk pressure',
    event: 'NodeHasNoDiskPressure',
  },
  PIDPressure: {
    status: 'False',
    reason: 'KubeletHasSufficientPID',
    message: 'kubelet has sufficient PID available',
    event: 'NodeHasSufficientPID',
  },
  Ready: { status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
};

/**
 * What a kubelet says of its node. Keys are the node's name, when its kubelet begins to work again (whoever lets it wakes
 * them), and "name/errand" for what else it sees to: "booted", "lease", "cordoned", "uncordoned/since".
 */
export function createNodeStatus(isStopped: (node: string) => boolean): Controller {
  return {
    name: 'kubelet-node-status',
    component: 'kubelet',
    program: 'kubelet',
    watches: [
      { resource: 'nodes', keys: errandsOf },
      { resource: 'leases.coordination.k8s.io', keys: leaseGone },
    ],
    identity(key) {
      const [node = ''] = key.split('/');
      return { user: `system:node:${node}`, groups: ['system:nodes', 'system:authenticated'] };
    },
    reconcile(view, key, now, random) {
      const [name = '', errand = 'started', since = ''] = key.split('/');
      const node = view.get<Node>('nodes', '', name);
      if (node === undefined || !hasKubelet(node) || isStopped(name)) return REST;
      switch (errand) {
        case 'lease':
          return keepLease(view, node, now);
        case 'cordoned':
        case 'uncordoned':
          return tellSchedulable(node, errand, Number(since), now);
        default:
          return start(view, node, errand === 'booted', now, random);
      }
    },
  };
}

/** A node that is new gets its Lease an owner; one that was cordoned, or is no more, is told of. */
function errandsOf(object: Stored | undefined, before: Stored | undefined): readonly string[] {
  const [node, previous] = [object as Stored<Node> | undefined, before as Stored<Node> | undefined];
  if (node === undefined) return [];
  const { name } = node.metadata;
  if (previous === undefined) return [`${name}/lease`];
  const is = node.spec?.unschedulable ?? false;
  if (is === (previous.spec?.unschedulable ?? false)) return [];
  if (is) return [`${name}/cordoned`];
  const taint = previous.spec?.taints?.find(({ key }) => key === UNSCHEDULABLE);
  return [`${name}/uncordoned/${parseTime(String(taint?.timeAdded ?? '')) ?? Number.MAX_SAFE_INTEGER}`];
}

function leaseGone(object: Stored | undefined, previous: Stored | undefined): readonly string[] {
  const gone = object === undefined && previous?.metadata.namespace === 'kube-node-lease';
  return gone ? [`${previous.metadata.name}/lease`] : [];
}

/** What is cordoned for less than the time between two looks is never seen (recordNodeSchedulableEvent). */
function tellSchedulable(node: Stored<Node>, errand: string, since: number, now: number): Plan {
  const late = now % LOOK_MS;
  if (late !== 0) return { actions: [], requeueAfterMs: LOOK_MS - late };
  const isCordoned = node.spec?.unschedulable ?? false;
  if (errand === 'cordoned') return isCordoned ? { actions: [status(node, 'NodeNotSchedulable')] } : REST;
  return isCordoned || since > now - LOOK_MS ? REST : { actions: [status(node, 'NodeSchedulable')] };
}

/** A kubelet that begins to work: it reports all of its node, and renews its Lease. */
function start(view: View, node: Stored<Node>, booted: boolean, now: number, random: Random): Plan {
  const wasReady = node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');
  const bootID = booted ? randomUuid(random) : undefined;
  const nodeInfo = bootID === undefined ? node.status?.nodeInfo : { ...node.status?.nodeInfo, bootID };
  return planOf([
    event(node, 'Starting', 'Starting kubelet.'),
    event(node, 'NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods'),
    ...Object.values(HEALTHY).flatMap((each) => (each.event ? [status(node, each.event)] : [])),
    ...(bootID === undefined ? [] : [rebooted(node, bootID)]),
    patchStatus(REFS.nodes, node, { ...node.status, nodeInfo, conditions: reported(node, now) }),
    ...(wasReady ? [] : [status(node, 'NodeReady')]),
    ...(node.spec?.unschedulable ? [status(node, 'NodeNotSchedulable')] : []),
    renewLease(view, node, formatMicroTime(now)),
  ]);
}

function reported(node: Stored<Node>, now: number): readonly object[] {
  const time = formatTime(now);
  return (node.status?.conditions ?? []).map((condition) => {
    const healthy = HEALTHY[condition.type];
    if (healthy === undefined) return condition;
    const { event: _, ...as } = healthy;
    const lastTransitionTime = condition.status === as.status ? condition.lastTransitionTime : time;
    return { ...condition, ...as, lastHeartbeatTime: time, lastTransitionTime };
  });
}

/** A kubelet's events name its node by name alone: its uid is its name, too (nodeRef). */
function event(
  node: Stored<Node>,
  reason: string,
  message: string,
  type: 'Normal' | 'Warning' = 'Normal',
): Action {
  const { name } = node.metadata;
  const about: KubeObject = { apiVersion: '', kind: 'Node', metadata: { name, uid: name } };
  return { verb: 'event', about, type, reason, message };
}

const status = (node: Stored<Node>, reason: string): Action =>
  event(node, reason, `Node ${node.metadata.name} status is now: ${reason}`);

const rebooted = (node: Stored<Node>, bootID: string): Action =>
  event(node, 'Rebooted', `Node ${node.metadata.name} has been rebooted, boot id: ${bootID}`, 'Warning');
