import { type Docs, objectFields } from './docs';

const sources = {
  awsElasticBlockStore: 'Deprecated: a disk of AWS. Use csi.',
  azureDisk: 'Deprecated: a disk of Azure. Use csi.',
  azureFile: 'Deprecated: a file share of Azure. Use csi.',
  cephfs: 'Removed: CephFS. Use csi.',
  cinder: 'Deprecated: a disk of OpenStack. Use csi.',
  csi: 'A volume of a CSI driver.',
  fc: 'A disk on a Fibre Channel network.',
  flexVolume: 'Deprecated: a volume by a program on the node. Use csi.',
  flocker: 'Removed: a Flocker volume.',
  gcePersistentDisk: 'Deprecated: a disk of Google Cloud. Use csi.',
  glusterfs: 'Removed: GlusterFS.',
  hostPath: 'A directory of a node, for trying things out on one node.',
  iscsi: 'A disk on an iSCSI target.',
  local: 'A disk or directory of one node, which nodeAffinity must name.',
  nfs: 'A directory of an NFS server.',
  photonPersistentDisk: 'Removed: a disk of Photon.',
  portworxVolume: 'Deprecated: a Portworx volume. Use csi.',
  quobyte: 'Removed: a Quobyte volume.',
  rbd: 'Removed: a Ceph block device.',
  scaleIO: 'Removed: a ScaleIO volume.',
  storageos: 'Removed: a StorageOS volume.',
  vsphereVolume: 'Deprecated: a disk of vSphere. Use csi.',
};

