import type { Pod, Stored } from '../../api';
import type { Flow } from './interpret';
import { type NodePlace, podAt } from './places';
import { type Connection, type Direction, judge } from './policy';
import type { Trip } from './trip';

/** What policies need to know of a packet under way. */
type Sent = Pick<Trip, 'view' | 'sender' | 'hops'>;
/** What they go by: a translated flow, or an echo. */
type Judged = Pick<Flow, 'source' | 'ip'> & Connection['carried'];

/**
 * Whether NetworkPolicies let the sending Pod's packet go where the rules of its node have sent it. A Pod's own node
 * is always open to it.
 */
export function maySend(sent: Sent, judged: Judged, toOwnNode: boolean): boolean {
  const { sender, view } = sent;
  if (sender?.kind !== 'pod' || toOwnNode) return true;
  const other = { ip: judged.ip, pod: podAt(view, judged.ip) };
  // A Pod can't be kept from itself, also not by way of its Service.
  if (other.pod?.metadata.uid === sender.pod.metadata.uid) return true;
  return asked(sent, 'egress', { pod: sender.pod, other, carried: judged });
}

/**
 * Whether NetworkPolicies let a packet into a Pod: judged by the address that the Pod sees as its client. What the
 * Pod's own node sends (the kubelet's probes) always passes.
 */
export function mayEnter(sent: Sent, node: NodePlace, pod: Stored<Pod>, judged: Judged): boolean {
  const { sender, view } = sent;
  if (sender?.kind === 'node' && sender.node.name === node.name) return true;
  if (sender?.kind === 'pod' && sender.pod.metadata.uid === pod.metadata.uid) return true;
  const other = { ip: judged.source, pod: podAt(view, judged.source) };
  return asked(sent, 'ingress', { pod, other, carried: judged });
}

function asked(sent: Sent, direction: Direction, connection: Connection): boolean {
  const { allowed, hop } = judge(sent.view, direction, connection);
  if (hop !== undefined) sent.hops.push(hop);
  return allowed;
}
