import type { Client, Delivery, KubeObject, Vantage } from '../../api';
import { createRandom } from '../../base';
import { type Cluster, createCluster } from '../../cluster';
import { duration, type Figure, heapBytes, printFigures, timed } from '../figures';

const NODES = 500;
const PODS = 5000;
const SERVICES = 1000;
const SMALL_PODS = 100;
/** Requests of which a figure is the median. */
const ROUNDS = 200;

const NODE = { group: '', version: 'v1', resource: 'nodes' };
const POD = { group: '', version: 'v1', resource: 'pods' };
const SERVICE = { group: '', version: 'v1', resource: 'services' };
const SLICES = 'endpointslices.discovery.k8s.io';

/** A cluster with a clock of its own, stepped by hand. */
interface Stepped {
  readonly cluster: Cluster;
  readonly client: Client;
  now(): number;
  /** Steps to whatever is due until `done`, or for so long. */
  advance(ms: number, done?: () => boolean): void;
}

function start(nodes: number): Stepped {
  let now = 1_795_470_000_000;
  const ports = {
    clock: { now: () => now },
    random: createRandom(1),
    runInside: () => Promise.reject(new Error('nothing runs inside')),
  };
  const cluster = createCluster(ports, { nodes, images: 'catalogue', objectLimit: 100_000 });
  const admin = { user: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };
  return {
    cluster,
    client: cluster.client(admin),
    now: () => now,
    advance(ms, done = () => false) {
      const end = now + ms;
      for (let due = cluster.nextDue; due !== undefined && due <= end && !done(); due = cluster.nextDue) {
        now = Math.max(now, due);
        cluster.runDue();
      }
      if (!done()) now = end;
    },
  };
}

/** Real time that some work takes, in microseconds. */
async function took(work: () => Promise<void> | void): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) * 1000;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const worker = (index: number): string => `worker-${index}`;

/** Nodes beyond those that the office's network has room for, each with its part of the Pod range. */
function nodeObject(model: KubeObject, index: number): KubeObject {
  const podCIDR = `10.244.${3 + (index >> 1)}.${(index & 1) * 128}/25`;
  const { labels } = model.metadata;
  const name = worker(index);
  const { status } = model as KubeObject & { readonly status: object };
  const addresses = [{ type: 'InternalIP', address: `192.168.${60 + (index >> 8)}.${index & 255}` }];
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { ...labels, 'kubernetes.io/hostname': name } },
    spec: { podCIDR, podCIDRs: [podCIDR] },
    status: { ...status, addresses },
  } as KubeObject;
}

function podObject(index: number, node: number): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `web-${index}`, labels: { app: 'web', part: String(index) } },
    spec: {
      nodeName: worker(node),
      containers: [{ name: 'web', image: 'nginx', ports: [{ containerPort: 80 }] }],
    },
  } as KubeObject;
}

function serviceObject(
  name: string,
  selector: Readonly<Record<string, string>>,
  spec: object = {},
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector, ports: [{ port: 80 }], ...spec },
  } as unknown as KubeObject;
}

const addressOf = ({ cluster }: Stepped, name: string): string =>
  cluster.view.get<KubeObject & { readonly spec?: { readonly clusterIP?: string } }>(
    'services',
    'default',
    name,
  )?.spec?.clusterIP ?? '';

function ask({ cluster }: Stepped, from: Vantage, ip: string): Delivery {
  const request = { kind: 'http', method: 'GET', path: '/', host: ip, headers: {}, body: '' } as const;
  return cluster.network.send({ from, to: { ip, port: 80 }, protocol: 'TCP', request }).outcome;
}

function mustAnswer(delivery: Delivery): void {
  if (delivery.kind !== 'delivered') throw new Error(`the request was ${delivery.kind}`);
}

const endpointsOf = ({ cluster }: Stepped, service: string): number =>
  cluster.view
    .list<
      KubeObject & { readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[] }
    >(SLICES, 'default')
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === service)
    .flatMap(({ endpoints }) => endpoints ?? [])
    .filter(({ conditions }) => conditions?.ready).length;

/** One Service over thousands of Pods on hundreds of nodes. */
async function benchNetwork(): Promise<void> {
  await firstAnswer();
  await manyServices();
  const world = start(3);
  world.advance(180_000);
  const joined = await took(async () => {
    const model = world.cluster.view.get('nodes', '', worker(1));
    if (model === undefined) throw new Error('there is a first worker');
    for (let index = 3; index < NODES; index += 1)
      await world.client.create(NODE, '', nodeObject(model, index));
    world.advance(60_000);
  });
  const figures: Figure[] = [
    { what: `${NODES - 3} nodes join, kube-proxy runs on each`, value: duration(joined) },
  ];
  figures.push(...(await oneService(world)));
  printFigures(`Network: ${PODS} Pods on ${NODES} nodes (${process.version}, one process)`, figures);
}

