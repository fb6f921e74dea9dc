export { persistentVolumeKind } from './persistent-volume';
export { persistentVolumeClaimKind } from './persistent-volume-claim';
export { storageClassKind } from './storage-class';
