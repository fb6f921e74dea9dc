/** Where Pods' addresses come from; each node has a /24 of it (kubeadm `--pod-network-cidr`). */
export const POD_CIDR = '10.244.0.0/16';
/** Where cluster IPs come from (`--service-cluster-ip-range`). */
export const SERVICE_CIDR = '10.96.0.0/12';
/** The first address of the range: the `kubernetes` Service's. */
export const API_SERVER_IP = '10.96.0.1';
