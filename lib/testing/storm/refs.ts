import type { ResourceRef } from '../../api';

/** Where the storm's kinds are served. */
export const DEPLOYMENTS: ResourceRef = { group: 'apps', version: 'v1', resource: 'deployments' };
export const REPLICA_SETS: ResourceRef = { group: 'apps', version: 'v1', resource: 'replicasets' };
export const PODS: ResourceRef = { group: '', version: 'v1', resource: 'pods' };
export const NODES: ResourceRef = { group: '', version: 'v1', resource: 'nodes' };
export const SERVICES: ResourceRef = { group: '', version: 'v1', resource: 'services' };
export const ENDPOINTS: ResourceRef = { group: '', version: 'v1', resource: 'endpoints' };
export const SLICES: ResourceRef = { group: 'discovery.k8s.io', version: 'v1', resource: 'endpointslices' };

export const CONFIG_MAPS: ResourceRef = { group: '', version: 'v1', resource: 'configmaps' };
export const POLICIES: ResourceRef = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'networkpolicies',
};

/** The namespace in which it storms. */
export const NAMESPACE = 'default';
/** Names that Deployments and Services share, so that they meet by chance. */
export const NAMES = ['ant', 'bee', 'cat', 'dog'] as const;
