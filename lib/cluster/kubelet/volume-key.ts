import type { KubeObject, Pod, Stored, View } from '../../api';

type Volume = NonNullable<NonNullable<Pod['spec']>['volumes']>[number];
type Claim = KubeObject & { readonly spec?: { readonly volumeName?: string } };

/** The beginning of the keys of all volumes that end with a Pod. */
export const podVolumes = (uid: string): string => `pod/${uid}/`;

/** What a persistent volume's files are kept under. */
export const persistentVolumeKey = (name: string): string => `volume/${name}`;

/** What an unbound claim's files are kept under: some clusters have nobody who binds. */
export const claimKey = (uid: string): string => `claim/${uid}`;

/** Under which key a volume's files are kept: those of the Pod end with it, those of claims and hosts outlive it. */
export function volumeKey(view: View, pod: Stored<Pod>, volume: Volume): string {
  const { namespace = '', name, uid } = pod.metadata;
  const claim =
    volume.persistentVolumeClaim?.claimName ??
    (volume.ephemeral === undefined ? undefined : `${name}-${volume.name}`);
  if (claim !== undefined) {
    const found = view.get<Claim>('persistentvolumeclaims', namespace, claim);
    if (found?.spec?.volumeName) return persistentVolumeKey(found.spec.volumeName);
    if (found !== undefined) return claimKey(found.metadata.uid);
  }
  if (volume.hostPath) return `host/${pod.spec?.nodeName ?? ''}${volume.hostPath.path}`;
  if (volume.nfs) return `nfs/${volume.nfs.server}${volume.nfs.path}`;
  return `${podVolumes(uid)}${volume.name}`;
}

/** Whether a volume is made of API objects, which the kubelet writes and nobody else. */
export function isFromApi(volume: Volume): boolean {
  return Boolean(volume.configMap ?? volume.secret ?? volume.projected ?? volume.downwardAPI);
}
