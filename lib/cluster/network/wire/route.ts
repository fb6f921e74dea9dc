import type { Delivery, Vantage } from '../../../api';
import { isDown } from '../../faults';
import { inRange } from '../addresses';
import { type Flow, newFlow } from '../kernel/interpret';
import { kernelOf, rulesetAt, scheduleAt, surroundings } from '../kernel/node-kernel';
import { type Entry, traverse } from '../kernel/traverse';
import { ADMIN_IP, OFFICE_RANGE, ROUTER_IP } from '../options';
import { allNodes, type NodePlace, nodeAt, nodeNamed, podAt } from '../places';
import { deliverToNode } from '../sockets/host-sockets';
import { deliverToPod } from '../sockets/pod-sockets';
import { meetCloud } from './cloud-edge';
import { noteWay } from './known-ways';
import { arrives, converse, passes } from './links';
import { deliverOutside } from './outside';
import { mayEnter, maySend } from './policing';
import {
  BETWEEN_NODES_MS,
  DROPPED,
  destination,
  echoed,
  refused,
  SAME_NODE_MS,
  type Trip,
  tell,
  unreachable,
} from './trip';
import { explainRejection, noRule } from './unruled';

/** Takes a packet into a node, through its rules, and on to wherever they and the routes lead. */
export function enterNode(trip: Trip, node: NodePlace, flow: Flow, entry: Entry): Delivery {
  const { options, memory } = trip;
  if (isDown(trip.faults, node.name)) return lose(trip, node, 'the node is down');
  trip.timeToLive -= 1;
  if (trip.timeToLive < 0) return lose(trip, node, 'the packet runs in circles');
  const rules = rulesetAt(trip.view, memory, node.name);
  const varies = () => {
    trip.varies = true;
  };
  const around = surroundings({ options, memory, varies }, node);
  const schedule = scheduleAt(options, memory, node.name);
  if (schedule !== undefined) varies();
  const passed = traverse(rules, entry, flow, around, schedule);
  const { verdict, flow: after, local } = passed;
  trip.hops.push(...passed.hops);
  if (verdict === 'reject') {
    explainRejection(trip, node, after);
    return converse(trip, after, placeOfNode(node), () => refused(trip));
  }
  if (verdict === 'drop') return DROPPED;
  if (entry === 'pod' && !maySend(trip, after, local)) return DROPPED;
  trip.passages.push({ node: node.name, entry, before: flow, after, source: after.source });
  return local ? toNode(trip, node, after) : leaveNode(trip, node, after);
}

function toNode(trip: Trip, node: NodePlace, flow: Flow): Delivery {
  const place = placeOfNode(node);
  if (!arrives(trip, place, place)) return DROPPED;
  return converse(trip, flow, place, () => deliverToNode(trip, node, flow));
}

const placeOfNode = ({ name }: NodePlace): Vantage => ({ kind: 'node', name });

function lose(trip: Trip, node: NodePlace, effect: string): Delivery {
  const object = { resource: 'nodes', namespace: '', name: node.name };
  tell(trip, { at: `node ${node.name}`, rule: 'network', effect, object });
  return DROPPED;
}

/** Routes a packet that is not for the node itself: to a Pod here, to another node, or out. */
function leaveNode(trip: Trip, node: NodePlace, flow: Flow): Delivery {
  const { podCIDR, serviceCIDR } = trip.options;
  if (inRange(flow.ip, podCIDR)) return toPodNetwork(trip, node, flow);
  if (inRange(flow.ip, serviceCIDR)) return noRule(trip, node, flow);
  const out = masqueraded(trip, node, flow);
  const other = nodeAt(trip.view, flow.ip);
  if (other !== undefined) {
    mindReply(trip, node, flow);
    return crossTo(trip, node, other, out);
  }
  return onTheWire(trip, out);
}

/** The source as it leaves the node: rewritten by kube-proxy's rules, or by the Pod network's own for Pods going out. */
function masqueraded(trip: Trip, node: NodePlace, flow: Flow): Flow {
  const fromPod = inRange(flow.source, trip.options.podCIDR) && flow.source !== node.gateway;
  if (flow.masqueraded) return fresh(trip, flow, node.ip);
  if (!fromPod) return fresh(trip, flow, flow.source);
  tell(trip, {
    at: `node ${node.name}`,
    rule: 'the Pod network masquerades what leaves the cluster',
    effect: `rewrites the source ${flow.source} to ${node.ip}`,
  });
  return fresh(trip, flow, node.ip);
}

/** The packet as the next machine gets it: marks stay behind. */
function fresh(trip: Trip, flow: Flow, source: string): Flow {
  const passage = trip.passages.at(-1);
  if (passage !== undefined) passage.source = source;
  return newFlow(source, flow.ip, flow.port, flow.protocol);
}

