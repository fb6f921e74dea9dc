import type {
  DnsAnswer,
  EndpointSlice,
  Endpoints,
  KubeObject,
  Node,
  Pod,
  Protocol,
  Request,
  ResourceRef,
  Service,
  Stored,
  Vantage,
} from '../../api';
import { assert } from '../../base';
import { createWorkspace, type Workspace } from '../../workspace';

export const PODS: ResourceRef = { group: '', version: 'v1', resource: 'pods' };
export const SERVICES: ResourceRef = { group: '', version: 'v1', resource: 'services' };
export const ENDPOINTS: ResourceRef = { group: '', version: 'v1', resource: 'endpoints' };
export const SLICES: ResourceRef = { group: 'discovery.k8s.io', version: 'v1', resource: 'endpointslices' };
const DEPLOYMENTS: ResourceRef = { group: 'apps', version: 'v1', resource: 'deployments' };

/** Upstream's test image. */
export const AGNHOST = 'registry.k8s.io/e2e-test-images/agnhost:2.55';
const NS = 'default';
/** Upstream polls every two seconds for up to two minutes. */
const POLL_MS = 2000;
const PATIENCE_MS = 120_000;
const DNS_SERVICE = '10.96.0.10';

type Loose = { readonly [field: string]: unknown };

/** What a Pod runs and how it is found. */
export interface PodOptions {
  readonly args?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly ports?: readonly {
    readonly name?: string;
    readonly containerPort: number;
    readonly hostPort?: number;
    readonly hostIP?: string;
    readonly protocol?: Protocol;
  }[];
  readonly env?: Readonly<Record<string, string>>;
  readonly spec?: Loose;
}

/** A cluster that flows run against, with what they ask of it. */
export interface Flow {
  readonly workspace: Workspace;
  create<T extends KubeObject>(ref: ResourceRef, object: Loose): Promise<Stored<T>>;
  pod(name: string, options?: PodOptions): Promise<void>;
  /** A running Pod to send from. */
  client(name?: string): Promise<Vantage>;
  replicas(name: string, count: number, args: readonly string[]): Promise<void>;
  service(name: string, spec: Loose, metadata?: Loose): Promise<Stored<Service>>;
  get<T extends KubeObject>(resource: string, name: string): Stored<T> | undefined;
  slices(service: string): readonly Stored<EndpointSlice>[];
  /** Ready addresses with their ports: "pod1:100". */
  endpoints(service: string): string;
  /** Passes time until `done`; fails after two minutes. */
  eventually(what: string, done: () => boolean | Promise<boolean>): Promise<void>;
  advance(ms: number): Promise<void>;
  nodes(): readonly Stored<Node>[];
  /** Which Pod answers by its hostname; else what happened. */
  ask(from: Vantage, host: string, port: number, protocol?: Protocol): string;
  /** Every answer of many requests, sorted. */
  askAll(from: Vantage, host: string, port: number, protocol?: Protocol): string;
  /** A query as `dig +search` sends it from a Pod. */
  dig(from: Vantage, name: string, type: string, protocol?: 'UDP' | 'TCP'): DnsAnswer | undefined;
}

let booted: Promise<Workspace> | undefined;

/** A fresh copy of a cluster that has come up. */
export async function startFlow(): Promise<Flow> {
  booted ??= createWorkspace({ seed: 1, startAt: 1_795_470_000_000, nodes: 3, images: 'catalogue' });
  return flowOn((await booted).fork());
}

