import type { Docs } from './docs';

const fsType = 'The file system of the volume, such as ext4. Left out, ext4.';
const readOnly = 'Whether the volume can only be read. Defaults to false.';
const partition = 'The partition to mount. Left out or 0, the whole disk.';
const secretHere = 'The Secret with credentials, in the same namespace.';
const secretAnywhere = 'The Secret with credentials.';

const ceph = {
  monitors: 'The addresses of Ceph monitors.',
  path: 'The directory to mount. Defaults to /.',
  readOnly,
  secretFile: "The file with the user's key. Defaults to /etc/ceph/user.secret.",
  user: 'The user. Defaults to admin.',
};
const cinder = { fsType, readOnly, volumeID: 'The identity of the volume in Cinder.' };
const flex = {
  driver: 'The driver, a program on the node.',
  fsType,
  options: 'Further options for the driver.',
  readOnly,
};
const iscsi = {
  chapAuthDiscovery: 'Whether finding the target needs CHAP credentials.',
  chapAuthSession: 'Whether using the target needs CHAP credentials.',
  fsType,
  initiatorName: 'The name that the node gives itself. Left out, that of the node.',
  iqn: "The target's iSCSI name.",
  iscsiInterface: 'The interface to use. Defaults to default, which is tcp.',
  lun: 'The number of the unit on the target.',
  portals: 'Further addresses of the target.',
  readOnly,
  targetPortal: "The target's address, with a port where that is not 3260.",
};
const rbd = {
  fsType,
  image: 'The image in the pool.',
  keyring: "The file with the user's key. Defaults to /etc/ceph/keyring.",
  monitors: 'The addresses of Ceph monitors.',
  pool: 'The pool. Defaults to rbd.',
  readOnly,
  user: 'The user. Defaults to admin.',
};
const scaleIo = {
  fsType: 'The file system of the volume. Defaults to xfs.',
  gateway: 'The address of the ScaleIO gateway.',
  protectionDomain: 'The protection domain.',
  readOnly,
  sslEnabled: 'Whether the gateway is spoken to over TLS. Defaults to false.',
  storageMode: 'ThickProvisioned or ThinProvisioned. Defaults to ThinProvisioned.',
  storagePool: 'The storage pool.',
  system: 'The ScaleIO system.',
  volumeName: 'The name of the volume.',
};
const storageOs = {
  fsType,
  readOnly,
  volumeName: 'The name of the volume, unique in its namespace.',
  volumeNamespace: 'The namespace of the volume in StorageOS. Left out, that of the Pod.',
};