function toPodNetwork(trip: Trip, node: NodePlace, flow: Flow): Delivery {
  const pod = podAt(trip.view, flow.ip);
  const home =
    (pod === undefined ? undefined : nodeNamed(trip.view, pod.spec?.nodeName ?? '')) ??
    allNodes(trip.view).find(({ podCIDR }) => podCIDR !== undefined && inRange(flow.ip, podCIDR));
  if (home === undefined) return noPod(trip, flow, 'no node has this part of the Pod range');
  const onward = fresh(trip, flow, flow.masqueraded ? exitAddress(node, home) : flow.source);
  if (home.name !== node.name) {
    mindReply(trip, node, flow);
    return crossTo(trip, node, home, onward);
  }
  if (pod === undefined) return noPod(trip, flow, `no Pod on ${home.name} has this address`);
  trip.latencyMs += SAME_NODE_MS;
  const place: Vantage = { kind: 'pod', namespace: pod.metadata.namespace ?? '', name: pod.metadata.name };
  if (!arrives(trip, placeOfNode(node), place) || !mayEnter(trip, node, pod, onward)) return DROPPED;
  noteWay(trip, pod, onward);
  return converse(trip, onward, place, () => deliverToPod(trip, pod, onward));
}

/** An answer has to come back by the node that rewrote the destination: it does when that node masqueraded, or is the client's own. */
function mindReply(trip: Trip, node: NodePlace, flow: Flow): void {
  if (trip.passages.at(-1)?.entry !== 'interface' || !flow.translated || flow.masqueraded) return;
  trip.lostReply = `${node.name} did not masquerade, so it goes from ${flow.ip} straight to ${flow.source}, which never asked there`;
}

/** MASQUERADE takes the address of the interface that the packet leaves by. */
function exitAddress(node: NodePlace, home: NodePlace): string {
  return home.name === node.name ? (node.gateway ?? node.ip) : node.ip;
}

function noPod(trip: Trip, flow: Flow, effect: string): Delivery {
  tell(trip, { at: 'pod network', rule: destination(flow), effect: `${effect}: no route to host` });
  return unreachable();
}

function crossTo(trip: Trip, from: NodePlace, to: NodePlace, flow: Flow): Delivery {
  if (!passes(trip, placeOfNode(from), placeOfNode(to))) return DROPPED;
  const route =
    to.podCIDR !== undefined && inRange(flow.ip, to.podCIDR) ? `${to.podCIDR} via ${to.ip}` : flow.ip;
  tell(trip, {
    at: `node ${from.name}`,
    rule: `route ${route} dev eth0`,
    effect: `goes on to ${to.name}, from ${flow.source}`,
    object: { resource: 'nodes', namespace: '', name: to.name, field: 'spec.podCIDR' },
  });
  trip.latencyMs += BETWEEN_NODES_MS;
  return enterNode(trip, to, flow, 'interface');
}

/** Whether a node answers for an address of the office that is on its kube-ipvs0: it does unless ARP is strict. */
function answersArp({ memory, faults }: Trip, node: NodePlace, ip: string): boolean {
  if (!inRange(ip, OFFICE_RANGE) || isDown(faults, node.name)) return false;
  const { ipvs } = kernelOf(memory, node.name);
  return ipvs !== undefined && !ipvs.strictARP && ipvs.bound.includes(ip);
}

/** A packet on the office's network that is for no node. */
export function onTheWire(trip: Trip, flow: Flow): Delivery {
  const answering = allNodes(trip.view).find((node) => answersArp(trip, node, flow.ip));
  if (answering !== undefined) return enterNode(trip, answering, flow, 'interface');
  const nearby = inRange(flow.ip, OFFICE_RANGE);
  const place: Vantage = { kind: nearby ? 'office' : 'internet' };
  const passed = trip.passages.at(-1)?.node;
  const last: Vantage = passed === undefined ? { kind: 'office' } : { kind: 'node', name: passed };
  if (!arrives(trip, last, place)) return DROPPED;
  return converse(trip, flow, place, () =>
    nearby && flow.ip !== ROUTER_IP ? deliverToOffice(trip, flow) : intoTheWorld(trip, flow),
  );
}

/** Hands a packet to the cloud where the address is one of its, else to the world outside. */
export function intoTheWorld(trip: Trip, flow: Flow): Delivery {
  return meetCloud(trip, flow, enterNode) ?? deliverOutside(trip, flow);
}

function deliverToOffice(trip: Trip, flow: Flow): Delivery {
  if (flow.ip === ADMIN_IP) {
    if (flow.protocol === 'ICMP') return echoed(trip, flow);
    tell(trip, { at: 'admin machine', rule: destination(flow), effect: 'refused: nothing listens there' });
    return refused(trip);
  }
  const effect = 'no machine has this address: no route to host';
  tell(trip, { at: 'office network', rule: destination(flow), effect });
  return unreachable();
}
