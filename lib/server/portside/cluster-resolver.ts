import { setTimeout as sleep } from 'node:timers/promises';
import type { Node, Service, Vantage, View } from '../../api';
import type { Resolve } from '../dns-socket';
import type { KubeHost } from '../kube-api';

const DNS_PORT = 53;
const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';

/**
 * Asks the cluster's own DNS: each query goes as a packet from a node to the Service kube-dns, so names resolve only
 * while rules, endpoints and CoreDNS are there.
 */
export function clusterResolver(host: KubeHost): Resolve {
  return async (query, protocol) => {
    const { view, network } = await host.present();
    const from = askingNode(view);
    const ip = view.get<Service>('services', 'kube-system', 'kube-dns')?.spec?.clusterIP;
    if (from === undefined || ip === undefined) return undefined;
    const request = { kind: 'dns', query } as const;
    const { outcome } = network.send({ from, to: { ip, port: DNS_PORT }, protocol, request });
    if (outcome.kind !== 'delivered' || outcome.reply.kind !== 'dns') return undefined;
    await sleep(outcome.latencyMs);
    return outcome.reply.answer;
  };
}

/** The control plane's node, or else the first that is part of the Pod network. */
function askingNode(view: View): Vantage | undefined {
  const nodes = view.list<Node>('nodes', '').filter(({ spec }) => spec?.podCIDR);
  const node = nodes.find(({ metadata }) => metadata.labels?.[CONTROL_PLANE] !== undefined) ?? nodes[0];
  return node && { kind: 'node', name: node.metadata.name };
}
