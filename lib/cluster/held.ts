import { type Json, kinds } from '../api';
import { fromBase64Url } from '../base';
import { type CloudState, FRESH_CLOUD } from './cloud';
import type { ClusterOptions, ClusterPorts } from './cluster-seam';
import type { ActiveFault } from './faults';
import { type ContainerRegistry, createContainers } from './kubelet';
import { createLedger, type Ledger } from './loop';
import { FRESH_NETWORK, type NetworkState, readState } from './network';
import type { Parts } from './parts';
import { SERVICE_CIDR } from './ranges';
import { type ApiServer, createApiServer } from './server';
import { createStore, restoreStore } from './store';

const NODE_PORTS = [30_000, 32_767] as const;
/** Where a cluster's revisions begin: a real one is never found at 0. */
const FIRST_REVISION = 200;

/** Enough for every lesson, and little enough that a loop without end harms nobody else. */
export const OBJECT_LIMIT = 5_000;

/** All that a cluster remembers, before its parts are joined: a fork that nobody touches is this and no more. */
export interface Held {
  readonly server: ApiServer;
  readonly containers: ContainerRegistry;
  readonly network: NetworkState;
  readonly faults: readonly ActiveFault[];
  readonly pending: Ledger;
  readonly cloud: CloudState;
}

/** The same as JSON. */
export interface HeldSnapshot {
  readonly store: Json;
  readonly containers: Json;
  readonly network: Json;
  /** Absent where nothing has ever been broken on purpose. */
  readonly faults?: Json | undefined;
  readonly pending: Json;
  /** Absent where there is no cloud. */
  readonly cloud?: Json | undefined;
  /** The secret that service account tokens are signed with. */
  readonly tokenSecret: Json;
}

/** What a cluster without any object remembers. */
export function holdNothing(ports: ClusterPorts, options: ClusterOptions): Held {
  const store = createStore({ revision: FIRST_REVISION });
  return {
    server: serverOver(store, ports, options),
    containers: createContainers(),
    network: FRESH_NETWORK,
    faults: [],
    pending: createLedger(),
    cloud: FRESH_CLOUD,
  };
}

/** What `snapshot` tells of. */
export function holdSnapshot(snapshot: HeldSnapshot, ports: ClusterPorts, options: ClusterOptions): Held {
  return {
    server: serverOver(
      restoreStore(snapshot.store),
      ports,
      options,
      fromBase64Url(String(snapshot.tokenSecret)),
    ),
    containers: createContainers(snapshot.containers),
    network: readState(snapshot.network),
    faults: (snapshot.faults ?? []) as unknown as readonly ActiveFault[],
    pending: createLedger(snapshot.pending),
    cloud: (snapshot.cloud ?? FRESH_CLOUD) as unknown as CloudState,
  };
}

/** What running parts remember now, for another clock and chance; they go on undisturbed. O(1). */
export function holdParts(parts: Parts, ports: ClusterPorts): Held {
  const { server, containers, network, faults, loop, cloud } = parts;
  return {
    server: server.fork(server.store.fork(), ports.clock, ports.random),
    containers: containers.fork(),
    network: network.state,
    faults: faults.list,
    pending: loop.held(),
    cloud: cloud?.state ?? FRESH_CLOUD,
  };
}

/** The same memory twice, so that each goes its own way. O(1). */
export function holdAgain(held: Held, ports: ClusterPorts): Held {
  const { server, containers, network, faults, pending, cloud } = held;
  return {
    server: server.fork(server.store.fork(), ports.clock, ports.random),
    containers: containers.fork(),
    network,
    faults,
    pending: pending.fork(),
    cloud,
  };
}

function serverOver(
  store: ReturnType<typeof createStore>,
  { clock, random }: ClusterPorts,
  { objectLimit = OBJECT_LIMIT }: ClusterOptions,
  tokenSecret?: Uint8Array,
): ApiServer {
  return createApiServer({
    store,
    kinds,
    clock,
    random,
    objectLimit,
    network: { serviceCIDR: SERVICE_CIDR, nodePortRange: NODE_PORTS },
    tokenSecret,
  });
}