/** Persistent volumes, claims and storage classes (core/v1 and storage.k8s.io/v1). */
export const storageDocs: Docs = {
  CSINode: {
    description: 'CSINode tells which CSI drivers a node has.',
    fields: objectFields({ spec: 'The drivers.' }),
  },
  CSINodeDriver: {
    description: 'CSINodeDriver is a CSI driver on a node.',
    fields: {
      allocatable: 'How many volumes of the driver the node can take.',
      name: 'The name of the driver.',
      nodeID: 'What the driver calls the node.',
      topologyKeys: 'Node labels that tell the driver where the node is.',
    },
  },
  CSINodeSpec: {
    description: 'CSINodeSpec lists the drivers of a node.',
    fields: { drivers: 'The drivers.' },
  },
  LocalVolumeSource: {
    description: 'LocalVolumeSource is a disk or directory of one node.',
    fields: {
      fsType: 'The file system to make on a disk, such as ext4. Left out, one is chosen.',
      path: 'The path on the node.',
    },
  },
  ModifyVolumeStatus: {
    description: "ModifyVolumeStatus tells how a change of a volume's attributes fares.",
    fields: {
      status: 'How it fares.',
      targetVolumeAttributesClassName: 'The class that is being changed to.',
    },
  },
  PersistentVolume: {
    description:
      'PersistentVolume is a piece of storage in the cluster, made by hand or by a provisioner. Claims are bound to it, one at a time.',
    fields: objectFields({ spec: 'What the storage is, and for whom.', status: 'Whether it is taken.' }),
  },
  PersistentVolumeClaim: {
    description:
      'PersistentVolumeClaim asks for storage. It is bound to a volume that fits, or one is made for it; the data outlives the Pods that use it.',
    fields: objectFields({ spec: 'What storage is wanted.', status: 'What has been given.' }),
  },
  PersistentVolumeClaimCondition: {
    description: "PersistentVolumeClaimCondition tells one aspect of a claim's state.",
    fields: {
      lastProbeTime: 'When the condition was last looked at.',
      lastTransitionTime: 'When status last changed.',
      message: 'The reason for a person to read.',
      reason: 'The reason in one CamelCase word.',
      status: 'True, False or Unknown.',
      type: 'Which aspect this is, such as Resizing or FileSystemResizePending.',
    },
  },
  PersistentVolumeClaimSpec: {
    description:
      'PersistentVolumeClaimSpec says what storage is wanted. Once bound, only the size (upwards) and the attributes class can be changed.',
    fields: {
      accessModes: 'How the volume must be mountable.',
      dataSource: 'A snapshot or another claim to begin with as content.',
      dataSourceRef: 'As dataSource, with any kind of object, and of other namespaces where that is allowed.',
      resources: 'How much is wanted, in requests.storage.',
      selector: 'Labels that the volume must carry. No volume is made for a claim with a selector.',
      storageClassName:
        'The class that the volume must have. Left out, the default class; empty, a volume without class.',
      volumeAttributesClassName: 'A VolumeAttributesClass with settings such as throughput.',
      volumeMode: 'Whether Pods get a directory or a device. Defaults to Filesystem.',
      volumeName: 'The volume that the claim is bound to.',
    },
  },
  PersistentVolumeClaimStatus: {
    description: 'PersistentVolumeClaimStatus tells what a claim has been given.',
    fields: {
      accessModes: 'How the volume can be mounted.',
      allocatedResourceStatuses: 'How growing the volume fares.',
      allocatedResources: 'The size that is being made, while the volume grows.',
      capacity: 'The size of the volume.',
      conditions: 'The state of the claim.',
      currentVolumeAttributesClassName: 'The attributes class in force.',
      modifyVolumeStatus: 'How a change of the attributes class fares.',
      phase: 'Whether the claim has its volume.',
    },
  },
  PersistentVolumeClaimTemplate: {
    description: 'PersistentVolumeClaimTemplate is a claim made for a Pod.',
    fields: { metadata: 'Labels and annotations of the claim.', spec: 'What storage is wanted.' },
  },
  PersistentVolumeSpec: {
    description: 'PersistentVolumeSpec says what a piece of storage is. Exactly one field names its source.',
    fields: {
      ...sources,
      accessModes: 'How the volume can be mounted.',
      capacity: 'The size, in storage.',
      claimRef: 'The claim that the volume is bound to. Clear it to free a Released volume.',
      mountOptions: 'Options for mounting, such as ro. They are not checked beforehand.',
      nodeAffinity: 'The nodes from which the volume can be reached; Pods that use it are placed there.',
      persistentVolumeReclaimPolicy:
        'What becomes of the volume when its claim is gone. Defaults to Retain; volumes made for a claim take it from their class.',
      storageClassName: 'The class of the volume; empty for none. Only claims of that class are bound to it.',
      volumeAttributesClassName: 'The VolumeAttributesClass of the volume.',
      volumeMode: 'Whether Pods get a directory or a device. Defaults to Filesystem.',
    },
  },
  PersistentVolumeStatus: {
    description: 'PersistentVolumeStatus tells whether a volume is taken.',
    fields: {
      lastPhaseTransitionTime: 'When phase last changed.',
      message: 'Why the volume is in this state, for a person to read.',
      phase: 'Whether the volume is taken.',
      reason: 'What went wrong, in one CamelCase word.',
    },
  },
  StorageClass: {
    description:
      'StorageClass describes a kind of storage and who makes it. The annotation storageclass.kubernetes.io/is-default-class makes it the class of claims that name none.',
    fields: objectFields({
      allowVolumeExpansion: 'Whether claims may be made bigger. Defaults to false.',
      allowedTopologies: 'Where volumes may be made. Left out, anywhere.',
      mountOptions: 'Options for mounting that volumes of the class get.',
      parameters: 'Settings for the provisioner. They cannot be changed.',
      provisioner: 'Who makes the volumes, such as ebs.csi.aws.com. It cannot be changed.',
      reclaimPolicy: 'What becomes of volumes when their claim is gone. Defaults to Delete.',
      volumeBindingMode: 'When a volume is made and bound. Defaults to Immediate.',
    }),
  },
  TopologySelectorLabelRequirement: {
    description: 'TopologySelectorLabelRequirement compares one label.',
    fields: { key: 'The label.', values: 'The values, one of which it must have.' },
  },
  TopologySelectorTerm: {
    description: 'TopologySelectorTerm says where volumes may be made.',
    fields: { matchLabelExpressions: 'Labels of the place; all must match.' },
  },
  TypedLocalObjectReference: {
    description: 'TypedLocalObjectReference names an object of any kind in the same namespace.',
    fields: {
      apiGroup: 'The group of the kind; left out, the core group.',
      kind: 'The kind.',
      name: 'The name.',
    },
  },
  TypedObjectReference: {
    description: 'TypedObjectReference names an object of any kind.',
    fields: {
      apiGroup: 'The group of the kind; left out, the core group.',
      kind: 'The kind.',
      name: 'The name.',
      namespace: 'The namespace. Left out, the same one.',
    },
  },
  VolumeNodeAffinity: {
    description: 'VolumeNodeAffinity says from which nodes a volume can be reached.',
    fields: { required: 'The nodes.' },
  },
  VolumeNodeResources: {
    description: 'VolumeNodeResources tells how many volumes a node can take.',
    fields: { count: 'How many. Left out, there is no limit.' },
  },
  VolumeResourceRequirements: {
    description: 'VolumeResourceRequirements says how much storage is wanted.',
    fields: { limits: 'The most that is wanted.', requests: 'The least that is wanted, in storage.' },
  },
};
