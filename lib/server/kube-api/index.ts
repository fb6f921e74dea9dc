export { answerKube } from './answer-kube';
export { createHostClient } from './host-client';
export type { KubeHost } from './kube-host';
export { createKubeServer } from './kube-server';
export { kubeconfigText } from './kubeconfig';

export { createRequestLimits, REQUEST_LIMITS, type RequestLimits } from './request-limits';
export { createKubeUpgrades, responseOn } from './upgrade-kube';
export { createWallHost } from './wall-host';
export { createWorkspaceKeys, type WorkspaceKeys } from './workspace-keys';
