import type { ClusterRole, ClusterRoleBinding, ObjectMeta, Role, RoleBinding } from '../../../../api';
import { readRule } from './read-rule';

const GROUP = 'rbac.authorization.k8s.io';
const API_VERSION = `${GROUP}/v1`;

/** What a role or binding is called, with the labels and annotations it bears. */
type Named = Pick<ObjectMeta, 'name' | 'namespace' | 'labels' | 'annotations'>;

/** A ClusterRole from rules in short form. */
export function clusterRole(metadata: Named, lines: readonly string[]): ClusterRole {
  return { apiVersion: API_VERSION, kind: 'ClusterRole', metadata, rules: lines.map(readRule) };
}

/** A Role from rules in short form. */
export function role(metadata: Named, lines: readonly string[]): Role {
  return { apiVersion: API_VERSION, kind: 'Role', metadata, rules: lines.map(readRule) };
}

/** A ClusterRoleBinding of a ClusterRole to subjects in short form. */
export function clusterRoleBinding(
  metadata: Named,
  roleName: string,
  who: readonly string[],
): ClusterRoleBinding {
  const roleRef = { apiGroup: GROUP, kind: 'ClusterRole', name: roleName };
  const binding = { apiVersion: API_VERSION, kind: 'ClusterRoleBinding', metadata, roleRef } as const;
  return who.length === 0 ? binding : { ...binding, subjects: who.map(readSubject) };
}

/** A RoleBinding of a Role to subjects in short form. */
export function roleBinding(metadata: Named, roleName: string, who: readonly string[]): RoleBinding {
  const roleRef = { apiGroup: GROUP, kind: 'Role', name: roleName };
  return { apiVersion: API_VERSION, kind: 'RoleBinding', metadata, roleRef, subjects: who.map(readSubject) };
}

/** `User:<name>`, `Group:<name>` or `ServiceAccount:<namespace>/<name>`. */
function readSubject(text: string) {
  const colon = text.indexOf(':');
  const [kind, name] = [text.slice(0, colon), text.slice(colon + 1)];
  if (kind !== 'ServiceAccount') return { kind, apiGroup: GROUP, name };
  const [namespace = '', account = ''] = name.split('/');
  return { kind, name: account, namespace };
}
