import type { KubeObject } from '../../api';

/**
 * An object as kubectl posts it: the resourceVersion that a file from `kubectl get -o yaml` brings is taken off, since a
 * new object has none (cli-runtime's Helper.Create).
 */
export function unversioned(object: KubeObject): KubeObject {
  if (object.metadata.resourceVersion === undefined) return object;
  const { resourceVersion: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
