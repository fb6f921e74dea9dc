import type { Node, Pod, Stored, Vantage, View } from '../../api';
import { addressIn, inRange } from './addresses';
import { readOnce } from './read-once';

/** A node as the network sees it. */
export interface NodePlace {
  readonly name: string;
  readonly ip: string;
  readonly addresses: readonly string[];
  readonly podCIDR: string | undefined;
  /** The node's own address in its Pod range: the bridge that its Pods hang on. */
  readonly gateway: string | undefined;
  readonly zone: string | undefined;
  readonly controlPlane: boolean;
}

/** Where something is sent from. */
export type Origin =
  | { readonly kind: 'pod'; readonly pod: Stored<Pod>; readonly ip: string; readonly node: NodePlace }
  | { readonly kind: 'node'; readonly node: NodePlace }
  | { readonly kind: 'office' }
  | { readonly kind: 'internet' };

/** What was read of nodes that packets passed; objects in the store never change. */
const places = new WeakMap<Stored<Node>, NodePlace>();

/** A node's addresses and Pod range; read once for each state of its object. */
export function nodePlace(node: Stored<Node>): NodePlace {
  const known = places.get(node);
  if (known !== undefined) return known;
  const place = readPlace(node);
  places.set(node, place);
  return place;
}

function readPlace(node: Stored<Node>): NodePlace {
  const addresses = (node.status?.addresses ?? [])
    .filter(({ type }) => type === 'InternalIP' || type === 'ExternalIP')
    .map(({ address }) => address);
  const internal = node.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
  const podCIDR = node.spec?.podCIDR;
  return {
    name: node.metadata.name,
    ip: internal ?? addresses[0] ?? '',
    addresses,
    podCIDR,
    gateway: podCIDR === undefined ? undefined : addressIn(podCIDR, 1),
    zone: node.metadata.labels?.['topology.kubernetes.io/zone'],
    controlPlane: node.metadata.labels?.['node-role.kubernetes.io/control-plane'] !== undefined,
  };
}

/** All nodes. */
export function allNodes(view: View): readonly NodePlace[] {
  return readOnce(view, readNodes);
}

const readNodes = (view: View): readonly NodePlace[] => view.list<Node>('nodes', '').map(nodePlace);

/** One node by name. */
export function nodeNamed(view: View, name: string): NodePlace | undefined {
  const node = view.get<Node>('nodes', '', name);
  return node === undefined ? undefined : nodePlace(node);
}

/** The node that answers to an address. */
export function nodeAt(view: View, ip: string): NodePlace | undefined {
  return readOnce(view, nodesByAddress).get(ip);
}

function nodesByAddress(view: View): ReadonlyMap<string, NodePlace> {
  const found = new Map<string, NodePlace>();
  for (const node of allNodes(view))
    for (const ip of [...node.addresses, node.gateway])
      if (ip !== undefined && !found.has(ip)) found.set(ip, node);
  return found;
}

/** Whether an address is the node's own, as the kernel's local routing table has it. */
export function isOwnAddress(node: NodePlace, ip: string): boolean {
  return node.addresses.includes(ip) || node.gateway === ip || inRange(ip, '127.0.0.0/8');
}

/** Whether the Pod still has its network. */
function isPresent(pod: Pod): boolean {
  return pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed';
}

/** The Pod that has an address of its own. */
export function podAt(view: View, ip: string): Stored<Pod> | undefined {
  return readOnce(view, readPods).byAddress.get(ip);
}

/** Pods that use their node's network. */
export function hostPods(view: View, node: string): readonly Stored<Pod>[] {
  return readOnce(view, readPods).onHosts.get(node) ?? [];
}

/** The Pods that have their network. */
export function presentPods(view: View): readonly Stored<Pod>[] {
  return view.list<Pod>('pods', '').filter(isPresent);
}

/** Where Pods are to be found: those with addresses of their own by these, the others by their nodes. */
function readPods(view: View): {
  readonly byAddress: ReadonlyMap<string, Stored<Pod>>;
  readonly onHosts: ReadonlyMap<string, readonly Stored<Pod>[]>;
} {
  const byAddress = new Map<string, Stored<Pod>>();
  const onHosts = new Map<string, Stored<Pod>[]>();
  for (const pod of presentPods(view)) {
    const ip = pod.status?.podIP;
    const node = pod.spec?.nodeName ?? '';
    if (pod.spec?.hostNetwork === true) {
      const known = onHosts.get(node);
      if (known === undefined) onHosts.set(node, [pod]);
      else known.push(pod);
    } else if (ip !== undefined && !byAddress.has(ip)) byAddress.set(ip, pod);
  }
  return { byAddress, onHosts };
}

/** Finds a vantage point; undefined when there is no such Pod or node, or the Pod has no network yet. */
export function locate(view: View, from: Vantage): Origin | undefined {
  if (from.kind === 'office' || from.kind === 'internet') return { kind: from.kind };
  if (from.kind === 'node') {
    const node = nodeNamed(view, from.name);
    return node === undefined ? undefined : { kind: 'node', node };
  }
  const pod = view.get<Pod>('pods', from.namespace, from.name);
  const node = nodeNamed(view, pod?.spec?.nodeName ?? '');
  if (pod === undefined || node === undefined) return undefined;
  if (pod.spec?.hostNetwork === true) return { kind: 'node', node };
  const ip = pod.status?.podIP;
  return ip === undefined || ip === '' ? undefined : { kind: 'pod', pod, ip, node };
}
