export { type Caller, createHostClient } from './host-client';
export type { KubeHost } from './kube-host';
export { kubeconfigText } from './kubeconfig';
export { exchange, type Handle } from './node-exchange';
export { createWallHost } from './wall-host';
