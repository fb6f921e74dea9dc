/** kube-proxy's configuration, as far as rules and traffic depend on it. */
export interface ProxyConfig {
  readonly mode: 'iptables' | 'ipvs';
  /** --cluster-cidr: traffic from here is the cluster's own; 'node' is the node's own Pod range. Undefined when it cannot be told apart. */
  readonly localRange: string | undefined;
  readonly masqueradeAll: boolean;
  /** The bit of the packet mark that says "masquerade me". */
  readonly masqueradeBit: number;
  readonly localhostNodePorts: boolean;
  /** Ranges of node addresses that node ports listen on, or 'primary'; all when empty. */
  readonly nodePortAddresses: readonly string[];
  /** How IPVS chooses: "rr", "lc" … */
  readonly scheduler: string;
  /** Whether nodes keep silent when asked over ARP for addresses of kube-ipvs0. */
  readonly strictARP: boolean;
  readonly family: 'IPv4' | 'IPv6';
  /** How long after it has written its rules it does not write them again. */
  readonly minSyncMs: number;
}

/** iptables.minSyncPeriod when nothing is said; that of IPVS is 0. */
export const MIN_SYNC_MS = 1000;

/** What kubeadm configures. */
export function defaultProxyConfig(podCIDR: string): ProxyConfig {
  return {
    mode: 'iptables',
    localRange: podCIDR,
    masqueradeAll: false,
    masqueradeBit: 14,
    localhostNodePorts: true,
    nodePortAddresses: [],
    scheduler: 'rr',
    strictARP: false,
    family: 'IPv4',
    minSyncMs: MIN_SYNC_MS,
  };
}
