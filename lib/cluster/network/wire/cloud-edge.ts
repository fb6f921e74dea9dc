import type { Delivery, Hop, Protocol, Request } from '../../../api';
import type { OutsideName } from '../../dns';
import { type Flow, newFlow } from '../kernel/interpret';
import type { Entry } from '../kernel/traverse';
import { type NodePlace, nodeNamed } from '../places';
import { DROPPED, OUTSIDE_MS, type Trip } from './trip';

/** A packet that reached an address of the cloud's. */
export interface Arrival {
  readonly source: string;
  readonly ip: string;
  readonly port: number;
  readonly protocol: Protocol | 'ICMP';
  readonly request: Request;
}

/** A connection that something in the cloud makes to a node. */
export interface Onward {
  readonly node: string;
  readonly source: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly request: Request;
}

/** What becomes of a packet at the cloud's edge. */
export type Meeting =
  | { readonly kind: 'lost'; readonly hops: readonly Hop[] }
  | { readonly kind: 'answered'; readonly delivery: Delivery; readonly hops: readonly Hop[] }
  | {
      readonly kind: 'passed-on';
      readonly to: Onward;
      readonly hops: readonly Hop[];
      /** What the client gets for what came of it. */
      answer(outcome: Delivery): { readonly delivery: Delivery; readonly hops: readonly Hop[] };
    };

/** What a cloud has put between the world and the nodes. */
export interface CloudEdge {
  /** What a packet meets at an address; undefined where the address is none of the cloud's. */
  meet(arrival: Arrival): Meeting | undefined;
  /** Names of the cloud that the world's DNS knows now, with a dot at their end. */
  names(): Readonly<Record<string, OutsideName>>;
}

/** Takes a packet into a node. */
type EnterNode = (trip: Trip, node: NodePlace, flow: Flow, entry: Entry) => Delivery;

/** What a packet to an address of the cloud's comes to; undefined for other addresses. */
export function meetCloud(trip: Trip, flow: Flow, enterNode: EnterNode): Delivery | undefined {
  const { source, ip, port, protocol } = flow;
  const meeting = trip.options.cloud?.meet({ source, ip, port, protocol, request: trip.request });
  if (meeting === undefined) return undefined;
  trip.varies = true;
  trip.latencyMs += OUTSIDE_MS;
  trip.hops.push(...meeting.hops);
  switch (meeting.kind) {
    case 'lost':
      return DROPPED;
    case 'answered':
      return withLatency(meeting.delivery, trip.latencyMs);
    case 'passed-on': {
      const outcome = goOn(trip, meeting.to, enterNode);
      const { delivery, hops } = meeting.answer(outcome);
      trip.hops.push(...hops);
      return delivery;
    }
  }
}

/** Sends from the cloud to a node: a trip of its own, whose answer comes back to whoever sent it. */
export function goOn(
  trip: Trip,
  { node, source, port, protocol, request }: Onward,
  enterNode: EnterNode,
): Delivery {
  const place = nodeNamed(trip.view, node);
  if (place === undefined) return DROPPED;
  const onward: Trip = { ...trip, request, sender: { kind: 'internet' }, lostReply: undefined };
  return enterNode(onward, place, newFlow(source, place.ip, port, protocol), 'interface');
}

function withLatency(delivery: Delivery, latencyMs: number): Delivery {
  return delivery.kind === 'dropped' ? delivery : { ...delivery, latencyMs: delivery.latencyMs + latencyMs };
}
