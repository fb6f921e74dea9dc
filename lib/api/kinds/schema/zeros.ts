import type { Schema } from '../../kind-spec';
import type { Json } from '../../objects';
import { isHeldByValue } from './field-facts';

type Lazy = Schema | (() => Schema);

/** Fields that Go never leaves out, though they are not required: times and the like, and what lacks `omitempty`. */
const ALSO_PRESENT: Readonly<Record<string, string>> = {
  AzureFilePersistentVolumeSource: 'secretNamespace',
  CSINodeDriver: 'topologyKeys',
  ClusterRole: 'rules',
  ContainerImage: 'names',
  ContainerStateRunning: 'startedAt',
  ContainerStateTerminated: 'finishedAt startedAt',
  DaemonSetCondition: 'lastTransitionTime',
  DeploymentCondition: 'lastTransitionTime lastUpdateTime',
  EndpointSlice: 'ports',
  Event: 'eventTime firstTimestamp lastTimestamp reportingComponent reportingInstance',
  EventSeries: 'lastObservedTime',
  GRPCAction: 'service',
  IngressClassParametersReference: 'scope',
  JobCondition: 'lastProbeTime lastTransitionTime',
  NamespaceCondition: 'lastTransitionTime',
  NodeCondition: 'lastHeartbeatTime lastTransitionTime',
  NodeRuntimeHandler: 'name',
  PersistentVolumeClaimCondition: 'lastProbeTime lastTransitionTime',
  PodCondition: 'lastProbeTime lastTransitionTime',
  PodFailurePolicyOnPodConditionsPattern: 'status',
  ProjectedVolumeSource: 'sources',
  ReplicaSetCondition: 'lastTransitionTime',
  ReplicationControllerCondition: 'lastTransitionTime',
  ResourceFieldSelector: 'divisor',
  Role: 'rules',
  ServicePort: 'targetPort',
  StatefulSetCondition: 'lastTransitionTime',
  StatefulSetOrdinals: 'start',
  StatefulSetSpec: 'serviceName',
  StatefulSetStatus: 'availableReplicas',
  TypedLocalObjectReference: 'apiGroup',
  TypedObjectReference: 'apiGroup',
};

/** Fields that are pointers, written as null when nothing is said. */
const POINTERS: ReadonlySet<string> = new Set([
  'AzureFilePersistentVolumeSource.secretNamespace',
  'DaemonSetSpec.selector',
  'DeploymentSpec.selector',
  'GRPCAction.service',
  'HTTPIngressPath.pathType',
  'IngressClassParametersReference.scope',
  'ReplicaSetSpec.selector',
  'ScaleIOPersistentVolumeSource.secretRef',
  'ScaleIOVolumeSource.secretRef',
  'StatefulSetSpec.selector',
  'TypedLocalObjectReference.apiGroup',
  'TypedObjectReference.apiGroup',
]);

/** Every field of the tables, by "Type.field". */
export const neverLeftOut: readonly string[] = [
  ...POINTERS,
  ...Object.entries(ALSO_PRESENT).flatMap(([type, fields]) =>
    fields.split(' ').map((field) => `${type}.${field}`),
  ),
];

/** What Go writes for the fields of a type that it never leaves out. Who set such a field, its being there does not tell. */
export function zerosOf(
  type: string,
  fields: Readonly<Record<string, Lazy>>,
  required: readonly string[],
): Readonly<Record<string, Json>> {
  const also = (ALSO_PRESENT[type] ?? '').split(' ');
  const zeros: Record<string, Json> = {};
  for (const [field, schema] of Object.entries(fields)) {
    const path = `${type}.${field}`;
    const isStruct = typeof schema === 'function';
    if (isStruct && isHeldByValue(path)) zeros[field] = EMPTY_STRUCT;
    else if (required.includes(field) || also.includes(field)) {
      zeros[field] = isStruct || POINTERS.has(path) ? null : zeroOf(schema);
    }
  }
  return zeros;
}

const EMPTY_STRUCT = {};

function zeroOf({ type }: Schema): Json {
  switch (type) {
    case 'string':
    case 'bytes':
      return '';
    case 'boolean':
      return false;
    case 'quantity':
      return '0';
    case 'int32':
    case 'int64':
    case 'number':
    case 'int-or-string':
      return 0;
    default:
      return null;
  }
}
