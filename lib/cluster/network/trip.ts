import type { Delivery, Hop, Request, View } from '../../api';
import type { Flow, Surroundings } from './interpret';
import type { NetworkOptions } from './options';
import { isOwnAddress, type NodePlace, type Origin } from './places';
import type { Ruleset } from './rules';
import type { NetworkFaults } from './state';

/** One packet under way: what it carries, and what happened to it so far. */
export interface Trip {
  readonly options: NetworkOptions;
  readonly view: View;
  readonly request: Request;
  readonly faults: NetworkFaults;
  /** Who sent it, once that is found. */
  sender: Origin | undefined;
  rulesOf(node: string): Ruleset;
  around(node: NodePlace): Surroundings;
  readonly hops: Hop[];
  latencyMs: number;
  /** Nodes it may still cross before it is taken to run in circles. */
  timeToLive: number;
}

/** How long an ARP request is repeated before the kernel says "no route to host". */
export const HOST_UNREACHABLE_MS = 3050;
/** One way between two processes of one node, of two nodes, and to the world outside, there and back. */
export const SAME_NODE_MS = 1;
export const BETWEEN_NODES_MS = 1;
export const OUTSIDE_MS = 30;

/** Adds a hop. */
export function tell(trip: Trip, hop: Hop): void {
  trip.hops.push(hop);
}

/** Refused: RST or port unreachable. */
export function refused(trip: Trip): Delivery {
  return { kind: 'refused', latencyMs: trip.latencyMs + SAME_NODE_MS };
}

/** Nobody answers ARP for the address. */
export function unreachable(): Delivery {
  return { kind: 'unreachable', why: 'host', latencyMs: HOST_UNREACHABLE_MS };
}

/** Silence. */
export const DROPPED: Delivery = { kind: 'dropped' };

/** What the rules of a node see around them. */
export function surroundings(
  trip: Pick<Trip, 'options'>,
  node: NodePlace,
  recent: { get(key: string): number | undefined; set(key: string): void },
): Surroundings {
  return {
    node: node.name,
    isLocal: (ip) => isOwnAddress(node, ip),
    chance: () => trip.options.random.next(),
    lastSeen: (list, source) => recent.get(`${node.name} ${list} ${source}`),
    remember: (list, source) => recent.set(`${node.name} ${list} ${source}`),
    now: trip.options.clock.now(),
  };
}

/** "10.96.0.10:53/UDP". */
export function destination(flow: Flow): string {
  return `${flow.ip}:${flow.port}/${flow.protocol}`;
}
