import type { Delivery, Packet, Vantage } from '../../../api';
import { inRange } from '../addresses';
import { type Flow, newFlow } from '../kernel/interpret';
import { isTaken } from '../kernel/node-kernel';
import { ADMIN_IP, INTERNET_IP } from '../options';
import { locate, type NodePlace, nodeAt, type Origin } from '../places';
import { deliverToPod } from '../sockets/pod-sockets';
import { passes } from './links';
import { enterNode, intoTheWorld, onTheWire } from './route';
import { DROPPED, destination, echoed, OUTSIDE_MS, refused, SAME_NODE_MS, type Trip, tell } from './trip';

const LOOPBACK = '127.0.0.0/8';
const OFFICE: Vantage = { kind: 'office' };
const INTERNET: Vantage = { kind: 'internet' };
/** Addresses that no router of the internet knows (RFC 1918). */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', LOOPBACK];

/** A packet, or an echo, as it is sent. */
export type Outgoing = Pick<Packet, 'from' | 'to'> & Pick<Flow, 'protocol'>;

/** Sends a packet from its vantage point. */
export function sendPacket(trip: Trip, packet: Outgoing): Delivery {
  const origin = locate(trip.view, packet.from);
  if (origin === undefined) {
    tell(trip, {
      at: 'sender',
      rule: 'no network',
      effect: 'there is no such Pod or node, or it has no address yet',
    });
    return { kind: 'unreachable', why: 'network', latencyMs: 0 };
  }
  trip.sender = origin;
  switch (origin.kind) {
    case 'pod':
      return fromPod(trip, origin, packet);
    case 'node': {
      const source = nodeSource(trip, origin.node, packet.to.ip);
      return enterNode(trip, origin.node, flowFrom(source, packet), 'own-process');
    }
    case 'office':
      return fromOffice(trip, packet);
    case 'internet':
      return fromInternet(trip, packet);
  }
}

/** The source that a node's kernel chooses: an address of its own talks to itself, the bridge to its Pods. */
function nodeSource({ memory }: Trip, node: NodePlace, ip: string): string {
  if (isTaken(memory, node, ip)) return ip;
  const own = node.podCIDR !== undefined && inRange(ip, node.podCIDR);
  return own ? (node.gateway ?? node.ip) : node.ip;
}

function flowFrom(source: string, { to, protocol }: Outgoing): Flow {
  return newFlow(source, to.ip, to.port, protocol);
}

function fromPod(trip: Trip, origin: Extract<Origin, { kind: 'pod' }>, packet: Outgoing): Delivery {
  const { pod, ip, node } = origin;
  const itself = inRange(packet.to.ip, LOOPBACK) || packet.to.ip === ip;
  // What a Pod sends to itself by its own address never leaves its network namespace.
  if (itself) {
    trip.latencyMs += SAME_NODE_MS;
    return deliverToPod(trip, pod, flowFrom(packet.to.ip, packet));
  }
  if (!passes(trip, packet.from, { kind: 'node', name: node.name })) return DROPPED;
  return enterNode(trip, node, flowFrom(ip, packet), 'pod');
}

function fromOffice(trip: Trip, packet: Outgoing): Delivery {
  const flow = flowFrom(ADMIN_IP, packet);
  const { podCIDR, serviceCIDR } = trip.options;
  if (inRange(packet.to.ip, LOOPBACK)) return packet.protocol === 'ICMP' ? echoed(trip, flow) : refused(trip);
  const node = nodeAt(trip.view, packet.to.ip);
  if (node?.addresses.includes(packet.to.ip)) {
    if (!passes(trip, OFFICE, { kind: 'node', name: node.name })) return DROPPED;
    trip.latencyMs += SAME_NODE_MS;
    return enterNode(trip, node, flow, 'interface');
  }
  if (inRange(packet.to.ip, podCIDR) || inRange(packet.to.ip, serviceCIDR)) {
    const what = inRange(packet.to.ip, podCIDR) ? 'Pod IPs' : 'cluster IPs';
    tell(trip, {
      at: 'office network',
      rule: destination(flow),
      effect: `the office has no route to ${what}: they exist inside the cluster only, and the packet is lost`,
    });
    return DROPPED;
  }
  return onTheWire(trip, flow);
}

/** The internet reaches what has an address there: nodes that a cloud gave one, and other hosts. */
function fromInternet(trip: Trip, packet: Outgoing): Delivery {
  const flow = flowFrom(INTERNET_IP, packet);
  const { ip } = packet.to;
  if (PRIVATE.some((range) => inRange(ip, range))) {
    const effect = 'no way leads from the internet to this address: it is private, and the packet is lost';
    tell(trip, { at: 'internet', rule: destination(flow), effect });
    return DROPPED;
  }
  const node = nodeAt(trip.view, ip);
  if (node === undefined) return intoTheWorld(trip, flow);
  if (!passes(trip, INTERNET, { kind: 'node', name: node.name })) return DROPPED;
  trip.latencyMs += OUTSIDE_MS;
  return enterNode(trip, node, flow, 'interface');
}
