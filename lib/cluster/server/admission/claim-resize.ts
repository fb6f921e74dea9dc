import type { PersistentVolumeClaim, StorageClass } from '../../../api';
import { compareQuantities, parseQuantity } from '../../../base';
import { type Attributes, isAbout, type Plugin, refuse } from './plugin';

/** A claim grows only when it is bound and its class lets it. */
export const persistentVolumeClaimResize: Plugin = {
  name: 'PersistentVolumeClaimResize',
  validate(attributes, object) {
    if (!isAbout(attributes, '', 'persistentvolumeclaims') || !attributes.old) return [];
    const [claim, before] = [object as PersistentVolumeClaim, attributes.old as PersistentVolumeClaim];
    if (!grows(claim, before)) return [];
    if (before.status?.phase !== 'Bound') {
      throw refuse(attributes, object, 'Only bound persistent volume claims can be expanded');
    }
    if (mayGrow(attributes, claim, before)) return [];
    const why =
      'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';
    throw refuse(attributes, object, why);
  },
};

function grows(claim: PersistentVolumeClaim, before: PersistentVolumeClaim): boolean {
  const size = ({ spec }: PersistentVolumeClaim) => parseQuantity(spec?.resources?.requests?.storage ?? '0');
  const [next, old] = [size(claim), size(before)];
  return next !== undefined && old !== undefined && compareQuantities(next, old) > 0;
}

function mayGrow(
  { context }: Attributes,
  claim: PersistentVolumeClaim,
  before: PersistentVolumeClaim,
): boolean {
  const classOf = ({ spec, metadata }: PersistentVolumeClaim): string =>
    metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec?.storageClassName ?? '';
  const name = classOf(claim);
  if (name === '' || name !== classOf(before)) return false;
  const found = context.store.get(`/storageclasses.storage.k8s.io//${name}`) as StorageClass | undefined;
  return found?.allowVolumeExpansion === true;
}
