import { describe, expect, it } from 'vitest';
import type { Event, KubeObject, Pod } from '../../api';
import { startTestCluster, type TestCluster } from './test-cluster';

const PODS = { group: '', version: 'v1', resource: 'pods' };
const NODES = { group: '', version: 'v1', resource: 'nodes' };
const CLASSES = { group: 'scheduling.k8s.io', version: 'v1', resource: 'priorityclasses' };
const BUDGETS = { group: 'policy', version: 'v1', resource: 'poddisruptionbudgets' };
const NAMESPACES = { group: '', version: 'v1', resource: 'namespaces' };

interface PodWish {
  readonly labels?: Readonly<Record<string, string>>;
  readonly cpu?: string;
  readonly spec?: object;
}

function podOf(name: string, { labels = {}, cpu, spec = {} }: PodWish = {}): KubeObject {
  const resources = cpu === undefined ? {} : { requests: { cpu } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels },
    spec: { containers: [{ name: 'c', image: 'nginx', resources }], ...spec },
  } as KubeObject;
}

/** A control plane and two workers of four CPUs each; the first worker is in zone a, the second in zone b. */
function booted(): TestCluster {
  const cluster = startTestCluster();
  cluster.advance(30_000);
  for (const [name, zone] of [
    ['worker-1', 'a'],
    ['worker-2', 'b'],
  ] as const)
    cluster.api.patch(NODES, '', name, 'merge', { metadata: { labels: { zone } } });
  for (const [name, value] of [
    ['low', 1],
    ['high', 1000],
  ] as const) {
    const apiVersion = 'scheduling.k8s.io/v1';
    cluster.api.create(CLASSES, '', {
      apiVersion,
      kind: 'PriorityClass',
      metadata: { name },
      value,
    } as KubeObject);
  }
  cluster.advance(1000);
  return cluster;
}

function add(cluster: TestCluster, ms: number, ...pods: readonly KubeObject[]): void {
  for (const pod of pods) cluster.api.create(PODS, 'default', pod);
  cluster.advance(ms);
}

const at = (node: string, spec: object = {}) => ({
  nodeSelector: { 'kubernetes.io/hostname': node },
  ...spec,
});
const nodeOf = (cluster: TestCluster, name: string) =>
  cluster.view.get<Pod>('pods', 'default', name)?.spec?.nodeName;
const reasonOf = (cluster: TestCluster, name: string) =>
  cluster.view
    .get<Pod>('pods', 'default', name)
    ?.status?.conditions?.find(({ type }) => type === 'PodScheduled')?.message;
const told = (cluster: TestCluster, name: string) =>
  cluster.view
    .list<Event>('events', 'default')
    .filter(({ involvedObject }) => involvedObject.name === name)
    .map(({ type, reason, message }) => `${type} ${reason} ${message}`);

const TAINTED = '1 node(s) had untolerated taint(s)';
const sentence = (reasons: string, preemption: string) =>
  `0/3 nodes are available: ${reasons}. no new claims to deallocate, preemption: 0/3 nodes are available: ${preemption}.`;
const HELPLESS = '3 Preemption is not helpful for scheduling';
const MIXED = '1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod';

describe('[SC1] a Pod that fits nowhere says why', () => {
  const near = (app: string) => ({
    requiredDuringSchedulingIgnoredDuringExecution: [
      { labelSelector: { matchLabels: { app } }, topologyKey: 'kubernetes.io/hostname' },
    ],
  });
  const spread = (spec: object) => ({
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'zone',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { app: 'x' } },
        ...spec,
      },
    ],
  });
  const everywhere = [at('worker-1'), at('worker-2')].map((spec, index) =>
    podOf(`there-${index}`, { labels: { app: 'x' }, cpu: '3', spec }),
  );

  it.each<[string, PodWish, string]>([
    ['more than any node has', { cpu: '64' }, sentence(`${TAINTED}, 2 Insufficient cpu`, HELPLESS)],
    ['more than is left', { cpu: '2' }, sentence(`${TAINTED}, 2 Insufficient cpu`, MIXED)],
    [
      'a label that no node has',
      { spec: { nodeSelector: { disk: 'ssd' } } },
      sentence(`${TAINTED}, 2 node(s) didn't match Pod's node affinity/selector`, HELPLESS),
    ],
    [
      'company that is not there',
      { spec: { affinity: { podAffinity: near('nobody') } } },
      sentence(`${TAINTED}, 2 node(s) didn't match pod affinity rules`, HELPLESS),
    ],
    [
      'no company, where there is some everywhere',
      { spec: { affinity: { podAntiAffinity: near('x') } } },
      sentence(`${TAINTED}, 2 node(s) didn't match pod anti-affinity rules`, MIXED),
    ],
    [
      'a topology that no node is part of',
      { spec: spread({ topologyKey: 'rack' }) },
      sentence(
        `${TAINTED}, 2 node(s) didn't match pod topology spread constraints (missing required label)`,
        HELPLESS,
      ),
    ],
    [
      'more domains than there are',
      { labels: { app: 'x' }, spec: spread({ minDomains: 3 }) },
      sentence(`${TAINTED}, 2 node(s) didn't match pod topology spread constraints`, MIXED),
    ],
    [
      'a claim that there is not',
      { spec: { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'nope' } }] } },
      sentence('persistentvolumeclaim "nope" not found', HELPLESS),
    ],
  ])('%s', (_, wish, message) => {
    const cluster = booted();
    add(cluster, 5000, ...everywhere);
    add(cluster, 1000, podOf('late', wish));
    expect(nodeOf(cluster, 'late')).toBeUndefined();
    expect(reasonOf(cluster, 'late')).toBe(message);
    expect(told(cluster, 'late')).toEqual([`Warning FailedScheduling ${message}`]);
  });

  it('gates, and no words about it', () => {
    const cluster = booted();
    add(cluster, 1000, podOf('gated', { spec: { schedulingGates: [{ name: 'a/b' }] } }));
    expect(reasonOf(cluster, 'gated')).toBe('Scheduling is blocked due to non-empty scheduling gates');
    expect(told(cluster, 'gated')).toEqual([]);
  });
});

