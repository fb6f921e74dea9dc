import { describe, expect, it } from 'vitest';
import { kinds, type ResourceQuota } from '../../../api';
import { pod, said, startTestServer, type TestServer } from '../admission/test-server.test-support';
import { createView } from '../view';
import { calculateUsage, writeAmounts } from './index';

const QUOTAS = { group: '', version: 'v1', resource: 'resourcequotas' };
const SERVICES = { group: '', version: 'v1', resource: 'services' };

/** A quota with its status as its controller leaves it when nothing is used. */
function setQuota(server: TestServer, hard: object, spec: object = {}, name = 'compute'): void {
  const body = { kind: 'ResourceQuota', metadata: { name }, spec: { hard, ...spec } };
  server.create(body);
  const used = Object.fromEntries(Object.keys(hard).map((each) => [each, '0']));
  server.setStatus(body, { hard, used });
}

const used = ({ api }: TestServer, name = 'compute'): object | undefined =>
  (api.get(QUOTAS, 'team', name) as unknown as ResourceQuota).status?.used;

const service = (name: string, spec: object = {}): object => ({
  kind: 'Service',
  metadata: { name },
  spec: { selector: { a: 'b' }, ports: [{ port: 80 }], ...spec },
});
const claim = (name: string, storage: string, storageClassName?: string): object => ({
  kind: 'PersistentVolumeClaim',
  metadata: { name },
  spec: {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage } },
    ...(storageClassName ? { storageClassName } : {}),
  },
});
const sized = (cpu: string): object => ({ requests: { cpu, memory: '1Gi' }, limits: { cpu, memory: '1Gi' } });

