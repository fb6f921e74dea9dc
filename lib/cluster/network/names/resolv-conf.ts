import type { Pod, ResolvConf, Vantage, View } from '../../../api';
import { addressIn } from '../addresses';
import { ROUTER_IP } from '../options';

const CLUSTER_DOMAIN = 'cluster.local';
/** The cluster's DNS is the tenth address of the Service range. */
const DNS_INDEX = 10;
const CLUSTER_NDOTS = 5;
const DEFAULT_NDOTS = 1;

/** What machines outside of Pods have: the office's resolver. */
export const OFFICE_RESOLV_CONF: ResolvConf = { nameservers: [ROUTER_IP], search: [], ndots: DEFAULT_NDOTS };

const INTERNET_RESOLV_CONF: ResolvConf = { nameservers: ['8.8.8.8'], search: [], ndots: DEFAULT_NDOTS };

/** The cluster IP of kube-dns. */
export function clusterDns(serviceCIDR: string): string {
  return addressIn(serviceCIDR, DNS_INDEX);
}

/** The /etc/resolv.conf that the kubelet writes for a Pod, by its dnsPolicy and dnsConfig. */
export function podResolvConf(pod: Pod, serviceCIDR: string): ResolvConf {
  const base = basePolicy(pod, serviceCIDR);
  const extra = pod.spec?.dnsConfig;
  if (extra === undefined) return base;
  const ndots = extra.options?.find(({ name }) => name === 'ndots')?.value;
  return {
    nameservers: [...new Set([...base.nameservers, ...(extra.nameservers ?? [])])],
    search: [...new Set([...base.search, ...(extra.searches ?? [])])],
    ndots: ndots === undefined ? base.ndots : Number(ndots),
  };
}

function basePolicy(pod: Pod, serviceCIDR: string): ResolvConf {
  const policy = pod.spec?.dnsPolicy ?? 'ClusterFirst';
  if (policy === 'None') return { nameservers: [], search: [], ndots: DEFAULT_NDOTS };
  const onHost = policy === 'ClusterFirst' && pod.spec?.hostNetwork === true;
  if (policy === 'Default' || onHost) return OFFICE_RESOLV_CONF;
  const domain = `svc.${CLUSTER_DOMAIN}`;
  return {
    nameservers: [clusterDns(serviceCIDR)],
    search: [`${pod.metadata.namespace ?? 'default'}.${domain}`, domain, CLUSTER_DOMAIN],
    ndots: CLUSTER_NDOTS,
  };
}

/** The resolver configuration at a vantage point. */
export function resolvConfAt(view: View, from: Vantage, serviceCIDR: string): ResolvConf {
  if (from.kind === 'internet') return INTERNET_RESOLV_CONF;
  if (from.kind !== 'pod') return OFFICE_RESOLV_CONF;
  const pod = view.get<Pod>('pods', from.namespace, from.name);
  return pod === undefined ? OFFICE_RESOLV_CONF : podResolvConf(pod, serviceCIDR);
}

/** The file's text. */
export function printResolvConf({ nameservers, search, ndots }: ResolvConf): string {
  const lines = [
    ...(search.length === 0 ? [] : [`search ${search.join(' ')}`]),
    ...nameservers.map((ip) => `nameserver ${ip}`),
    ...(ndots === DEFAULT_NDOTS ? [] : [`options ndots:${ndots}`]),
  ];
  return `${lines.join('\n')}\n`;
}
