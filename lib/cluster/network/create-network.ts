import type { Delivery, Hop, Json, Network, Packet, Protocol, Request, Traced, Vantage } from '../../api';
import { civilTime } from '../../base';
import type { Controller } from '../seams';
import { createKubeProxy } from './kube-proxy';
import type { NetworkOptions } from './options';
import { ADMIN_IP, INTERNET_IP } from './options';
import { pingFrom } from './ping';
import { locate, type NodePlace } from './places';
import { defaultProxyConfig } from './proxy-config';
import { resolvConfAt } from './resolv-conf';
import { lookupName } from './resolve';
import { EMPTY_RULESET } from './rules';
import { iptablesSave } from './save';
import { sendPacket } from './send';
import {
  FRESH_NETWORK,
  type NetworkFaults,
  type NetworkState,
  readState,
  rememberSource,
  writeState,
} from './state';
import { surroundings, type Trip } from './trip';

/** The cluster's network with the kube-proxies that keep its rules. */
export interface ClusterNetwork extends Network {
  /** Keeps each node's rules in step with Services and EndpointSlices; keys are node names. */
  readonly kubeProxy: Controller;
  /** Resolves a host and sends to its first address; a name that does not resolve is unreachable ("DNS" is the last hop). */
  sendTo(
    from: Vantage,
    host: string,
    port: number,
    request: Request,
    protocol?: Protocol,
  ): Traced<Delivery>;
  readonly faults: NetworkFaults;
  setFaults(faults: NetworkFaults): void;
  /** All that it remembers now, as a value: `networkFrom` goes on from it. */
  readonly state: NetworkState;
  /** The same network over another cluster's objects, going its own way; O(1). */
  fork(options: NetworkOptions): ClusterNetwork;
  snapshot(): Json;
}

/** Nodes that a packet may cross: a node port of another node, then a Pod's node, and some to spare. */
const MAX_NODES = 8;

/** A network without rules, or the one that a snapshot holds. */
export function createNetwork(options: NetworkOptions, snapshot?: Json): ClusterNetwork {
  return networkFrom(options, snapshot === undefined ? FRESH_NETWORK : readState(snapshot));
}

/** A network that goes on from a state. */
export function networkFrom(options: NetworkOptions, start: NetworkState): ClusterNetwork {
  let state = start;
  const send = (packet: Packet): Traced<Delivery> => {
    const trip = newTrip(packet.request);
    const outcome = sendPacket(trip, packet);
    return { outcome, trace: [departure(packet, network.addresses(packet.from)), ...trip.hops] };
  };
  const newTrip = (request: Request): Trip => ({
    options,
    view: options.view(),
    request,
    faults: state.faults,
    rulesOf: (node) => state.rules[node] ?? EMPTY_RULESET,
    around: (node: NodePlace) =>
      surroundings({ options }, node, {
        get: (key) => state.recent[key],
        set(key) {
          state = rememberSource(state, key, options.clock.now());
        },
      }),
    hops: [],
    latencyMs: 0,
    timeToLive: MAX_NODES,
  });
  const lookup: Network['lookup'] = (from, name) => {
    const view = options.view();
    return lookupName({ view, conf: resolvConfAt(view, from, options.serviceCIDR), send }, from, name);
  };
  const network: ClusterNetwork = {
    send,
    lookup,
    ping: (ping) => pingFrom(options, state.faults, ping),
    resolvConf: (from) => resolvConfAt(options.view(), from, options.serviceCIDR),
    addresses: (from) => addressesOf(options, from),
    iptablesSave: (node, table) =>
      iptablesSave(state.rules[node] ?? EMPTY_RULESET, saveDate(options.clock.now()), table),
    kubeProxy: createKubeProxy(
      {
        write(node, rules) {
          if (state.rules[node] === rules) return;
          const { [node]: _, ...others } = state.rules;
          state = { ...state, rules: rules === undefined ? others : { ...others, [node]: rules } };
        },
        faults: () => state.faults,
      },
      defaultProxyConfig(options.podCIDR),
    ),
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
    get faults() {
      return state.faults;
    },
    setFaults(faults) {
      state = { ...state, faults };
    },
    get state() {
      return state;
    },
    fork: (other) => networkFrom(other, state),
    snapshot: () => writeState(state),
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

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "Mon Nov 23 22:55:25 2026", as iptables-save dates its comment lines. */
function saveDate(now: number): string {
  const { year, month, day, hour, minute, second, weekday } = civilTime(now);
  const clock = [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':');
  return `${DAYS[weekday]} ${MONTHS[month - 1]} ${String(day).padStart(2)} ${clock} ${year}`;
}
