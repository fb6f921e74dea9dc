import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from '../../types';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { pathSegment, validateObjectMeta, validateObjectMetaUpdate } from '../validation';
import { bindingColumns, roleColumns } from './role-columns';
import { validateAggregation, validateBinding, validateRules, withApiGroups } from './validate-rbac';

const GROUP = { group: 'rbac.authorization.k8s.io', version: 'v1' };

/** Role of rbac.authorization.k8s.io/v1. */
export const roleKind = defineKind<Role>({
  ...GROUP,
  kind: 'Role',
  plural: 'roles',
  schema: schemaOf('Role'),
  columns: roleColumns(),
  validate: ({ metadata, rules }, previous) => [
    ...(previous
      ? validateObjectMetaUpdate(metadata, previous.metadata)
      : validateObjectMeta(metadata, { namespaced: true, name: pathSegment })),
    ...validateRules(rules ?? [], true),
  ],
});

/** ClusterRole of rbac.authorization.k8s.io/v1. */
export const clusterRoleKind = defineKind<ClusterRole>({
  ...GROUP,
  kind: 'ClusterRole',
  plural: 'clusterroles',
  namespaced: false,
  schema: schemaOf('ClusterRole'),
  columns: roleColumns(),
  validate: (role, previous) => [
    ...(previous
      ? validateObjectMetaUpdate(role.metadata, previous.metadata)
      : validateObjectMeta(role.metadata, { namespaced: false, name: pathSegment })),
    ...validateRules(role.rules ?? [], false),
    ...validateAggregation(role),
  ],
});

/** RoleBinding of rbac.authorization.k8s.io/v1. */
export const roleBindingKind = defineKind<RoleBinding>({
  ...GROUP,
  kind: 'RoleBinding',
  plural: 'rolebindings',
  schema: schemaOf('RoleBinding'),
  columns: bindingColumns<RoleBinding>(),
  setDefaults: withApiGroups,
  validate: (binding, previous) => [
    ...(previous
      ? validateObjectMetaUpdate(binding.metadata, previous.metadata)
      : validateObjectMeta(binding.metadata, { namespaced: true, name: pathSegment })),
    ...validateBinding(binding, ['Role', 'ClusterRole'], previous?.roleRef),
  ],
});

/** ClusterRoleBinding of rbac.authorization.k8s.io/v1. */
export const clusterRoleBindingKind = defineKind<ClusterRoleBinding>({
  ...GROUP,
  kind: 'ClusterRoleBinding',
  plural: 'clusterrolebindings',
  namespaced: false,
  schema: schemaOf('ClusterRoleBinding'),
  columns: bindingColumns<ClusterRoleBinding>(),
  setDefaults: withApiGroups,
  validate: (binding, previous) => [
    ...(previous
      ? validateObjectMetaUpdate(binding.metadata, previous.metadata)
      : validateObjectMeta(binding.metadata, { namespaced: false, name: pathSegment })),
    ...validateBinding(binding, ['ClusterRole'], previous?.roleRef),
  ],
});
