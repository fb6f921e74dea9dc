export { controllerRevisionKind } from './controller-revision';
export { daemonSetKind } from './daemon-set';
export { deploymentKind } from './deployment';
export { replicaSetKind } from './replica-set';
export { statefulSetKind } from './stateful-set';
