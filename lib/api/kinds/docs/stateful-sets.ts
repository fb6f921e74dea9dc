import { type Docs, objectFields } from './docs';

/** StatefulSets (apps/v1). */
export const statefulSetDocs: Docs = {
  RollingUpdateStatefulSetStrategy: {
    description: 'RollingUpdateStatefulSetStrategy says which Pods are replaced, and how many at a time.',
    fields: {
      maxUnavailable: 'How many Pods, as a number or percentage, may be unavailable. Defaults to 1.',
      partition: 'Only Pods with this ordinal or a higher one are replaced. Defaults to 0: all of them.',
    },
  },
  StatefulSet: {
    description:
      'StatefulSet runs Pods that are told apart: each keeps its name (web-0, web-1 ...), its DNS name and its storage when it is replaced.',
    fields: objectFields({
      spec: 'The Pods wanted, and their storage.',
      status: 'How far the controller has come.',
    }),
  },
  StatefulSetCondition: {
    description: "StatefulSetCondition tells one aspect of a StatefulSet's state.",
    fields: {
      lastTransitionTime: 'When status last changed.',
      message: 'The reason for a person to read.',
      reason: 'The reason in one CamelCase word.',
      status: 'True, False or Unknown.',
      type: 'Which aspect this is.',
    },
  },
  StatefulSetOrdinals: {
    description: 'StatefulSetOrdinals says how Pods are numbered.',
    fields: { start: 'The number of the first Pod. Defaults to 0.' },
  },
  StatefulSetPersistentVolumeClaimRetentionPolicy: {
    description:
      'StatefulSetPersistentVolumeClaimRetentionPolicy says what becomes of the claims made from volumeClaimTemplates.',
    fields: {
      whenDeleted:
        'When the StatefulSet is deleted: Retain (the default) keeps the claims, Delete removes them.',
      whenScaled:
        'When it is scaled down: Retain (the default) keeps the claims of Pods that go, Delete removes them.',
    },
  },
  StatefulSetSpec: {
    description: 'StatefulSetSpec says which Pods should run, how many, and with which storage.',
    fields: {
      minReadySeconds: 'Seconds that a new Pod must be Ready before it counts as available. Defaults to 0.',
      ordinals: 'How Pods are numbered. Defaults to 0, 1, 2 ...',
      persistentVolumeClaimRetentionPolicy:
        'What becomes of the claims when Pods go. Defaults to keeping them.',
      podManagementPolicy:
        'Whether Pods start one after another or all at once. Defaults to OrderedReady, and cannot be changed.',
      replicas: 'How many Pods should run. Defaults to 1.',
      revisionHistoryLimit: 'How many old revisions are kept for rolling back. Defaults to 10.',
      selector:
        "Picks the Pods of this StatefulSet; it must match the template's labels and cannot be changed.",
      serviceName:
        'The headless Service that gives each Pod its DNS name: web-0.SERVICE.NAMESPACE.svc. It must be created by you, and the name cannot be changed.',
      template: 'The Pod to run. Its restartPolicy must be Always.',
      updateStrategy: 'How Pods are replaced when the template changes.',
      volumeClaimTemplates:
        'Claims that each Pod gets for itself, named TEMPLATE-POD. A Pod that is replaced finds its old claim again.',
    },
  },
  StatefulSetStatus: {
    description: 'StatefulSetStatus tells how far the controller has come, in numbers of Pods.',
    fields: {
      availableReplicas: 'Pods that have been Ready for minReadySeconds.',
      collisionCount: 'How often the name of a revision was taken already.',
      conditions: 'The state of the StatefulSet.',
      currentReplicas: 'Pods of currentRevision.',
      currentRevision: 'The revision that Pods not yet updated are made from.',
      observedGeneration: 'The metadata.generation that the controller has seen.',
      readyReplicas: 'Pods that are Ready.',
      replicas: 'Pods there are.',
      updateRevision: 'The revision that updated Pods are made from.',
      updatedReplicas: 'Pods of updateRevision.',
    },
  },
  StatefulSetUpdateStrategy: {
    description: 'StatefulSetUpdateStrategy says how Pods are replaced when the template changes.',
    fields: {
      rollingUpdate: 'Settings of RollingUpdate; only for that type.',
      type: 'The strategy. Defaults to RollingUpdate.',
    },
  },
};
