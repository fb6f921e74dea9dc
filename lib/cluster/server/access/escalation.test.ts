import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../api';
import { bindingObject, JANE, MASTER, outcome, ref, roleObject, startServer } from './test-access';

const RBAC = 'rbac.authorization.k8s.io';
const USER = { kind: 'User', name: 'jane' };
const RESOURCES: Readonly<Record<string, string>> = {
  Role: 'roles',
  ClusterRole: 'clusterroles',
  RoleBinding: 'rolebindings',
  ClusterRoleBinding: 'clusterrolebindings',
};
const refOf = (object: KubeObject) => ref(`${RESOURCES[object.kind]}.${RBAC}`);

/** Jane, who may write roles and bindings everywhere, and what `rules` say besides. */
function jane(rules: readonly object[] = [], where = '') {
  const made = startServer();
  const write = {
    verbs: ['*'],
    apiGroups: [RBAC],
    resources: ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'],
  };
  const writer = { ...write, verbs: ['get', 'list', 'create', 'update', 'patch', 'delete'] };
  made.put(roleObject('', 'writer', [writer]));
  made.put(bindingObject('', 'ClusterRole/writer', USER, 'writer'));
  made.put(roleObject(where, 'own', rules as never));
  made.put(bindingObject(where, `${where === '' ? 'ClusterRole' : 'Role'}/own`, USER, 'own'));
  const api = made.server.as(JANE);
  const create = (object: KubeObject) =>
    outcome(() => api.create(refOf(object), object.metadata.namespace ?? '', object));
  return { ...made, api, create };
}

const GET_PODS = { verbs: ['get'], apiGroups: [''], resources: ['pods'] };
const grant = (lines: string) =>
  `user "jane" (groups=["dev" "system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n${lines}`;

describe('roles', () => {
  it('[RB4] nobody writes into a role what they do not hold', () => {
    const { create } = jane();
    expect(create(roleObject('default', 'r', [GET_PODS]))).toBe(
      `403 roles.${RBAC} "r" is forbidden: ${grant('{APIGroups:[""], Resources:["pods"], Verbs:["get"]}')}`,
    );
    const wide = [
      {
        verbs: ['list', 'get'],
        apiGroups: ['', 'apps'],
        resources: ['pods/log', 'pods'],
        resourceNames: ['a', 'b'],
      },
      { verbs: ['get'], nonResourceURLs: ['/metrics', '/logs/*'] },
    ];
    expect(create(roleObject('', 'r', wide))).toBe(
      `403 clusterroles.${RBAC} "r" is forbidden: ${grant(
        [
          '{APIGroups:[""], Resources:["pods"], ResourceNames:["a"], Verbs:["list" "get"]}',
          '{APIGroups:[""], Resources:["pods"], ResourceNames:["b"], Verbs:["list" "get"]}',
          '{APIGroups:[""], Resources:["pods/log"], ResourceNames:["a"], Verbs:["list" "get"]}',
          '{APIGroups:[""], Resources:["pods/log"], ResourceNames:["b"], Verbs:["list" "get"]}',
          '{APIGroups:["apps"], Resources:["pods"], ResourceNames:["a"], Verbs:["list" "get"]}',
          '{APIGroups:["apps"], Resources:["pods"], ResourceNames:["b"], Verbs:["list" "get"]}',
          '{APIGroups:["apps"], Resources:["pods/log"], ResourceNames:["a"], Verbs:["list" "get"]}',
          '{APIGroups:["apps"], Resources:["pods/log"], ResourceNames:["b"], Verbs:["list" "get"]}',
          '{NonResourceURLs:["/logs/*"], Verbs:["get"]}',
          '{NonResourceURLs:["/metrics"], Verbs:["get"]}',
        ].join('\n'),
      )}`,
    );
  });

  it.each([
    ['the same', GET_PODS, true],
    ['every verb', { ...GET_PODS, verbs: ['*'] }, true],
    ['every resource', { ...GET_PODS, resources: ['*'] }, true],
    ['every group', { ...GET_PODS, apiGroups: ['*'] }, true],
    ['one name of it', { ...GET_PODS, resourceNames: ['x'] }, false],
    ['its subresources', { ...GET_PODS, resources: ['*/log', 'pods/log'] }, false],
    ['another verb', { ...GET_PODS, verbs: ['list'] }, false],
  ])('[RB4] who holds %s may give it: %j', (_title, rule, allowed) => {
    const got = jane([rule]).create(roleObject('default', 'r', [GET_PODS]));
    expect(got.startsWith('403')).toBe(!allowed);
  });

  it('[RB4] what is held in a namespace may be given there only', () => {
    const { create } = jane([GET_PODS], 'default');
    expect(create(roleObject('default', 'r', [GET_PODS]))).toBe('allowed');
    expect(create(roleObject('prod', 'r', [GET_PODS]))).toContain('403');
    expect(create(roleObject('', 'r', [GET_PODS]))).toContain('403');
  });

  it('[RB4] escalate gives leave, but a create has no name to give it by', () => {
    const escalate = { verbs: ['escalate'], apiGroups: [RBAC], resources: ['roles'] };
    expect(jane([escalate]).create(roleObject('default', 'r', [GET_PODS]))).toBe('allowed');
    expect(
      jane([{ ...escalate, resourceNames: ['r'] }]).create(roleObject('default', 'r', [GET_PODS])),
    ).toContain('403');
  });

  it('[RB4] updates are looked at, too, unless they only let an object go', () => {
    const { api, put } = jane();
    put(roleObject('default', 'r', [GET_PODS]));
    const roles = ref(`roles.${RBAC}`);
    const patch = (body: object) => outcome(() => api.patch(roles, 'default', 'r', 'merge', body));
    expect(patch({ rules: [{ ...GET_PODS, verbs: ['list'] }] })).toContain('Verbs:["list"]}');
    expect(patch({ metadata: { labels: { a: 'b' } } })).toContain('Verbs:["get"]}');
    expect(patch({ metadata: { finalizers: ['example.com/x'] } })).toBe('allowed');
    expect(patch({ rules: [] })).toBe('allowed');
  });

  it('[RB4] gathering rules takes all of them', () => {
    const gathered = {
      ...roleObject('', 'r', []),
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] },
    };
    expect(jane().create(gathered)).toBe(
      `403 clusterroles.${RBAC} "r" is forbidden: must have cluster-admin privileges to use the aggregationRule`,
    );
    const all = [
      { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
      { verbs: ['*'], nonResourceURLs: ['*'] },
    ];
    expect(jane(all).create(gathered)).toBe('allowed');
  });
});

