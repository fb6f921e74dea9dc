import { describe, expect, it } from 'vitest';
import type { Identity } from '../../seams';
import type { ServerApi } from '../api';
import { bindingObject, JANE, MASTER, outcome, ref, roleObject, startServer } from './test-access';

const USER = { kind: 'User', name: 'jane' };
const PODS = { verbs: ['get', 'list'], apiGroups: [''], resources: ['pods'] };

/** What Jane may do once a role with these rules is bound to her. */
function janeWith(rules: readonly (typeof PODS | object)[], where = 'default'): ServerApi {
  const made = startServer();
  made.put(roleObject(where, 'r', rules as never));
  made.put(bindingObject(where, where === '' ? 'ClusterRole/r' : 'Role/r', USER));
  return made.server.as(JANE);
}

const configMap = (name: string) =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' } }) as const;

describe('rules', () => {
  const no = (verb: string, resource: string, where = 'in the namespace "default"', group = '') =>
    `is forbidden: User "jane" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`;

  it.each<[string, object, (api: ServerApi) => unknown, string]>([
    ['a verb given', PODS, (api) => api.list(ref('pods'), 'default'), 'allowed'],
    [
      'a verb not given',
      PODS,
      (api) => api.delete(ref('pods'), 'default', 'x'),
      `403 pods "x" ${no('delete', 'pods')}`,
    ],
    [
      'another resource',
      PODS,
      (api) => api.list(ref('services'), 'default'),
      `403 services ${no('list', 'services')}`,
    ],
    [
      'another namespace',
      PODS,
      (api) => api.list(ref('pods'), 'prod'),
      `403 pods ${no('list', 'pods', 'in the namespace "prod"')}`,
    ],
    [
      'all namespaces',
      PODS,
      (api) => api.list(ref('pods'), ''),
      `403 pods ${no('list', 'pods', 'at the cluster scope')}`,
    ],
    [
      'a group not given',
      { ...PODS, resources: ['deployments'] },
      (api) => api.list(ref('deployments.apps'), 'default'),
      `403 deployments.apps ${no('list', 'deployments', undefined, 'apps')}`,
    ],
    [
      'every group',
      { ...PODS, apiGroups: ['*'], resources: ['deployments'] },
      (api) => api.list(ref('deployments.apps'), 'default'),
      'allowed',
    ],
    [
      'every resource',
      { ...PODS, resources: ['*'] },
      (api) => api.get(ref('pods'), 'default', 'x', 'status'),
      '404 pods "x" not found',
    ],
    [
      'every verb',
      { ...PODS, verbs: ['*'] },
      (api) => api.delete(ref('pods'), 'default', 'x'),
      '404 pods "x" not found',
    ],
    [
      'a subresource not given',
      PODS,
      (api) => api.connect('default', 'x', 'log'),
      `403 pods "x" ${no('get', 'pods/log')}`,
    ],
    [
      'a subresource given',
      { ...PODS, resources: ['pods/log'] },
      (api) => api.connect('default', 'x', 'log'),
      '404 pods "x" not found',
    ],
    [
      'a subresource of any resource',
      { ...PODS, resources: ['*/log'] },
      (api) => api.connect('default', 'x', 'log'),
      '404 pods "x" not found',
    ],
    [
      'entering takes create',
      { ...PODS, resources: ['pods/exec'] },
      (api) => api.connect('default', 'x', 'exec'),
      `403 pods "x" ${no('create', 'pods/exec')}`,
    ],
    [
      'a name given',
      { ...PODS, resourceNames: ['x'] },
      (api) => api.get(ref('pods'), 'default', 'x'),
      '404 pods "x" not found',
    ],
    [
      'another name',
      { ...PODS, resourceNames: ['x'] },
      (api) => api.get(ref('pods'), 'default', 'y'),
      `403 pods "y" ${no('get', 'pods')}`,
    ],
    [
      'a list with names',
      { ...PODS, resourceNames: ['x'] },
      (api) => api.list(ref('pods'), 'default'),
      `403 pods ${no('list', 'pods')}`,
    ],
    [
      'a list of the one name',
      { ...PODS, resourceNames: ['x'] },
      (api) => api.list(ref('pods'), 'default', { fieldSelector: 'metadata.name=x' }),
      'allowed',
    ],
    [
      'a create has no name',
      { ...PODS, verbs: ['create'], resources: ['configmaps'], resourceNames: ['x'] },
      (api) => api.create(ref('configmaps'), 'default', configMap('x')),
      `403 configmaps ${no('create', 'configmaps')}`,
    ],
    [
      'watching is not listing',
      PODS,
      (api) => api.watch(ref('pods'), 'default', {}, () => {}),
      `403 pods ${no('watch', 'pods')}`,
    ],
    [
      'deleting all is not deleting one',
      { ...PODS, verbs: ['delete'] },
      (api) => api.deleteCollection(ref('pods'), 'default', {}),
      `403 pods ${no('deletecollection', 'pods')}`,
    ],
    [
      'a scale',
      PODS,
      (api) => api.get(ref('deployments.apps'), 'default', 'x', 'scale'),
      `403 deployments.apps "x" ${no('get', 'deployments/scale', undefined, 'apps')}`,
    ],
    [
      'a status',
      PODS,
      (api) => api.patch(ref('pods'), 'default', 'x', 'merge', {}, { subresource: 'status' }),
      `403 pods "x" ${no('patch', 'pods/status')}`,
    ],
    [
      'a kind that is not served',
      PODS,
      (api) => api.list(ref('widgets.example.com'), 'default'),
      `403 widgets.example.com ${no('list', 'widgets', undefined, 'example.com')}`,
    ],
    [
      'a kind that is not served, allowed',
      { ...PODS, apiGroups: ['*'], resources: ['*'] },
      (api) => api.list(ref('widgets.example.com'), 'default'),
      '404 the server could not find the requested resource',
    ],
    [
      'a role in a namespace says nothing of nodes',
      { ...PODS, resources: ['nodes'] },
      (api) => api.list(ref('nodes'), ''),
      `403 nodes ${no('list', 'nodes', 'at the cluster scope')}`,
    ],
    [
      'a role in a namespace may speak of the namespace',
      { ...PODS, resources: ['namespaces'] },
      (api) => api.get(ref('namespaces'), '', 'default'),
      'allowed',
    ],
  ])('[RB1] [RB2] [RB3] %s', (_title, rule, work, expected) => {
    expect(outcome(() => work(janeWith([rule])))).toBe(expected);
  });

  it('[RB2] an apply that creates takes create as well, and so does an update', () => {
    const patcher = janeWith([
      { ...PODS, verbs: ['patch', 'update', 'get'], resources: ['configmaps', 'services'] },
    ]);
    const apply = (api: ServerApi) =>
      api.patch(ref('configmaps'), 'default', 'x', 'apply', configMap('x'), { fieldManager: 'm' });
    expect(outcome(() => apply(patcher))).toBe(`403 configmaps "x" ${no('create', 'configmaps')}`);
    const service = { ...configMap('x'), kind: 'Service', spec: { ports: [{ port: 80 }] } };
    expect(outcome(() => patcher.update(ref('services'), 'default', service))).toBe(
      `403 services "x" ${no('create', 'services')}`,
    );
    const both = janeWith([{ ...PODS, verbs: ['patch', 'create'], resources: ['configmaps'] }]);
    expect(outcome(() => apply(both))).toBe('allowed');
  });

  it.each([
    ['/metrics', ['/metrics'], 'allowed'],
    ['/metrics/slis', ['/metrics'], '403 forbidden: User "jane" cannot get path "/metrics/slis"'],
    ['/metrics/slis', ['/metrics/*'], 'allowed'],
    ['/metrics', ['*'], 'allowed'],
  ])('[RB2] the path %s with %j', (path, nonResourceURLs, expected) => {
    const api = janeWith([{ verbs: ['get'], nonResourceURLs }], '');
    expect(outcome(() => api.requirePath(path))).toBe(expected);
  });

  it('[RB3] anybody authenticated may discover; nobody else', () => {
    const { server } = startServer();
    expect(outcome(() => server.as(JANE).resources())).toBe('allowed');
    const anonymous: Identity = { user: 'system:anonymous', groups: ['system:unauthenticated'] };
    expect(outcome(() => server.as(anonymous).resources())).toBe(
      '403 forbidden: User "system:anonymous" cannot get path "/api"',
    );
    expect(outcome(() => server.as(anonymous).requirePath('/version'))).toBe('allowed');
  });
});

