import type { Route, View } from '../../../api';
import { ADMIN_IP, ROUTER_IP } from '../options';
import { allNodes, type NodePlace } from '../places';
import { veths } from './interfaces';

const networkOf = (ip: string) => ip.replace(/\.\d+$/, '.0/24');

/** A node's routes: the office's router, the Pods of other nodes by their nodes, its own Pods by their veths. */
export function nodeRoutes(view: View, node: NodePlace): readonly Route[] {
  const others = allNodes(view)
    .filter(({ name, podCIDR }) => name !== node.name && podCIDR !== undefined)
    .map(({ podCIDR, ip }): Route => ({ to: podCIDR ?? '', via: ip, dev: 'eth0' }));
  return [
    { to: 'default', via: ROUTER_IP, dev: 'eth0' },
    ...others,
    ...veths(view, node).map(({ ip, name }): Route => ({ to: ip, dev: name, scope: 'host' })),
    { to: networkOf(node.ip), dev: 'eth0', kernel: true, scope: 'link', source: node.ip },
  ];
}

/** The admin machine's routes. */
export function adminRoutes(): readonly Route[] {
  return [
    { to: 'default', via: ROUTER_IP, dev: 'eth0' },
    { to: networkOf(ADMIN_IP), dev: 'eth0', kernel: true, scope: 'link', source: ADMIN_IP },
  ];
}

/** A Pod's routes: everything by the gateway, its neighbours too. */
export function podRoutes(node: NodePlace, ip: string): readonly Route[] {
  const gateway = node.gateway ?? '';
  return [
    { to: 'default', via: gateway, dev: 'eth0' },
    { to: networkOf(ip), via: gateway, dev: 'eth0', source: ip },
    { to: gateway, dev: 'eth0', scope: 'link', source: ip },
  ];
}