describe('bindings', () => {
  const BIND = { verbs: ['bind'], apiGroups: [RBAC], resources: ['clusterroles'], resourceNames: ['view'] };
  const binding = (role: string, where = 'default') =>
    bindingObject(where, `ClusterRole/${role}`, { kind: 'User', name: 'joe' });

  it('[RB4] nobody binds what they do not hold, but with bind', () => {
    expect(jane().create(binding('system:discovery'))).toBe('allowed');
    expect(jane().create(binding('system:kube-dns'))).toBe(
      `403 rolebindings.${RBAC} "b" is forbidden: ${grant(
        '{APIGroups:[""], Resources:["endpoints"], Verbs:["list" "watch"]}\n{APIGroups:[""], Resources:["services"], Verbs:["list" "watch"]}',
      )}`,
    );
    expect(jane([BIND]).create(binding('view'))).toBe('allowed');
    expect(jane([BIND]).create(binding('system:kube-dns'))).toContain('403');
    expect(jane([BIND], 'default').create(binding('view', 'prod'))).toBe('allowed');
    expect(jane([BIND], 'default').create(binding('system:kube-dns', ''))).toContain('403');
  });

  it('[RB4] a role that is not there cannot be bound', () => {
    expect(jane().create(binding('gone'))).toBe(
      `404 clusterroles.${RBAC} "gone" not found`.replace('roles.', 'role.'),
    );
  });

  it('[RB4] what a binding refers to stays', () => {
    const { put, server } = jane();
    put(binding('view'));
    const patch = { roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'edit' } };
    expect(
      outcome(() => server.as(MASTER).patch(ref(`rolebindings.${RBAC}`), 'default', 'b', 'merge', patch)),
    ).toMatch(
      /^422 RoleBinding\.rbac\.authorization\.k8s\.io "b" is invalid: roleRef: Invalid value: .*: cannot change roleRef$/,
    );
  });
});
