import type {
  ControllerRevision as RawControllerRevision,
  DaemonSet as RawDaemonSet,
  Deployment as RawDeployment,
  ReplicaSet as RawReplicaSet,
  StatefulSet as RawStatefulSet,
} from 'kubernetes-types/apps/v1';
import type {
  SelfSubjectReview as RawSelfSubjectReview,
  TokenRequest as RawTokenRequest,
  TokenReview as RawTokenReview,
} from 'kubernetes-types/authentication/v1';
import type {
  LocalSubjectAccessReview as RawLocalSubjectAccessReview,
  SelfSubjectAccessReview as RawSelfSubjectAccessReview,
  SelfSubjectRulesReview as RawSelfSubjectRulesReview,
  SubjectAccessReview as RawSubjectAccessReview,
} from 'kubernetes-types/authorization/v1';
import type { HorizontalPodAutoscaler as RawAutoscalerV1 } from 'kubernetes-types/autoscaling/v1';
import type { HorizontalPodAutoscaler as RawAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { CronJob as RawCronJob, Job as RawJob } from 'kubernetes-types/batch/v1';
import type { Lease as RawLease } from 'kubernetes-types/coordination/v1';
import type {
  ConfigMap as RawConfigMap,
  Endpoints as RawEndpoints,
  Event as RawEvent,
  LimitRange as RawLimitRange,
  Namespace as RawNamespace,
  Node as RawNode,
  PersistentVolume as RawPersistentVolume,
  PersistentVolumeClaim as RawPersistentVolumeClaim,
  Pod as RawPod,
  ResourceQuota as RawResourceQuota,
  Secret as RawSecret,
  Service as RawService,
  ServiceAccount as RawServiceAccount,
} from 'kubernetes-types/core/v1';
import type { EndpointSlice as RawEndpointSlice } from 'kubernetes-types/discovery/v1';
import type { Event as RawNewEvent } from 'kubernetes-types/events/v1';
import type {
  Ingress as RawIngress,
  IngressClass as RawIngressClass,
  NetworkPolicy as RawNetworkPolicy,
} from 'kubernetes-types/networking/v1';
import type { PodDisruptionBudget as RawPodDisruptionBudget } from 'kubernetes-types/policy/v1';
import type {
  ClusterRole as RawClusterRole,
  ClusterRoleBinding as RawClusterRoleBinding,
  Role as RawRole,
  RoleBinding as RawRoleBinding,
} from 'kubernetes-types/rbac/v1';
import type { PriorityClass as RawPriorityClass } from 'kubernetes-types/scheduling/v1';
import type { StorageClass as RawStorageClass } from 'kubernetes-types/storage/v1';
import type { KubeObject } from './objects';

type Deep<T> = T extends (infer E)[]
  ? readonly Deep<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Deep<T[K]> | Extract<undefined, T[K]> }
    : T;

/** A kind of `kubernetes-types`, read-only and with `metadata` present. Times are strings. */
type Typed<T, K extends string, V extends string = 'v1'> = KubeObject & {
  readonly apiVersion: V;
  readonly kind: K;
} & Deep<Omit<T, 'apiVersion' | 'kind' | 'metadata'>>;