describe('bindings', () => {
  const list = (api: ServerApi, namespace = 'default') => outcome(() => api.list(ref('pods'), namespace));
  const ACCOUNT: Identity = {
    user: 'system:serviceaccount:prod:robot',
    groups: ['system:serviceaccounts', 'system:serviceaccounts:prod', 'system:authenticated'],
  };

  it.each<[string, object, Identity]>([
    ['a user', USER, JANE],
    ['a group', { kind: 'Group', name: 'dev' }, JANE],
    ['an account', { kind: 'ServiceAccount', name: 'robot', namespace: 'prod' }, ACCOUNT],
    ['the accounts of a namespace', { kind: 'Group', name: 'system:serviceaccounts:prod' }, ACCOUNT],
  ])('[RB2] %s', (_title, subject, who) => {
    const made = startServer();
    expect(list(made.server.as(who))).toContain('403 pods is forbidden');
    made.put(bindingObject('default', 'ClusterRole/view', subject));
    made.put({ ...roleObject('', 'view2', [PODS]), metadata: { name: 'view2' } });
    made.put(bindingObject('default', 'ClusterRole/view2', subject, 'b2'));
    expect(list(made.server.as(who))).toBe('allowed');
    expect(list(made.server.as(who), 'prod')).toContain('403');
    expect(list(made.server.as({ user: 'joe', groups: ['system:authenticated'] }))).toContain('403');
  });

  it('[RB3] a role that is not there is told of', () => {
    const made = startServer();
    made.put(bindingObject('', 'ClusterRole/gone', USER));
    made.put(bindingObject('default', 'Role/lost', USER));
    expect(list(made.server.as(JANE))).toBe(
      '403 pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default": RBAC: [clusterrole.rbac.authorization.k8s.io "gone" not found, role.rbac.authorization.k8s.io "lost" not found]',
    );
    expect(list(made.server.as(JANE), 'prod')).toMatch(
      /in the namespace "prod": RBAC: clusterrole\.rbac\.authorization\.k8s\.io "gone" not found$/,
    );
  });

  it('[RB9] a change of roles or bindings counts at once, and in no fork', () => {
    const made = startServer();
    made.put(roleObject('default', 'r', [PODS]));
    const fork = made.server.fork(
      made.server.store.fork(),
      { now: () => made.now },
      { next: () => 0, state: 0 },
    );
    made.put(bindingObject('default', 'Role/r', USER));
    expect(list(made.server.as(JANE))).toBe('allowed');
    expect(list(fork.as(JANE))).toContain('403');
    made.server.as(MASTER).delete(ref('rolebindings.rbac.authorization.k8s.io'), 'default', 'b');
    expect(list(made.server.as(JANE))).toContain('403');
  });

  it('[RB2] masters need no binding', () => {
    const made = startServer();
    made.server.as(MASTER).delete(ref('clusterrolebindings.rbac.authorization.k8s.io'), '', 'cluster-admin');
    expect(list(made.server.as(MASTER))).toBe('allowed');
  });
});

