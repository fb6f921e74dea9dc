import type { ResourceRef } from '../../api';

const core = (resource: string): ResourceRef => ({ group: '', version: 'v1', resource });
const apps = (resource: string): ResourceRef => ({ group: 'apps', version: 'v1', resource });

/** The resources that controllers write, as the API server names them. */
export const REFS = {
  configMaps: core('configmaps'),
  endpoints: core('endpoints'),
  namespaces: core('namespaces'),
  nodes: core('nodes'),
  pods: core('pods'),
  serviceAccounts: core('serviceaccounts'),
  services: core('services'),
  deployments: apps('deployments'),
  replicaSets: apps('replicasets'),
  endpointSlices: { group: 'discovery.k8s.io', version: 'v1', resource: 'endpointslices' },
} as const satisfies Readonly<Record<string, ResourceRef>>;
