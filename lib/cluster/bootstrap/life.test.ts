import { describe, expect, it } from 'vitest';
import type {
  Deployment,
  EndpointSlice,
  Endpoints,
  Event,
  KubeObject,
  Pod,
  ReplicaSet,
  ResourceRef,
} from '../../api';
import { startTestCluster, type TestCluster } from './test-cluster';

const DEPLOYMENTS: ResourceRef = { group: 'apps', version: 'v1', resource: 'deployments' };
const PODS: ResourceRef = { group: '', version: 'v1', resource: 'pods' };
const SERVICES: ResourceRef = { group: '', version: 'v1', resource: 'services' };
const NAMESPACES: ResourceRef = { group: '', version: 'v1', resource: 'namespaces' };
const NODES: ResourceRef = { group: '', version: 'v1', resource: 'nodes' };

const deployment = (image: string, replicas = 3, container: object = {}, spec: object = {}): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'nginx', image, ports: [{ containerPort: 80 }], ...container }] },
      },
      ...spec,
    },
  }) as KubeObject;

const service = (): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 80 }] },
  }) as KubeObject;

function booted(seed = 1): TestCluster {
  const cluster = startTestCluster({ seed });
  cluster.advance(30_000);
  return cluster;
}

const state = (pod: Pod): string => {
  const status = pod.status?.containerStatuses?.[0];
  return status?.state?.waiting?.reason ?? status?.state?.terminated?.reason ?? pod.status?.phase ?? '';
};
const states = (cluster: TestCluster): readonly string[] => cluster.pods().map(state);
const events = (cluster: TestCluster, kind: string): readonly string[] =>
  cluster.view
    .list<Event>('events', 'default')
    .filter((event) => event.involvedObject.kind === kind)
    .map(
      (event) =>
        `${event.type} ${event.reason} ${event.message}${(event.count ?? 1) > 1 ? ` x${event.count}` : ''}`,
    );
const ready = (cluster: TestCluster): readonly string[] =>
  cluster.view
    .list<EndpointSlice>('endpointslices.discovery.k8s.io', 'default')
    .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === 'web')
    .flatMap((slice) => slice.endpoints ?? [])
    .filter((endpoint) => endpoint.conditions?.ready)
    .flatMap((endpoint) => endpoint.addresses)
    .toSorted();
const addresses = (cluster: TestCluster): readonly string[] =>
  cluster
    .pods()
    .map((pod) => pod.status?.podIP ?? '')
    .toSorted();

