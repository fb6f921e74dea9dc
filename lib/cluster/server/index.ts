export { clusterRole, clusterRoleBinding, defaultPolicy, role, roleBinding } from './access/policy';
export { findDefaultStorageClass } from './admission';
export type { ServerApi } from './api';
export { type ApiServer, createApiServer } from './api-server';
export { APISERVER } from './kubernetes-service';
export { parseLabelSelector } from './label-selector';
export { calculateUsage, evaluatorOf, isCounted, writeAmounts } from './quota';
export { disruptionCondition } from './subresources/disruption-budget';
export { selectorText } from './subresources/scale';
