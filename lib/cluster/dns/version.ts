/** The CoreDNS that kubeadm v1.35 installs, as it names itself. */
export const COREDNS_VERSION = '1.13.1';
export const COREDNS_COMMIT = '1db4568';
export const COREDNS_GO = 'go1.25.2';
