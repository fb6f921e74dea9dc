import type { KindSpec } from '../kind-spec';
import {
  localSubjectAccessReviewKind,
  selfSubjectAccessReviewKind,
  selfSubjectReviewKind,
  selfSubjectRulesReviewKind,
  subjectAccessReviewKind,
  tokenReviewKind,
} from './access';
import { autoscalerKind, autoscalerV1Kind } from './autoscaling';
import { cronJobKind, jobKind } from './batch';
import { configMapKind, secretKind, serviceAccountKind } from './config';
import { endpointSliceKind, endpointsKind } from './endpoints';
import { eventKind, newEventKind } from './event';
import { leaseKind } from './lease';
import { namespaceKind } from './namespace';
import {
  ingressClassKind,
  ingressKind,
  ipAddressKind,
  networkPolicyKind,
  serviceCidrKind,
} from './networking';
import { nodeKind } from './node';
import { podKind } from './pod';
import { limitRangeKind, podDisruptionBudgetKind, priorityClassKind, resourceQuotaKind } from './policy';
import { clusterRoleBindingKind, clusterRoleKind, roleBindingKind, roleKind } from './rbac';
import { serviceKind } from './service';
import { persistentVolumeClaimKind, persistentVolumeKind, storageClassKind } from './storage';
import {
  controllerRevisionKind,
  daemonSetKind,
  deploymentKind,
  replicaSetKind,
  statefulSetKind,
} from './workloads';

/** Every kind served, in discovery's order: groups by priority, resources by name. */
export const kinds: readonly KindSpec[] = [
  configMapKind,
  endpointsKind,
  eventKind,
  limitRangeKind,
  namespaceKind,
  nodeKind,
  persistentVolumeClaimKind,
  persistentVolumeKind,
  podKind,
  resourceQuotaKind,
  secretKind,
  serviceAccountKind,
  serviceKind,
  controllerRevisionKind,
  daemonSetKind,
  deploymentKind,
  replicaSetKind,
  statefulSetKind,
  newEventKind,
  selfSubjectReviewKind,
  tokenReviewKind,
  localSubjectAccessReviewKind,
  selfSubjectAccessReviewKind,
  selfSubjectRulesReviewKind,
  subjectAccessReviewKind,
  autoscalerKind,
  autoscalerV1Kind,
  cronJobKind,
  jobKind,
  ingressClassKind,
  ingressKind,
  ipAddressKind,
  networkPolicyKind,
  serviceCidrKind,
  podDisruptionBudgetKind,
  clusterRoleBindingKind,
  clusterRoleKind,
  roleBindingKind,
  roleKind,
  storageClassKind,
  priorityClassKind,
  leaseKind,
  endpointSliceKind,
];
