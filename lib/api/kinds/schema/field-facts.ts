import type { Json } from '../../objects';

/** What the OpenAPI documents tell of a field beyond its type. */
export interface FieldFacts {
  readonly default?: Json;
  /** `x-kubernetes-map-type`. */
  readonly mapType?: string;
}

/** Structs that Go holds by value, beside every `metadata`, `spec`, `status` and `template`: they default to `{}`. */
const BY_VALUE: ReadonlySet<string> = new Set([
  'APIGroup.preferredVersion',
  'Binding.target',
  'ClusterRoleBinding.roleRef',
  'Container.resources',
  'ContainerStatus.lastState',
  'ContainerStatus.state',
  'CronJobSpec.jobTemplate',
  'ContainerResourceMetricSource.target',
  'ContainerResourceMetricStatus.current',
  'DaemonSetSpec.updateStrategy',
  'DeploymentSpec.strategy',
  'Endpoint.conditions',
  'EphemeralContainer.resources',
  'ExternalMetricSource.metric',
  'ExternalMetricSource.target',
  'ExternalMetricStatus.current',
  'ExternalMetricStatus.metric',
  'Event.involvedObject',
  'Event.source',
  'HTTPIngressPath.backend',
  'HorizontalPodAutoscalerSpec.scaleTargetRef',
  'IngressServiceBackend.port',
  'IngressStatus.loadBalancer',
  'NetworkPolicySpec.podSelector',
  'NodeDaemonEndpoints.kubeletEndpoint',
  'NodeStatus.daemonEndpoints',
  'NodeStatus.nodeInfo',
  'ObjectMetricSource.describedObject',
  'ObjectMetricSource.metric',
  'ObjectMetricSource.target',
  'ObjectMetricStatus.current',
  'ObjectMetricStatus.describedObject',
  'ObjectMetricStatus.metric',
  'PersistentVolumeClaimSpec.resources',
  'PodsMetricSource.metric',
  'PodsMetricSource.target',
  'PodsMetricStatus.current',
  'PodsMetricStatus.metric',
  'PreferredSchedulingTerm.preference',
  'ResourceMetricSource.target',
  'ResourceMetricStatus.current',
  'RoleBinding.roleRef',
  'SelfSubjectReviewStatus.userInfo',
  'ServiceStatus.loadBalancer',
  'StatefulSetSpec.updateStrategy',
  'TokenReviewStatus.user',
  'WeightedPodAffinityTerm.podAffinityTerm',
  'autoscaling/v2.HorizontalPodAutoscalerSpec.scaleTargetRef',
  'events.Event.deprecatedSource',
  'events.Event.regarding',
]);
const BY_VALUE_NAMES: ReadonlySet<string> = new Set(['metadata', 'spec', 'status', 'template']);
const BY_POINTER: ReadonlySet<string> = new Set(['ReplicationControllerSpec.template']);

/** Whether a field of a struct type is there even when nothing was said, so that its default is `{}`. */
export function isHeldByValue(path: string): boolean {
  const field = path.slice(path.lastIndexOf('.') + 1);
  return BY_VALUE.has(path) || (BY_VALUE_NAMES.has(field) && !BY_POINTER.has(path));
}

/** Required scalars default to Go's zero value, but for these. */
const WITHOUT_ZERO: ReadonlySet<string> = new Set([
  'ContainerRestartRule.action',
  'ContainerRestartRuleOnExitCodes.operator',
  'HTTPIngressPath.pathType',
  'PodCertificateProjection.keyType',
  'PodCertificateProjection.signerName',
]);

/** Whether a required scalar's default is Go's zero value. */
export const hasZeroDefault = (path: string): boolean => !WITHOUT_ZERO.has(path);

const FACTS: Readonly<Record<string, FieldFacts>> = {
  'AzureDiskVolumeSource.cachingMode': { default: 'ReadWrite' },
  'AzureDiskVolumeSource.fsType': { default: 'ext4' },
  'AzureDiskVolumeSource.kind': { default: 'Shared' },
  'AzureDiskVolumeSource.readOnly': { default: false },
  'ConfigMapEnvSource.name': { default: '' },
  'ConfigMapKeySelector.name': { default: '' },
  'ConfigMapProjection.name': { default: '' },
  'ConfigMapVolumeSource.name': { default: '' },
  'ContainerPort.protocol': { default: 'TCP' },
  'Event.reportingComponent': { default: '' },
  'Event.reportingInstance': { default: '' },
  'FileKeySelector.optional': { default: false },
  'GRPCAction.service': { default: '' },
  'ISCSIPersistentVolumeSource.iscsiInterface': { default: 'default' },
  'ISCSIVolumeSource.iscsiInterface': { default: 'default' },
  'LocalObjectReference.name': { default: '' },
  'NodeRuntimeHandler.name': { default: '' },
  'PersistentVolumeClaimStatus.allocatedResourceStatuses': { mapType: 'granular' },
  'PersistentVolumeSpec.claimRef': { mapType: 'granular' },
  'PodFailurePolicyOnPodConditionsPattern.status': { default: '' },
  'RBDPersistentVolumeSource.keyring': { default: '/etc/ceph/keyring' },
  'RBDPersistentVolumeSource.pool': { default: 'rbd' },
  'RBDPersistentVolumeSource.user': { default: 'admin' },
  'RBDVolumeSource.keyring': { default: '/etc/ceph/keyring' },
  'RBDVolumeSource.pool': { default: 'rbd' },
  'RBDVolumeSource.user': { default: 'admin' },
  'ReplicationControllerSpec.minReadySeconds': { default: 0 },
  'ReplicationControllerSpec.replicas': { default: 1 },
  'ScaleIOPersistentVolumeSource.fsType': { default: 'xfs' },
  'ScaleIOPersistentVolumeSource.storageMode': { default: 'ThinProvisioned' },
  'ScaleIOVolumeSource.fsType': { default: 'xfs' },
  'ScaleIOVolumeSource.storageMode': { default: 'ThinProvisioned' },
  'ScaleSpec.replicas': { default: 0 },
  'SecretEnvSource.name': { default: '' },
  'SecretKeySelector.name': { default: '' },
  'SecretProjection.name': { default: '' },
  'ServicePort.protocol': { default: 'TCP' },
  'StatefulSetOrdinals.start': { default: 0 },
  'StatefulSetSpec.serviceName': { default: '' },
  'StatefulSetStatus.availableReplicas': { default: 0 },
};

/** Every field that something is stated of, by "Type.field". */
export const statedFields: readonly string[] = [
  ...BY_VALUE,
  ...BY_POINTER,
  ...WITHOUT_ZERO,
  ...Object.keys(FACTS),
];

/** The facts of a field by "Type.field" (`+default`, patch and map markers of the Go types of v1.35). */
export function fieldFacts(path: string): FieldFacts {
  return FACTS[path] ?? {};
}

/** Types of which one field says which other may be set (`+unionDiscriminator`): that field, and the others by their Go name. */
const UNIONS: Readonly<
  Record<string, { readonly by: string; readonly fields: Readonly<Record<string, string>> }>
> = {
  AppArmorProfile: { by: 'type', fields: { localhostProfile: 'LocalhostProfile' } },
  SeccompProfile: { by: 'type', fields: { localhostProfile: 'LocalhostProfile' } },
};

/** `x-kubernetes-unions` of a type; undefined for most. */
export function unionsOf(type: string): Json | undefined {
  const union = UNIONS[type];
  return union && [{ discriminator: union.by, 'fields-to-discriminateBy': union.fields }];
}
