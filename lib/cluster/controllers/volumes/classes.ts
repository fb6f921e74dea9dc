import type { PersistentVolume, PersistentVolumeClaim, StorageClass, Stored, View } from '../../../api';

const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';

/** The node that the scheduler wants a claim's volume made for. */
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
export const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';
export const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';
/** Who made a volume on demand. */
export const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';
export const PROVISIONER = 'volume.kubernetes.io/storage-provisioner';
export const BETA_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner';
export const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

/** The class of a claim or volume; the old annotation goes before the field. */
export function classOf({ metadata, spec }: PersistentVolumeClaim | PersistentVolume): string {
  return metadata.annotations?.[BETA_CLASS] ?? spec?.storageClassName ?? '';
}

/** The class that a claim names, if it is there. */
export function findClass(view: View, claim: PersistentVolumeClaim): Stored<StorageClass> | undefined {
  const name = classOf(claim);
  return name === '' ? undefined : view.get<StorageClass>('storageclasses.storage.k8s.io', '', name);
}

/** Whether a claim's volume is chosen only with the first Pod that uses it (IsDelayBindingMode). */
export function waitsForConsumer(view: View, claim: PersistentVolumeClaim): boolean {
  return findClass(view, claim)?.volumeBindingMode === 'WaitForFirstConsumer';
}

/** The names of the claims that a Pod mounts. */
export function claimNames(pod: {
  readonly metadata: { readonly name?: string };
  readonly spec?:
    | {
        readonly volumes?:
          | readonly {
              readonly name: string;
              readonly persistentVolumeClaim?: { readonly claimName: string } | undefined;
              readonly ephemeral?: object | undefined;
            }[]
          | undefined;
      }
    | undefined;
}): readonly string[] {
  return (pod.spec?.volumes ?? []).flatMap(({ name, persistentVolumeClaim, ephemeral }) => {
    if (persistentVolumeClaim) return persistentVolumeClaim.claimName;
    return ephemeral ? `${pod.metadata.name ?? ''}-${name}` : [];
  });
}
