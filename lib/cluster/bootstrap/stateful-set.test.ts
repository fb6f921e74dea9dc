import { describe, expect, it } from 'vitest';
import type { KubeObject, PersistentVolumeClaim, StatefulSet } from '../../api';
import { startTestCluster, type TestCluster } from './test-cluster';

const SETS = { group: 'apps', version: 'v1', resource: 'statefulsets' };
const HASH = 'controller-revision-hash';
const READY_AFTER_S = 5;

/** Pods that are ready some seconds after their start, so that one can see who waits for whom. */
function setOf(spec: object = {}, image = 'nginx:1.24', claims = false): KubeObject {
  const readinessProbe = { tcpSocket: { port: 80 }, initialDelaySeconds: READY_AFTER_S };
  const volumeMounts = claims ? [{ name: 'data', mountPath: '/data' }] : [];
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db' },
    spec: {
      serviceName: 'db',
      replicas: 3,
      selector: { matchLabels: { app: 'db' } },
      template: {
        metadata: { labels: { app: 'db' } },
        spec: { containers: [{ name: 'c', image, readinessProbe, volumeMounts }] },
      },
      ...(claims
        ? {
            volumeClaimTemplates: [
              {
                metadata: { name: 'data' },
                spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
              },
            ],
          }
        : {}),
      ...spec,
    },
  } as KubeObject;
}

function started(object: KubeObject, ms = 90_000): TestCluster {
  const cluster = startTestCluster();
  cluster.advance(30_000);
  cluster.api.create(SETS, 'default', object);
  cluster.advance(ms);
  return cluster;
}

const names = (cluster: TestCluster) => cluster.pods().map(({ metadata }) => metadata.name);
const images = (cluster: TestCluster) =>
  cluster.pods().map(({ metadata, spec }) => `${metadata.name} ${spec?.containers[0]?.image}`);
const setIn = (cluster: TestCluster) => cluster.view.get<StatefulSet>('statefulsets.apps', 'default', 'db');
const claims = (cluster: TestCluster) =>
  cluster.view
    .list<PersistentVolumeClaim>('persistentvolumeclaims', 'default')
    .map(({ metadata }) => metadata.name);
const patch = (cluster: TestCluster, spec: object, ms: number): void => {
  cluster.api.patch(SETS, 'default', 'db', 'strategic', { spec });
  cluster.advance(ms);
};
const withImage = (image: string) => ({ template: { spec: { containers: [{ name: 'c', image }] } } });
/** The most Pods that were away at once while something went on. */
function mostAway(cluster: TestCluster, seconds: number): number {
  let most = 0;
  for (let second = 0; second < seconds; second += 1) {
    cluster.advance(1000);
    const ready = cluster
      .pods()
      .filter(({ status }) =>
        status?.conditions?.some((each) => each.type === 'Ready' && each.status === 'True'),
      );
    most = Math.max(most, (setIn(cluster)?.spec?.replicas ?? 0) - ready.length);
  }
  return most;
}

describe('[ST1] the Pods of a StatefulSet', () => {
  it.each([
    [
      'one after the other, each when the last is ready',
      {},
      [['db-0'], ['db-0', 'db-1'], ['db-0', 'db-1', 'db-2']],
    ],
    ['all at once in parallel', { podManagementPolicy: 'Parallel' }, [['db-0', 'db-1', 'db-2']]],
    [
      'from the ordinal that it starts with',
      { ordinals: { start: 5 }, replicas: 2, podManagementPolicy: 'Parallel' },
      [['db-5', 'db-6']],
    ],
  ])('come %s', (_, spec, expected) => {
    const cluster = started(setOf(spec), 0);
    const seen: string[] = [];
    for (let second = 0; second < 60; second += 1) {
      cluster.advance(1000);
      const now = names(cluster).join();
      if (now !== '' && seen.at(-1) !== now) seen.push(now);
    }
    expect(seen).toEqual(expected.map((each) => each.join()));
  });

  it('go in reverse, one after the other', () => {
    const cluster = started(setOf());
    cluster.api.patch(SETS, 'default', 'db', 'merge', { spec: { replicas: 1 } });
    const seen: string[] = [];
    for (let step = 0; step < 300; step += 1) {
      cluster.advance(100);
      const now = names(cluster).join();
      if (seen.at(-1) !== now) seen.push(now);
    }
    expect(seen).toEqual(['db-0,db-1,db-2', 'db-0,db-1', 'db-0']);
  });

  it('have stable names', () => {
    const cluster = started(setOf());
    const [, , last] = cluster.pods();
    expect(last).toMatchObject({
      metadata: {
        name: 'db-2',
        labels: { 'statefulset.kubernetes.io/pod-name': 'db-2', 'apps.kubernetes.io/pod-index': '2' },
      },
      spec: { hostname: 'db-2', subdomain: 'db' },
    });
    expect(setIn(cluster)?.status).toMatchObject({
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      updatedReplicas: 3,
      currentReplicas: 3,
    });
  });
});