function flowOn(workspace: Workspace): Flow {
  const { client, network } = workspace;
  const get = <T extends KubeObject>(resource: string, name: string) =>
    workspace.view.get<T>(resource, NS, name);
  const advance = (ms: number) => workspace.advanceTo(workspace.now + ms);
  const flow: Flow = {
    workspace,
    get,
    advance,
    create: async <T extends KubeObject>(ref: ResourceRef, object: Loose) =>
      (await client.create(ref, NS, object as unknown as KubeObject)).object as Stored<T>,
    async pod(name, options = {}) {
      await flow.create(PODS, podObject(name, options));
      await flow.eventually(`${name} runs`, () => isRunning(get<Pod>('pods', name)));
    },
    async client(name = 'client') {
      await flow.pod(name, { args: ['pause'] });
      return { kind: 'pod', namespace: NS, name };
    },
    async replicas(name, count, args) {
      const labels = { name };
      await flow.create(DEPLOYMENTS, {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name },
        spec: {
          replicas: count,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: AGNHOST, args }] } },
        },
      });
      const running = () =>
        workspace.view
          .list<Pod>('pods', NS)
          .filter((pod) => pod.metadata.labels?.name === name && isRunning(pod)).length;
      await flow.eventually(`${count} replicas run`, () => running() === count);
    },
    service: (name, spec, metadata = {}) =>
      flow.create<Service>(SERVICES, {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, ...metadata },
        spec,
      }),
    slices: (service) =>
      workspace.view
        .list<EndpointSlice>('endpointslices.discovery.k8s.io', NS)
        .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === service),
    endpoints: (service) =>
      (get<Endpoints>('endpoints', service)?.subsets ?? [])
        .flatMap(({ addresses = [], ports = [] }) =>
          addresses.flatMap(({ targetRef, ip }) =>
            (ports.length === 0 ? [undefined] : ports).map(
              (port) => `${targetRef?.name ?? ip}:${port?.port ?? ''}`,
            ),
          ),
        )
        .sort()
        .join(' '),
    async eventually(what, done) {
      const end = workspace.now + PATIENCE_MS;
      while (!(await done())) {
        assert(workspace.now < end, `in two minutes: ${what}`);
        await advance(POLL_MS);
      }
    },
    nodes: () => workspace.view.list<Node>('nodes', ''),
    ask(from, host, port, protocol = 'TCP') {
      const found = network.lookup(from, host).outcome;
      const [ip] = found.addresses;
      if (ip === undefined) return `no such host (${found.error})`;
      const sent = network.send({
        from,
        to: { ip, port },
        protocol,
        request: hostnameRequest(host, protocol),
      });
      if (sent.outcome.kind !== 'delivered') return sent.outcome.kind;
      const { reply } = sent.outcome;
      return reply.kind === 'http' ? reply.body : reply.kind === 'bytes' ? reply.text : reply.kind;
    },
    askAll: (from, host, port, protocol) =>
      [...new Set(Array.from({ length: 40 }, () => flow.ask(from, host, port, protocol)))].sort().join(' '),
    dig(from, name, type, protocol = 'UDP') {
      const { search, ndots } = network.resolvConf(from);
      const plain = name.split('.').length - 1 >= ndots || name.endsWith('.') ? [name] : [];
      const names = [
        ...plain,
        ...search.map((suffix) => `${name}.${suffix}`),
        ...(plain.length > 0 ? [] : [name]),
      ];
      for (const each of names) {
        const request: Request = { kind: 'dns', query: { name: each, type } };
        const { outcome } = network.send({ from, to: { ip: DNS_SERVICE, port: 53 }, protocol, request });
        if (outcome.kind !== 'delivered' || outcome.reply.kind !== 'dns') return undefined;
        if (outcome.reply.answer.answers.length > 0) return outcome.reply.answer;
      }
      return undefined;
    },
  };
  return flow;
}

const hostnameRequest = (host: string, protocol: Protocol): Request =>
  protocol === 'TCP'
    ? { kind: 'http', method: 'GET', path: '/hostname', host, headers: {}, body: '' }
    : { kind: 'bytes', text: 'hostname' };

const isRunning = (pod: Pod | undefined): boolean =>
  pod?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true;

function podObject(name: string, { args = ['netexec'], labels, ports, env, spec }: PodOptions): Loose {
  const container = {
    name: 'main',
    image: AGNHOST,
    args,
    ...(ports === undefined ? {} : { ports }),
    ...(env === undefined ? {} : { env: Object.entries(env).map(([key, value]) => ({ name: key, value })) }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...(labels === undefined ? {} : { labels }) },
    spec: { containers: [container], ...spec },
  };
}
