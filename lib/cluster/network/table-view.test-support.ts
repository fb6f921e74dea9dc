import type { KubeObject, Stored, View } from '../../api';

/** A view over a list of objects. */
export function tableView(objects: readonly Stored[]): View {
  const plural: Readonly<Record<string, string>> = {
    Node: 'nodes',
    Pod: 'pods',
    Service: 'services',
    Namespace: 'namespaces',
    EndpointSlice: 'endpointslices.discovery.k8s.io',
    ConfigMap: 'configmaps',
    DaemonSet: 'daemonsets.apps',
    NetworkPolicy: 'networkpolicies.networking.k8s.io',
  };
  const list = (resource: string, namespace: string) =>
    objects.filter(
      ({ kind, metadata }) =>
        plural[kind] === resource && (namespace === '' || metadata.namespace === namespace),
    );
  return {
    revision: 1,
    get: <T extends KubeObject>(resource: string, namespace: string, name: string) =>
      list(resource, namespace).find(({ metadata }) => metadata.name === name) as Stored<T> | undefined,
    list: <T extends KubeObject>(resource: string, namespace: string) =>
      list(resource, namespace) as readonly KubeObject[] as readonly Stored<T>[],
  };
}
