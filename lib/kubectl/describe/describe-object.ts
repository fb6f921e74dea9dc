import type {
  ConfigMap,
  Deployment,
  EndpointSlice,
  Endpoints,
  Event,
  KubeObject,
  LimitRange,
  Namespace,
  Node,
  Pod,
  ReplicaSet,
  ResourceQuota,
  Secret,
  Service,
  ServiceAccount,
} from '../../api';
import { StatusError } from '../../api';
import { fetchInfo, type Info } from '../resources';
import type { Session } from '../session';
import { describeAutoscaler } from './autoscaler';
import { describeEndpointSlice, describeEndpoints } from './endpoints';
import { findEvents } from './events';
import { describeGeneric } from './generic';
import { describeIngress, describeIngressClass } from './ingress';
import { describeCronJob, describeJob } from './jobs';
import { listIfAllowed } from './list-if-allowed';
import { describeNetworkPolicy } from './network-policy';
import { describeNode } from './node';
import { describePod } from './pod';
import { describeDisruptionBudget, describePriorityClass } from './policies';
import { describeLimitRange, describeQuota } from './quotas';
import { describeRole, describeRoleBinding } from './roles';
import type { Describer, Scene } from './scene';
import { describeService } from './service';
import { describeIPAddress, describeServiceCidr } from './service-ranges';
import { describeDaemonSet, describeStatefulSet } from './sets';
import { describeConfigMap, describeNamespace, describeSecret, describeServiceAccount } from './small-kinds';
import { describeClaim, describeStorageClass, describeVolume } from './storage';
import { describeDeployment, describeReplicaSet, selectorText } from './workloads';

const PODS = { group: '', version: 'v1', resource: 'pods' };
const REPLICA_SETS = { group: 'apps', version: 'v1', resource: 'replicasets' };
const SLICES = { group: 'discovery.k8s.io', version: 'v1', resource: 'endpointslices' };
const QUOTAS = { group: '', version: 'v1', resource: 'resourcequotas' };
const LIMITS = { group: '', version: 'v1', resource: 'limitranges' };
const LEASES = { group: 'coordination.k8s.io', version: 'v1', resource: 'leases' };
const MIRROR = 'kubernetes.io/config.mirror';

/** Pages by kind and group. */
const DESCRIBERS: Readonly<Record<string, Describer>> = {
  Pod: async ({ object, events, now }) => describePod(object as Pod, events, now),
  Service: describeServiceScene,
  Endpoints: async ({ object, events, now }) => describeEndpoints(object as Endpoints, events, now),
  'EndpointSlice.discovery.k8s.io': async ({ object, events, now }) =>
    describeEndpointSlice(object as EndpointSlice, events, now),
  'Deployment.apps': describeDeploymentScene,
  'ReplicaSet.apps': describeReplicaSetScene,
  Node: describeNodeScene,
  Namespace: describeNamespaceScene,
  ConfigMap: async ({ object, events, now }) => describeConfigMap(object as ConfigMap, events, now),
  Secret: async ({ object }) => describeSecret(object as Secret),
  ServiceAccount: async ({ object, events, now }) =>
    describeServiceAccount(object as ServiceAccount, events, now),
  ResourceQuota: describeQuota,
  LimitRange: describeLimitRange,
  PersistentVolume: describeVolume,
  PersistentVolumeClaim: describeClaim,
  'StorageClass.storage.k8s.io': describeStorageClass,
  'StatefulSet.apps': describeStatefulSet,
  'DaemonSet.apps': describeDaemonSet,
  'Job.batch': describeJob,
  'CronJob.batch': describeCronJob,
  'HorizontalPodAutoscaler.autoscaling': describeAutoscaler,
  'PodDisruptionBudget.policy': describeDisruptionBudget,
  'PriorityClass.scheduling.k8s.io': describePriorityClass,
  'Ingress.networking.k8s.io': describeIngress,
  'IngressClass.networking.k8s.io': describeIngressClass,
  'IPAddress.networking.k8s.io': describeIPAddress,
  'NetworkPolicy.networking.k8s.io': describeNetworkPolicy,
  'ServiceCIDR.networking.k8s.io': describeServiceCidr,
  'Role.rbac.authorization.k8s.io': describeRole,
  'ClusterRole.rbac.authorization.k8s.io': describeRole,
  'RoleBinding.rbac.authorization.k8s.io': describeRoleBinding,
  'ClusterRoleBinding.rbac.authorization.k8s.io': describeRoleBinding,
};

