import type { Delivery, Packet } from '../../api';
import { inRange } from './addresses';
import { newFlow } from './interpret';
import { isTaken } from './node-kernel';
import { ADMIN_IP } from './options';
import { locate, type NodePlace, nodeAt, type Origin } from './places';
import { deliverToPod } from './pod-sockets';
import { enterNode, onTheWire } from './route';
import { DROPPED, destination, refused, SAME_NODE_MS, type Trip, tell } from './trip';

const LOOPBACK = '127.0.0.0/8';

/** Sends a packet from its vantage point. */
export function sendPacket(trip: Trip, packet: Packet): Delivery {
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
      tell(trip, {
        at: 'internet',
        rule: `${packet.to.ip}:${packet.to.port}/${packet.protocol}`,
        effect: 'no way leads from the internet to this address',
      });
      return DROPPED;
  }
}

/** The source that a node's kernel chooses: an address of its own talks to itself, the bridge to its Pods. */
function nodeSource({ memory }: Trip, node: NodePlace, ip: string): string {
  if (isTaken(memory, node, ip)) return ip;
  const own = node.podCIDR !== undefined && inRange(ip, node.podCIDR);
  return own ? (node.gateway ?? node.ip) : node.ip;
}

function flowFrom(source: string, { to, protocol }: Packet) {
  return newFlow(source, to.ip, to.port, protocol);
}

function fromPod(trip: Trip, origin: Extract<Origin, { kind: 'pod' }>, packet: Packet): Delivery {
  const { pod, ip, node } = origin;
  const itself = inRange(packet.to.ip, LOOPBACK) || packet.to.ip === ip;
  // What a Pod sends to itself by its own address never leaves its network namespace.
  if (itself) {
    trip.latencyMs += SAME_NODE_MS;
    return deliverToPod(trip, pod, flowFrom(packet.to.ip, packet));
  }
  return enterNode(trip, node, flowFrom(ip, packet), 'pod');
}

function fromOffice(trip: Trip, packet: Packet): Delivery {
  const flow = flowFrom(ADMIN_IP, packet);
  const { podCIDR, serviceCIDR } = trip.options;
  if (inRange(packet.to.ip, LOOPBACK)) return refused(trip);
  const node = nodeAt(trip.view, packet.to.ip);
  if (node?.addresses.includes(packet.to.ip)) {
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
