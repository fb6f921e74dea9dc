import type { Pod, Stored } from '../../../api';
import type { Flow } from '../kernel/interpret';
import { type NodePlace, podAt } from '../places';
import { type Connection, type Direction, judge } from '../policy';
import type { Trip } from './trip';

/**
 * Whether NetworkPolicies let the sending Pod's packet go where the rules of its node have sent it. A Pod's own node
 * is always open to it.
 */
export function maySend(trip: Trip, flow: Flow, toOwnNode: boolean): boolean {
  const { sender, view } = trip;
  if (sender?.kind !== 'pod' || toOwnNode) return true;
  const other = { ip: flow.ip, pod: podAt(view, flow.ip) };
  // A Pod can't be kept from itself, also not by way of its Service.
  if (other.pod?.metadata.uid === sender.pod.metadata.uid) return true;
  return asked(trip, 'egress', { pod: sender.pod, other, carried: flow });
}

/**
 * Whether NetworkPolicies let a packet into a Pod: judged by the address that the Pod sees as its client. What the
 * Pod's own node sends (the kubelet's probes) always passes.
 */
export function mayEnter(trip: Trip, node: NodePlace, pod: Stored<Pod>, flow: Flow): boolean {
  const { sender, view } = trip;
  if (sender?.kind === 'node' && sender.node.name === node.name) return true;
  if (sender?.kind === 'pod' && sender.pod.metadata.uid === pod.metadata.uid) return true;
  const other = { ip: flow.source, pod: podAt(view, flow.source) };
  return asked(trip, 'ingress', { pod, other, carried: flow });
}

function asked(trip: Trip, direction: Direction, connection: Connection): boolean {
  const { allowed, hop } = judge(trip.view, direction, connection);
  if (hop !== undefined) trip.hops.push(hop);
  return allowed;
}