/** The page about one object; fetched afresh. */
export async function describeObject(session: Session, info: Info, withEvents: boolean): Promise<string> {
  const object = await fetchInfo(session, info);
  const { kind, group } = info.resource;
  const describer = DESCRIBERS[group === '' ? kind : `${kind}.${group}`];
  const events = withEvents ? await eventsOf(session, object, kind) : undefined;
  const scene = { session, object, events, now: session.env.timer.now() };
  return describer ? describer(scene) : describeGeneric(object, events, scene.now);
}

async function eventsOf(session: Session, object: KubeObject, kind: string): Promise<readonly Event[]> {
  if (kind === 'Pod') {
    const mirror = object.metadata.annotations?.[MIRROR];
    return findEvents(session, object, '', mirror ?? object.metadata.uid);
  }
  if (kind !== 'Node') return findEvents(session, object, kind);
  const byName = await findEvents(session, object, kind, object.metadata.name);
  return [...(await findEvents(session, object, kind)), ...byName];
}

async function describeServiceScene({ session, object, events, now }: Scene): Promise<string> {
  const { name = '', namespace = '' } = object.metadata;
  const slices = await listIfAllowed<EndpointSlice>(session, SLICES, namespace, {
    labelSelector: `kubernetes.io/service-name=${name}`,
  });
  return describeService(object as Service, slices, events, now);
}

const ownedBy = (uid: string | undefined) => (each: KubeObject) =>
  each.metadata.ownerReferences?.some((owner) => owner.controller && owner.uid === uid) ?? false;

async function describeDeploymentScene({ session, object, events, now }: Scene): Promise<string> {
  const deployment = object as Deployment;
  const sets = await listIfAllowed<ReplicaSet>(session, REPLICA_SETS, object.metadata.namespace ?? '', {
    labelSelector: selectorText(deployment.spec?.selector),
  });
  const owned = sets.filter(ownedBy(object.metadata.uid));
  return describeDeployment(deployment, owned, events, now);
}

async function describeReplicaSetScene({ session, object, events, now }: Scene): Promise<string> {
  const replicaSet = object as ReplicaSet;
  const list = await session.client.list(PODS, object.metadata.namespace ?? '', {
    labelSelector: selectorText(replicaSet.spec?.selector),
  });
  const owned = list.items.filter(ownedBy(object.metadata.uid)) as unknown as Pod[];
  return describeReplicaSet(replicaSet, owned, events, now);
}

async function describeNodeScene({ session, object, events, now }: Scene): Promise<string> {
  const name = object.metadata.name ?? '';
  const fieldSelector = `spec.nodeName=${name},status.phase!=Failed,status.phase!=Succeeded`;
  const pods = await session.client.list(PODS, '', { fieldSelector });
  const lease = await leaseOf(session, name);
  return describeNode(object as Node, { pods: pods.items as unknown as Pod[], lease, events }, now);
}

async function leaseOf(session: Session, name: string): Promise<KubeObject | string> {
  try {
    return await session.client.get(LEASES, 'kube-node-lease', name);
  } catch (error) {
    if (error instanceof StatusError) return error.message;
    throw error;
  }
}

async function describeNamespaceScene({ session, object }: Scene): Promise<string> {
  const { name = '' } = object.metadata;
  const quotas = await session.client.list(QUOTAS, name);
  const limits = await session.client.list(LIMITS, name);
  return describeNamespace(
    object as Namespace,
    quotas.items as unknown as readonly ResourceQuota[],
    limits.items as unknown as readonly LimitRange[],
  );
}
