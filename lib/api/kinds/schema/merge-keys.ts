/**
 * How lists are merged, by "Type.field": the strategic merge key, and after a comma the further keys that server-side
 * apply knows a list by. "" is a set of scalars; a leading "~" means server-side apply alone (strategic: replaced whole),
 * a leading "=" strategic merge alone. Lists not named here are replaced whole.
 */
export const mergeKeys: Readonly<Record<string, string>> = {
  'ObjectMeta.finalizers': '',
  'ObjectMeta.ownerReferences': 'uid',

  'PodSpec.containers': 'name',
  'PodSpec.ephemeralContainers': 'name',
  'PodSpec.hostAliases': 'ip',
  'PodSpec.imagePullSecrets': 'name',
  'PodSpec.initContainers': 'name',
  'PodSpec.resourceClaims': 'name',
  'PodSpec.schedulingGates': 'name',
  'PodSpec.topologySpreadConstraints': 'topologyKey,whenUnsatisfiable',
  'PodSpec.volumes': 'name',
  'PodStatus.conditions': 'type',
  'PodStatus.hostIPs': '=ip',
  'PodStatus.podIPs': 'ip',
  'PodStatus.resourceClaimStatuses': 'name',
  'Container.env': 'name',
  'Container.ports': 'containerPort,protocol',
  'Container.volumeDevices': 'devicePath',
  'Container.volumeMounts': 'mountPath',
  'ContainerRestartRuleOnExitCodes.values': '~',
  'ContainerStatus.allocatedResourcesStatus': 'name',
  'ContainerStatus.volumeMounts': 'mountPath',
  'EphemeralContainer.env': 'name',
  'EphemeralContainer.ports': 'containerPort,protocol',
  'EphemeralContainer.volumeDevices': 'devicePath',
  'EphemeralContainer.volumeMounts': 'mountPath',
  'ResourceRequirements.claims': '~name',
  'ResourceStatus.resources': '~resourceID',

  'ServiceSpec.ports': 'port,protocol',
  'ServiceStatus.conditions': 'type',
  'ServiceCIDRStatus.conditions': 'type',
  'ServiceAccount.secrets': 'name',
  'NamespaceStatus.conditions': 'type',
  'NodeSpec.podCIDRs': '',
  'NodeStatus.addresses': 'type',
  'NodeStatus.conditions': 'type',
  'PersistentVolumeClaimStatus.conditions': 'type',
  'ReplicationControllerStatus.conditions': 'type',
  'Endpoint.addresses': '~',

  'DaemonSetStatus.conditions': 'type',
  'DeploymentStatus.conditions': 'type',
  'ReplicaSetStatus.conditions': 'type',
  'StatefulSetStatus.conditions': 'type',

  'JobStatus.conditions': '=type',
  'autoscaling/v2.HorizontalPodAutoscalerStatus.conditions': 'type',
  'PodFailurePolicyOnExitCodesRequirement.values': '~',
  'UncountedTerminatedPods.failed': '~',
  'UncountedTerminatedPods.succeeded': '~',
  'PodDisruptionBudgetStatus.conditions': 'type',
  'CSINodeSpec.drivers': 'name',
};

/** Fields whose strategic merge goes beyond keys (`patchStrategy` markers); lists among them are merged by key as well. */
export const patchStrategies: Readonly<Record<string, 'replace' | 'retainKeys'>> = {
  'DeploymentSpec.strategy': 'retainKeys',
  'PodDisruptionBudgetSpec.selector': 'replace',
  'PodSpec.resourceClaims': 'retainKeys',
  'PodSpec.volumes': 'retainKeys',
  'PodStatus.resourceClaimStatuses': 'retainKeys',
};