describe('[AD3] a quota is charged at once, and refuses what would exceed it', () => {
  it.each<[string, object, readonly object[], object, string, object]>([
    [
      'Pods by number',
      { pods: '1' },
      [pod('a')],
      pod('b'),
      'pods "b" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=1, limited: pods=1',
      { pods: '1' },
    ],
    [
      'requests and limits',
      { 'requests.cpu': '1', 'limits.memory': '2Gi', pods: '9' },
      [pod('a', sized('600m'))],
      pod('b', sized('500m')),
      'pods "b" is forbidden: exceeded quota: compute, requested: requests.cpu=500m, used: requests.cpu=600m, limited: requests.cpu=1',
      { 'requests.cpu': '600m', 'limits.memory': '1Gi', pods: '1' },
    ],
    [
      'the short names',
      { cpu: '1', memory: '1Gi' },
      [pod('a', sized('600m'))],
      pod('b', sized('500m')),
      'pods "b" is forbidden: exceeded quota: compute, requested: cpu=500m,memory=1Gi, used: cpu=600m,memory=1Gi, limited: cpu=1,memory=1Gi',
      { cpu: '600m', memory: '1Gi' },
    ],
    [
      'what a container must say',
      { 'limits.cpu': '1', 'requests.memory': '1Gi', pods: '9' },
      [],
      pod('b'),
      'pods "b" is forbidden: failed quota: compute: must specify limits.cpu for: c; requests.memory for: c',
      { 'limits.cpu': '0', 'requests.memory': '0', pods: '0' },
    ],
    [
      'extended resources and huge pages',
      { 'requests.example.com/gpu': '1', 'hugepages-2Mi': '4Mi' },
      [
        pod('a', {
          limits: { cpu: '1', 'example.com/gpu': '1', 'hugepages-2Mi': '2Mi' },
          requests: { cpu: '1', 'example.com/gpu': '1', 'hugepages-2Mi': '2Mi' },
        }),
      ],
      pod('b', { limits: { 'example.com/gpu': '1' }, requests: { 'example.com/gpu': '1' } }),
      'pods "b" is forbidden: exceeded quota: compute, requested: requests.example.com/gpu=1, used: requests.example.com/gpu=1, limited: requests.example.com/gpu=1',
      { 'requests.example.com/gpu': '1', 'hugepages-2Mi': '2Mi' },
    ],
    [
      'node ports',
      { services: '5', 'services.nodeports': '1', 'services.loadbalancers': '1' },
      [service('a', { type: 'NodePort' })],
      service('b', { type: 'LoadBalancer' }),
      'services "b" is forbidden: exceeded quota: compute, requested: services.nodeports=1, used: services.nodeports=1, limited: services.nodeports=1',
      { services: '1', 'services.nodeports': '1', 'services.loadbalancers': '0' },
    ],
    [
      'a load balancer without node ports',
      { 'services.nodeports': '0', 'services.loadbalancers': '1' },
      [service('a', { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false })],
      service('b', { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false }),
      'services "b" is forbidden: exceeded quota: compute, requested: services.loadbalancers=1, used: services.loadbalancers=1, limited: services.loadbalancers=1',
      { 'services.nodeports': '0', 'services.loadbalancers': '1' },
    ],
    [
      'claims and storage',
      { persistentvolumeclaims: '9', 'requests.storage': '10Gi' },
      [claim('a', '6Gi')],
      claim('b', '5Gi'),
      'persistentvolumeclaims "b" is forbidden: exceeded quota: compute, requested: requests.storage=5Gi, used: requests.storage=6Gi, limited: requests.storage=10Gi',
      { persistentvolumeclaims: '1', 'requests.storage': '6Gi' },
    ],
    [
      'storage of one class',
      {
        'gold.storageclass.storage.k8s.io/requests.storage': '5Gi',
        'gold.storageclass.storage.k8s.io/persistentvolumeclaims': '9',
      },
      [claim('a', '5Gi', 'gold'), claim('c', '50Gi', 'silver')],
      claim('b', '1Gi', 'gold'),
      'persistentvolumeclaims "b" is forbidden: exceeded quota: compute, requested: gold.storageclass.storage.k8s.io/requests.storage=1Gi, used: gold.storageclass.storage.k8s.io/requests.storage=5Gi, limited: gold.storageclass.storage.k8s.io/requests.storage=5Gi',
      {
        'gold.storageclass.storage.k8s.io/requests.storage': '5Gi',
        'gold.storageclass.storage.k8s.io/persistentvolumeclaims': '1',
      },
    ],
    [
      'other objects, by their old and new names',
      { configmaps: '1', 'count/configmaps': '1', 'count/deployments.apps': '1' },
      [{ kind: 'ConfigMap', metadata: { name: 'a' } }],
      { kind: 'ConfigMap', metadata: { name: 'b' } },
      'configmaps "b" is forbidden: exceeded quota: compute, requested: configmaps=1,count/configmaps=1, used: configmaps=1,count/configmaps=1, limited: configmaps=1,count/configmaps=1',
      { configmaps: '1', 'count/configmaps': '1', 'count/deployments.apps': '0' },
    ],
  ])('%s', (_title, hard, before, body, message, after) => {
    const server = startTestServer();
    setQuota(server, hard);
    for (const each of before) server.create(each);
    expect(server.say(body)).toBe(message);
    expect(used(server)).toEqual(after);
  });

  it('an update pays the difference: a Service that opens, a claim that grows', () => {
    const server = startTestServer();
    setQuota(server, { services: '1', 'services.nodeports': '2', 'services.loadbalancers': '0' });
    server.create(service('a'));
    const change = (spec: object): string =>
      said(() => server.api.patch(SERVICES, 'team', 'a', 'merge', { spec }));
    expect(change({ type: 'NodePort' })).toBe('accepted');
    expect(used(server)).toEqual({
      services: '1',
      'services.nodeports': '1',
      'services.loadbalancers': '0',
    });
    expect(change({ type: 'LoadBalancer' })).toBe(
      'services "a" is forbidden: exceeded quota: compute, requested: services.loadbalancers=1, used: services.loadbalancers=0, limited: services.loadbalancers=0',
    );
    // What an update gives back is for the controller to find.
    expect(change({ type: 'ClusterIP' })).toBe('accepted');
    expect(used(server)).toMatchObject({ 'services.nodeports': '1' });
  });

  it('a dry run is counted and not kept; a refused object is not charged', () => {
    const server = startTestServer();
    setQuota(server, { pods: '1' });
    server.create(pod('a'), { dryRun: true });
    expect(used(server)).toEqual({ pods: '0' });
    server.create(pod('a'));
    expect(said(() => server.create(pod('b'), { dryRun: true }))).toContain('exceeded quota');
    expect(server.say({ kind: 'Pod', metadata: { name: 'c' }, spec: { containers: [] } })).toContain(
      'invalid',
    );
    expect(used(server)).toEqual({ pods: '1' });
  });

  it('a quota that was not counted yet does not bind; one half counted says so', () => {
    const server = startTestServer();
    const body = { kind: 'ResourceQuota', metadata: { name: 'q' }, spec: { hard: { pods: '0' } } };
    server.create(body);
    expect(server.say(pod('a'))).toBe('accepted');
    server.setStatus(body, { hard: { pods: '0' } });
    expect(server.say(pod('b'))).toBe('pods "b" is forbidden: status unknown for quota: q, resources: pods');
  });
});

