export { defaultPolicy, nodeRules } from './default-policy';
export { clusterRole, clusterRoleBinding, role, roleBinding } from './make-policy';
