import type { Controller } from '../seams';
import { deploymentController } from './deployment';
import { replicaSetController } from './replica-set';

/** The controllers of kube-controller-manager. */
export const controllers: readonly Controller[] = [deploymentController, replicaSetController];

export { keyOf, splitKey } from './keys';
export { patchObject, patchStatus } from './patch-status';
export { planOf, REST, sooner } from './plan';
export { isPodActive, isPodAvailable, isPodFinished, isPodReady, podCondition } from './pod-state';
export { REFS } from './refs';
