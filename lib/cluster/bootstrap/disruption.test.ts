import { describe, expect, it } from 'vitest';
import type { Event, KubeObject, PodDisruptionBudget, StatusError } from '../../api';
import { startTestCluster, type TestCluster } from './test-cluster';

const PODS = { group: '', version: 'v1', resource: 'pods' };
const DEPLOYMENTS = { group: 'apps', version: 'v1', resource: 'deployments' };
const BUDGETS = { group: 'policy', version: 'v1', resource: 'poddisruptionbudgets' };

const budget = (spec: object, name = 'web'): KubeObject =>
  ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name },
    spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
  }) as KubeObject;

const deployment = (replicas: number): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'c', image: 'nginx' }] },
      },
    },
  }) as KubeObject;

function running(replicas: number, spec: object): TestCluster {
  const cluster = startTestCluster();
  cluster.advance(30_000);
  cluster.api.create(BUDGETS, 'default', budget(spec));
  cluster.api.create(DEPLOYMENTS, 'default', deployment(replicas));
  cluster.advance(20_000);
  return cluster;
}

const statusOf = (cluster: TestCluster) =>
  cluster.view.get<PodDisruptionBudget>('poddisruptionbudgets.policy', 'default', 'web')?.status;

function evict(cluster: TestCluster, name: string): StatusError | undefined {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: 'default' } };
  try {
    cluster.api.create(PODS, 'default', eviction, { name, subresource: 'eviction' });
  } catch (error) {
    return error as StatusError;
  }
  return undefined;
}

describe('[DB1] a budget knows how many of its Pods may go', () => {
  it.each<[string, number, object, object]>([
    [
      'so many at least',
      3,
      { minAvailable: 2 },
      { desiredHealthy: 2, disruptionsAllowed: 1, expectedPods: 3 },
    ],
    [
      'a share at least, rounded up',
      3,
      { minAvailable: '50%' },
      { desiredHealthy: 2, disruptionsAllowed: 1 },
    ],
    ['so many away', 3, { maxUnavailable: 2 }, { desiredHealthy: 1, disruptionsAllowed: 2, expectedPods: 3 }],
    ['a share away, rounded up', 4, { maxUnavailable: '30%' }, { desiredHealthy: 2, disruptionsAllowed: 2 }],
    ['more than there are', 2, { minAvailable: 5 }, { desiredHealthy: 5, disruptionsAllowed: 0 }],
  ])('%s', (_title, replicas, spec, expected) => {
    const cluster = running(replicas, spec);
    const allowed = (expected as { disruptionsAllowed: number }).disruptionsAllowed;
    expect(statusOf(cluster)).toMatchObject({ currentHealthy: replicas, observedGeneration: 1, ...expected });
    expect(statusOf(cluster)?.conditions).toMatchObject([
      {
        type: 'DisruptionAllowed',
        status: allowed > 0 ? 'True' : 'False',
        reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
        message: '',
      },
    ]);
  });

  it('Pods that nobody controls are told of; kinds that cannot be scaled stop it', () => {
    const cluster = running(1, { maxUnavailable: 1 });
    const alone = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'alone', labels: { app: 'web' } },
      spec: { containers: [{ name: 'c', image: 'nginx' }] },
    } as KubeObject;
    cluster.api.create(PODS, 'default', alone);
    cluster.advance(10_000);
    const told = cluster.view
      .list<Event>('events', 'default')
      .filter(({ reason }) => reason === 'UnmanagedPods');
    expect(told[0]?.message).toMatch(
      /^Pods selected by this PodDisruptionBudget \(selector: &LabelSelector\{MatchLabels:map\[string\]string\{app: web,\},MatchExpressions:\[\]LabelSelectorRequirement\{\},\}\) were found to be unmanaged\./,
    );
    const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'x', uid: 'u', controller: true };
    cluster.api.patch(PODS, 'default', 'alone', 'merge', { metadata: { ownerReferences: [owner] } });
    cluster.advance(20);
    expect(statusOf(cluster)).toMatchObject({
      disruptionsAllowed: 0,
      conditions: [
        {
          reason: 'SyncFailed',
          status: 'False',
          message: 'daemonsets.apps does not implement the scale subresource',
        },
      ],
    });
  });
});

describe('[DB2] an eviction asks the budget', () => {
  it('is refused with 429 once the budget is spent, and granted again when others are healthy', () => {
    const cluster = running(2, { minAvailable: 1 });
    const [a = '', b = ''] = cluster.pods().map((pod) => pod.metadata.name);
    expect(evict(cluster, a)).toBeUndefined();
    expect(statusOf(cluster)).toMatchObject({ disruptionsAllowed: 0 });
    expect(Object.keys(statusOf(cluster)?.disruptedPods ?? {})).toEqual([a]);
    const pod = cluster.pods().find(({ metadata }) => metadata.name === a);
    expect(pod?.status?.conditions?.find(({ type }) => type === 'DisruptionTarget')).toMatchObject({
      status: 'True',
      reason: 'EvictionByEvictionAPI',
      message: 'Eviction API: evicting',
    });
    cluster.advance(100);
    expect(evict(cluster, b)?.status).toMatchObject({
      code: 429,
      reason: 'TooManyRequests',
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      details: {
        causes: [
          {
            reason: 'DisruptionBudget',
            message: 'The disruption budget web needs 1 healthy pods and has 1 currently',
          },
        ],
      },
    });
    cluster.advance(60_000);
    expect(statusOf(cluster)).toMatchObject({ currentHealthy: 2, disruptionsAllowed: 1 });
    expect(statusOf(cluster)?.disruptedPods).toBeUndefined();
    expect(evict(cluster, b)).toBeUndefined();
  });

  it('two budgets of one Pod are one too many; a fresh budget is still being processed', () => {
    const cluster = running(2, { minAvailable: 1 });
    const [a = ''] = cluster.pods().map((pod) => pod.metadata.name);
    cluster.api.patch(BUDGETS, 'default', 'web', 'merge', { spec: { minAvailable: 2 } });
    expect(evict(cluster, a)?.status).toMatchObject({
      code: 429,
      details: {
        retryAfterSeconds: 10,
        causes: [{ message: 'The disruption budget web is still being processed by the server.' }],
      },
    });
    cluster.api.create(BUDGETS, 'default', budget({ minAvailable: 1 }, 'other'));
    cluster.advance(1000);
    expect(evict(cluster, a)?.status).toMatchObject({
      code: 500,
      message:
        'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    });
  });

  it('a Pod that does not run may always go', () => {
    const cluster = running(1, { minAvailable: 1 });
    const waiting = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'waiting', labels: { app: 'web' } },
      spec: { containers: [{ name: 'c', image: 'nginx' }], nodeSelector: { no: 'where' } },
    } as KubeObject;
    cluster.api.create(PODS, 'default', waiting);
    cluster.advance(1000);
    expect(evict(cluster, 'waiting')).toBeUndefined();
    expect(cluster.view.get('pods', 'default', 'waiting')).toBeUndefined();
  });
});
