import type { Controller } from '../seams';
import { autoscalerController } from './autoscaler';
import { clusterRoleAggregation } from './cluster-role-aggregation';
import { cronJobController } from './cron-job';
import { daemonSetController } from './daemon-set';
import { deploymentController } from './deployment';
import { disruptionController } from './disruption';
import { endpointSliceController } from './endpoint-slice';
import { endpointsController } from './endpoints';
import { eventTtl } from './event-ttl';
import { garbageCollector } from './garbage-collector';
import { jobController } from './job';
import { namespaceController } from './namespace';
import { createNodeLifecycle, nodeLifecycleController, type SilentSince } from './node-lifecycle';
import { replicaSetController } from './replica-set';
import { resourceQuotaController } from './resource-quota';
import { rootCaPublisher } from './root-ca';
import { serviceAccountController } from './service-account';
import { serviceCidrController } from './service-cidr';
import { sliceMirroringController } from './slice-mirroring';
import { statefulSetController } from './stateful-set';
import { ttlAfterFinished } from './ttl-after-finished';
import { claimProtection, localPathProvisioner, volumeBinder, volumeProtection } from './volumes';

/** The controllers of kube-controller-manager, and the API server's event expiry. */
export const controllers: readonly Controller[] = [
  deploymentController,
  replicaSetController,
  daemonSetController,
  statefulSetController,
  jobController,
  cronJobController,
  ttlAfterFinished,
  endpointsController,
  endpointSliceController,
  sliceMirroringController,
  serviceCidrController,
  garbageCollector,
  namespaceController,
  serviceAccountController,
  rootCaPublisher,
  clusterRoleAggregation,
  nodeLifecycleController,
  resourceQuotaController,
  disruptionController,
  autoscalerController,
  volumeBinder,
  claimProtection,
  volumeProtection,
  localPathProvisioner,
  eventTtl,
];

/** The same for a cluster whose kubelets may fall silent. */
export function controllersWith(silentSince: SilentSince): readonly Controller[] {
  const watchful = createNodeLifecycle(silentSince);
  return controllers.map((each) => (each === nodeLifecycleController ? watchful : each));
}

export { keyOf, splitKey } from './keys';
export { matchesNode, preference } from './node-affinity';
export { patchObject, patchStatus, updateObject } from './patch-status';
export { planOf, REST } from './plan';
export { isPodFinished, podCondition } from './pod-state';
export { REFS } from './refs';
export { serviceAccountTokens } from './service-account-token';
export { tolerates, untolerated } from './tolerations';
export {
  bindVolume,
  claimNames,
  findClass,
  findVolume,
  NO_PROVISIONER,
  reachesNode,
  SELECTED_NODE,
  waitsForConsumer,
} from './volumes';
