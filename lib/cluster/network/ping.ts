import type { Hop, Network, Ping, Pod, Stored, View } from '../../api';
import { inRange } from './addresses';
import { ADMIN_IP, type NetworkOptions, ROUTER_IP } from './options';
import { locate, type NodePlace, nodeAt, nodeNamed, type Origin, podAt } from './places';
import { mayEnter, maySend } from './policing';
import type { NetworkFaults } from './state';
import { BETWEEN_NODES_MS, HOST_UNREACHABLE_MS, SAME_NODE_MS } from './trip';

type Pinged = ReturnType<Network['ping']>;

interface Echo {
  readonly view: View;
  readonly faults: NetworkFaults;
  readonly sender: Origin;
  readonly ip: string;
  readonly hops: Hop[];
}

/** Sends an ICMP echo, which no Service rule carries: only addresses that somebody really has answer. */
export function pingFrom(options: NetworkOptions, faults: NetworkFaults, { from, ip }: Ping): Pinged {
  const view = options.view();
  const sender = locate(view, from);
  const hops: Hop[] = [];
  if (sender === undefined)
    return silent(hops, 'sender', 'there is no such Pod or node, or it has no address yet', 0);
  const echo: Echo = { view, faults, sender, ip, hops };
  if (inRange(ip, '127.0.0.0/8')) return answers(echo, 0);
  if (sender.kind === 'internet') return silent(hops, 'internet', 'no way leads to this address', 0);
  if (inRange(ip, options.serviceCIDR))
    return silent(
      hops,
      'cluster IP',
      'kube-proxy translates declared ports only: nobody has this address, nobody answers',
      0,
    );
  const own = (sender.kind === 'pod' && sender.ip === ip) || isOwnNode(sender, nodeAt(view, ip));
  if (!own && !maySend(echo, { source: '', ip, protocol: 'ICMP' }, false)) return unanswered(hops);
  if (inRange(ip, options.podCIDR)) return pingPod(echo);
  const node = nodeAt(view, ip);
  if (node !== undefined) return reach(echo, node, undefined);
  if (ip === ROUTER_IP || ip === ADMIN_IP) return answers(echo, SAME_NODE_MS);
  if (inRange(ip, '192.168.50.0/24'))
    return silent(hops, 'office network', 'no machine has this address', HOST_UNREACHABLE_MS);
  return answers(echo, 30);
}

function isOwnNode(sender: Origin, node: NodePlace | undefined): boolean {
  return (sender.kind === 'pod' || sender.kind === 'node') && sender.node.name === node?.name;
}

function pingPod(echo: Echo): Pinged {
  const { view, sender, ip, hops } = echo;
  if (sender.kind === 'office')
    return silent(hops, 'office network', 'the office has no route to Pod IPs', 0);
  const pod = podAt(view, ip);
  const home = nodeNamed(view, pod?.spec?.nodeName ?? '') ?? nodeAt(view, ip);
  if (home === undefined) return silent(hops, 'pod network', 'no Pod has this address', HOST_UNREACHABLE_MS);
  return reach(echo, home, pod);
}

function reach(echo: Echo, node: NodePlace, pod: Stored<Pod> | undefined): Pinged {
  const { faults, sender, ip, hops } = echo;
  const start = sender.kind === 'pod' || sender.kind === 'node' ? sender.node.name : undefined;
  const down =
    faults.downNodes.includes(node.name) || (start !== undefined && faults.downNodes.includes(start));
  const cut = faults.cutLinks.some(
    ([a, b]) => (a === start && b === node.name) || (b === start && a === node.name),
  );
  if (down || cut) return silent(hops, `node ${node.name}`, down ? 'the node is down' : 'the link is cut', 0);
  const source = sender.kind === 'pod' ? sender.ip : sender.kind === 'node' ? sender.node.ip : ADMIN_IP;
  const enters = pod === undefined || mayEnter(echo, node, pod, { source, ip, protocol: 'ICMP' });
  if (!enters) return unanswered(hops);
  return answers(echo, start === node.name ? SAME_NODE_MS : SAME_NODE_MS + BETWEEN_NODES_MS);
}

function answers({ ip, hops }: Echo, latencyMs: number): Pinged {
  const hop: Hop = { at: ip, rule: 'ICMP echo', effect: 'answers' };
  return { outcome: { answered: true, latencyMs }, trace: [...hops, hop] };
}

function silent(hops: readonly Hop[], at: string, effect: string, latencyMs: number): Pinged {
  return { outcome: { answered: false, latencyMs }, trace: [...hops, { at, rule: 'ICMP echo', effect }] };
}

function unanswered(hops: readonly Hop[]): Pinged {
  return { outcome: { answered: false, latencyMs: 0 }, trace: hops };
}
