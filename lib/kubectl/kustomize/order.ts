import { byText } from '../../base';
import { kindOf, nameOf, namespaceOf, type Resource } from './resource';

const FIRST = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** kustomize's legacy order: what others need comes first; within a kind by namespace and name. */
export function inOrder(resources: readonly Resource[]): readonly Resource[] {
  return [...resources].sort(
    (a, b) => rank(a) - rank(b) || byText(words(a), words(b)) || byText(place(a), place(b)),
  );
}

function rank(resource: Resource): number {
  const kind = kindOf(resource);
  if (FIRST.includes(kind)) return FIRST.indexOf(kind) - FIRST.length;
  return LAST.includes(kind) ? 1 + LAST.indexOf(kind) : 0;
}

const words = (resource: Resource): string => {
  const [version = '', group = ''] = String(resource.object.apiVersion ?? '')
    .split('/')
    .reverse();
  return `${group}_${version}_${kindOf(resource)}`;
};
const place = (resource: Resource): string => `${namespaceOf(resource)}_${nameOf(resource)}`;