describe('[SC2] where a Pod may go', () => {
  const spreadBy = (more: object) => ({
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: 'zone', labelSelector: { matchLabels: { app: 'x' } }, ...more },
    ],
  });
  const beside = (term: object) => ({
    affinity: {
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'x' } }, ...term },
        ],
      },
    },
  });
  const preferring = (which: 'podAffinity' | 'podAntiAffinity') => ({
    affinity: {
      [which]: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'x' } } },
          },
        ],
      },
    },
  });

  it.each<[string, PodWish, string | undefined]>([
    [
      'not where the skew would be too large',
      { labels: { app: 'x' }, spec: spreadBy({ whenUnsatisfiable: 'DoNotSchedule' }) },
      'worker-2',
    ],
    [
      'rather not where it is crowded',
      { labels: { app: 'x' }, spec: spreadBy({ whenUnsatisfiable: 'ScheduleAnyway' }) },
      'worker-2',
    ],
    ['near others', { spec: beside({}) }, 'worker-1'],
    ['near others of some namespaces only', { spec: beside({ namespaces: ['elsewhere'] }) }, undefined],
    [
      'near others of namespaces by their labels',
      { spec: beside({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'default' } } }) },
      'worker-1',
    ],
    [
      'near others of namespaces by other labels',
      { spec: beside({ namespaceSelector: { matchLabels: { team: 'b' } } }) },
      undefined,
    ],
    [
      'near others whose labels are its own, too',
      { labels: { v: '2' }, spec: beside({ matchLabelKeys: ['v'] }) },
      undefined,
    ],
    ['rather near others', { spec: preferring('podAffinity') }, 'worker-1'],
    ['rather apart', { spec: preferring('podAntiAffinity') }, 'worker-2'],
    [
      'where its node affinity leads',
      {
        spec: {
          affinity: {
            nodeAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                {
                  weight: 1,
                  preference: { matchExpressions: [{ key: 'zone', operator: 'In', values: ['b'] }] },
                },
              ],
            },
          },
        },
      },
      'worker-2',
    ],
    [
      'onto a tainted node that it tolerates',
      { spec: at('control-plane', { tolerations: [{ operator: 'Exists' }] }) },
      'control-plane',
    ],
  ])('%s', (_, wish, node) => {
    const cluster = booted();
    cluster.api.create(NAMESPACES, '', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'elsewhere' },
    } as KubeObject);
    add(cluster, 5000, podOf('first', { labels: { app: 'x', v: '1' }, spec: at('worker-1') }));
    add(cluster, 5000, podOf('second', wish));
    expect(nodeOf(cluster, 'second')).toBe(node);
  });

  it.each<[string, object, boolean]>([
    [
      'sidecars count beside the others',
      { initContainers: [{ restartPolicy: 'Always', cpu: '2' }], cpu: '2500m' },
      false,
    ],
    ['an init container counts alone', { initContainers: [{ cpu: '3' }], cpu: '3' }, true],
    [
      'an init container counts beside the sidecars before it',
      { initContainers: [{ restartPolicy: 'Always', cpu: '2' }, { cpu: '3' }], cpu: '1' },
      false,
    ],
  ])('%s', (_, wish, fits) => {
    const { initContainers, cpu } = wish as { initContainers: { cpu: string }[]; cpu: string };
    const init = initContainers.map(({ cpu: each, ...rest }, index) => ({
      name: `i${index}`,
      image: 'busybox',
      command: ['sleep', '1'],
      resources: { requests: { cpu: each } },
      ...rest,
    }));
    const cluster = booted();
    add(cluster, 5000, podOf('wide', { cpu, spec: { initContainers: init } }));
    expect(nodeOf(cluster, 'wide') !== undefined).toBe(fits);
  });
});

