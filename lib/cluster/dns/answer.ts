import type { ConfigMap, DnsAnswer, DnsQuery, Traced, View } from '../../api';
import { KUBEADM_COREFILE, readCorefile } from './corefile';
import { kubernetes } from './kubernetes';
import { type DnsContext, type DnsPlugin, dnsHop, emptyAnswer } from './plugin';
import { forward, hosts } from './upstream';

/** In the order in which CoreDNS runs them, whatever the Corefile's order. */
const CHAIN: readonly DnsPlugin[] = [hosts, kubernetes, forward];

function runChain(query: DnsQuery, context: DnsContext, from: number): Traced<DnsAnswer> {
  const plugin = CHAIN[from];
  if (plugin === undefined) {
    const hop = dnsHop('end of the plugin chain', 'no plugin answers');
    return { outcome: emptyAnswer('REFUSED'), trace: [hop] };
  }
  return plugin.answer(query, context, (other) => runChain(other, context, from + 1));
}

/** What CoreDNS answers, configured by the Corefile in the cluster or by kubeadm's when there is none. */
export function answer(query: DnsQuery, view: View, context: Partial<DnsContext> = {}): Traced<DnsAnswer> {
  const map =
    context.config === undefined ? view.get<ConfigMap>('configmaps', 'kube-system', 'coredns') : undefined;
  const config = context.config ?? readCorefile(map?.data?.Corefile ?? KUBEADM_COREFILE);
  return runChain(query, { ...context, view, config }, 0);
}
