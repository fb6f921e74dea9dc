import {
  type Client,
  type CloudApi,
  type Credentials,
  type Faults,
  type ImageDefinition,
  type Json,
  type Network,
  type Reply,
  type Request,
  StatusError,
  type View,
} from '../api';
import { base64Url, type Random, randomApart } from '../base';
import { answerAs } from './api-port';
import { bootstrap, bootstrapPolicy, programOf } from './bootstrap';
import { breakable } from './breakable';
import { createClient } from './client';
import type { Cluster, ClusterOptions, ClusterPorts, ObjectChange } from './cluster-seam';
import { createFaults } from './faults';
import { type Held, type HeldSnapshot, holdAgain, holdNothing, holdParts, holdSnapshot } from './held';
import { joinParts } from './join-parts';
import { applyAction, asProgram, type DirectAction } from './loop';
import type { Parts } from './parts';
import type { Change, Identity } from './seams';

/** Whoever set the cluster up. */
const INSTALLER = { user: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };

interface ClusterSnapshot {
  readonly options: ClusterOptions;
  readonly held: HeldSnapshot;
}

/** A cluster as kubeadm leaves it at the clock's now; its Pods come up in the first minute of virtual time. */
export function createCluster(ports: ClusterPorts, options: ClusterOptions): Cluster {
  const cluster = new SimulatedCluster(options, ports, holdNothing(ports, options));
  cluster.install(bootstrap(options.nodes, ports.clock.now(), options.cloud), ports.random);
  // Names that chance gives in a cluster do not depend on how many roles come with it.
  cluster.install(bootstrapPolicy(ports.clock.now()), randomApart(ports.random));
  return cluster;
}

/** The cluster that `snapshot` told of. */
export function restoreCluster(ports: ClusterPorts, snapshot: Json): Cluster {
  const { options, held } = snapshot as unknown as ClusterSnapshot;
  return new SimulatedCluster(options, ports, holdSnapshot(held, ports, options));
}

/** Joins its parts when it is first asked to do something: most forks are held and never run. */
class SimulatedCluster implements Cluster {
  readonly #options: ClusterOptions;
  readonly #ports: ClusterPorts;
  readonly #held: Held;
  #joined: Parts | undefined;

  constructor(options: ClusterOptions, ports: ClusterPorts, held: Held) {
    this.#options = options;
    this.#ports = ports;
    this.#held = held;
  }

  get #parts(): Parts {
    this.#joined ??= joinParts(this.#options, this.#ports, this.#held);
    return this.#joined;
  }

  install(actions: readonly DirectAction[], random: Random): void {
    const { server } = this.#parts;
    const api = server.fork(server.store, this.#ports.clock, random).as(INSTALLER);
    for (const action of actions) applyAction(asProgram(api, programOf(action)), action);
  }

  get view(): View {
    return this.#parts.view;
  }

  get network(): Network {
    return this.#parts.network;
  }

  get cloud(): CloudApi | undefined {
    return this.#parts.cloud?.api;
  }

  get faults(): Faults {
    return createFaults(breakable(this.#parts, this.#ports, INSTALLER));
  }

  client(identity: Identity): Client {
    const { server, clientPorts } = this.#parts;
    const become = (credentials: Credentials) => {
      const other = server.authenticate(credentials, identity);
      if (other instanceof StatusError) throw other;
      return this.client(other);
    };
    return createClient(server.as(identity), { ...clientPorts, become });
  }

  authenticate(credentials: Credentials, own?: Identity): Identity | StatusError {
    return this.#parts.server.authenticate(credentials, own);
  }

  answer(credentials: Credentials, own: Identity, request: Extract<Request, { kind: 'http' }>): Reply {
    const { server, reach } = this.#parts;
    return answerAs(server, server.authenticate(credentials, own), request, reach);
  }

  get nextDue(): number | undefined {
    // Pending work can be told without joining anything.
    return this.#joined === undefined ? this.#held.pending.first()?.at : this.#joined.loop.nextDue();
  }

  runDue(): void {
    this.#parts.loop.runDue(this.#ports.clock.now());
  }

  onChange(listener: (change: ObjectChange) => void): () => void {
    return this.#held.server.store.listen((change) => listener(asObjectChange(change)));
  }

  fork(ports: ClusterPorts): Cluster {
    return new SimulatedCluster(this.#options, ports, this.#hold(ports));
  }

  withImages(ownImages: readonly ImageDefinition[], ports: ClusterPorts): Cluster {
    return new SimulatedCluster({ ...this.#options, ownImages }, ports, this.#hold(ports));
  }

  #hold(ports: ClusterPorts): Held {
    return this.#joined === undefined ? holdAgain(this.#held, ports) : holdParts(this.#joined, ports);
  }

  snapshot(): Json {
    const { server, containers, network, faults, loop, cloud } = this.#parts;
    const held: HeldSnapshot = {
      store: server.store.snapshot(),
      containers: containers.snapshot(),
      network: network.snapshot(),
      ...(faults.list.length === 0 ? {} : { faults: faults.list as unknown as Json }),
      pending: loop.snapshot(),
      ...(cloud === undefined ? {} : { cloud: cloud.state as unknown as Json }),
      tokenSecret: base64Url(server.tokenKey.secret),
    };
    const snapshot: ClusterSnapshot = { options: this.#options, held };
    return snapshot as unknown as Json;
  }
}

/** "/pods/default/web" as `{type, resource: "pods", object}`. */
function asObjectChange({ key, object, previous }: Change): ObjectChange {
  const resource = key.slice(1, key.indexOf('/', 1)).replace(/\.$/, '');
  if (object) return { type: previous ? 'MODIFIED' : 'ADDED', resource, object };
  if (previous) return { type: 'DELETED', resource, object: previous };
  throw new Error(`the change at ${key} says nothing`);
}
