/** Go types that server-side apply owns and replaces whole (`structType=atomic`). */
export const atomicTypes: ReadonlySet<string> = new Set([
  'ConfigMapKeySelector',
  'CrossVersionObjectReference',
  'EndpointAddress',
  'EndpointPort',
  'FileKeySelector',
  'LabelSelector',
  'LocalObjectReference',
  'NodeSelector',
  'NodeSelectorTerm',
  'ObjectFieldSelector',
  'ObjectReference',
  'OwnerReference',
  'ResourceFieldSelector',
  'RoleRef',
  'ScopeSelector',
  'SecretKeySelector',
  'SecretReference',
  'ServiceBackendPort',
  'Subject',
  'TopologySelectorTerm',
  'TypedLocalObjectReference',
  'autoscaling/v2.CrossVersionObjectReference',
  'discovery.EndpointPort',
]);

/** Maps that are owned and replaced whole (`mapType=atomic`), by type and field. */
export const atomicFields: ReadonlySet<string> = new Set([
  'PodSpec.nodeSelector',
  'ReplicationControllerSpec.selector',
  'ServiceSpec.selector',
]);

/** Fields of an atomic type that are owned field by field all the same (`structType=granular`). */
export const granularFields: ReadonlySet<string> = new Set(['PersistentVolumeSpec.claimRef']);
