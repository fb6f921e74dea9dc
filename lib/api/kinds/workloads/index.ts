export { controllerRevisionKind } from './controller-revision';
export { daemonSetKind, TEMPLATE_GENERATION } from './daemon-set';
export { deploymentKind } from './deployment';
export { replicaSetKind } from './replica-set';
export { scaleColumns } from './scale-columns';
export { statefulSetKind } from './stateful-set';
