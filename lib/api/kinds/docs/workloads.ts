import { type Docs, objectFields } from './docs';

const conditionFields = {
  lastTransitionTime: 'When status last changed.',
  message: 'The reason for a person to read.',
  reason: 'The reason in one CamelCase word.',
  status: 'True, False or Unknown.',
};

/** Deployments, ReplicaSets, StatefulSets, DaemonSets (apps/v1) and ReplicationControllers. */
export const workloadDocs: Docs = {
  ControllerRevision: {
    description:
      'ControllerRevision is a snapshot of the Pod template of a StatefulSet or DaemonSet, to roll back to.',
    fields: objectFields({ data: 'The snapshot.', revision: 'The number of the revision; it grows.' }),
  },
  DaemonSet: {
    description: 'DaemonSet runs one Pod on every node, or on every node that its template picks.',
    fields: objectFields({ spec: 'The Pods wanted.', status: 'How far the controller has come.' }),
  },
  DaemonSetCondition: {
    description: "DaemonSetCondition tells one aspect of a DaemonSet's state.",
    fields: { ...conditionFields, type: 'Which aspect this is.' },
  },
  DaemonSetSpec: {
    description: 'DaemonSetSpec says which Pod runs on every node and how it is replaced.',
    fields: {
      minReadySeconds: 'Seconds that a new Pod must be Ready before it counts as available. Defaults to 0.',
      revisionHistoryLimit: 'How many old revisions are kept for rolling back. Defaults to 10.',
      selector:
        "Picks the Pods of this DaemonSet; it must match the template's labels and cannot be changed.",
      template:
        'The Pod to run. Its node selector and affinity decide on which nodes; its restartPolicy must be Always.',
      updateStrategy: 'How Pods are replaced when the template changes.',
    },
  },
  DaemonSetStatus: {
    description: 'DaemonSetStatus tells how far the controller has come, in numbers of nodes.',
    fields: {
      collisionCount: 'How often the name of a revision was taken already.',
      conditions: 'The state of the DaemonSet.',
      currentNumberScheduled: 'Nodes that should run the Pod and do.',
      desiredNumberScheduled: 'Nodes that should run the Pod.',
      numberAvailable: 'Nodes whose Pod has been Ready for minReadySeconds.',
      numberMisscheduled: 'Nodes that run the Pod but should not.',
      numberReady: 'Nodes whose Pod is Ready.',
      numberUnavailable: 'Nodes that should run the Pod and where it is not available.',
      observedGeneration: 'The metadata.generation that the controller has seen.',
      updatedNumberScheduled: 'Nodes that run a Pod of the newest template.',
    },
  },
  DaemonSetUpdateStrategy: {
    description: 'DaemonSetUpdateStrategy says how Pods are replaced when the template changes.',
    fields: {
      rollingUpdate: 'Settings of RollingUpdate; only for that type.',
      type: 'The strategy. Defaults to RollingUpdate.',
    },
  },
  Deployment: {
    description:
      'Deployment keeps a number of like Pods running, through ReplicaSets, and replaces them little by little when the template changes.',
    fields: objectFields({
      spec: 'The Pods wanted, and how they are replaced.',
      status: 'How far the controller has come.',
    }),
  },
  DeploymentCondition: {
    description: "DeploymentCondition tells one aspect of a Deployment's state.",
    fields: {
      ...conditionFields,
      lastUpdateTime: 'When the condition was last written.',
      type: 'Which aspect this is: Available, Progressing or ReplicaFailure.',
    },
  },
  DeploymentSpec: {
    description: 'DeploymentSpec says which Pods should run, how many, and how they are replaced.',
    fields: {
      minReadySeconds:
        'Seconds that a new Pod must be Ready before it counts as available. Defaults to 0. Services send it traffic as soon as it is Ready.',
      paused: 'Whether changes of the template wait. Scaling goes on.',
      progressDeadlineSeconds:
        'Seconds without progress after which the condition Progressing turns False; nothing is rolled back. Defaults to 600.',
      replicas: 'How many Pods should run. Defaults to 1.',
      revisionHistoryLimit:
        'How many old ReplicaSets are kept for rolling back. Defaults to 10; 0 makes rolling back impossible.',
      selector:
        "Picks the Pods of this Deployment; it must match the template's labels and cannot be changed.",
      strategy: 'How old Pods are replaced by new ones.',
      template: 'The Pod to run. A change of it starts a rollout. Its restartPolicy must be Always.',
    },
  },
  DeploymentStatus: {
    description: 'DeploymentStatus tells how far the controller has come, in numbers of Pods.',
    fields: {
      availableReplicas: 'Pods that have been Ready for minReadySeconds.',
      collisionCount: 'How often the name of a ReplicaSet was taken already.',
      conditions: 'The state of the Deployment.',
      observedGeneration: 'The metadata.generation that the controller has seen.',
      readyReplicas: 'Pods that are Ready.',
      replicas: 'Pods there are, old and new, without those being deleted.',
      terminatingReplicas: 'Pods that are being deleted.',
      unavailableReplicas: 'Pods still missing before as many as wanted are available.',
      updatedReplicas: 'Pods of the newest template.',
    },
  },
  DeploymentStrategy: {
    description: 'DeploymentStrategy says how old Pods are replaced by new ones.',
    fields: {
      rollingUpdate: 'Settings of RollingUpdate; only for that type.',
      type: 'The strategy. Defaults to RollingUpdate.',
    },
  },
  ReplicaSet: {
    description: 'ReplicaSet keeps a number of like Pods running. Deployments make them; you rarely need to.',
    fields: objectFields({ spec: 'The Pods wanted.', status: 'How far the controller has come.' }),
  },
  ReplicaSetCondition: {
    description: "ReplicaSetCondition tells one aspect of a ReplicaSet's state.",
    fields: { ...conditionFields, type: 'Which aspect this is: ReplicaFailure.' },
  },
  ReplicaSetSpec: {
    description: 'ReplicaSetSpec says which Pods should run and how many.',
    fields: {
      minReadySeconds: 'Seconds that a new Pod must be Ready before it counts as available. Defaults to 0.',
      replicas: 'How many Pods should run. Defaults to 1.',
      selector:
        "Picks the Pods of this ReplicaSet; it must match the template's labels and cannot be changed. Pods without an owner that match are adopted.",
      template: 'The Pod to run. A change of it concerns new Pods only.',
    },
  },
  ReplicaSetStatus: {
    description: 'ReplicaSetStatus tells how far the controller has come, in numbers of Pods.',
    fields: {
      availableReplicas: 'Pods that have been Ready for minReadySeconds.',
      conditions: 'The state of the ReplicaSet.',
      fullyLabeledReplicas: 'Pods that carry all labels of the template.',
      observedGeneration: 'The metadata.generation that the controller has seen.',
      readyReplicas: 'Pods that are Ready.',
      replicas: 'Pods there are, without those being deleted.',
      terminatingReplicas: 'Pods that are being deleted.',
    },
  },
  ReplicationController: {
    description:
      'ReplicationController keeps a number of like Pods running. Deployments have taken its place.',
    fields: objectFields({ spec: 'The Pods wanted.', status: 'How far the controller has come.' }),
  },
  ReplicationControllerCondition: {
    description: "ReplicationControllerCondition tells one aspect of a ReplicationController's state.",
    fields: { ...conditionFields, type: 'Which aspect this is: ReplicaFailure.' },
  },
  ReplicationControllerSpec: {
    description: 'ReplicationControllerSpec says which Pods should run and how many.',
    fields: {
      minReadySeconds: 'Seconds that a new Pod must be Ready before it counts as available. Defaults to 0.',
      replicas: 'How many Pods should run. Defaults to 1.',
      selector: 'Labels that pick the Pods. Defaults to the labels of the template.',
      template: 'The Pod to run.',
    },
  },
  ReplicationControllerStatus: {
    description: 'ReplicationControllerStatus tells how far the controller has come, in numbers of Pods.',
    fields: {
      availableReplicas: 'Pods that have been Ready for minReadySeconds.',
      conditions: 'The state of the ReplicationController.',
      fullyLabeledReplicas: 'Pods that carry all labels of the template.',
      observedGeneration: 'The metadata.generation that the controller has seen.',
      readyReplicas: 'Pods that are Ready.',
      replicas: 'Pods there are.',
    },
  },
  RollingUpdateDaemonSet: {
    description: 'RollingUpdateDaemonSet says how many nodes are updated at a time.',
    fields: {
      maxSurge:
        'On how many nodes, as a number or percentage, a new Pod may start beside the old one. Defaults to 0.',
      maxUnavailable:
        'On how many nodes, as a number or percentage, the Pod may be unavailable. Defaults to 1; not 0 unless maxSurge is more.',
    },
  },
  RollingUpdateDeployment: {
    description: 'RollingUpdateDeployment says how many Pods are replaced at a time.',
    fields: {
      maxSurge:
        'How many Pods, as a number or percentage rounded up, there may be beyond replicas. Defaults to 25%.',
      maxUnavailable:
        'How many of replicas, as a number or percentage rounded down, may be unavailable. Defaults to 25%; not 0 where maxSurge is 0.',
    },
  },
  Scale: {
    description:
      'Scale is the part of an object that says how many Pods it should have, the same for all kinds that scale.',
    fields: objectFields({ spec: 'How many Pods are wanted.', status: 'How many Pods there are.' }),
  },
  ScaleSpec: {
    description: 'ScaleSpec says how many Pods are wanted.',
    fields: { replicas: 'How many Pods are wanted.' },
  },
  ScaleStatus: {
    description: 'ScaleStatus tells how many Pods there are.',
    fields: {
      replicas: 'How many Pods there are.',
      selector: 'The selector of the Pods as text, such as app=web.',
    },
  },
};
