import type { Controller } from '../seams';
import { deploymentController } from './deployment';
import { endpointSliceController } from './endpoint-slice';
import { replicaSetController } from './replica-set';
import { rootCaPublisher } from './root-ca';
import { serviceAccountController } from './service-account';

/** The controllers of kube-controller-manager. */
export const controllers: readonly Controller[] = [
  deploymentController,
  replicaSetController,
  endpointSliceController,
  serviceAccountController,
  rootCaPublisher,
];

export { keyOf, splitKey } from './keys';
export { patchObject, patchStatus } from './patch-status';
export { planOf, REST, sooner } from './plan';
export { isPodActive, isPodAvailable, isPodFinished, isPodReady, podCondition } from './pod-state';
export { REFS } from './refs';
