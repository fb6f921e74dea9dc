import type { Node, Stored } from '../../api';
import { formatTime } from '../../base';
import { patchStatus, REFS, REST } from '../controllers';
import type { Action, Controller } from '../seams';
import { hasKubelet } from './kubelet';

/** What a kubelet in good health reports of its node. */
const HEALTHY: Readonly<
  Record<string, { readonly status: string; readonly reason: string; readonly message: string }>
> = {
  MemoryPressure: {
    status: 'False',
    reason: 'KubeletHasSufficientMemory',
    message: 'kubelet has sufficient memory available',
  },
  DiskPressure: {
    status: 'False',
    reason: 'KubeletHasNoDiskPressure',
    message: 'kubelet has no disk pressure',
  },
  PIDPressure: {
    status: 'False',
    reason: 'KubeletHasSufficientPID',
    message: 'kubelet has sufficient PID available',
  },
  Ready: { status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
};

/** A kubelet that comes back after it was stopped reports its node; woken by whoever lets it run again. */
export function createNodeStatus(isStopped: (node: string) => boolean): Controller {
  return {
    name: 'kubelet-node-status',
    component: 'kubelet',
    watches: [],
    identity: (node) => ({
      user: `system:node:${node}`,
      groups: ['system:nodes', 'system:authenticated'],
    }),
    reconcile(view, key, now) {
      const node = view.get<Node>('nodes', '', key);
      if (node === undefined || !hasKubelet(node) || isStopped(key)) return REST;
      const patch = patchStatus(REFS.nodes, node, { ...node.status, conditions: reported(node, now) });
      return patch === undefined ? REST : { actions: [started(node), patch, ready(node)] };
    },
  };
}

function reported(node: Stored<Node>, now: number): readonly object[] {
  const time = formatTime(now);
  return (node.status?.conditions ?? []).map((condition) => {
    const healthy = HEALTHY[condition.type];
    if (healthy === undefined || condition.status !== 'Unknown') return condition;
    return { ...condition, ...healthy, lastHeartbeatTime: time, lastTransitionTime: time };
  });
}

function started(about: Stored<Node>): Action {
  return { verb: 'event', about, type: 'Normal', reason: 'Starting', message: 'Starting kubelet.' };
}

function ready(about: Stored<Node>): Action {
  const message = `Node ${about.metadata.name} status is now: NodeReady`;
  return { verb: 'event', about, type: 'Normal', reason: 'NodeReady', message };
}