/** Volumes of clouds and storage systems (core/v1); most have given way to CSI drivers. */
export const volumeSourceDocs: Docs = {
  AWSElasticBlockStoreVolumeSource: {
    description:
      'AWSElasticBlockStoreVolumeSource is a disk of AWS. It is deprecated in favour of a CSI driver.',
    fields: { fsType, partition, readOnly, volumeID: 'The identity of the disk in AWS.' },
  },
  AzureDiskVolumeSource: {
    description: 'AzureDiskVolumeSource is a disk of Azure. It is deprecated in favour of a CSI driver.',
    fields: {
      cachingMode: 'How the host caches. Defaults to ReadWrite.',
      diskName: 'The name of the disk.',
      diskURI: 'The URI of the disk.',
      fsType,
      kind: 'Whether the disk is in a shared storage account, in one of its own, or managed. Defaults to Shared.',
      readOnly,
    },
  },
  AzureFilePersistentVolumeSource: {
    description:
      'AzureFilePersistentVolumeSource is a file share of Azure. It is deprecated in favour of a CSI driver.',
    fields: {
      readOnly,
      secretName: "The Secret with the account's name and key.",
      secretNamespace: 'The namespace of the Secret. Left out, that of the claim.',
      shareName: 'The name of the share.',
    },
  },
  AzureFileVolumeSource: {
    description:
      'AzureFileVolumeSource is a file share of Azure. It is deprecated in favour of a CSI driver.',
    fields: {
      readOnly,
      secretName: "The Secret with the account's name and key.",
      shareName: 'The name of the share.',
    },
  },
  CSIPersistentVolumeSource: {
    description: 'CSIPersistentVolumeSource is a volume of a CSI driver.',
    fields: {
      controllerExpandSecretRef: 'The Secret for growing the volume.',
      controllerPublishSecretRef: 'The Secret for attaching the volume to a node.',
      driver: 'The name of the driver.',
      fsType: 'The file system of the volume, such as ext4.',
      nodeExpandSecretRef: 'The Secret for growing the volume on a node.',
      nodePublishSecretRef: 'The Secret for mounting the volume into a Pod.',
      nodeStageSecretRef: 'The Secret for mounting the volume on a node.',
      readOnly,
      volumeAttributes: 'What the driver noted about the volume.',
      volumeHandle: 'What the driver calls the volume.',
    },
  },
  CSIVolumeSource: {
    description: 'CSIVolumeSource is a volume that a CSI driver makes for one Pod.',
    fields: {
      driver: 'The name of the driver.',
      fsType: 'The file system of the volume, such as ext4. Left out, the driver chooses.',
      nodePublishSecretRef: secretHere,
      readOnly,
      volumeAttributes: 'Settings for the driver.',
    },
  },
  CephFSPersistentVolumeSource: {
    description: 'CephFSPersistentVolumeSource is CephFS. It is no longer supported.',
    fields: { ...ceph, secretRef: secretAnywhere },
  },
  CephFSVolumeSource: {
    description: 'CephFSVolumeSource is CephFS. It is no longer supported.',
    fields: { ...ceph, secretRef: secretHere },
  },
  CinderPersistentVolumeSource: {
    description:
      'CinderPersistentVolumeSource is a disk of OpenStack. It is deprecated in favour of a CSI driver.',
    fields: { ...cinder, secretRef: secretAnywhere },
  },
  CinderVolumeSource: {
    description: 'CinderVolumeSource is a disk of OpenStack. It is deprecated in favour of a CSI driver.',
    fields: { ...cinder, secretRef: secretHere },
  },
  FCVolumeSource: {
    description: 'FCVolumeSource is a disk on a Fibre Channel network.',
    fields: {
      fsType,
      lun: 'The number of the unit on the target.',
      readOnly,
      targetWWNs: 'The names of the target. Excludes wwids.',
      wwids: 'The identities of the volume. Excludes lun and targetWWNs.',
    },
  },
  FlexPersistentVolumeSource: {
    description:
      'FlexPersistentVolumeSource is a volume by a program on the node. It is deprecated in favour of CSI drivers.',
    fields: { ...flex, secretRef: secretAnywhere },
  },
  FlexVolumeSource: {
    description:
      'FlexVolumeSource is a volume by a program on the node. It is deprecated in favour of CSI drivers.',
    fields: { ...flex, secretRef: secretHere },
  },
  FlockerVolumeSource: {
    description: 'FlockerVolumeSource is a Flocker volume. It is no longer supported.',
    fields: { datasetName: 'The name of the dataset.', datasetUUID: 'The identity of the dataset.' },
  },
  GCEPersistentDiskVolumeSource: {
    description:
      'GCEPersistentDiskVolumeSource is a disk of Google Cloud. It is deprecated in favour of a CSI driver.',
    fields: { fsType, partition, pdName: 'The name of the disk.', readOnly },
  },
  GitRepoVolumeSource: {
    description:
      'GitRepoVolumeSource is a Git repository. It is deprecated and switched off: clone it in an init container.',
    fields: {
      directory: 'The directory to clone into.',
      repository: 'The URL of the repository.',
      revision: 'The commit to check out.',
    },
  },
  GlusterfsPersistentVolumeSource: {
    description: 'GlusterfsPersistentVolumeSource is GlusterFS. It is no longer supported.',
    fields: {
      endpoints: "The Endpoints with the servers' addresses.",
      endpointsNamespace: 'The namespace of the Endpoints. Left out, that of the claim.',
      path: 'The volume.',
      readOnly,
    },
  },
  GlusterfsVolumeSource: {
    description: 'GlusterfsVolumeSource is GlusterFS. It is no longer supported.',
    fields: { endpoints: "The Endpoints with the servers' addresses.", path: 'The volume.', readOnly },
  },
  ISCSIPersistentVolumeSource: {
    description: 'ISCSIPersistentVolumeSource is a disk on an iSCSI target.',
    fields: { ...iscsi, secretRef: secretAnywhere },
  },
  ISCSIVolumeSource: {
    description: 'ISCSIVolumeSource is a disk on an iSCSI target.',
    fields: { ...iscsi, secretRef: secretHere },
  },
  PhotonPersistentDiskVolumeSource: {
    description: 'PhotonPersistentDiskVolumeSource is a disk of Photon. It is no longer supported.',
    fields: { fsType, pdID: 'The identity of the disk.' },
  },
  PortworxVolumeSource: {
    description: 'PortworxVolumeSource is a Portworx volume. It is deprecated in favour of a CSI driver.',
    fields: { fsType, readOnly, volumeID: 'The identity of the volume.' },
  },
  QuobyteVolumeSource: {
    description: 'QuobyteVolumeSource is a Quobyte volume. It is no longer supported.',
    fields: {
      group: 'The group that files belong to.',
      readOnly,
      registry: 'The addresses of the registry, as host:port.',
      tenant: 'The tenant of the volume.',
      user: 'The user that files belong to.',
      volume: 'The name of the volume.',
    },
  },
  RBDPersistentVolumeSource: {
    description: 'RBDPersistentVolumeSource is a Ceph block device. It is no longer supported.',
    fields: { ...rbd, secretRef: secretAnywhere },
  },
  RBDVolumeSource: {
    description: 'RBDVolumeSource is a Ceph block device. It is no longer supported.',
    fields: { ...rbd, secretRef: secretHere },
  },
  ScaleIOPersistentVolumeSource: {
    description: 'ScaleIOPersistentVolumeSource is a ScaleIO volume. It is no longer supported.',
    fields: { ...scaleIo, secretRef: secretAnywhere },
  },
  ScaleIOVolumeSource: {
    description: 'ScaleIOVolumeSource is a ScaleIO volume. It is no longer supported.',
    fields: { ...scaleIo, secretRef: secretHere },
  },
  StorageOSPersistentVolumeSource: {
    description: 'StorageOSPersistentVolumeSource is a StorageOS volume. It is no longer supported.',
    fields: { ...storageOs, secretRef: secretAnywhere },
  },
  StorageOSVolumeSource: {
    description: 'StorageOSVolumeSource is a StorageOS volume. It is no longer supported.',
    fields: { ...storageOs, secretRef: secretHere },
  },
  VsphereVirtualDiskVolumeSource: {
    description:
      'VsphereVirtualDiskVolumeSource is a disk of vSphere. It is deprecated in favour of a CSI driver.',
    fields: {
      fsType,
      storagePolicyID: 'The identity of the storage policy.',
      storagePolicyName: 'The name of the storage policy.',
      volumePath: 'The path of the disk.',
    },
  },
};
