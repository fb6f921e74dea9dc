/* Written by generate.mjs from the kubernetes-types package; the notation is explained in build-schema.ts. */

/** Fields of each Go type, by its package and name. */
export const metaTypes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'io.k8s.apimachinery.pkg.apis.meta.v1': {
    APIGroup:
      'apiVersion:s kind:s name!:s preferredVersion:GroupVersionForDiscovery serverAddressByClientCIDRs:[ServerAddressByClientCIDR] versions!:[GroupVersionForDiscovery]',
    APIGroupList: 'apiVersion:s groups!:[APIGroup] kind:s',
    APIResource:
      'categories:[s] group:s kind!:s name!:s namespaced!:b shortNames:[s] singularName!:s storageVersionHash:s verbs!:[s] version:s',
    APIResourceList: 'apiVersion:s groupVersion!:s kind:s resources!:[APIResource]',
    APIVersions: 'apiVersion:s kind:s serverAddressByClientCIDRs!:[ServerAddressByClientCIDR] versions!:[s]',
    Condition: 'lastTransitionTime!:t message!:s observedGeneration:l reason!:s status!:s type!:s',
    DeleteOptions:
      'apiVersion:s dryRun:[s] gracePeriodSeconds:l ignoreStoreReadErrorWithClusterBreakingPotential:b kind:s orphanDependents:b preconditions:Preconditions propagationPolicy:s',
    FieldSelectorRequirement: 'key!:s operator!:s values:[s]',
    GroupVersionForDiscovery: 'groupVersion!:s version!:s',
    LabelSelector: 'matchExpressions:[LabelSelectorRequirement] matchLabels:{s}',
    LabelSelectorRequirement: 'key!:s operator!:s values:[s]',
    ListMeta: 'continue:s remainingItemCount:l resourceVersion:s selfLink:s',
    ManagedFieldsEntry: 'apiVersion:s fieldsType:s fieldsV1:f manager:s operation:s subresource:s time:t',
    ObjectMeta:
      'annotations:{s} creationTimestamp:t deletionGracePeriodSeconds:l deletionTimestamp:t finalizers:[s] generateName:s generation:l labels:{s} managedFields:[ManagedFieldsEntry] name:s namespace:s ownerReferences:[OwnerReference] resourceVersion:s selfLink:s uid:s',
    OwnerReference: 'apiVersion!:s blockOwnerDeletion:b controller:b kind!:s name!:s uid!:s',
    Preconditions: 'resourceVersion:s uid:s',
    ServerAddressByClientCIDR: 'clientCIDR!:s serverAddress!:s',
    Status: 'apiVersion:s code:i details:StatusDetails kind:s message:s metadata:ListMeta reason:s status:s',
    StatusCause: 'field:s message:s reason:s',
    StatusDetails: 'causes:[StatusCause] group:s kind:s name:s retryAfterSeconds:i uid:s',
    WatchEvent: 'object!:r type!:s',
  },
};
