import type { ClusterRoleBinding, RoleBinding } from '../../../api';
import { list, text } from '../../flags';
import { createClusterrolebindingManual, createRolebindingManual } from '../../manual';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession } from '../../session';
import { requireFlags } from '../require-flags';
import { createGenerated, oneName } from './generate';

const RBAC = 'rbac.authorization.k8s.io';
const GROUP = { group: RBAC, version: 'v1' };

/** `kubectl create rolebinding`. */
export const createRoleBinding: Command<ParsedArgs> = {
  ...createRolebindingManual,
  options: (args) => args,
  async run(args, env) {
    const name = oneName(args, 'create rolebinding');
    const session = openSession(args, env);
    const [role, clusterRole] = [text(args, 'role'), text(args, 'clusterrole')];
    if ((role === '') === (clusterRole === '')) {
      throw fail('exactly one of clusterrole or role must be specified');
    }
    const kind = role === '' ? 'ClusterRole' : 'Role';
    const object: RoleBinding = {
      kind: 'RoleBinding',
      apiVersion: `${RBAC}/v1`,
      metadata: { name },
      ...subjectsOf(args),
      roleRef: { apiGroup: RBAC, kind, name: role || clusterRole },
    };
    return createGenerated(session, {
      ref: { ...GROUP, resource: 'rolebindings' },
      object,
      failure: 'failed to create rolebinding: ',
    });
  },
};

/** `kubectl create clusterrolebinding`. */
export const createClusterRoleBinding: Command<ParsedArgs> = {
  ...createClusterrolebindingManual,
  options: (args) => requireFlags(args, ['clusterrole']) ?? args,
  async run(args, env) {
    const name = oneName(args, 'create clusterrolebinding');
    const object: ClusterRoleBinding = {
      kind: 'ClusterRoleBinding',
      apiVersion: `${RBAC}/v1`,
      metadata: { name },
      ...subjectsOf(args),
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: text(args, 'clusterrole') },
    };
    return createGenerated(openSession(args, env), {
      ref: { ...GROUP, resource: 'clusterrolebindings' },
      object,
      namespaced: false,
      failure: 'failed to create clusterrolebinding: ',
    });
  },
};

/** Whom `--user`, `--group` and `--serviceaccount` name, in this order. */
function subjectsOf(args: ParsedArgs): Pick<RoleBinding, 'subjects'> {
  const subjects = [
    ...list(args, 'user').map((name) => ({ kind: 'User', apiGroup: RBAC, name })),
    ...list(args, 'group').map((name) => ({ kind: 'Group', apiGroup: RBAC, name })),
    ...list(args, 'serviceaccount').map((word) => {
      const [namespace = '', name = '', ...rest] = word.split(':');
      if (namespace === '' || name === '' || rest.length > 0) {
        throw fail('serviceaccount must be <namespace>:<name>');
      }
      return { kind: 'ServiceAccount', name, namespace };
    }),
  ];
  return subjects.length === 0 ? {} : { subjects };
}
