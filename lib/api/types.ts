import type { Deployment as RawDeployment, ReplicaSet as RawReplicaSet } from 'kubernetes-types/apps/v1';
import type {
  ConfigMap as RawConfigMap,
  Endpoints as RawEndpoints,
  Event as RawEvent,
  Namespace as RawNamespace,
  Node as RawNode,
  Pod as RawPod,
  Secret as RawSecret,
  Service as RawService,
  ServiceAccount as RawServiceAccount,
} from 'kubernetes-types/core/v1';
import type { EndpointSlice as RawEndpointSlice } from 'kubernetes-types/discovery/v1';
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
export type Deployment = Typed<RawDeployment, 'Deployment', 'apps/v1'>;
export type ReplicaSet = Typed<RawReplicaSet, 'ReplicaSet', 'apps/v1'>;
export type EndpointSlice = Typed<RawEndpointSlice, 'EndpointSlice', 'discovery.k8s.io/v1'>;

export type PodSpec = NonNullable<Pod['spec']>;
export type PodStatus = NonNullable<Pod['status']>;
export type Container = PodSpec['containers'][number];
export type ContainerStatus = NonNullable<PodStatus['containerStatuses']>[number];
export type Probe = NonNullable<Container['readinessProbe']>;
export type PodTemplateSpec = NonNullable<NonNullable<Deployment['spec']>['template']>;
export type ServiceSpec = NonNullable<Service['spec']>;
export type ServicePort = NonNullable<ServiceSpec['ports']>[number];
export type Endpoint = EndpointSlice['endpoints'][number];
