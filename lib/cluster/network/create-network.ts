import type { Delivery, Hop, Json, Network, Packet, Protocol, Request, Traced, Vantage } from '../../api';
import type { Controller } from '../seams';
import { hostAt, saveDate } from './host';
import { kernelStore } from './kernel/kernel-store';
import { rulesetAt } from './kernel/node-kernel';
import { track } from './kernel/track';
import { createMemory } from './memory';
import { resolvConfAt } from './names/resolv-conf';
import { lookupName } from './names/resolve';
import type { NetworkOptions } from './options';
import { ADMIN_IP, INTERNET_IP } from './options';
import { locate } from './places';
import { createKubeProxy } from './proxy/kube-proxy';
import { iptablesSave } from './rules/save';
import { deliverToPod } from './sockets/pod-sockets';
import { FRESH_NETWORK, type NetworkState, withoutNode } from './state';
import { readState, writeState } from './state-json';
import { goOn, type Onward } from './wire/cloud-edge';
import { createKnownWays, goKnownWay } from './wire/known-ways';
import { ECHO, pinged } from './wire/ping';
import { enterNode } from './wire/route';
import { sendPacket } from './wire/send';
import { DROPPED, type Trip } from './wire/trip';

/** The cluster's network with the kube-proxies that keep its rules. */
export interface ClusterNetwork extends Network {
  /** Keeps each node's rules in step with Services and EndpointSlices; keys are node names. */
  readonly kubeProxy: Controller;
  /** Resolves a host and sends to its first address; a name that does not resolve is unreachable ("DNS" is the last hop). */
  sendTo(from: Vantage, host: string, port: number, request: Request, protocol?: Protocol): Traced<Delivery>;
  /** A connection that the cloud makes to a node of its own accord: a balancer's health check. Not remembered by kernels. */
  sendFromCloud(to: Onward): Traced<Delivery>;
  /** A node has booted: its kernel remembers nothing. */
  reboot(node: string): void;
  /** All that it remembers now, as a value: `networkFrom` goes on from it. */
  readonly state: NetworkState;
  /** The same network over another cluster's objects, going its own way; O(1). */
  fork(options: NetworkOptions): ClusterNetwork;
  snapshot(): Json;
}

/** Packets within packets: a server that asks a server. More than this is servers that ask each other in circles. */
const MAX_DEPTH = 16;
const IN_CIRCLES: Hop = {
  at: 'network',
  rule: `${MAX_DEPTH} servers asked one another`,
  effect: 'no answer: they ask in circles',
};

/** Nodes that a packet may cross: a node port of another node, then a Pod's node, and some to spare. */
const MAX_NODES = 8;

/** A network without rules, or the one that a snapshot holds. */
export function createNetwork(options: NetworkOptions, snapshot?: Json): ClusterNetwork {
  return networkFrom(options, snapshot === undefined ? FRESH_NETWORK : readState(snapshot));
}

/** A network that goes on from a state. */
export function networkFrom(options: NetworkOptions, start: NetworkState): ClusterNetwork {
  const memory = createMemory(start);
  const ways = createKnownWays();
  let depth = 0;
  const send = (packet: Packet): Traced<Delivery> => {
    const view = options.view();
    const around = { view, revision: view.revision, faults: options.faults(), kernels: memory.writes };
    const known = ways.find(around, packet);
    const leaves = known?.leaves ?? departure(packet, network.addresses(packet.from));
    if (depth >= MAX_DEPTH) return { outcome: DROPPED, trace: [leaves, IN_CIRCLES] };
    const trip = newTrip(packet.request);
    depth += 1;
    try {
      let outcome: Delivery;
      if (known === undefined) {
        outcome = sendPacket(trip, packet);
        if (trip.way !== undefined) ways.keep(around, packet, leaves, trip.way);
      } else {
        goKnownWay(trip, known.way);
        outcome = deliverToPod(trip, known.way.pod, known.way.flow);
      }
      track(trip, outcome);
      return { outcome, trace: [leaves, ...trip.hops] };
    } finally {
      depth -= 1;
    }
  };
  const newTrip = (request: Request): Trip => ({
    options,
    view: options.view(),
    request,
    faults: options.faults(),
    sender: undefined,
    memory,
    hops: [],
    passages: [],
    lostReply: undefined,
    latencyMs: 0,
    varies: false,
    way: undefined,
    timeToLive: MAX_NODES,
  });
  const lookup: Network['lookup'] = (from, name, by = 'glibc') => {
    const view = options.view();
    return lookupName({ view, conf: resolvConfAt(view, from, options.serviceCIDR), send }, from, name, by);
  };
  const network: ClusterNetwork = {
    send,
    lookup,
    ping: ({ from, ip }) => pinged(newTrip(ECHO), from, ip, network.addresses(from)),
    resolvConf: (from) => resolvConfAt(options.view(), from, options.serviceCIDR),
    addresses: (from) => addressesOf(options, from),
    iptablesSave: (node, table) =>
      iptablesSave(rulesetAt(options.view(), memory, node), saveDate(options.clock.now()), { table }),
    host: (from) => hostAt(options, memory, from),
    kubeProxy: createKubeProxy(kernelStore(options, memory)),
    sendTo(from, host, port, request, protocol = 'TCP') {
      const found = lookup(from, host);
      const ip = found.outcome.addresses[0];
      if (ip === undefined) {
        const { latencyMs } = found.outcome;
        return { outcome: { kind: 'unreachable', why: 'network', latencyMs }, trace: found.trace };
      }
      const sent = send({ from, to: { ip, port }, protocol, request });
      return { outcome: sent.outcome, trace: [...found.trace, ...sent.trace] };
    },
    sendFromCloud(to) {
      const trip = newTrip(to.request);
      const outcome = goOn(trip, to, enterNode);
      return { outcome, trace: trip.hops };
    },
    reboot: (node) => memory.change(withoutNode(memory.state, node)),
    get state() {
      return memory.release();
    },
    fork: (other) => networkFrom(other, memory.release()),
    snapshot: () => writeState(memory.state),
  };
  return network;
}

function departure({ from, to, protocol }: Packet, addresses: readonly string[]): Hop {
  const at =
    from.kind === 'pod'
      ? `pod ${from.namespace}/${from.name}`
      : from.kind === 'node'
        ? `node ${from.name}`
        : from.kind;
  return { at, rule: `${addresses[0] ?? '?'} → ${to.ip}:${to.port}/${protocol}`, effect: 'sends' };
}

function addressesOf(options: NetworkOptions, from: Vantage): readonly string[] {
  const origin = locate(options.view(), from);
  switch (origin?.kind) {
    case undefined:
      return [];
    case 'office':
      return [ADMIN_IP];
    case 'internet':
      return [INTERNET_IP];
    case 'pod':
      return [origin.ip];
    case 'node':
      return [...origin.node.addresses, ...(origin.node.gateway === undefined ? [] : [origin.node.gateway])];
  }
}