/** From applying a Deployment and a Service to the first answer. */
async function firstAnswer(): Promise<void> {
  const world = start(3);
  world.advance(180_000);
  const began = world.now();
  const from: Vantage = { kind: 'node', name: worker(1) };
  const real = await took(async () => {
    for (let index = 0; index < 3; index += 1)
      await world.client.create(POD, 'default', podObject(index, 1 + (index % 2)));
    await world.client.create(SERVICE, 'default', serviceObject('web', { app: 'web' }));
    const ip = addressOf(world, 'web');
    world.advance(120_000, () => ask(world, from, ip).kind === 'delivered');
    mustAnswer(ask(world, from, ip));
  });
  printFigures('Network: three nodes', [
    {
      what: 'from creating three Pods and a Service to the first answer, virtual',
      value: seconds(world.now() - began),
    },
    { what: 'the same, real', value: duration(real) },
  ]);
}

async function oneService(world: Stepped): Promise<readonly Figure[]> {
  const { client, cluster } = world;
  const before = heapBytes();
  await client.create(SERVICE, 'default', serviceObject('web', { app: 'web' }));
  const began = world.now();
  const real = await took(async () => {
    for (let index = 0; index < PODS; index += 1)
      await client.create(POD, 'default', podObject(index, 1 + (index % (NODES - 1))));
    for (let step = 0; step < 60 && endpointsOf(world, 'web') < PODS; step += 1) world.advance(1000);
  });
  const virtual = world.now() - began;
  world.advance(5000);
  const sync = await took(() => {
    void client.delete(POD, 'default', 'web-7', { gracePeriodSeconds: 0 });
    world.advance(3000);
  });
  const ip = addressOf(world, 'web');
  const cold = await took(() => mustAnswer(ask(world, { kind: 'node', name: worker(9) }, ip)));
  const warm = await timed(ROUNDS, () => mustAnswer(ask(world, { kind: 'node', name: worker(9) }, ip)));
  const saved = { text: '' };
  const print = await took(() => {
    saved.text = cluster.network.iptablesSave(worker(9));
  });
  const after = heapBytes();
  const local = await took(async () => {
    await client.patch(SERVICE, 'default', 'web', 'merge', {
      spec: { type: 'NodePort', externalTrafficPolicy: 'Local' },
    });
    world.advance(3000);
    mustAnswer(ask(world, { kind: 'node', name: worker(9) }, ip));
  });
  return [
    { what: `${PODS} Pods run and are endpoints, virtual`, value: seconds(virtual) },
    { what: 'the same, real', value: duration(real) },
    { what: 'one Pod goes: slice, and rules on every node', value: duration(sync) },
    { what: 'first request on a node, its rules made', value: duration(cold) },
    { what: 'request (p50 / p99)', value: `${duration(warm.p50)} / ${duration(warm.p99)}` },
    { what: `iptables-save (${saved.text.split('\n').length} lines)`, value: duration(print) },
    { what: 'heap for the Pods, slices and rules', value: megabytes(after - before) },
    { what: 'Local, so that each node has rules of its own, and a request', value: duration(local) },
    ...snapshotFigures(cluster),
  ];
}

function snapshotFigures(cluster: Cluster): readonly Figure[] {
  const snapshot = cluster.snapshot() as { readonly held?: { readonly network?: unknown } };
  const size = (part: unknown): string => megabytes(JSON.stringify(part ?? null).length);
  return [
    { what: 'snapshot, and the network in it', value: `${size(snapshot)}, ${size(snapshot.held?.network)}` },
  ];
}

/** A thousand Services over a hundred Pods of three nodes. */
async function manyServices(): Promise<void> {
  const world = start(3);
  const { client, cluster } = world;
  world.advance(180_000);
  for (let index = 0; index < SMALL_PODS; index += 1)
    await client.create(POD, 'default', podObject(index, 1 + (index % 2)));
  world.advance(180_000);
  const before = heapBytes();
  const real = await took(async () => {
    for (let index = 0; index < SERVICES; index += 1)
      await client.create(
        SERVICE,
        'default',
        serviceObject(`part-${index}`, { part: String(index % SMALL_PODS) }),
      );
    world.advance(5000);
  });
  const change = await took(async () => {
    await client.patch(SERVICE, 'default', 'part-7', 'merge', { spec: { sessionAffinity: 'ClientIP' } });
    world.advance(3000);
  });
  const from: Vantage = { kind: 'node', name: worker(1) };
  const ip = addressOf(world, `part-${SERVICES - 1}`);
  const cold = await took(() => mustAnswer(ask(world, from, ip)));
  const warm = await timed(ROUNDS, () => mustAnswer(ask(world, from, ip)));
  printFigures(`Network: ${SERVICES} Services on three nodes`, [
    { what: 'created, with slices and rules', value: duration(real) },
    { what: 'one of them changes: slices and rules', value: duration(change) },
    { what: 'first request after that, rules made', value: duration(cold) },
    { what: 'request (p50 / p99)', value: `${duration(warm.p50)} / ${duration(warm.p99)}` },
    { what: 'heap for them', value: megabytes(heapBytes() - before) },
    ...snapshotFigures(cluster),
  ]);
}

benchNetwork().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
