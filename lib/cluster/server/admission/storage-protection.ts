import type { KubeObject } from '../../../api';
import { isAbout, type Plugin } from './plugin';

const FINALIZERS: Readonly<Record<string, string>> = {
  persistentvolumeclaims: 'kubernetes.io/pvc-protection',
  persistentvolumes: 'kubernetes.io/pv-protection',
};

/** Claims and volumes are held by a finalizer that their controllers take off once nobody uses them. */
export const storageObjectInUseProtection: Plugin = {
  name: 'StorageObjectInUseProtection',
  admit(attributes, object) {
    const finalizer = FINALIZERS[attributes.kind.plural];
    if (finalizer === undefined || !isAbout(attributes, '', attributes.kind.plural)) return object;
    return attributes.operation === 'CREATE' ? withFinalizer(object, finalizer) : object;
  },
};

function withFinalizer(object: KubeObject, finalizer: string): KubeObject {
  const finalizers = object.metadata.finalizers ?? [];
  if (finalizers.includes(finalizer)) return object;
  return { ...object, metadata: { ...object.metadata, finalizers: [...finalizers, finalizer] } };
}
