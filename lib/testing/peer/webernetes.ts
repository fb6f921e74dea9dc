import { BaseImage, Cluster, type ProcessContext } from '@ngrok/webernetes';
import { duration, type Figure, heapBytes, printFigures, timed } from '../figures';

/** What is asked of it is what `bench/network.ts` asks of our own network, as far as it can do it. */
const SERVICES = 1000;
const LARGE = { nodes: 500, pods: 5000 } as const;
const PODS = 100;
const REPLICAS = 3;
const ROUNDS = 20;
const NODE_PORT = 31_000;
/** After this much real time it is said to give no answer. */
const PATIENCE_MS = 60_000;
const POLL_MS = 5;
const HTTP_OK = 200;

/** A web server, since it has no images of its own. */
class Web extends BaseImage {
  static readonly imageName = 'web';
  static readonly imageVersion = '1.0';
  readonly defaultCommand = ['server'];

  override async exec(context: ProcessContext): Promise<number> {
    context.listenHttp(80, async () => ({ status: HTTP_OK, body: 'hello' }));
    return context.waitUntilKilled();
  }
}

type Resources = Parameters<Cluster['apply']>[0];

const deployment = (replicas: number): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'web:1.0' }] },
    },
  },
});

const service = (name: string, spec: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }], ...spec },
});

const apply = (cluster: Cluster, ...objects: readonly object[]) =>
  cluster.apply(objects as unknown as Resources);

async function started(nodes = 3): Promise<Cluster> {
  const cluster = new Cluster({ nodes });
  cluster.registerImage(Web);
  await cluster.init();
  return cluster;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks until there is an answer; whether there was one in time. A refusal before is no failure. */
async function answered(cluster: Cluster, url: string): Promise<boolean> {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    const response = await cluster.fetch(url).catch(() => undefined);
    if (response?.status === HTTP_OK) return true;
    await wait(POLL_MS);
  }
  return false;
}

const micros = (since: number): number => (performance.now() - since) * 1000;
const shown = (done: boolean, text: string): string => (done ? text : `no answer in ${PATIENCE_MS / 1000} s`);

async function firstAnswer(): Promise<readonly Figure[]> {
  const boot = performance.now();
  const cluster = await started();
  const booted = micros(boot);
  const began = performance.now();
  const clock = cluster.clock.nowMs();
  const nodePort = { port: 80, targetPort: 80, protocol: 'TCP', nodePort: NODE_PORT };
  await apply(cluster, deployment(REPLICAS), service('web', { type: 'NodePort', ports: [nodePort] }));
  const url = `http://node-1:${NODE_PORT}`;
  const done = await answered(cluster, url);
  const real = micros(began);
  const virtual = `${((cluster.clock.nowMs() - clock) / 1000).toFixed(1)} s`;
  const warm = done ? await timed(ROUNDS, () => cluster.fetch(url)) : undefined;
  await cluster.close();
  return [
    { what: 'a cluster of three nodes', value: duration(booted) },
    {
      what: 'from apply to the first answer, virtual (its clock follows the wall)',
      value: shown(done, virtual),
    },
    { what: 'the same, real', value: shown(done, duration(real)) },
    ...(warm
      ? [{ what: 'request (p50 / p99)', value: `${duration(warm.p50)} / ${duration(warm.p99)}` }]
      : []),
  ];
}

async function manyServices(): Promise<readonly Figure[]> {
  const cluster = await started();
  await apply(cluster, deployment(PODS));
  await wait(POLL_MS);
  const before = heapBytes();
  const began = performance.now();
  for (let index = 0; index < SERVICES; index += 1) await apply(cluster, service(`part-${index}`));
  const created = micros(began);
  const last = { port: 80, targetPort: 80, protocol: 'TCP', nodePort: NODE_PORT };
  await apply(cluster, service('last', { type: 'NodePort', ports: [last] }));
  const done = await answered(cluster, `http://node-1:${NODE_PORT}`);
  const real = micros(began);
  const heap = heapBytes() - before;
  await cluster.close();
  return [
    { what: `${SERVICES} Services created over ${PODS} Pods`, value: duration(created) },
    { what: 'the same, until one more answers', value: shown(done, duration(real)) },
    { what: 'heap for them', value: `${(heap / 1e6).toFixed(1)} MB` },
  ];
}

/** One Service over as many Pods and nodes as ours has in its bench. */
async function manyPods(): Promise<readonly Figure[]> {
  const before = heapBytes();
  const cluster = await started(LARGE.nodes);
  const began = performance.now();
  const nodePort = { port: 80, targetPort: 80, protocol: 'TCP', nodePort: NODE_PORT };
  await apply(cluster, deployment(LARGE.pods), service('web', { type: 'NodePort', ports: [nodePort] }));
  const done = await answered(cluster, `http://node-1:${NODE_PORT}`);
  const real = micros(began);
  return [
    {
      what: `one Service over ${LARGE.pods} Pods on ${LARGE.nodes} nodes, first answer`,
      value: shown(done, duration(real)),
    },
    { what: 'heap for them', value: `${((heapBytes() - before) / 1e6).toFixed(1)} MB` },
  ];
}

async function benchPeer(part: string | undefined): Promise<void> {
  const heading = `The nearest peer: @ngrok/webernetes (${process.version}, one process)`;
  if (part === 'large') return printFigures(heading, await manyPods());
  printFigures(heading, [
    ...(await firstAnswer()),
    ...(await manyServices()),
    { what: 'rules as iptables-save or ipvsadm print them', value: 'cannot: no rules' },
    { what: 'snapshot, fork', value: 'cannot: state in closures and timers' },
  ]);
}

benchPeer(process.argv[2]).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
