import { type Delivery, type Json, kinds, type Request, type Traced, type Vantage, type View } from '../api';
import { assert } from '../base';
import { KUBERNETES_VERSION } from './bootstrap';
import type { ClientPorts } from './client';
import type { ClusterOptions, ClusterPorts } from './cluster-seam';
import { enterContainer } from './container-inside';
import { controllers } from './controllers';
import { findImage } from './images';
import { type ContainerRegistry, createContainers, createKubelet } from './kubelet';
import { watchLogs } from './log-port';
import { createLoop, type Loop } from './loop';
import { type ClusterNetwork, createNetwork, type NetworkOptions } from './network';
import { scheduler } from './scheduler';
import { type ApiServer, createApiServer } from './server';
import { createStore, restoreStore } from './store';

const POD_CIDR = '10.244.0.0/16';
const SERVICE_CIDR = '10.96.0.0/12';
const NODE_PORTS = [30_000, 32_767] as const;
/** Where a cluster's revisions begin: a real one is never found at 0. */
const FIRST_REVISION = 200;

/** A cluster's parts, joined on one clock and one chance. */
export interface Parts {
  readonly server: ApiServer;
  readonly view: View;
  readonly containers: ContainerRegistry;
  readonly network: ClusterNetwork;
  readonly loop: Loop;
  readonly clientPorts: ClientPorts;
}

/** What parts remember, as JSON. */
export interface PartsSnapshot {
  readonly store: Json;
  readonly containers: Json;
  readonly network: Json;
  readonly loop: Json;
}

/** Where parts come from: nowhere, other parts (whose state they share until one of the two changes), or a snapshot. */
export type Origin =
  | { readonly kind: 'new' }
  | { readonly kind: 'fork'; readonly parts: Parts }
  | { readonly kind: 'snapshot'; readonly snapshot: PartsSnapshot };

/** Joins a cluster's parts. */
export function joinParts(options: ClusterOptions, ports: ClusterPorts, origin: Origin): Parts {
  const { clock, random } = ports;
  const server = serverFrom(origin, ports);
  const view = server.view();
  const find = (reference: string) => findImage(reference, options.images);
  const logs = watchLogs(containersFrom(origin));
  const { containers } = logs;
  // Kubelet and network need each other: probes go through the network, which asks the kubelet what programs see.
  let joined: ClusterNetwork | undefined;
  const send = (from: Vantage, host: string, port: number, request: Request): Traced<Delivery> => {
    assert(joined, 'nothing is sent before the network is joined');
    return joined.sendTo(from, host, port, request);
  };
  const kubelet = createKubelet({ containers, findImage: find, send });
  const network = networkFrom(origin, {
    view: () => view,
    containers,
    findImage: find,
    processEnv: (pod, container) => kubelet.processEnv(view, pod, container, clock.now(), random),
    clock,
    random,
    podCIDR: POD_CIDR,
    serviceCIDR: SERVICE_CIDR,
  });
  joined = network;
  const world = {
    store: server.store,
    view,
    actAs: (identity: Parameters<ApiServer['as']>[0]) => server.as(identity),
    clock: clock.now,
    random,
  };
  const all = [...controllers, scheduler, kubelet, network.kubeProxy, server.upkeep];
  const loop =
    origin.kind === 'fork'
      ? origin.parts.loop.fork(world, all)
      : createLoop({
          ...world,
          controllers: all,
          restore: origin.kind === 'snapshot' ? origin.snapshot.loop : undefined,
        });
  const sources = { view, containers, serviceCIDR: SERVICE_CIDR, findImage: find };
  const clientPorts: ClientPorts = {
    exec: (target, streams) => ports.runInside(enterContainer(sources, target), target.command, streams),
    logs: logs.port,
    version: { gitVersion: KUBERNETES_VERSION, platform: 'linux/amd64', goVersion: 'go1.25.6' },
    now: clock.now,
  };
  return { server, view, containers, network, loop, clientPorts };
}

function serverFrom(origin: Origin, { clock, random }: ClusterPorts): ApiServer {
  if (origin.kind === 'fork') {
    const { server } = origin.parts;
    return server.fork(server.store.fork(), clock, random);
  }
  const store =
    origin.kind === 'snapshot'
      ? restoreStore(origin.snapshot.store)
      : createStore({ revision: FIRST_REVISION });
  return createApiServer({
    store,
    kinds,
    clock,
    random,
    network: { serviceCIDR: SERVICE_CIDR, nodePortRange: NODE_PORTS },
  });
}

function containersFrom(origin: Origin): ContainerRegistry {
  if (origin.kind === 'fork') return origin.parts.containers.fork();
  return createContainers(origin.kind === 'snapshot' ? origin.snapshot.containers : undefined);
}

function networkFrom(origin: Origin, options: NetworkOptions): ClusterNetwork {
  if (origin.kind === 'fork') return origin.parts.network.fork(options);
  return createNetwork(options, origin.kind === 'snapshot' ? origin.snapshot.network : undefined);
}
