import { describe, expect, it } from 'vitest';
import type { DaemonSet, KubeObject, Pod } from '../../api';
import { startTestCluster, type TestCluster } from './test-cluster';

const SETS = { group: 'apps', version: 'v1', resource: 'daemonsets' };
const NODES = { group: '', version: 'v1', resource: 'nodes' };

function setOf(spec: object = {}, pod: object = {}): KubeObject {
  const readinessProbe = { tcpSocket: { port: 80 }, initialDelaySeconds: 5 };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent' },
    spec: {
      selector: { matchLabels: { app: 'agent' } },
      template: {
        metadata: { labels: { app: 'agent' } },
        spec: { containers: [{ name: 'c', image: 'nginx:1.24', readinessProbe }], ...pod },
      },
      ...spec,
    },
  } as KubeObject;
}

function started(object: KubeObject): TestCluster {
  const cluster = startTestCluster();
  cluster.advance(30_000);
  cluster.api.create(SETS, 'default', object);
  cluster.advance(30_000);
  return cluster;
}

const where = (cluster: TestCluster) =>
  cluster
    .pods()
    .map(({ spec }) => spec?.nodeName)
    .toSorted();
const setIn = (cluster: TestCluster) => cluster.view.get<DaemonSet>('daemonsets.apps', 'default', 'agent');
const isReady = ({ status }: Pod): boolean =>
  status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;
const IMAGE = { spec: { template: { spec: { containers: [{ name: 'c', image: 'nginx:1.25' }] } } } };

describe('[DS1] one Pod of a DaemonSet on every node that fits', () => {
  const everywhere = { tolerations: [{ operator: 'Exists' }] };
  it.each<[string, object, readonly string[]]>([
    ['the workers', {}, ['worker-1', 'worker-2']],
    ['tainted nodes, too, where it tolerates that', everywhere, ['control-plane', 'worker-1', 'worker-2']],
    ['those of a selector', { nodeSelector: { 'kubernetes.io/hostname': 'worker-2' } }, ['worker-2']],
  ])('%s', (_, pod, expected) => {
    const cluster = started(setOf({}, pod));
    expect(where(cluster)).toEqual(expected);
    expect(setIn(cluster)?.status).toMatchObject({
      desiredNumberScheduled: expected.length,
      currentNumberScheduled: expected.length,
      numberReady: expected.length,
      numberAvailable: expected.length,
      numberMisscheduled: 0,
    });
  });

  it('follows labels and taints of nodes; a cordon does not matter', () => {
    const cluster = started(setOf({}, { nodeSelector: { disk: 'ssd' } }));
    const patch = (body: object): void => {
      cluster.api.patch(NODES, '', 'worker-1', 'merge', body);
      cluster.advance(40_000);
    };
    expect(where(cluster)).toEqual([]);
    patch({ spec: { unschedulable: true } });
    patch({ metadata: { labels: { disk: 'ssd' } } });
    expect(where(cluster)).toEqual(['worker-1']);
    patch({ spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } });
    expect(where(cluster)).toEqual(['worker-1']);
    expect(setIn(cluster)?.status).toMatchObject({ numberMisscheduled: 1, desiredNumberScheduled: 0 });
    patch({ metadata: { labels: { disk: null } } });
    expect(where(cluster)).toEqual([]);
  });
});

describe('[DS2] a rolling update of a DaemonSet', () => {
  it.each<[string, object, number, number]>([
    ['takes one node at a time', {}, 1, 0],
    ['takes as many as maxUnavailable says', { maxUnavailable: 2 }, 2, 0],
    ['lets a new Pod be there first with a surge', { maxSurge: 1, maxUnavailable: 0 }, 0, 1],
    ['on as many nodes as the surge says', { maxSurge: '100%', maxUnavailable: 0 }, 0, 2],
  ])('%s', (_, rollingUpdate, away, doubled) => {
    const cluster = started(setOf({ updateStrategy: { rollingUpdate } }));
    cluster.api.patch(SETS, 'default', 'agent', 'strategic', IMAGE);
    let [mostAway, mostDoubled] = [0, 0];
    for (let step = 0; step < 600; step += 1) {
      cluster.advance(100);
      const ready = new Set(
        cluster
          .pods()
          .filter(isReady)
          .map(({ spec }) => spec?.nodeName),
      );
      const live = cluster.pods().filter(({ metadata }) => metadata.deletionTimestamp === undefined);
      mostAway = Math.max(mostAway, 2 - ready.size);
      mostDoubled = Math.max(mostDoubled, live.length - 2);
    }
    expect([mostAway, mostDoubled]).toEqual([away, doubled]);
    expect(cluster.pods().map(({ spec }) => spec?.containers[0]?.image)).toEqual([
      'nginx:1.25',
      'nginx:1.25',
    ]);
    expect(setIn(cluster)?.status).toMatchObject({ updatedNumberScheduled: 2, numberAvailable: 2 });
  });

  it('a second change in the middle of a surge leaves no third Pod', () => {
    const surge = { updateStrategy: { rollingUpdate: { maxSurge: '100%', maxUnavailable: 0 } } };
    const cluster = started(setOf(surge));
    cluster.api.patch(SETS, 'default', 'agent', 'strategic', IMAGE);
    cluster.advance(6000);
    expect(cluster.pods()).toHaveLength(4);
    const bad = { spec: { template: { spec: { containers: [{ name: 'c', image: 'nginx:nosuch' }] } } } };
    cluster.api.patch(SETS, 'default', 'agent', 'strategic', bad);
    cluster.advance(60_000);
    const images = cluster.pods().map(({ spec }) => spec?.containers[0]?.image);
    expect(images.toSorted()).toEqual(['nginx:1.24', 'nginx:1.24', 'nginx:nosuch', 'nginx:nosuch']);
  });

  it('counts the changes of its template, and its Pods tell which they are of', () => {
    const cluster = started(setOf());
    cluster.api.patch(SETS, 'default', 'agent', 'merge', { spec: { minReadySeconds: 1 } });
    cluster.api.patch(SETS, 'default', 'agent', 'strategic', IMAGE);
    cluster.advance(60_000);
    expect(setIn(cluster)?.metadata.generation).toBe(3);
    expect(setIn(cluster)?.metadata.annotations).toEqual({ 'deprecated.daemonset.template.generation': '2' });
    expect(cluster.pods().map(({ metadata }) => metadata.labels?.['pod-template-generation'])).toEqual([
      '2',
      '2',
    ]);
  });

  it('OnDelete waits for somebody to delete them', () => {
    const cluster = started(setOf({ updateStrategy: { type: 'OnDelete' } }));
    cluster.api.patch(SETS, 'default', 'agent', 'strategic', IMAGE);
    cluster.advance(60_000);
    expect(cluster.pods().map(({ spec }) => spec?.containers[0]?.image)).toEqual([
      'nginx:1.24',
      'nginx:1.24',
    ]);
  });
});
