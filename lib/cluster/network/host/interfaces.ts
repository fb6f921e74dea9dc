import type { Interface, Pod, Stored, View } from '../../../api';
import { sha256Hex } from '../../../base';
import type { BuiltKernel } from '../kernel/built-kernel';
import { ADMIN_IP } from '../options';
import type { NodePlace } from '../places';

const ETHERNET_MTU = 1500;
const LOOPBACK_MTU = 65_536;
const NO_MAC = '00:00:00:00:00:00';

const LOOPBACK: Interface = {
  index: 1,
  name: 'lo',
  kind: 'loopback',
  mtu: LOOPBACK_MTU,
  mac: NO_MAC,
  addresses: [{ ip: '127.0.0.1', prefix: 8, scope: 'host' }],
};

/** The Pods of a node that have a network of their own, oldest veth first. */
export function veths(
  view: View,
  node: NodePlace,
): readonly {
  readonly pod: Stored<Pod>;
  readonly name: string;
  readonly index: number;
  readonly ip: string;
}[] {
  return view
    .list<Pod>('pods', '')
    .filter(({ spec, status }) => spec?.nodeName === node.name && !spec.hostNetwork && Boolean(status?.podIP))
    .filter(({ status }) => status?.phase !== 'Succeeded' && status?.phase !== 'Failed')
    .map((pod) => ({ pod, ip: pod.status?.podIP ?? '' }))
    .sort((left, right) => numberOf(left.ip) - numberOf(right.ip))
    .map((each, index) => ({ ...each, name: vethName(each.pod), index: FIRST_VETH + index }));
}

const FIRST_VETH = 3;
const numberOf = (ip: string) => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** "veth1a2b3c4d": eight digits of a hash, as the ptp plugin names them. */
function vethName(pod: Stored<Pod>): string {
  return `veth${sha256Hex(pod.metadata.uid).slice(0, 8)}`;
}

/** The interfaces of a node: loopback, its card, the dummy of IPVS, a veth for each Pod. */
export function nodeInterfaces(view: View, node: NodePlace, kernel: BuiltKernel): readonly Interface[] {
  const pods = veths(view, node);
  const ends = pods.map(
    ({ pod, name, index }): Interface => ({
      index,
      name,
      peerIndex: 2,
      kind: 'veth',
      mtu: ETHERNET_MTU,
      mac: macOf(`veth ${pod.metadata.uid}`),
      addresses: node.gateway === undefined ? [] : [{ ip: node.gateway, prefix: 32, scope: 'global' }],
    }),
  );
  const dummy =
    kernel.ipvs === undefined ? [] : [dummyInterface(kernel.ipvs.bound, FIRST_VETH + pods.length)];
  return [LOOPBACK, card(`node ${node.name}`, node.addresses), ...ends, ...dummy];
}

function dummyInterface(bound: readonly string[], index: number): Interface {
  return {
    index,
    name: 'kube-ipvs0',
    kind: 'dummy',
    mtu: ETHERNET_MTU,
    mac: macOf('kube-ipvs0'),
    addresses: bound.map((ip) => ({ ip, prefix: 32, scope: 'global' })),
  };
}

/** The interfaces of a Pod: loopback and its end of the veth. */
export function podInterfaces(
  view: View,
  node: NodePlace,
  pod: Stored<Pod>,
  ip: string,
): readonly Interface[] {
  const end = veths(view, node).find((each) => each.pod.metadata.uid === pod.metadata.uid);
  return [
    LOOPBACK,
    {
      index: 2,
      name: 'eth0',
      peerIndex: end?.index,
      kind: 'veth',
      mtu: ETHERNET_MTU,
      mac: macOf(`pod ${pod.metadata.uid}`),
      addresses: [{ ip, prefix: 24, broadcast: broadcastOf(ip), scope: 'global' }],
    },
  ];
}

/** The interfaces of the admin machine. */
export function adminInterfaces(): readonly Interface[] {
  return [LOOPBACK, card('admin', [ADMIN_IP])];
}

function card(seed: string, addresses: readonly string[]): Interface {
  return {
    index: 2,
    name: 'eth0',
    kind: 'ethernet',
    mtu: ETHERNET_MTU,
    mac: macOf(seed, '52:54:00'),
    addresses: addresses.map((ip) => ({ ip, prefix: 24, broadcast: broadcastOf(ip), scope: 'global' })),
  };
}

const broadcastOf = (ip: string) => ip.replace(/\.\d+$/, '.255');

/** A hardware address that is always the same for the same thing; locally administered unless it has a maker's prefix. */
function macOf(seed: string, prefix?: string): string {
  const digits = sha256Hex(seed);
  const octets = [0, 2, 4, 6, 8, 10].map((at) => digits.slice(at, at + 2));
  if (prefix !== undefined) return `${prefix}:${octets.slice(0, 3).join(':')}`;
  const first = ((Number.parseInt(octets[0] ?? '0', 16) & 0xfc) | 2).toString(16).padStart(2, '0');
  return [first, ...octets.slice(1)].join(':');
}
