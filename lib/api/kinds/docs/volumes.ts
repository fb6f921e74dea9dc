import type { Docs } from './docs';

const items = 'Which keys become which files. Left out, every key becomes a file of its name.';
const mode =
  'Permission bits of the files, in octal such as 0400 (YAML) or decimal (JSON). Defaults to 0644.';

/** Volumes that a Pod brings along or makes from what the cluster knows (core/v1). */
export const volumeDocs: Docs = {
  ClusterTrustBundleProjection: {
    description: 'ClusterTrustBundleProjection puts trust anchors into a file.',
    fields: {
      labelSelector: 'Picks the bundles, for signerName.',
      name: 'One bundle by name. Excludes signerName.',
      optional: 'Whether the Pod starts although there is no such bundle. Defaults to false.',
      path: "The file, below the volume's root.",
      signerName: 'All bundles of a signer. Excludes name.',
    },
  },
  ConfigMapProjection: {
    description: 'ConfigMapProjection puts the keys of a ConfigMap into files of a projected volume.',
    fields: {
      items,
      name: 'The name of the ConfigMap, in the same namespace.',
      optional: 'Whether the Pod starts although there is no such ConfigMap or key. Defaults to false.',
    },
  },
  ConfigMapVolumeSource: {
    description:
      'ConfigMapVolumeSource puts the keys of a ConfigMap into files. They follow its changes after a while, unless mounted with subPath.',
    fields: {
      defaultMode: mode,
      items,
      name: 'The name of the ConfigMap, in the same namespace.',
      optional: 'Whether the Pod starts although there is no such ConfigMap or key. Defaults to false.',
    },
  },
  DownwardAPIProjection: {
    description: 'DownwardAPIProjection puts facts about the Pod into files of a projected volume.',
    fields: { items: 'The files.' },
  },
  DownwardAPIVolumeFile: {
    description: 'DownwardAPIVolumeFile is a file that holds a fact about the Pod.',
    fields: {
      fieldRef: 'A field of the Pod, such as metadata.labels. Excludes resourceFieldRef.',
      mode: 'Permission bits of the file. Defaults to those of the volume.',
      path: "The file, below the volume's root.",
      resourceFieldRef: 'A request or limit of a container. Excludes fieldRef.',
    },
  },
  DownwardAPIVolumeSource: {
    description: 'DownwardAPIVolumeSource puts facts about the Pod into files.',
    fields: { defaultMode: mode, items: 'The files.' },
  },
  EmptyDirVolumeSource: {
    description:
      'EmptyDirVolumeSource is an empty directory that lives as long as the Pod: it outlasts restarts of containers, not the Pod.',
    fields: {
      medium:
        "Empty for the node's disk (the default), Memory for a file system in memory that counts against memory limits.",
      sizeLimit: 'The most that may be written; beyond it the Pod is evicted.',
    },
  },
  EphemeralVolumeSource: {
    description: 'EphemeralVolumeSource makes a claim for this Pod alone, which is deleted with it.',
    fields: { volumeClaimTemplate: 'The claim to make, named POD-VOLUME.' },
  },
  HostPathVolumeSource: {
    description:
      'HostPathVolumeSource is a file or directory of the node. Another node has other content, and the container may reach what it should not.',
    fields: { path: 'The path on the node.', type: 'What must be there. Defaults to no check.' },
  },
  ImageVolumeSource: {
    description: 'ImageVolumeSource is the content of an image, to be read.',
    fields: { pullPolicy: 'When the image is pulled. Defaults as for containers.', reference: 'The image.' },
  },
  KeyToPath: {
    description: 'KeyToPath says which file a key becomes.',
    fields: {
      key: 'The key.',
      mode: 'Permission bits of the file. Defaults to those of the volume.',
      path: "The file, below the volume's root, without ..",
    },
  },
  LocalObjectReference: {
    description: 'LocalObjectReference names an object in the same namespace.',
    fields: { name: 'The name of the object.' },
  },
  NFSVolumeSource: {
    description: 'NFSVolumeSource is a directory of an NFS server.',
    fields: {
      path: 'The directory that the server exports.',
      readOnly: 'Whether it can only be read. Defaults to false.',
      server: "The server's host name or address, as the node knows it.",
    },
  },
  PersistentVolumeClaimVolumeSource: {
    description: 'PersistentVolumeClaimVolumeSource is the volume of a claim.',
    fields: {
      claimName:
        'The name of the PersistentVolumeClaim, in the same namespace. The Pod waits until it is bound.',
      readOnly: 'Whether containers can only read. Defaults to false.',
    },
  },
  PodCertificateProjection: {
    description:
      'PodCertificateProjection puts a private key and a certificate for the Pod into files, and renews them.',
    fields: {
      certificateChainPath: 'The file for the certificates.',
      credentialBundlePath: 'The file for key and certificates together; easier to read in one piece.',
      keyPath: 'The file for the key.',
      keyType: 'The kind of key, such as ECDSAP256 or ED25519.',
      maxExpirationSeconds: 'The longest that a certificate may be good for. Defaults to 86400, a day.',
      signerName: 'Who signs the certificate.',
      userAnnotations: 'Notes passed on to the signer.',
    },
  },
  ProjectedVolumeSource: {
    description: 'ProjectedVolumeSource puts several sources into one directory.',
    fields: { defaultMode: mode, sources: "The sources. Their files must not be in each other's way." },
  },
  SecretProjection: {
    description: 'SecretProjection puts the keys of a Secret into files of a projected volume.',
    fields: {
      items,
      name: 'The name of the Secret, in the same namespace.',
      optional: 'Whether the Pod starts although there is no such Secret or key. Defaults to false.',
    },
  },
  SecretVolumeSource: {
    description:
      'SecretVolumeSource puts the keys of a Secret into files, decoded. They follow its changes after a while, unless mounted with subPath.',
    fields: {
      defaultMode: mode,
      items,
      optional: 'Whether the Pod starts although there is no such Secret or key. Defaults to false.',
      secretName: 'The name of the Secret, in the same namespace.',
    },
  },
  ServiceAccountTokenProjection: {
    description:
      "ServiceAccountTokenProjection puts a token of the Pod's service account into a file, and renews it.",
    fields: {
      audience: 'Whom the token is for. Defaults to the API server.',
      expirationSeconds:
        'Seconds that a token is good for, at least 600. Defaults to 3600; it is renewed in time.',
      path: "The file, below the volume's root.",
    },
  },
  Volume: {
    description:
      'Volume is storage that containers of a Pod may mount. Beside the name exactly one field says what it is.',
    fields: {
      awsElasticBlockStore: 'Deprecated: a disk of AWS. Use a claim.',
      azureDisk: 'Deprecated: a disk of Azure. Use a claim.',
      azureFile: 'Deprecated: a file share of Azure. Use a claim.',
      cephfs: 'Removed: CephFS. Use a claim.',
      cinder: 'Deprecated: a disk of OpenStack. Use a claim.',
      configMap: 'The keys of a ConfigMap as files.',
      csi: 'A volume that a CSI driver makes for this Pod.',
      downwardAPI: 'Facts about the Pod as files.',
      emptyDir: 'An empty directory that lives as long as the Pod.',
      ephemeral: 'A claim made for this Pod and deleted with it.',
      fc: 'A disk on a Fibre Channel network.',
      flexVolume: 'Deprecated: a volume by a program on the node. Use a CSI driver.',
      flocker: 'Removed: a Flocker volume.',
      gcePersistentDisk: 'Deprecated: a disk of Google Cloud. Use a claim.',
      gitRepo: 'Deprecated and switched off: a Git repository. Clone it in an init container.',
      glusterfs: 'Removed: GlusterFS.',
      hostPath: 'A file or directory of the node.',
      image: 'The content of an image, to be read.',
      iscsi: 'A disk on an iSCSI target.',
      name: 'The name by which containers mount the volume, a DNS label unique in the Pod.',
      nfs: 'A directory of an NFS server.',
      persistentVolumeClaim: 'The volume of a claim: storage that outlives the Pod.',
      photonPersistentDisk: 'Removed: a disk of Photon.',
      portworxVolume: 'Deprecated: a Portworx volume. Use a claim.',
      projected: 'Several sources in one directory.',
      quobyte: 'Removed: a Quobyte volume.',
      rbd: 'Removed: a Ceph block device.',
      scaleIO: 'Removed: a ScaleIO volume.',
      secret: 'The keys of a Secret as files.',
      storageos: 'Removed: a StorageOS volume.',
      vsphereVolume: 'Deprecated: a disk of vSphere. Use a claim.',
    },
  },
  VolumeDevice: {
    description: 'VolumeDevice gives a container a volume as a raw device.',
    fields: {
      devicePath: 'The path of the device in the container.',
      name: 'The name of a volume of the Pod, from a claim with volumeMode Block.',
    },
  },
  VolumeMount: {
    description: 'VolumeMount makes a volume appear in a container.',
    fields: {
      mountPath: 'Where in the container it appears. What the image has there is hidden.',
      mountPropagation: 'Whether mounts made later are seen on the other side. Defaults to None.',
      name: 'The name of a volume of the Pod.',
      readOnly: 'Whether the container can only read. Defaults to false.',
      recursiveReadOnly:
        'Whether mounts below it can only be read, too: Disabled (the default), IfPossible or Enabled.',
      subPath:
        'A path in the volume to mount in place of its root. Such a mount does not follow changes of a ConfigMap or Secret.',
      subPathExpr: 'As subPath, with $(NAME) for environment variables. Excludes subPath.',
    },
  },
  VolumeProjection: {
    description: 'VolumeProjection is one source of a projected volume. One of its fields is set.',
    fields: {
      clusterTrustBundle: 'Trust anchors.',
      configMap: 'The keys of a ConfigMap.',
      downwardAPI: 'Facts about the Pod.',
      podCertificate: 'A private key and a certificate for the Pod.',
      secret: 'The keys of a Secret.',
      serviceAccountToken: "A token of the Pod's service account.",
    },
  },
};
