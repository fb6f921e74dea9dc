export { answerKube } from './answer-kube';
export { type Caller, createHostClient } from './host-client';
export type { KubeHost } from './kube-host';
export { kubeconfigText } from './kubeconfig';
export { exchange, type Handle } from './node-exchange';
export { createRequestLimits, REQUEST_LIMITS, type RequestLimits } from './request-limits';
export { createWallHost } from './wall-host';
export { createWorkspaceKeys, type KeyView, type WorkspaceKeys } from './workspace-keys';
