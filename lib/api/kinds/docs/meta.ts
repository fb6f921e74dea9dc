import { type Docs, typeFields } from './docs';

/** Types that all kinds share (apimachinery). */
export const metaDocs: Docs = {
  APIGroup: {
    description: 'APIGroup tells a group of the API and its versions.',
    fields: {
      ...typeFields,
      name: 'The name of the group, such as apps.',
      preferredVersion: 'The version that clients should use unless they have a reason not to.',
      serverAddressByClientCIDRs: 'Addresses at which clients of some networks reach the server.',
      versions: 'The versions served.',
    },
  },
  APIGroupList: {
    description: 'APIGroupList lists the groups served below /apis.',
    fields: { ...typeFields, groups: 'The groups.' },
  },
  APIResource: {
    description: 'APIResource tells the names of a resource and what can be done with it.',
    fields: {
      categories: 'Groups of resources that it belongs to, such as "all".',
      group: 'The group of the kind, where that is not the group of the list.',
      kind: 'The kind of its objects, such as Pod.',
      name: 'The plural name that paths use, such as pods.',
      namespaced: 'Whether its objects live in a namespace.',
      shortNames: 'Shorter names that kubectl understands, such as po.',
      singularName: 'The singular name, such as pod.',
      storageVersionHash:
        'A hash of the version that objects are stored in. Compare it, read nothing into it.',
      verbs: 'What can be done: get, list, watch, create, update, patch, delete, deletecollection.',
      version: 'The version of the kind, where that is not the version of the list.',
    },
  },
  APIResourceList: {
    description: 'APIResourceList lists the resources of one group and version.',
    fields: { ...typeFields, groupVersion: 'The group and version.', resources: 'The resources.' },
  },
  APIVersions: {
    description: 'APIVersions lists the versions of the core group, served below /api.',
    fields: {
      ...typeFields,
      serverAddressByClientCIDRs: 'Addresses at which clients of some networks reach the server.',
      versions: 'The versions served.',
    },
  },
  Condition: {
    description:
      "Condition tells one aspect of an object's state: true, false or unknown, since when and why.",
    fields: {
      lastTransitionTime: 'When status last changed.',
      message: 'The reason for a person to read. It may be empty.',
      observedGeneration:
        'The metadata.generation that the condition was set for; an older one means it is out of date.',
      reason: 'The reason in one CamelCase word, for programs.',
      status: 'True, False or Unknown.',
      type: 'Which aspect this is, in CamelCase.',
    },
  },
  DeleteOptions: {
    description: 'DeleteOptions says how an object is to be deleted.',
    fields: {
      ...typeFields,
      dryRun: '["All"] checks and answers as usual but deletes nothing.',
      gracePeriodSeconds:
        'Seconds that the object is given to end by itself; 0 deletes it at once. Defaults to what the object says.',
      ignoreStoreReadErrorWithClusterBreakingPotential:
        'Deletes an object that cannot be read from the store any more, passing over its finalizers. It is dangerous.',
      orphanDependents: 'Deprecated: use propagationPolicy.',
      preconditions: 'What must be true of the object, or the deletion fails with 409 Conflict.',
      propagationPolicy:
        'What becomes of objects that this one owns: Background deletes them afterwards, Foreground before it, Orphan leaves them. The default depends on the kind.',
    },
  },
  FieldsV1: {
    description:
      'FieldsV1 holds a set of fields as nested JSON: "f:name" is a field, "k:{...}" a list item by its keys, "v:value" a member of a set, "." the thing itself.',
    fields: {},
  },
  GroupVersionForDiscovery: {
    description: 'GroupVersionForDiscovery names a version of a group.',
    fields: {
      groupVersion: 'Group and version, such as apps/v1.',
      version: 'The version alone, such as v1.',
    },
  },
  IntOrString: {
    description: 'IntOrString is a whole number or a string, written in JSON and YAML as either.',
    fields: {},
  },
  LabelSelector: {
    description:
      'LabelSelector picks objects by their labels. Everything it asks for must be so; an empty selector picks all objects.',
    fields: {
      matchExpressions: 'Requirements with an operator. All of them must hold.',
      matchLabels:
        'Labels that objects must carry with exactly these values. Each is the same as an expression with operator In and one value.',
    },
  },
  LabelSelectorRequirement: {
    description: 'LabelSelectorRequirement compares the value of one label.',
    fields: {
      key: 'The name of the label.',
      operator: 'In, NotIn, Exists or DoesNotExist.',
      values: 'What the label is compared with: at least one value for In and NotIn, none for the others.',
    },
  },
  ListMeta: {
    description: 'ListMeta tells of a list as a whole.',
    fields: {
      continue:
        'Set when there is more: pass it as the parameter "continue" to get the next part. It is good for a few minutes.',
      remainingItemCount: 'About how many objects are left. It may be absent though there are some.',
      resourceVersion:
        'The version at which the list was made; a watch can go on from here without missing a change.',
      selfLink: 'Deprecated: no longer filled in.',
    },
  },
  ManagedFieldsEntry: {
    description: 'ManagedFieldsEntry records which fields one manager, such as kubectl, has set.',
    fields: {
      apiVersion: 'The version in which the fields are named.',
      fieldsType: 'The format of the fields; always FieldsV1.',
      fieldsV1: 'The fields that the manager owns.',
      manager: 'Who set the fields: the fieldManager of the request.',
      operation: 'Apply for server-side apply, Update for all other writes.',
      subresource:
        'The subresource through which they were set, such as status; empty for the object itself.',
      time: 'When fields were last added to or removed from this entry.',
    },
  },
  MicroTime: {
    description: 'MicroTime is a moment to the microsecond, in RFC 3339 form.',
    fields: {},
  },
  ObjectMeta: {
    description: 'ObjectMeta is what every stored object carries, whatever its kind.',
    fields: {
      annotations:
        'Notes for tools and people, as names with values of any text. They cannot be selected by; some controllers read them as settings.',
      creationTimestamp: 'When the object was created. Set by the API server.',
      deletionGracePeriodSeconds:
        'Seconds between the request to delete and the end. Set together with deletionTimestamp.',
      deletionTimestamp:
        'When the object is due to be gone. It is set when somebody deletes the object, which then stays until the grace period is over and finalizers is empty.',
      finalizers:
        'Names of those who still have something to do before the object may go. While the list is not empty a deleted object stays, marked by deletionTimestamp.',
      generateName:
        'A prefix to which the API server adds five random characters to make the name, when name is empty.',
      generation:
        'A number that grows when spec changes. Compare it with status.observedGeneration to know whether a controller has caught up.',
      labels:
        'Names with short values that objects are picked by: Services find their Pods so, and controllers theirs. Values have at most 63 characters.',
      managedFields: 'Who owns which field, kept by the API server for server-side apply.',
      name: 'The name, unique among objects of the kind in the namespace. It cannot be changed.',
      namespace:
        'The namespace that the object lives in; "default" where none is given. It cannot be changed, and cluster-wide kinds have none.',
      ownerReferences:
        'Objects that this one belongs to. When all of them are gone, the garbage collector deletes it; one at most is marked as its controller.',
      resourceVersion:
        'A mark that changes with every write. Send it along with an update, and the update fails with 409 Conflict if somebody else was faster.',
      selfLink: 'Deprecated: no longer filled in.',
      uid: 'An identifier that is never used twice, so that an object can be told from a later one of the same name.',
    },
  },
  OwnerReference: {
    description:
      'OwnerReference names an object that this one belongs to, in the same namespace or cluster-wide.',
    fields: {
      apiVersion: 'The group and version of the owner.',
      blockOwnerDeletion:
        'Whether a foreground deletion of the owner waits until this object is gone. Defaults to false.',
      controller: 'Whether the owner is the one that manages this object. Defaults to false.',
      kind: 'The kind of the owner.',
      name: 'The name of the owner.',
      uid: 'The uid of the owner, so that a later object of the same name is not taken for it.',
    },
  },
  Patch: {
    description: 'Patch is a change in one of the patch formats; the content type says which.',
    fields: {},
  },
  Preconditions: {
    description: 'Preconditions must be fulfilled before an object is deleted.',
    fields: {
      resourceVersion: 'The version that the object must still have.',
      uid: 'The uid that the object must have.',
    },
  },
  Quantity: {
    description:
      'Quantity is an amount with an optional suffix: m is a thousandth, k M G T P E are powers of 1000, Ki Mi Gi Ti Pi Ei powers of 1024. For example 500m is half a CPU, and 128Mi is 134217728 bytes.',
    fields: {},
  },
  RawExtension: {
    description: 'RawExtension holds an object of any kind, as it is.',
    fields: {},
  },
  ServerAddressByClientCIDR: {
    description: 'ServerAddressByClientCIDR tells clients of a network where to reach the server.',
    fields: {
      clientCIDR: "The network that the client's address is in.",
      serverAddress: "The server's address for such clients.",
    },
  },
  Status: {
    description:
      "Status is the API's answer when there is no object to answer with, above all when it refuses a request.",
    fields: {
      ...typeFields,
      code: 'The HTTP status code.',
      details: 'What in particular was wrong. Depends on the reason.',
      message: 'What happened, for a person to read.',
      metadata: 'As for lists; mostly empty.',
      reason: 'Why, in one CamelCase word for programs, such as NotFound or AlreadyExists.',
      status: 'Success or Failure.',
    },
  },
  StatusCause: {
    description: 'StatusCause is one of several things that were wrong.',
    fields: {
      field: 'The field that it is about, such as spec.ports[0].port.',
      message: 'What is wrong, for a person to read.',
      reason: 'What is wrong in one CamelCase word, such as FieldValueInvalid.',
    },
  },
  StatusDetails: {
    description: 'StatusDetails says which object a Status is about, and all that was wrong.',
    fields: {
      causes: 'Each thing that was wrong.',
      group: 'The group of the kind.',
      kind: 'The kind, or the resource, that the request was about.',
      name: 'The name of the object.',
      retryAfterSeconds: 'Seconds to wait before another try.',
      uid: 'The uid of the object.',
    },
  },
  Time: {
    description: 'Time is a moment to the second, in RFC 3339 form, such as 2026-01-31T12:00:00Z.',
    fields: {},
  },
  WatchEvent: {
    description: 'WatchEvent is one event of a watch.',
    fields: {
      object:
        'The object as it is now, or as it was before it was deleted; for ERROR a Status; for BOOKMARK only a resource version.',
      type: 'ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.',
    },
  },
};
