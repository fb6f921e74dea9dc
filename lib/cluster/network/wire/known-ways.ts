import type { Hop, Packet, Pod, Stored, Vantage, View } from '../../../api';
import type { ActiveFault } from '../../faults';
import type { Flow } from '../kernel/interpret';
import type { Origin } from '../places';
import type { Passage, Trip } from './trip';

/** A packet's way to a Pod, up to its door. */
export interface Way {
  readonly pod: Stored<Pod>;
  readonly flow: Flow;
  readonly sender: Origin;
  readonly hops: readonly Hop[];
  readonly passages: readonly Passage[];
  readonly latencyMs: number;
}

/** All that decides a way on which nothing is left to chance: it is the same as long as these are. */
interface Around {
  readonly view: View;
  readonly revision: number;
  readonly faults: readonly ActiveFault[];
  /** Counts the writes to the kernels of all nodes. */
  readonly kernels: number;
}

/** Ways remembered before the memory is emptied. */
const MAX_WAYS = 1000;

/** What packets found on their way, good until anything changes: probes and heartbeats go the same few ways all day. */
export interface KnownWays {
  find(around: Around, packet: Packet): { readonly leaves: Hop; readonly way: Way } | undefined;
  keep(around: Around, packet: Packet, leaves: Hop, way: Way): void;
}

/** A memory without ways. */
export function createKnownWays(): KnownWays {
  const ways = new Map<string, { readonly leaves: Hop; readonly way: Way }>();
  let of: Around | undefined;
  const isCurrent = ({ view, revision, faults, kernels }: Around) =>
    of?.revision === revision && of.kernels === kernels && of.view === view && of.faults === faults;
  return {
    find: (around, packet) => (isCurrent(around) ? ways.get(keyOf(packet)) : undefined),
    keep(around, packet, leaves, way) {
      if (!isCurrent(around) || ways.size >= MAX_WAYS) ways.clear();
      of = around;
      ways.set(keyOf(packet), { leaves, way });
    },
  };
}

const keyOf = ({ from, to, protocol }: Packet): string => `${placeOf(from)} ${to.ip} ${to.port} ${protocol}`;

function placeOf(from: Vantage): string {
  if (from.kind === 'pod') return `pod ${from.namespace}/${from.name}`;
  return from.kind === 'node' ? `node ${from.name}` : from.kind;
}

/** Notes that a packet stands at a Pod's door, unless something on its way could come out otherwise the next time. */
export function noteWay(trip: Trip, pod: Stored<Pod>, flow: Flow): void {
  const { sender, hops, passages, latencyMs, lostReply } = trip;
  if (trip.varies || sender === undefined || lostReply !== undefined) return;
  trip.way = { pod, flow, sender, hops: [...hops], passages: [...passages], latencyMs };
}

/** Puts a packet at the end of a way that is known. */
export function goKnownWay(trip: Trip, { sender, hops, passages, latencyMs }: Way): void {
  trip.sender = sender;
  trip.hops.push(...hops);
  trip.passages.push(...passages);
  trip.latencyMs = latencyMs;
}
