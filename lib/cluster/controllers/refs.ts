import type { ResourceRef } from '../../api';

const core = (resource: string): ResourceRef => ({ group: '', version: 'v1', resource });
const apps = (resource: string): ResourceRef => ({ group: 'apps', version: 'v1', resource });

/** The resources that controllers write, as the API server names them. */
export const REFS = {
  clusterRoles: { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'clusterroles' },
  configMaps: core('configmaps'),
  endpoints: core('endpoints'),
  namespaces: core('namespaces'),
  nodes: core('nodes'),
  pods: core('pods'),
  resourceQuotas: core('resourcequotas'),
  secrets: core('secrets'),
  serviceAccounts: core('serviceaccounts'),
  services: core('services'),
  controllerRevisions: apps('controllerrevisions'),
  daemonSets: apps('daemonsets'),
  deployments: apps('deployments'),
  replicaSets: apps('replicasets'),
  statefulSets: apps('statefulsets'),
  cronJobs: { group: 'batch', version: 'v1', resource: 'cronjobs' },
  jobs: { group: 'batch', version: 'v1', resource: 'jobs' },
  autoscalers: { group: 'autoscaling', version: 'v2', resource: 'horizontalpodautoscalers' },
  persistentVolumes: core('persistentvolumes'),
  persistentVolumeClaims: core('persistentvolumeclaims'),
  podDisruptionBudgets: { group: 'policy', version: 'v1', resource: 'poddisruptionbudgets' },
  serviceCidrs: { group: 'networking.k8s.io', version: 'v1', resource: 'servicecidrs' },
  endpointSlices: { group: 'discovery.k8s.io', version: 'v1', resource: 'endpointslices' },
} as const satisfies Readonly<Record<string, ResourceRef>>;
