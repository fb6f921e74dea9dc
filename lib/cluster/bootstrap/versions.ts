import { SERVER_VERSION } from '../../api';

/** What the cluster says it is. */
export const KUBERNETES_VERSION = SERVER_VERSION.gitVersion;
export const COREDNS_IMAGE = 'registry.k8s.io/coredns/coredns:v1.13.1';
export const ETCD_IMAGE = 'registry.k8s.io/etcd:3.6.6-0';
export const PAUSE_IMAGE = 'registry.k8s.io/pause:3.10.1';

/** A control plane component's image. */
export function componentImage(name: string): string {
  return `registry.k8s.io/${name}:${KUBERNETES_VERSION}`;
}

/** Address of the API server's node, and of the others after it. */
export function nodeAddressOf(index: number): string {
  return `192.168.50.${10 + index}`;
}

/** "control-plane", "worker-1", "worker-2" … */
export function nodeNameOf(index: number): string {
  return index === 0 ? 'control-plane' : `worker-${index}`;
}
