import type { Delivery, Hop, Request, View } from '../../../api';
import type { ActiveFault } from '../../faults';
import type { Flow } from '../kernel/interpret';
import type { Entry } from '../kernel/traverse';
import type { Memory } from '../memory';
import type { NetworkOptions } from '../options';
import type { Origin } from '../places';
import type { Way } from './known-ways';

/** One packet under way: what it carries, and what happened to it so far. */
export interface Trip {
  readonly options: NetworkOptions;
  readonly view: View;
  readonly request: Request;
  readonly faults: readonly ActiveFault[];
  /** Who sent it, once that is found. */
  sender: Origin | undefined;
  readonly memory: Memory;
  readonly hops: Hop[];
  /** What the nodes on its way made of it. */
  readonly passages: Passage[];
  /** Why no answer can come back, once that is clear. */
  lostReply: string | undefined;
  latencyMs: number;
  /** Whether chance, what kernels remember or the cloud had a say in its way. */
  varies: boolean;
  /** Its way to a Pod's door, once it stands there. */
  way: Way | undefined;
  /** Nodes it may still cross before it is taken to run in circles. */
  timeToLive: number;
}

/** A packet before and after the rules of one node. */
export interface Passage {
  readonly node: string;
  readonly entry: Entry;
  readonly before: Flow;
  readonly after: Flow;
  /** The source that it left with. */
  source: string;
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

/** An ICMP echo comes back. */
export function echoed(trip: Trip, flow: Flow): Delivery {
  tell(trip, { at: flow.ip, rule: 'ICMP echo', effect: 'answers' });
  return {
    kind: 'delivered',
    reply: { kind: 'connected' },
    server: { ip: flow.ip, port: 0 },
    sourceSeen: flow.source,
    latencyMs: trip.latencyMs + SAME_NODE_MS,
  };
}

/** "10.96.0.10:53/UDP", "10.244.1.2 (ICMP echo)". */
export function destination(flow: Pick<Flow, 'ip' | 'port' | 'protocol'>): string {
  if (flow.protocol === 'ICMP') return `${flow.ip} (ICMP echo)`;
  return `${flow.ip}:${flow.port}/${flow.protocol}`;
}
