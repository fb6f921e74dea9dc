import { describe, expect, it } from 'vitest';
import { findKindOf } from '../../../../api';
import { startTestCluster } from '../../../bootstrap/test-cluster';
import type { Identity } from '../../../seams';
import { decide } from '../decide';
import { PolicyIndex } from '../policy-index';
import { defaultPolicy } from './index';

const account = (name: string): Identity => ({
  user: `system:serviceaccount:kube-system:${name}`,
  groups: ['system:serviceaccounts', 'system:serviceaccounts:kube-system', 'system:authenticated'],
});
const user = (name: string, ...groups: readonly string[]): Identity => ({
  user: name,
  groups: [...groups, 'system:authenticated'],
});

/** A booted cluster with users bound to the three roles for people, in `default`. */
function booted() {
  const cluster = startTestCluster();
  for (const role of ['view', 'edit', 'admin']) {
    cluster.api.create(
      { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'rolebindings' },
      'default',
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: role },
        subjects: [{ kind: 'User', name: `${role}er` }],
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      } as never,
    );
  }
  cluster.advance(60_000);
  const may = (who: Identity, text: string): boolean => {
    const [verb = '', target = '', namespace = 'default', name = ''] = text.split(' ');
    const [path = '', subresource = ''] = target.split('/');
    const [resource = '', ...group] = path.split('.');
    const attributes = { verb, group: group.join('.'), resource, subresource, name };
    return decide(
      { store: cluster.store, index: new PolicyIndex() },
      { ...attributes, user: who, namespace: namespace === '-' ? '' : namespace },
    ).allowed;
  };
  return { cluster, may };
}

describe('default policy', () => {
  const { cluster, may } = booted();

  it('[RB5] every object is valid and complete as it stands', () => {
    for (const object of defaultPolicy()) {
      const kind = findKindOf(object);
      expect(kind?.validate(object as never)).toEqual([]);
      expect(kind?.setDefaults(object)).toEqual(object);
      expect(object.metadata.labels?.['kubernetes.io/bootstrapping']).toBe('rbac-defaults');
    }
    const names = defaultPolicy().map(
      ({ kind, metadata }) => `${kind} ${metadata.namespace} ${metadata.name}`,
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('[RB5] these are the ClusterRoles of a kubeadm cluster', () => {
    const names = cluster.view
      .list('clusterroles.rbac.authorization.k8s.io', '')
      .map((each) => each.metadata.name);
    expect(names.filter((name) => !name.startsWith('system:controller:')).join(' ')).toBe(
      'admin cluster-admin edit kubeadm:get-nodes system:aggregate-to-admin system:aggregate-to-edit system:aggregate-to-view ' +
        'system:auth-delegator system:basic-user system:certificates.k8s.io:certificatesigningrequests:nodeclient ' +
        'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient ' +
        'system:certificates.k8s.io:kube-apiserver-client-approver ' +
        'system:certificates.k8s.io:kube-apiserver-client-kubelet-approver ' +
        'system:certificates.k8s.io:kubelet-serving-approver system:certificates.k8s.io:legacy-unknown-approver ' +
        'system:coredns system:discovery system:heapster system:kube-aggregator system:kube-controller-manager ' +
        'system:kube-dns system:kube-scheduler system:kubelet-api-admin system:monitoring system:node ' +
        'system:node-bootstrapper system:node-problem-detector system:node-proxier ' +
        'system:persistent-volume-provisioner system:public-info-viewer system:service-account-issuer-discovery ' +
        'system:volume-scheduler view',
    );
    expect(names.filter((name) => name.startsWith('system:controller:')).length).toBe(37);
  });

  it.each([
    ['list pods', [true, true, true]],
    ['get pods/log', [true, true, true]],
    ['list events.events.k8s.io', [true, true, true]],
    ['create pods', [false, true, true]],
    ['create pods/exec', [false, true, true]],
    ['get secrets', [false, true, true]],
    ['create serviceaccounts/token', [false, true, true]],
    ['impersonate serviceaccounts', [false, true, true]],
    ['patch deployments.apps/scale', [false, true, true]],
    ['create endpoints', [false, false, false]],
    ['get endpointslices.discovery.k8s.io', [true, true, true]],
    ['update endpointslices.discovery.k8s.io', [false, false, false]],
    ['create rolebindings.rbac.authorization.k8s.io', [false, false, true]],
    ['get roles.rbac.authorization.k8s.io', [false, false, true]],
    ['update resourcequotas', [false, false, false]],
    ['get namespaces default', [true, true, true]],
    ['delete namespaces default', [false, false, false]],
    ['list pods prod', [false, false, false]],
    ['list nodes -', [false, false, false]],
  ])('[RB6] %s: view, edit and admin %j', (text, expected) => {
    expect(['viewer', 'editer', 'adminer'].map((name) => may(user(name), text))).toEqual(expected);
  });

  it.each<[Identity, string, boolean]>([
    [user('kubernetes-admin', 'kubeadm:cluster-admins'), '* * -', true],
    [user('kubernetes-admin'), 'get pods', false],
    [user('system:kube-scheduler'), 'create pods/binding', true],
    [user('system:kube-scheduler'), 'update pods', false],
    [user('system:kube-controller-manager'), 'update secrets', true],
    [account('deployment-controller'), 'update deployments.apps/status', true],
    [account('deployment-controller'), 'patch deployments.apps/status', false],
    [account('replicaset-controller'), 'create pods', true],
    [account('daemonset-controller'), 'create pods', false],
    [account('daemon-set-controller'), 'create pods', true],
    [account('coredns'), 'watch endpointslices.discovery.k8s.io -', true],
    [account('coredns'), 'list secrets', false],
    [account('kube-proxy'), 'list services -', true],
    [account('default'), 'list pods', false],
  ])('[RB5] %j %s: %s', (who, text, expected) => {
    expect(may(who, text)).toBe(expected);
  });

  it('[RB6] a role labelled so adds its rules to view, edit and admin, and takes them away again', () => {
    const roles = { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'clusterroles' };
    cluster.api.create(roles, '', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'widgets', labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' } },
      rules: [{ apiGroups: ['example.com'], resources: ['widgets'], verbs: ['get'] }],
    } as never);
    expect(may(user('adminer'), 'get widgets.example.com')).toBe(false);
    cluster.advance(1000);
    expect(may(user('adminer'), 'get widgets.example.com')).toBe(true);
    cluster.api.delete(roles, '', 'widgets');
    cluster.advance(1000);
    expect(may(user('viewer'), 'get widgets.example.com')).toBe(false);
  });
});
