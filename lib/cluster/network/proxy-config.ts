/** kube-proxy's configuration, as far as the rules depend on it. */
export interface ProxyConfig {
  /** --cluster-cidr: traffic from here is the cluster's own. Undefined when it cannot be told apart. */
  readonly localRange: string | undefined;
  readonly masqueradeAll: boolean;
  readonly localhostNodePorts: boolean;
  /** Ranges of node addresses that node ports listen on; all when empty. */
  readonly nodePortAddresses: readonly string[];
  readonly family: 'IPv4' | 'IPv6';
}

/** What kubeadm configures. */
export function defaultProxyConfig(podCIDR: string): ProxyConfig {
  return {
    localRange: podCIDR,
    masqueradeAll: false,
    localhostNodePorts: true,
    nodePortAddresses: [],
    family: 'IPv4',
  };
}