describe('kubelets', () => {
  const node: Identity = { user: 'system:node:w1', groups: ['system:nodes', 'system:authenticated'] };

  function cluster() {
    const made = startServer();
    made.put({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: 'default' },
    });
    for (const [name, nodeName, secretName] of [
      ['mine', 'w1', 'wanted'],
      ['theirs', 'w2', 'other'],
    ]) {
      made.put({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'default' },
        spec: {
          nodeName,
          containers: [{ name: 'c', image: 'nginx' }],
          volumes: [{ name: 's', secret: { secretName } }],
        },
      } as never);
    }
    return made.server.as(node);
  }
  const denied = (reason: string) => expect.stringMatching(new RegExp(`^403 .*${reason}$`));

  it.each<[string, (api: ServerApi) => unknown, unknown]>([
    [
      'a secret of its Pod',
      (api) => api.get(ref('secrets'), 'default', 'wanted'),
      '404 secrets "wanted" not found',
    ],
    [
      'a secret of another node’s Pod',
      (api) => api.get(ref('secrets'), 'default', 'other'),
      denied("no relationship found between node 'w1' and this object"),
    ],
    ['all secrets', (api) => api.list(ref('secrets'), 'default'), denied('No Object name found')],
    ['its Pod', (api) => api.get(ref('pods'), 'default', 'mine'), 'allowed'],
    [
      'another Pod',
      (api) => api.get(ref('pods'), 'default', 'theirs'),
      denied("no relationship found between node 'w1' and this object"),
    ],
    ['its Pods', (api) => api.list(ref('pods'), '', { fieldSelector: 'spec.nodeName=w1' }), 'allowed'],
    [
      'all Pods',
      (api) => api.list(ref('pods'), ''),
      denied('can only list/watch pods with spec.nodeName field selector'),
    ],
    ['its node', (api) => api.get(ref('nodes'), '', 'w1'), '404 nodes "w1" not found'],
    [
      'another node',
      (api) => api.get(ref('nodes'), '', 'w2'),
      denied("node 'w1' cannot read 'w2', only its own Node object"),
    ],
    [
      'another lease',
      (api) => api.get(ref('leases.coordination.k8s.io'), 'kube-node-lease', 'w2'),
      denied('can only access node lease with the same name as the requesting node'),
    ],
    ['services', (api) => api.list(ref('services'), ''), 'allowed'],
    ['deployments', (api) => api.list(ref('deployments.apps'), ''), denied('at the cluster scope')],
  ])('[RB7] %s', (_title, work, expected) => {
    const api = cluster();
    expect(outcome(() => work(api))).toEqual(expected);
  });
});
