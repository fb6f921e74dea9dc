export { deploymentKind } from './deployment';
export { replicaSetKind } from './replica-set';
