import type { Hop, Network, Ping, View } from '../../api';
import { inRange } from './addresses';
import { ADMIN_IP, type NetworkOptions, ROUTER_IP } from './options';
import { locate, type NodePlace, nodeAt, nodeNamed, type Origin, podAt } from './places';
import type { NetworkFaults } from './state';
import { BETWEEN_NODES_MS, HOST_UNREACHABLE_MS, SAME_NODE_MS } from './trip';

type Pinged = ReturnType<Network['ping']>;

/** Sends an ICMP echo, which no Service rule carries: only addresses that somebody really has answer. */
export function pingFrom(options: NetworkOptions, faults: NetworkFaults, { from, ip }: Ping): Pinged {
  const view = options.view();
  const origin = locate(view, from);
  if (origin === undefined)
    return silent('sender', 'there is no such Pod or node, or it has no address yet', 0);
  if (inRange(ip, '127.0.0.0/8')) return answers(ip, 0);
  if (origin.kind === 'internet') return silent('internet', 'no way leads to this address', 0);
  if (inRange(ip, options.serviceCIDR))
    return silent(
      'cluster IP',
      'kube-proxy translates declared ports only: nobody has this address, nobody answers',
      0,
    );
  if (inRange(ip, options.podCIDR)) return pingPod(view, faults, origin, ip);
  const node = nodeAt(view, ip);
  if (node !== undefined) return reach(faults, origin, node, ip);
  if (ip === ROUTER_IP || ip === ADMIN_IP) return answers(ip, SAME_NODE_MS);
  if (inRange(ip, '192.168.50.0/24'))
    return silent('office network', 'no machine has this address', HOST_UNREACHABLE_MS);
  return answers(ip, 30);
}

function pingPod(view: View, faults: NetworkFaults, origin: Origin, ip: string): Pinged {
  if (origin.kind === 'office') return silent('office network', 'the office has no route to Pod IPs', 0);
  const pod = podAt(view, ip);
  const home = nodeNamed(view, pod?.spec?.nodeName ?? '') ?? nodeAt(view, ip);
  if (home === undefined) return silent('pod network', 'no Pod has this address', HOST_UNREACHABLE_MS);
  return reach(faults, origin, home, ip);
}

function reach(faults: NetworkFaults, origin: Origin, node: NodePlace, ip: string): Pinged {
  const start = origin.kind === 'pod' || origin.kind === 'node' ? origin.node.name : undefined;
  const down =
    faults.downNodes.includes(node.name) || (start !== undefined && faults.downNodes.includes(start));
  const cut = faults.cutLinks.some(
    ([a, b]) => (a === start && b === node.name) || (b === start && a === node.name),
  );
  if (down || cut) return silent(`node ${node.name}`, down ? 'the node is down' : 'the link is cut', 0);
  return answers(ip, start === node.name ? SAME_NODE_MS : SAME_NODE_MS + BETWEEN_NODES_MS);
}

function answers(ip: string, latencyMs: number): Pinged {
  const hop: Hop = { at: ip, rule: 'ICMP echo', effect: 'answers' };
  return { outcome: { answered: true, latencyMs }, trace: [hop] };
}

function silent(at: string, effect: string, latencyMs: number): Pinged {
  return { outcome: { answered: false, latencyMs }, trace: [{ at, rule: 'ICMP echo', effect }] };
}