describe("a Pod's life", () => {
  it('[KL1] Pending, ContainerCreating, Running within a few seconds, with its events', () => {
    const cluster = booted();
    cluster.api.create(DEPLOYMENTS, 'default', deployment('nginx'));
    cluster.api.create(SERVICES, 'default', service());
    cluster.advance(200);
    expect(states(cluster)).toEqual(['ContainerCreating', 'ContainerCreating', 'ContainerCreating']);
    cluster.advance(6000);
    expect(states(cluster)).toEqual(['Running', 'Running', 'Running']);
    expect(ready(cluster)).toEqual(addresses(cluster));
    expect(new Set(cluster.pods().map((pod) => pod.spec?.nodeName))).toEqual(
      new Set(['worker-1', 'worker-2']),
    );
    expect(events(cluster, 'Deployment')).toEqual([
      expect.stringMatching(/^Normal ScalingReplicaSet Scaled up replica set web-\w+ from 0 to 3$/),
    ]);
    const told = events(cluster, 'Pod').map((text) => text.split(' ').slice(0, 2).join(' '));
    expect(told.slice(0, 5)).toEqual([
      'Normal Scheduled',
      'Normal Pulling',
      'Normal Pulled',
      'Normal Created',
      'Normal Started',
    ]);
    const endpoints = cluster.view.get<Endpoints>('endpoints', 'default', 'web');
    expect(endpoints?.subsets?.[0]?.addresses?.map((each) => each.ip)).toEqual(addresses(cluster));
  });

  it('[DP1] a rolling update keeps enough Pods ready, and its words are upstream’s', () => {
    const cluster = booted();
    cluster.api.create(DEPLOYMENTS, 'default', deployment('nginx:1.24'));
    cluster.api.create(SERVICES, 'default', service());
    cluster.advance(20_000);
    cluster.api.patch(DEPLOYMENTS, 'default', 'web', 'strategic', {
      spec: { template: { spec: { containers: [{ name: 'nginx', image: 'nginx:1.25' }] } } },
    });
    for (let step = 0; step < 200; step += 1) {
      cluster.advance(200);
      expect(ready(cluster).length).toBeGreaterThanOrEqual(3);
      const live = cluster.pods().filter((pod) => pod.metadata.deletionTimestamp === undefined);
      expect(live.length).toBeLessThanOrEqual(4);
    }
    const found = cluster.view.get<Deployment>('deployments.apps', 'default', 'web');
    expect(found?.metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('2');
    expect(found?.status).toMatchObject({
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
    });
    expect(found?.status?.conditions?.map((each) => `${each.type} ${each.status} ${each.reason}`)).toEqual([
      'Available True MinimumReplicasAvailable',
      'Progressing True NewReplicaSetAvailable',
    ]);
    const sets = cluster.view.list<ReplicaSet>('replicasets.apps', 'default');
    expect(sets.map((set) => set.spec?.replicas).toSorted()).toEqual([0, 3]);
    expect(events(cluster, 'Deployment').map((text) => text.replace(/web-\w+/, 'SET'))).toEqual([
      'Normal ScalingReplicaSet Scaled up replica set SET from 0 to 3',
      'Normal ScalingReplicaSet Scaled up replica set SET from 0 to 1',
      'Normal ScalingReplicaSet Scaled down replica set SET from 3 to 2',
      'Normal ScalingReplicaSet Scaled up replica set SET from 1 to 2',
      'Normal ScalingReplicaSet Scaled down replica set SET from 2 to 1',
      'Normal ScalingReplicaSet Scaled up replica set SET from 2 to 3',
      'Normal ScalingReplicaSet Scaled down replica set SET from 1 to 0',
    ]);
  });

  it('[DP2] a rollback makes the old ReplicaSet the newest revision', () => {
    const cluster = booted();
    cluster.api.create(DEPLOYMENTS, 'default', deployment('nginx:1.24'));
    cluster.advance(20_000);
    const image = (tag: string): void => {
      cluster.api.patch(DEPLOYMENTS, 'default', 'web', 'strategic', {
        spec: { template: { spec: { containers: [{ name: 'nginx', image: tag }] } } },
      });
      cluster.advance(40_000);
    };
    image('nginx:1.25');
    image('nginx:1.24');
    const sets = cluster.view.list<ReplicaSet>('replicasets.apps', 'default');
    const revisions = sets.map((set) => [
      set.metadata.annotations?.['deployment.kubernetes.io/revision'],
      set.metadata.annotations?.['deployment.kubernetes.io/revision-history'],
    ]);
    expect(revisions.toSorted()).toEqual([
      ['2', undefined],
      ['3', '1'],
    ]);
    expect(states(cluster)).toEqual(['Running', 'Running', 'Running']);
  });

  it('[DP3] Recreate lets all old Pods go first', () => {
    const cluster = booted();
    cluster.api.create(
      DEPLOYMENTS,
      'default',
      deployment('nginx:1.24', 2, {}, { strategy: { type: 'Recreate' } }),
    );
    cluster.advance(20_000);
    cluster.api.patch(DEPLOYMENTS, 'default', 'web', 'strategic', {
      spec: { template: { spec: { containers: [{ name: 'nginx', image: 'nginx:1.25' }] } } },
    });
    const images = new Set<string>();
    for (let step = 0; step < 1000; step += 1) {
      cluster.advance(20);
      images.add([...new Set(cluster.pods().map((pod) => pod.spec?.containers[0]?.image))].join('+'));
    }
    expect([...images].filter((each) => each !== '')).toEqual(['nginx:1.24', 'nginx:1.25']);
    expect(states(cluster)).toEqual(['Running', 'Running']);
  });

  it('[DP4] a rollout that does not get on misses its deadline', () => {
    const cluster = booted();
    cluster.api.create(
      DEPLOYMENTS,
      'default',
      deployment('nginx:typo', 1, {}, { progressDeadlineSeconds: 30 }),
    );
    cluster.advance(35_000);
    const conditions = cluster.view.get<Deployment>('deployments.apps', 'default', 'web')?.status?.conditions;
    const progressing = conditions?.find((each) => each.type === 'Progressing');
    expect(progressing).toMatchObject({ status: 'False', reason: 'ProgressDeadlineExceeded' });
    expect(progressing?.message).toMatch(/^ReplicaSet "web-\w+" has timed out progressing\.$/);
  });

  it('[KL2] an image that cannot be pulled backs off', () => {
    const cluster = booted();
    cluster.api.create(DEPLOYMENTS, 'default', deployment('nginx:typo', 1));
    const seen = new Set<string>();
    for (let step = 0; step < 30; step += 1) {
      cluster.advance(100);
      for (const each of states(cluster)) seen.add(each);
    }
    expect([...seen].filter((each) => each !== 'Pending')).toEqual([
      'ContainerCreating',
      'ErrImagePull',
      'ImagePullBackOff',
    ]);
    cluster.advance(300_000);
    const told = events(cluster, 'Pod');
    expect(told).toContainEqual(
      expect.stringMatching(/^Normal BackOff Back-off pulling image "nginx:typo" x\d+$/),
    );
    expect(told).toContainEqual(
      expect.stringMatching(/^Warning Failed Failed to pull image "nginx:typo": rpc error: code = NotFound/),
    );
    const status = cluster.pods()[0]?.status?.containerStatuses?.[0];
    expect(status?.state?.waiting?.message).toMatch(
      /^Back-off pulling image "nginx:typo": ErrImagePull: rpc error/,
    );
    expect(status?.restartCount).toBe(0);
  });

  it('[KL2] another image is tried at once', () => {
    const cluster = booted();
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'one', namespace: 'default' },
      spec: { containers: [{ name: 'c', image: 'nginx:typo' }] },
    } as KubeObject;
    cluster.api.create(PODS, 'default', pod);
    cluster.advance(60_000);
    expect(states(cluster)).toEqual(['ImagePullBackOff']);
    const change = (image: string): void => {
      const body = { spec: { containers: [{ name: 'c', image }] } };
      cluster.api.patch(PODS, 'default', 'one', 'strategic', body);
      cluster.advance(5000);
    };
    change('nginx:1.25');
    expect(states(cluster)).toEqual(['Running']);
    change('nginx:1.26');
    expect(states(cluster)).toEqual(['Running']);
    expect(cluster.pods()[0]?.status?.containerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      image: 'docker.io/library/nginx:1.26',
    });
    expect(events(cluster, 'Pod')).toContain(
      'Normal Killing Container c definition changed, will be restarted',
    );
  });

  it('[KL3] a container that crashes is held back longer and longer', () => {
    const cluster = booted();
    cluster.api.create(DEPLOYMENTS, 'default', deployment('x:crash', 1, { command: ['sh', '-c', 'exit 3'] }));
    const seen: string[] = [];
    for (let step = 0; step < 900; step += 1) {
      cluster.advance(200);
      const now = `${states(cluster)[0]} ${cluster.pods()[0]?.status?.containerStatuses?.[0]?.restartCount}`;
      if (seen.at(-1) !== now) seen.push(now);
    }
    expect(seen.slice(0, 6)).toEqual([
      'ContainerCreating 0',
      'Error 0',
      'Error 1',
      'CrashLoopBackOff 1',
      'Error 2',
      'CrashLoopBackOff 2',
    ]);
    const status = cluster.pods()[0]?.status?.containerStatuses?.[0];
    expect(status?.lastState?.terminated).toMatchObject({ exitCode: 3, reason: 'Error' });
    expect(status?.state?.waiting?.message).toMatch(
      /^back-off 2m40s restarting failed container=nginx pod=web-/,
    );
    expect(status?.restartCount).toBe(5);
  });

  it('[KL4] readiness and liveness probes go by the network', () => {
    const cluster = booted();
    const probe = { httpGet: { path: '/', port: 80 }, periodSeconds: 2, failureThreshold: 2 };
    cluster.setReachable(() => false);
    cluster.api.create(DEPLOYMENTS, 'default', deployment('nginx', 1, { readinessProbe: probe }));
    cluster.api.create(SERVICES, 'default', service());
    cluster.advance(8000);
    expect(cluster.pods()[0]?.status?.conditions?.find((each) => each.type === 'Ready')).toMatchObject({
      status: 'False',
      message: 'containers with unready status: [nginx]',
    });
    expect(ready(cluster)).toEqual([]);
    const ip = cluster.pods()[0]?.status?.podIP;
    expect(events(cluster, 'Pod')).toContainEqual(
      expect.stringContaining(
        `Warning Unhealthy Readiness probe failed: Get "http://${ip}:80/": dial tcp ${ip}:80: connect: connection refused`,
      ),
    );
    cluster.setReachable(() => true);
    cluster.advance(3000);
    expect(ready(cluster)).toEqual([ip]);
  });

  it('[KL5] a failed liveness probe restarts the container', () => {
    const cluster = booted();
    const livenessProbe = { tcpSocket: { port: 80 }, periodSeconds: 1, failureThreshold: 2 };
    cluster.api.create(DEPLOYMENTS, 'default', deployment('nginx', 1, { livenessProbe }));
    cluster.advance(8000);
    cluster.setReachable(() => false);
    cluster.advance(4000);
    expect(events(cluster, 'Pod')).toContain(
      'Normal Killing Container nginx failed liveness probe, will be restarted',
    );
    cluster.setReachable(() => true);
    cluster.advance(10_000);
    expect(cluster.pods()[0]?.status?.containerStatuses?.[0]).toMatchObject({ restartCount: 1, ready: true });
  });

  it('[KL6] a deleted Pod ends with grace and is replaced; the deaf get the whole grace', () => {
    const cluster = booted();
    cluster.api.create(DEPLOYMENTS, 'default', deployment('nginx', 1));
    cluster.api.create(SERVICES, 'default', service());
    cluster.advance(10_000);
    const name = cluster.pods()[0]?.metadata.name ?? '';
    cluster.api.delete(PODS, 'default', name);
    cluster.advance(30);
    expect(ready(cluster)).toEqual([]);
    cluster.advance(10_000);
    expect(cluster.pods().map((pod) => pod.metadata.name)).not.toContain(name);
    expect(states(cluster)).toEqual(['Running']);
    expect(events(cluster, 'Pod')).toContain('Normal Killing Stopping container nginx');

    const sleeper = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'sleeper', namespace: 'default' },
      spec: { containers: [{ name: 'c', image: 'busybox', command: ['sleep', '3600'] }] },
    } as KubeObject;
    cluster.api.create(PODS, 'default', sleeper);
    cluster.advance(10_000);
    cluster.api.delete(PODS, 'default', 'sleeper');
    cluster.advance(28_000);
    expect(cluster.view.get('pods', 'default', 'sleeper')).toBeDefined();
    cluster.advance(4000);
    expect(cluster.view.get('pods', 'default', 'sleeper')).toBeUndefined();
  });

  it('[GC1] deleting a Deployment takes ReplicaSets and Pods along, its Service stays', () => {
    const cluster = booted();
    for (const propagationPolicy of ['Background', 'Foreground'] as const) {
      cluster.api.create(DEPLOYMENTS, 'default', deployment('nginx'));
      cluster.advance(10_000);
      cluster.api.delete(DEPLOYMENTS, 'default', 'web', { propagationPolicy });
      cluster.advance(10_000);
      expect(cluster.view.list('deployments.apps', 'default')).toEqual([]);
      expect(cluster.view.list('replicasets.apps', 'default')).toEqual([]);
      expect(cluster.pods()).toEqual([]);
    }
    cluster.api.create(DEPLOYMENTS, 'default', deployment('nginx'));
    cluster.advance(10_000);
    cluster.api.delete(DEPLOYMENTS, 'default', 'web', { propagationPolicy: 'Orphan' });
    cluster.advance(10_000);
    const [set] = cluster.view.list<ReplicaSet>('replicasets.apps', 'default');
    expect(set?.metadata.ownerReferences ?? []).toEqual([]);
    expect(cluster.pods().length).toBe(3);
  });

  it('[NS1] a deleted namespace is emptied and goes', () => {
    const cluster = booted();
    cluster.api.create(NAMESPACES, '', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    cluster.advance(1000);
    expect(cluster.view.get('serviceaccounts', 'shop', 'default')).toBeDefined();
    expect(cluster.view.get('configmaps', 'shop', 'kube-root-ca.crt')).toBeDefined();
    const object = deployment('nginx', 2);
    cluster.api.create(DEPLOYMENTS, 'shop', {
      ...object,
      metadata: { ...object.metadata, namespace: 'shop' },
    });
    cluster.advance(10_000);
    cluster.api.delete(NAMESPACES, '', 'shop');
    cluster.advance(3000);
    expect(cluster.view.get('namespaces', '', 'shop')).toBeDefined();
    cluster.advance(60_000);
    expect(cluster.view.get('namespaces', '', 'shop')).toBeUndefined();
    expect(cluster.pods('shop')).toEqual([]);
  });

  it('[SC1] what fits nowhere waits, and says why', () => {
    const cluster = booted();
    const resources = { requests: { cpu: '9' } };
    cluster.api.create(DEPLOYMENTS, 'default', deployment('nginx', 1, { resources }));
    cluster.advance(1000);
    const condition = cluster.pods()[0]?.status?.conditions?.find((each) => each.type === 'PodScheduled');
    const message =
      '0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.';
    expect(condition).toMatchObject({ status: 'False', reason: 'Unschedulable', message });
    expect(events(cluster, 'Pod')).toEqual([`Warning FailedScheduling ${message}`]);
  });

  it('[SC2] cordoned nodes get no Pods', () => {
    const cluster = booted();
    cluster.api.patch(NODES, '', 'worker-1', 'merge', { spec: { unschedulable: true } });
    cluster.api.create(DEPLOYMENTS, 'default', deployment('nginx', 4));
    cluster.advance(20_000);
    expect(cluster.pods().map((pod) => pod.spec?.nodeName)).toEqual(Array(4).fill('worker-2'));
    const node = cluster.view.get<KubeObject & { spec: { taints: unknown } }>('nodes', '', 'worker-1');
    expect(node?.spec.taints).toMatchObject([
      { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
    ]);
  });

  it('[LP1] the same seed gives the same cluster', () => {
    const [a, b] = [booted(7), booted(7)];
    for (const cluster of [a, b]) {
      cluster.api.create(DEPLOYMENTS, 'default', deployment('nginx'));
      cluster.advance(20_000);
    }
    expect(JSON.stringify(a.store.snapshot())).toBe(JSON.stringify(b.store.snapshot()));
    expect(JSON.stringify(a.loop.snapshot())).toBe(JSON.stringify(b.loop.snapshot()));
    expect(JSON.stringify(a.containers.snapshot())).toBe(JSON.stringify(b.containers.snapshot()));
  });

  it('[LP2] no address is used twice, and those given up come back late', () => {
    const cluster = booted();
    cluster.api.create(DEPLOYMENTS, 'default', deployment('nginx', 6));
    for (let round = 0; round < 5; round += 1) {
      cluster.advance(8000);
      const live = cluster.pods().filter((pod) => pod.metadata.deletionTimestamp === undefined);
      const used = live.map((pod) => pod.status?.podIP);
      expect(new Set(used).size).toBe(6);
      cluster.api.delete(PODS, 'default', live[round]?.metadata.name ?? '');
    }
  });

  it('[KL9] a shell whose input is kept open waits; one without ends', () => {
    const cluster = booted();
    const shell = (name: string, stdin: boolean) =>
      ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'default' },
        spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox', stdin }] },
      }) as KubeObject;
    cluster.api.create(PODS, 'default', shell('open', true));
    cluster.api.create(PODS, 'default', shell('shut', false));
    cluster.advance(60_000);
    expect(states(cluster)).toEqual(['Running', 'Completed']);
  });
});