describe('[SC4] preemption', () => {
  const full = (priorityClassName: string) =>
    ['worker-1', 'worker-2'].map((node) =>
      podOf(`on-${node}`, { labels: { app: node }, cpu: '3', spec: at(node, { priorityClassName }) }),
    );
  const important = podOf('important', { cpu: '3', spec: { priorityClassName: 'high' } });

  it('makes room by deleting one Pod of lower priority, and takes it', () => {
    const cluster = booted();
    add(cluster, 5000, ...full('low'));
    add(cluster, 100, important);
    const pod = cluster.view.get<Pod>('pods', 'default', 'important');
    const node = pod?.status?.nominatedNodeName ?? '';
    expect(['worker-1', 'worker-2']).toContain(node);
    expect(reasonOf(cluster, 'important')).toBe(`0/3 nodes are available: ${TAINTED}, 2 Insufficient cpu.`);
    const victim = cluster.view.get<Pod>('pods', 'default', `on-${node}`);
    expect(victim?.metadata.deletionTimestamp).toBeDefined();
    expect(victim?.status?.conditions?.find(({ type }) => type === 'DisruptionTarget')).toMatchObject({
      status: 'True',
      reason: 'PreemptionByScheduler',
      message: 'default-scheduler: preempting to accommodate a higher priority pod',
    });
    expect(told(cluster, `on-${node}`)).toContain(
      `Normal Preempted Preempted by pod ${pod?.metadata.uid} on node ${node}`,
    );
    cluster.advance(40_000);
    expect(nodeOf(cluster, 'important')).toBe(node);
    expect(cluster.pods().length).toBe(2);
    expect(cluster.view.get<Pod>('pods', 'default', 'important')?.status?.nominatedNodeName).toBeUndefined();
  });

  it('leaves Pods of its own priority alone', () => {
    const cluster = booted();
    add(cluster, 5000, ...full('high'));
    add(cluster, 1000, important);
    expect(reasonOf(cluster, 'important')).toBe(sentence(`${TAINTED}, 2 Insufficient cpu`, MIXED));
    expect(cluster.pods().filter(({ metadata }) => metadata.deletionTimestamp)).toEqual([]);
  });

  it('is not for Pods that may not', () => {
    const cluster = booted();
    cluster.api.create(CLASSES, '', {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'polite' },
      value: 1000,
      preemptionPolicy: 'Never',
    } as KubeObject);
    add(cluster, 5000, ...full('low'));
    add(cluster, 1000, podOf('polite', { cpu: '3', spec: { priorityClassName: 'polite' } }));
    expect(reasonOf(cluster, 'polite')).toBe(
      `0/3 nodes are available: ${TAINTED}, 2 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.`,
    );
    expect(cluster.pods().filter(({ metadata }) => metadata.deletionTimestamp)).toEqual([]);
  });

  it('takes no more Pods than it needs, the least important first', () => {
    const cluster = booted();
    cluster.api.patch(NODES, '', 'worker-2', 'merge', { spec: { unschedulable: true } });
    add(
      cluster,
      5000,
      podOf('plain', { cpu: '1500m' }),
      podOf('little', { cpu: '1500m', spec: { priorityClassName: 'low' } }),
    );
    add(cluster, 60_000, podOf('important', { cpu: '2', spec: { priorityClassName: 'high' } }));
    expect(cluster.pods().map(({ metadata }) => metadata.name)).toEqual(['important', 'little']);
  });

  it('rather takes a Pod that no budget keeps', () => {
    const cluster = booted();
    add(cluster, 5000, ...full('low'));
    cluster.api.create(BUDGETS, 'default', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'keep' },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'worker-1' } } },
    } as unknown as KubeObject);
    add(cluster, 60_000, important);
    expect(nodeOf(cluster, 'important')).toBe('worker-2');
  });
});

describe('[KL12] a kubelet turns away what was put on its node without asking the scheduler', () => {
  it.each<[string, PodWish, string, string]>([
    [
      'what there is not enough of',
      { cpu: '100', spec: { nodeName: 'worker-1' } },
      'OutOfcpu',
      "Node didn't have enough resource: cpu, requested: 100000, used: 100, capacity: 4000",
    ],
    [
      'what selects other nodes',
      { spec: { nodeName: 'worker-1', nodeSelector: { disk: 'ssd' } } },
      'NodeAffinity',
      "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
    ],
    [
      'what wants a port that is taken',
      {
        spec: {
          nodeName: 'worker-1',
          containers: [{ name: 'c', image: 'nginx', ports: [{ containerPort: 80, hostPort: 8080 }] }],
        },
      },
      'NodePorts',
      "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
    ],
  ])('%s', (_, wish, reason, message) => {
    const cluster = booted();
    const ports = [{ containerPort: 80, hostPort: 8080 }];
    add(
      cluster,
      5000,
      podOf('first', { spec: at('worker-1', { containers: [{ name: 'c', image: 'nginx', ports }] }) }),
    );
    add(cluster, 5000, podOf('odd', wish));
    expect(cluster.view.get<Pod>('pods', 'default', 'odd')?.status).toMatchObject({
      phase: 'Failed',
      reason,
      message: `Pod was rejected: ${message}`,
    });
    expect(told(cluster, 'odd')).toEqual([`Warning ${reason} ${message}`]);
    cluster.api.delete(PODS, 'default', 'odd');
    cluster.advance(40_000);
    expect(cluster.view.get('pods', 'default', 'odd')).toBeUndefined();
  });
});