export type Namespace = Typed<RawNamespace, 'Namespace'>;
export type Node = Typed<RawNode, 'Node'>;
export type Pod = Typed<RawPod, 'Pod'>;
export type Service = Typed<RawService, 'Service'>;
export type Endpoints = Typed<RawEndpoints, 'Endpoints'>;
export type ConfigMap = Typed<RawConfigMap, 'ConfigMap'>;
export type Secret = Typed<RawSecret, 'Secret'>;
export type ServiceAccount = Typed<RawServiceAccount, 'ServiceAccount'>;
export type Event = Typed<RawEvent, 'Event'>;
/** The same event as events.k8s.io/v1 tells it. */
export type NewEvent = Typed<RawNewEvent, 'Event', 'events.k8s.io/v1'>;
export type HorizontalPodAutoscaler = Typed<RawAutoscaler, 'HorizontalPodAutoscaler', 'autoscaling/v2'>;
export type HorizontalPodAutoscalerV1 = Typed<RawAutoscalerV1, 'HorizontalPodAutoscaler', 'autoscaling/v1'>;
export type Deployment = Typed<RawDeployment, 'Deployment', 'apps/v1'>;
export type ReplicaSet = Typed<RawReplicaSet, 'ReplicaSet', 'apps/v1'>;
export type EndpointSlice = Typed<RawEndpointSlice, 'EndpointSlice', 'discovery.k8s.io/v1'>;
export type DaemonSet = Typed<RawDaemonSet, 'DaemonSet', 'apps/v1'>;
export type StatefulSet = Typed<RawStatefulSet, 'StatefulSet', 'apps/v1'>;
export type ControllerRevision = Typed<RawControllerRevision, 'ControllerRevision', 'apps/v1'>;
export type Job = Typed<RawJob, 'Job', 'batch/v1'>;
export type CronJob = Typed<RawCronJob, 'CronJob', 'batch/v1'>;
export type Lease = Typed<RawLease, 'Lease', 'coordination.k8s.io/v1'>;
export type PersistentVolume = Typed<RawPersistentVolume, 'PersistentVolume'>;
export type PersistentVolumeClaim = Typed<RawPersistentVolumeClaim, 'PersistentVolumeClaim'>;
export type ResourceQuota = Typed<RawResourceQuota, 'ResourceQuota'>;
export type LimitRange = Typed<RawLimitRange, 'LimitRange'>;
export type StorageClass = Typed<RawStorageClass, 'StorageClass', 'storage.k8s.io/v1'>;
export type Ingress = Typed<RawIngress, 'Ingress', 'networking.k8s.io/v1'>;
export type IngressClass = Typed<RawIngressClass, 'IngressClass', 'networking.k8s.io/v1'>;
/** A range that cluster IPs are taken from. */
export type ServiceCIDR = KubeObject & {
  readonly apiVersion: 'networking.k8s.io/v1';
  readonly kind: 'ServiceCIDR';
  readonly spec?: { readonly cidrs?: readonly string[] };
  readonly status?: { readonly conditions?: readonly ServiceCIDRCondition[] };
};
interface ServiceCIDRCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly lastTransitionTime: string;
}
/** An address that is taken, named as it is written. */
export type IPAddress = KubeObject & {
  readonly apiVersion: 'networking.k8s.io/v1';
  readonly kind: 'IPAddress';
  readonly spec?: { readonly parentRef?: ParentReference };
};
/** Whom an IPAddress belongs to. */
export interface ParentReference {
  readonly group?: string;
  readonly resource?: string;
  readonly namespace?: string;
  readonly name?: string;
}
export type NetworkPolicy = Typed<RawNetworkPolicy, 'NetworkPolicy', 'networking.k8s.io/v1'>;
export type PodDisruptionBudget = Typed<RawPodDisruptionBudget, 'PodDisruptionBudget', 'policy/v1'>;
export type SelfSubjectReview = Typed<RawSelfSubjectReview, 'SelfSubjectReview', 'authentication.k8s.io/v1'>;
export type TokenRequest = Typed<RawTokenRequest, 'TokenRequest', 'authentication.k8s.io/v1'>;
export type TokenReview = Typed<RawTokenReview, 'TokenReview', 'authentication.k8s.io/v1'>;
export type LocalSubjectAccessReview = Typed<
  RawLocalSubjectAccessReview,
  'LocalSubjectAccessReview',
  'authorization.k8s.io/v1'
>;
export type SelfSubjectAccessReview = Typed<
  RawSelfSubjectAccessReview,
  'SelfSubjectAccessReview',
  'authorization.k8s.io/v1'
>;
export type SelfSubjectRulesReview = Typed<
  RawSelfSubjectRulesReview,
  'SelfSubjectRulesReview',
  'authorization.k8s.io/v1'
>;
export type SubjectAccessReview = Typed<
  RawSubjectAccessReview,
  'SubjectAccessReview',
  'authorization.k8s.io/v1'
>;
export type Role = Typed<RawRole, 'Role', 'rbac.authorization.k8s.io/v1'>;
export type RoleBinding = Typed<RawRoleBinding, 'RoleBinding', 'rbac.authorization.k8s.io/v1'>;
export type ClusterRole = Typed<RawClusterRole, 'ClusterRole', 'rbac.authorization.k8s.io/v1'>;
export type ClusterRoleBinding = Typed<
  RawClusterRoleBinding,
  'ClusterRoleBinding',
  'rbac.authorization.k8s.io/v1'
>;
export type PolicyRule = NonNullable<ClusterRole['rules']>[number];
export type PriorityClass = Typed<RawPriorityClass, 'PriorityClass', 'scheduling.k8s.io/v1'>;

export type PodSpec = NonNullable<Pod['spec']>;
export type PodStatus = NonNullable<Pod['status']>;
export type Container = PodSpec['containers'][number];
export type ContainerStatus = NonNullable<PodStatus['containerStatuses']>[number];
export type Probe = NonNullable<Container['readinessProbe']>;
export type PodTemplateSpec = NonNullable<NonNullable<Deployment['spec']>['template']>;
export type ServiceSpec = NonNullable<Service['spec']>;
export type ServicePort = NonNullable<ServiceSpec['ports']>[number];
export type Endpoint = EndpointSlice['endpoints'][number];
