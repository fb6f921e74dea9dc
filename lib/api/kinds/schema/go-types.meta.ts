/* Written by generate.mjs from the kubernetes-types package; the notation is explained in build-schema.ts. */

/** Fields of each Go type, by its name. */
export const metaTypes: Readonly<Record<string, string>> = {
  Condition: 'lastTransitionTime:t message:s observedGeneration:l reason:s status:s type:s',
  DeleteOptions:
    'apiVersion:s dryRun:[s] gracePeriodSeconds:l ignoreStoreReadErrorWithClusterBreakingPotential:b kind:s orphanDependents:b preconditions:Preconditions propagationPolicy:s',
  LabelSelector: 'matchExpressions:[LabelSelectorRequirement] matchLabels:{s}',
  LabelSelectorRequirement: 'key:s operator:s values:[s]',
  ManagedFieldsEntry: 'apiVersion:s fieldsType:s fieldsV1:a manager:s operation:s subresource:s time:t',
  ObjectMeta:
    'annotations:{s} creationTimestamp:t deletionGracePeriodSeconds:l deletionTimestamp:t finalizers:[s] generateName:s generation:l labels:{s} managedFields:[ManagedFieldsEntry] name:s namespace:s ownerReferences:[OwnerReference] resourceVersion:s selfLink:s uid:s',
  OwnerReference: 'apiVersion:s blockOwnerDeletion:b controller:b kind:s name:s uid:s',
  Preconditions: 'resourceVersion:s uid:s',
};