describe('[AD4] scopes say which Pods a quota is about', () => {
  const matches: readonly [string, object, object, object][] = [
    ['BestEffort', { scopes: ['BestEffort'] }, pod('p'), pod('p', sized('1'))],
    ['NotBestEffort', { scopes: ['NotBestEffort'] }, pod('p', sized('1')), pod('p')],
    ['Terminating', { scopes: ['Terminating'] }, pod('p', {}, { activeDeadlineSeconds: 5 }), pod('p')],
    ['NotTerminating', { scopes: ['NotTerminating'] }, pod('p'), pod('p', {}, { activeDeadlineSeconds: 5 })],
    [
      'a priority class',
      {
        scopeSelector: {
          matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }],
        },
      },
      pod('p', {}, { priorityClassName: 'high' }),
      pod('p'),
    ],
    [
      'any priority class',
      { scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'Exists' }] } },
      pod('p', {}, { priorityClassName: 'high' }),
      pod('p'),
    ],
    [
      'not that priority class',
      {
        scopeSelector: {
          matchExpressions: [{ scopeName: 'PriorityClass', operator: 'NotIn', values: ['high'] }],
        },
      },
      pod('p'),
      pod('p', {}, { priorityClassName: 'high' }),
    ],
  ];
  it.each(matches)('%s', (_title, spec, inside, outside) => {
    const server = startTestServer();
    server.create({
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'high' },
      value: 1000,
    });
    setQuota(server, { pods: '0' }, spec);
    expect(server.say(outside)).toBe('accepted');
    expect(server.say({ ...inside, metadata: { name: 'inside' } })).toBe(
      'pods "inside" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=0, limited: pods=0',
    );
  });
});

describe('[AD5] usage counted afresh', () => {
  it('is what admission has charged, less what is over', () => {
    const server = startTestServer();
    const hard = {
      pods: '9',
      'count/pods': '9',
      'requests.cpu': '9',
      services: '9',
      'services.nodeports': '9',
      secrets: '9',
      'requests.storage': '9Gi',
      'count/things.example.com': '1',
    };
    setQuota(server, hard);
    for (const each of [pod('a', sized('1')), pod('b', sized('1500m')), service('s', { type: 'NodePort' })]) {
      server.create(each);
    }
    server.create(claim('c', '1Gi'));
    server.create({ kind: 'Secret', metadata: { name: 't' } });
    server.setStatus(pod('b'), { phase: 'Succeeded' });
    const view = createView(server.store);
    const quota = server.api.get(QUOTAS, 'team', 'compute') as unknown as ResourceQuota;
    expect(writeAmounts(calculateUsage(kinds, view, quota, server.clock.at))).toEqual({
      'count/pods': '2',
      pods: '1',
      'requests.cpu': '1',
      services: '1',
      'services.nodeports': '1',
      secrets: '1',
      'requests.storage': '1Gi',
    });
  });
});