describe('[ST2] a rolling update of a StatefulSet', () => {
  it.each<[string, object, number]>([
    ['one at a time', {}, 1],
    ['one at a time in parallel, too', { podManagementPolicy: 'Parallel' }, 1],
    [
      'as many at a time as maxUnavailable says',
      { podManagementPolicy: 'Parallel', updateStrategy: { rollingUpdate: { maxUnavailable: 2 } } },
      2,
    ],
    [
      'a share of them, rounded up',
      { podManagementPolicy: 'Parallel', updateStrategy: { rollingUpdate: { maxUnavailable: '34%' } } },
      2,
    ],
  ])('replaces %s', (_, spec, away) => {
    const cluster = started(setOf(spec));
    patch(cluster, withImage('nginx:1.25'), 0);
    expect(mostAway(cluster, 60)).toBe(away);
    expect(images(cluster)).toEqual(['db-0 nginx:1.25', 'db-1 nginx:1.25', 'db-2 nginx:1.25']);
    const { currentRevision, updateRevision } = setIn(cluster)?.status ?? {};
    expect(currentRevision).toBe(updateRevision);
  });

  it('stops at the partition, and a Pod below it is made anew as it was', () => {
    const cluster = started(setOf({ updateStrategy: { rollingUpdate: { partition: 2 } } }));
    patch(cluster, withImage('nginx:1.25'), 60_000);
    const half = ['db-0 nginx:1.24', 'db-1 nginx:1.24', 'db-2 nginx:1.25'];
    expect(images(cluster)).toEqual(half);
    cluster.api.delete({ group: '', version: 'v1', resource: 'pods' }, 'default', 'db-0');
    cluster.advance(60_000);
    expect(images(cluster)).toEqual(half);
    const hashes = cluster.pods().map(({ metadata }) => metadata.labels?.[HASH]);
    expect(hashes[0]).toBe(hashes[1]);
    patch(cluster, { updateStrategy: { rollingUpdate: { partition: 0 } } }, 60_000);
    expect(images(cluster)).toEqual(['db-0 nginx:1.25', 'db-1 nginx:1.25', 'db-2 nginx:1.25']);
  });

  it('OnDelete waits for somebody to delete them', () => {
    const cluster = started(setOf({ updateStrategy: { type: 'OnDelete' } }));
    patch(cluster, withImage('nginx:1.25'), 60_000);
    expect(new Set(images(cluster).map((each) => each.split(' ')[1]))).toEqual(new Set(['nginx:1.24']));
    cluster.api.delete({ group: '', version: 'v1', resource: 'pods' }, 'default', 'db-1');
    cluster.advance(60_000);
    expect(images(cluster)).toEqual(['db-0 nginx:1.24', 'db-1 nginx:1.25', 'db-2 nginx:1.24']);
  });

  it('minReadySeconds makes each wait for the one before', () => {
    const cluster = started(setOf({ minReadySeconds: 20 }), 20_000);
    expect(names(cluster)).toEqual(['db-0']);
    cluster.advance(15_000);
    expect(names(cluster)).toEqual(['db-0', 'db-1']);
  });
});

describe('[ST3] claims of a StatefulSet', () => {
  const retention = (whenDeleted: string, whenScaled: string) => ({
    persistentVolumeClaimRetentionPolicy: { whenDeleted, whenScaled },
  });
  const all = ['data-db-0', 'data-db-1', 'data-db-2'];

  it.each<[string, string, readonly string[], readonly string[]]>([
    ['Retain', 'Retain', all, all],
    ['Delete', 'Retain', all, []],
    ['Retain', 'Delete', ['data-db-0'], ['data-db-0']],
    ['Delete', 'Delete', ['data-db-0'], []],
  ])('whenDeleted: %s, whenScaled: %s', (whenDeleted, whenScaled, scaled, deleted) => {
    const cluster = started(setOf(retention(whenDeleted, whenScaled), 'nginx:1.24', true), 120_000);
    expect(claims(cluster)).toEqual(all);
    patch(cluster, { replicas: 1 }, 60_000);
    expect(claims(cluster)).toEqual(scaled);
    cluster.api.delete(SETS, 'default', 'db');
    cluster.advance(60_000);
    expect(names(cluster)).toEqual([]);
    expect(claims(cluster)).toEqual(deleted);
  });

  it('a Pod that comes back finds its claim', () => {
    const cluster = started(setOf({}, 'nginx:1.24', true), 120_000);
    const volume = () =>
      cluster.view.get<PersistentVolumeClaim>('persistentvolumeclaims', 'default', 'data-db-2')?.spec
        ?.volumeName;
    const before = volume();
    expect(before).toMatch(/^pvc-/);
    patch(cluster, { replicas: 1 }, 60_000);
    patch(cluster, { replicas: 3 }, 60_000);
    expect(volume()).toBe(before);
  });
});

describe('Pods left behind', () => {
  it('[ST4] are adopted with their history by a set of the same template, and kept by it', () => {
    const cluster = started(setOf({ podManagementPolicy: 'Parallel' }));
    const uids = cluster.pods().map(({ metadata }) => metadata.uid);
    cluster.api.delete(SETS, 'default', 'db', { propagationPolicy: 'Orphan' });
    cluster.advance(5_000);
    cluster.api.create(SETS, 'default', setOf({ podManagementPolicy: 'Parallel', serviceName: 'peers' }));
    cluster.advance(60_000);
    expect(cluster.pods().map(({ metadata }) => metadata.uid)).toEqual(uids);
    expect(setIn(cluster)?.status).toMatchObject({ readyReplicas: 3, updatedReplicas: 3 });
    expect(cluster.view.list('controllerrevisions.apps', 'default')).toHaveLength(1);
    cluster.api.delete({ group: '', version: 'v1', resource: 'pods' }, 'default', 'db-1');
    cluster.advance(90_000);
    expect(cluster.pods().map(({ spec }) => spec?.subdomain)).toEqual(['db', 'peers', 'db']);
  });
});
