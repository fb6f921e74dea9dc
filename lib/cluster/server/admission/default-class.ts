import type { Ingress, KubeObject, PersistentVolumeClaim, Stored } from '../../../api';
import { isAbout, type Plugin } from './plugin';

const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';
const DEFAULT_STORAGE = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];
const DEFAULT_INGRESS = ['ingressclass.kubernetes.io/is-default-class'];
const INGRESS_CLASS = 'kubernetes.io/ingress.class';

/** A claim that names no class gets the default one. */
export const defaultStorageClass: Plugin = {
  name: 'DefaultStorageClass',
  admit(attributes, object) {
    if (!isAbout(attributes, '', 'persistentvolumeclaims') || attributes.operation !== 'CREATE')
      return object;
    const { spec, metadata } = object as PersistentVolumeClaim;
    const hasClass = spec?.storageClassName !== undefined || metadata.annotations?.[BETA_CLASS] !== undefined;
    const name = hasClass
      ? undefined
      : findDefaultStorageClass(attributes.context.store.list('/storageclasses.storage.k8s.io/'));
    return name === undefined
      ? object
      : ({ ...object, spec: { ...spec, storageClassName: name } } as KubeObject);
  },
};

/** An Ingress that names no class, not even the old way, gets the default one. */
export const defaultIngressClass: Plugin = {
  name: 'DefaultIngressClass',
  admit(attributes, object) {
    if (!isAbout(attributes, 'networking.k8s.io', 'ingresses') || attributes.operation !== 'CREATE')
      return object;
    const { spec, metadata } = object as Ingress;
    if (spec?.ingressClassName !== undefined || metadata.annotations?.[INGRESS_CLASS] !== undefined)
      return object;
    const classes = attributes.context.store.list('/ingressclasses.networking.k8s.io/');
    const name = findDefault(classes, DEFAULT_INGRESS);
    return name === undefined
      ? object
      : ({ ...object, spec: { ...spec, ingressClassName: name } } as KubeObject);
  },
};

/** The StorageClass that claims without one get. */
export function findDefaultStorageClass(classes: readonly Stored[]): string | undefined {
  return findDefault(classes, DEFAULT_STORAGE);
}

/** Of several defaults the newest counts, and of those the first by name. */
function findDefault(classes: readonly Stored[], annotations: readonly string[]): string | undefined {
  const defaults = classes.filter(({ metadata }) =>
    annotations.some((each) => metadata.annotations?.[each] === 'true'),
  );
  const [first] = defaults.toSorted((a, b) => {
    const [one, other] = [a.metadata, b.metadata];
    if (one.creationTimestamp !== other.creationTimestamp)
      return one.creationTimestamp > other.creationTimestamp ? -1 : 1;
    return one.name < other.name ? -1 : 1;
  });
  return first?.metadata.name;
}
