import { describe, expect, it } from 'vitest';
import type { Deployment, Event, KubeObject, ReplicaSet, ResourceQuota } from '../../api';
import { startTestCluster, type TestCluster } from './test-cluster';

const core = (resource: string) => ({ group: '', version: 'v1', resource });
const DEPLOYMENTS = { group: 'apps', version: 'v1', resource: 'deployments' };

const quota = (hard: object): KubeObject =>
  ({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'team' }, spec: { hard } }) as KubeObject;

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

function started(hard: object): TestCluster {
  const cluster = startTestCluster();
  cluster.advance(30_000);
  cluster.api.create(core('resourcequotas'), 'default', quota(hard));
  cluster.advance(1000);
  return cluster;
}

const status = (cluster: TestCluster) =>
  cluster.view.get<ResourceQuota>('resourcequotas', 'default', 'team')?.status;

describe('quotas in a living cluster', () => {
  it('[RQ1] count what is there, what comes and what goes', () => {
    const cluster = started({ pods: '5', configmaps: '3' });
    expect(status(cluster)).toEqual({
      hard: { configmaps: '3', pods: '5' },
      used: { configmaps: '1', pods: '0' },
    });
    cluster.api.create(DEPLOYMENTS, 'default', deployment(3));
    cluster.advance(20_000);
    expect(status(cluster)?.used).toEqual({ configmaps: '1', pods: '3' });
    cluster.api.patch(DEPLOYMENTS, 'default', 'web', 'merge', { spec: { replicas: 1 } });
    cluster.advance(60_000);
    expect(status(cluster)?.used).toEqual({ configmaps: '1', pods: '1' });
    cluster.api.patch(core('resourcequotas'), 'default', 'team', 'merge', {
      spec: { hard: { secrets: '1' } },
    });
    cluster.advance(1000);
    expect(status(cluster)?.hard).toEqual({ configmaps: '3', pods: '5', secrets: '1' });
  });

  it('[RF1] a ReplicaSet held back says so, and goes on once there is room', () => {
    const cluster = started({ pods: '2' });
    cluster.api.create(DEPLOYMENTS, 'default', deployment(3));
    cluster.advance(20_000);
    expect(cluster.pods().length).toBe(2);
    const [set] = cluster.view.list<ReplicaSet>('replicasets.apps', 'default');
    expect(set?.status).toMatchObject({
      replicas: 2,
      readyReplicas: 2,
      conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' }],
    });
    expect(set?.status?.conditions?.[0]?.message).toMatch(
      /^pods "web-\w+-\w{5}" is forbidden: exceeded quota: team, requested: pods=1, used: pods=2, limited: pods=2$/,
    );
    const of = () => cluster.view.get<Deployment>('deployments.apps', 'default', 'web')?.status?.conditions;
    expect(of()?.map(({ type, status: value, reason }) => `${type} ${value} ${reason}`)).toContain(
      'ReplicaFailure True FailedCreate',
    );
    cluster.api.patch(core('resourcequotas'), 'default', 'team', 'merge', { spec: { hard: { pods: '3' } } });
    // Nobody tells the set of the new room: it comes back by its own back-off, at most 1000 s later.
    cluster.advance(1_100_000);
    expect(cluster.pods().length).toBe(3);
    expect(of()?.map(({ type }) => type)).not.toContain('ReplicaFailure');
  });

  it('[LO7] after nine messages the others are combined', () => {
    const cluster = started({ pods: '0' });
    cluster.api.create(DEPLOYMENTS, 'default', deployment(1));
    cluster.advance(60_000);
    const told = cluster.view
      .list<Event>('events', 'default')
      .filter(({ reason }) => reason === 'FailedCreate');
    expect(told.length).toBe(10);
    const combined = told.filter(({ message }) =>
      message?.startsWith('(combined from similar events): Error creating: '),
    );
    expect(combined.map(({ count = 1 }) => count > 1)).toEqual([true]);
  });
});
