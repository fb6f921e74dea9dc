import type { KindSpec } from '../../api';

/** Resources that are not stored under their own name. */
const STORED_AS: Readonly<Record<string, string>> = {
  endpoints: 'services/endpoints',
  ingresses: 'ingress',
  nodes: 'minions',
  replicationcontrollers: 'controllers',
  services: 'services/specs',
};

/** Where a real API server keeps an object, as a few messages tell ("/registry/pods/default/web"). */
export function etcdKey({ plural, namespaced }: KindSpec, namespace: string, name: string): string {
  const folder = `/registry/${STORED_AS[plural] ?? plural}`;
  return namespaced ? `${folder}/${namespace}/${name}` : `${folder}/${name}`;
}
