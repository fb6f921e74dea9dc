import type { ClusterRole, KubeObject } from '../../../../api';
import type { PolicyRule } from '../attributes';
import { CLUSTER_BINDINGS, ROLE_BINDINGS } from './bindings';
import { CLUSTER_ROLES } from './cluster-roles';
import { CONTROLLER_ROLES } from './controller-roles';
import { clusterRole, clusterRoleBinding, role, roleBinding } from './make-policy';
import { NAMESPACE_ROLES } from './namespace-roles';
import { readRule } from './read-rule';
import { AGGREGATED_RULES } from './user-roles';

const AGGREGATE = 'rbac.authorization.k8s.io/aggregate-to-';
const CONTROLLER = 'system:controller:';

let made: readonly KubeObject[] | undefined;

/** The roles and bindings that every API server makes when it first starts; the same objects for all clusters. */
export function defaultPolicy(): readonly KubeObject[] {
  made ??= [
    ...Object.entries(CLUSTER_ROLES).map(([name, lines]) => clusterRole(marked(name), lines)),
    ...userRoles(),
    ...Object.entries(CONTROLLER_ROLES).map(([name, lines]) =>
      clusterRole(marked(`${CONTROLLER}${name}`), lines),
    ),
    ...Object.entries(CLUSTER_BINDINGS).map(([name, who]) => clusterRoleBinding(marked(name), name, who)),
    ...Object.keys(CONTROLLER_ROLES).map((name) => {
      const own = `${CONTROLLER}${name}`;
      return clusterRoleBinding(marked(own), own, [`ServiceAccount:kube-system/${name}`]);
    }),
    ...Object.entries(NAMESPACE_ROLES).flatMap(([namespace, roles]) =>
      Object.entries(roles).map(([name, lines]) => role(marked(name, namespace), lines)),
    ),
    ...ROLE_BINDINGS.map(([namespace, name, of, who]) => roleBinding(marked(name, namespace), of, who)),
  ];
  return made;
}

function marked(name: string, namespace?: string, labels: Readonly<Record<string, string>> = {}) {
  const metadata = {
    name,
    labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...labels },
    annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
  };
  return namespace === undefined ? metadata : { ...metadata, namespace };
}

/** admin ⊃ edit ⊃ view, each gathered by label from a role of its own and the one below it. */
function userRoles(): readonly ClusterRole[] {
  const labelOf = (name: string) => ({ [`${AGGREGATE}${name}`]: 'true' });
  const above: Readonly<Record<string, string>> = { view: 'edit', edit: 'admin' };
  return Object.entries(AGGREGATED_RULES).flatMap(([name, lines]) => {
    const labels = above[name] === undefined ? {} : labelOf(above[name]);
    const gathered: ClusterRole = {
      ...clusterRole(marked(name, undefined, labels), []),
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: labelOf(name) }] },
    };
    return [gathered, clusterRole(marked(`system:aggregate-to-${name}`, undefined, labelOf(name)), lines)];
  });
}

let rulesOfNodes: readonly PolicyRule[] | undefined;

/** What the Node authorizer lets every kubelet do (NodeRules). */
export function nodeRules(): readonly PolicyRule[] {
  rulesOfNodes ??= (CLUSTER_ROLES['system:node'] ?? []).map(readRule);
  return rulesOfNodes;
}
