import type { Json } from '../api';
import { bootstrap } from './bootstrap';
import { createClient } from './client';
import type { Cluster, ClusterOptions, ClusterPorts, ObjectChange } from './cluster-seam';
import { joinParts, type Parts, type PartsSnapshot } from './join-parts';
import { applyAction } from './loop';
import type { Change } from './seams';

/** Whoever set the cluster up. */
const INSTALLER = { user: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };

interface ClusterSnapshot {
  readonly options: ClusterOptions;
  readonly parts: PartsSnapshot;
}

/** A cluster as kubeadm leaves it at the clock's now; its Pods come up in the first minute of virtual time. */
export function createCluster(ports: ClusterPorts, options: ClusterOptions): Cluster {
  const parts = joinParts(options, ports, { kind: 'new' });
  const api = parts.server.as(INSTALLER);
  for (const action of bootstrap(options.nodes, ports.clock.now())) applyAction(api, action);
  return clusterOf(options, ports, parts);
}

/** The cluster that `snapshot` told of. */
export function restoreCluster(ports: ClusterPorts, snapshot: Json): Cluster {
  const { options, parts } = snapshot as unknown as ClusterSnapshot;
  return clusterOf(options, ports, joinParts(options, ports, { kind: 'snapshot', snapshot: parts }));
}

function clusterOf(options: ClusterOptions, ports: ClusterPorts, parts: Parts): Cluster {
  const { server, view, network, loop, containers, clientPorts } = parts;
  return {
    view,
    network,
    client: (identity) => createClient(server.as(identity), clientPorts),
    get nextDue() {
      return loop.nextDue();
    },
    runDue: () => loop.runDue(ports.clock.now()),
    onChange: (listener) => server.store.listen((change) => listener(asObjectChange(change))),
    fork: (other) => clusterOf(options, other, joinParts(options, other, { kind: 'fork', parts })),
    snapshot: () => {
      const snapshot: ClusterSnapshot = {
        options,
        parts: {
          store: server.store.snapshot(),
          containers: containers.snapshot(),
          network: network.snapshot(),
          loop: loop.snapshot(),
        },
      };
      return snapshot as unknown as Json;
    },
  };
}

/** "/pods/default/web" as `{type, resource: "pods", object}`. */
function asObjectChange({ key, object, previous }: Change): ObjectChange {
  const resource = key.slice(1, key.indexOf('/', 1)).replace(/\.$/, '');
  if (object) return { type: previous ? 'MODIFIED' : 'ADDED', resource, object };
  if (previous) return { type: 'DELETED', resource, object: previous };
  throw new Error(`the change at ${key} says nothing`);
}
