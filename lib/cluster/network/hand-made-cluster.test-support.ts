import type { Delivery, EndpointSlice, Fault, Json, KubeObject, Pod, Service, Stored, View } from '../../api';
import { createRandom } from '../../base';
import { findImage } from '../images';
import type { ContainerRecord, Image, ProcessEnv } from '../seams';
import { type ClusterNetwork, createNetwork } from './create-network';
import type { NetworkOptions } from './options';
import { syncAllNodes } from './proxy/kube-proxy';
import { tableView } from './table-view.test-support';

/** 2026-11-23T22:55:25Z. */
export const NOW = 1_795_474_525_000;
const POD_CIDR = '10.244.0.0/16';

type Loose = { readonly [field: string]: unknown };

/** An object with the metadata that the store would have given it. */
export function stored<T extends KubeObject>(
  kind: string,
  namespace: string,
  name: string,
  rest: Loose,
): Stored<T> {
  const metadata = {
    namespace,
    name,
    uid: `${kind}/${namespace}/${name}`,
    resourceVersion: '1',
    creationTimestamp: '2026-11-23T22:00:00Z',
    ...((rest.metadata as Loose | undefined) ?? {}),
  };
  return { apiVersion: 'v1', kind, ...rest, metadata } as unknown as Stored<T>;
}

/** A node of the course's cluster. */
export function node(
  name: string,
  index: number,
  labels: Readonly<Record<string, string>> = {},
  externalIP?: string,
): Stored {
  return stored('Node', '', name, {
    metadata: { labels },
    spec: { podCIDR: `10.244.${index}.0/24` },
    status: {
      addresses: [
        { type: 'InternalIP', address: `192.168.50.${10 + index}` },
        ...(externalIP === undefined ? [] : [{ type: 'ExternalIP', address: externalIP }]),
      ],
    },
  });
}

/** A running Pod with one container. */
export interface PodSpec {
  readonly name: string;
  readonly ip: string;
  readonly node: string;
  readonly image: string;
  readonly namespace?: string;
  readonly command?: readonly string[];
  readonly ports?: readonly (number | { readonly name: string; readonly containerPort: number })[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly spec?: Loose;
}

/** A namespace with the label that the API server gives it. */
export function namespace(name: string, labels: Readonly<Record<string, string>> = {}): Stored {
  return stored('Namespace', '', name, {
    metadata: { namespace: '', labels: { 'kubernetes.io/metadata.name': name, ...labels } },
  });
}

/** kube-proxy on every node with some lines of configuration beside kubeadm's. */
export function proxyPods(
  lines: string,
  nodes = ['control-plane', 'worker-1', 'worker-2'],
): readonly PodSpec[] {
  const range = lines.includes('clusterCIDR:') ? '' : `clusterCIDR: ${POD_CIDR}\n`;
  const config = `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n${range}${lines}`;
  return nodes.map((on, index) => ({
    name: `kube-proxy-${on}`,
    namespace: 'kube-system',
    ip: `192.168.50.${10 + index}`,
    node: on,
    image: 'registry.k8s.io/kube-proxy:v1.35.0',
    labels: { 'k8s-app': 'kube-proxy' },
    ports: [],
    files: { '/var/lib/kube-proxy/config.conf': config },
    spec: { hostNetwork: true },
  }));
}

const NODES: readonly Stored[] = [
  node('control-plane', 0, { 'node-role.kubernetes.io/control-plane': '' }),
  node('worker-1', 1),
  node('worker-2', 2),
];

/** A Service with one port. */
export function service(name: string, spec: Loose, namespace = 'default'): Stored<Service> {
  return stored<Service>('Service', namespace, name, { spec: { type: 'ClusterIP', ...spec } });
}

/** A slice over Pods of the cluster. */
export function slice(
  serviceName: string,
  port: { readonly name?: string; readonly port: number; readonly protocol?: string },
  endpoints: readonly {
    readonly ip: string;
    readonly node: string;
    readonly ready?: boolean;
    readonly hostname?: string;
  }[],
  namespace = 'default',
): Stored<EndpointSlice> {
  return stored<EndpointSlice>('EndpointSlice', namespace, `${serviceName}-${port.port}`, {
    metadata: { labels: { 'kubernetes.io/service-name': serviceName } },
    addressType: 'IPv4',
    ports: [{ name: '', protocol: 'TCP', ...port }],
    endpoints: endpoints.map(({ ip, node: nodeName, ready = true, hostname }) => ({
      addresses: [ip],
      conditions: { ready, serving: ready, terminating: false },
      nodeName,
      ...(hostname === undefined ? {} : { hostname }),
    })),
  });
}

/** What a test builds: objects and running Pods. */
export interface HandMade {
  readonly network: ClusterNetwork;
  readonly options: NetworkOptions;
  readonly view: View;
  log(pod: string): readonly string[];
  setFaults(faults: readonly Fault[]): void;
  now(): number;
  /** Lets time pass; nothing happens meanwhile. */
  advance(ms: number): void;
}

/** A cluster made by hand: the course's nodes (or the given ones of these names), the given objects, Pods that run. */
export function handMade(objects: readonly Stored[], pods: readonly PodSpec[], sync = true): HandMade {
  const podObjects = pods.map(podObject);
  const own = new Set(objects.filter(({ kind }) => kind === 'Node').map(({ metadata }) => metadata.name));
  const nodes = NODES.filter(({ metadata }) => !own.has(metadata.name));
  const all = [...nodes, namespace('default'), namespace('kube-system'), ...objects, ...podObjects];
  const view = tableView(all);
  const records = new Map(
    pods.map((pod, index) => [pod.name, record(pod, podObjects[index]?.metadata.uid ?? '')]),
  );
  const random = createRandom(7);
  let now = NOW;
  let faults: ReturnType<NetworkOptions['faults']> = [];
  const options: NetworkOptions = {
    view: () => view,
    containers: {
      get: (_, pod) => records.get(pod),
      ofPod: (_, pod) => [records.get(pod)].filter((each) => each !== undefined),
      update: (changed) => void records.set(changed.podName, changed),
      volume: () => undefined,
      setVolume: () => {},
    },
    served(known, _before, { state, log = [] }) {
      const lines = log.map((text) => ({ at: NOW, text }));
      records.set(known.podName, { ...known, state, log: [...known.log, ...lines] });
    },
    findImage: (reference) => findImage(reference, 'any'),
    processEnv: (pod) =>
      envOf(
        pods.find(({ name }) => name === pod.metadata.name),
        view,
        network,
      ),
    faults: () => faults,
    clock: { now: () => now },
    random,
    podCIDR: POD_CIDR,
    serviceCIDR: '10.96.0.0/12',
    apiServer: () => ({ kind: 'closed', why: 'reset' }),
  };
  const network: ClusterNetwork = createNetwork(options);
  for (const pod of pods) {
    const known = records.get(pod.name);
    const env = envOf(pod, view, network);
    const found = findImage(pod.image, 'any');
    if (known !== undefined && env !== undefined && !('error' in found))
      records.set(pod.name, { ...known, state: running(found.image, env) });
  }
  if (sync) syncAllNodes(network.kubeProxy, view, NOW, random);
  return {
    network,
    options,
    view,
    log: (pod) => (records.get(pod)?.log ?? []).map(({ text }) => text),
    setFaults(next) {
      faults = next.map((fault) => ({ fault, since: NOW }));
    },
    now: () => now,
    advance(ms) {
      now += ms;
    },
  };
}

function podObject(pod: PodSpec): Stored<Pod> {
  const ports = (pod.ports ?? [80]).map((port) =>
    typeof port === 'number' ? { containerPort: port } : port,
  );
  return stored<Pod>('Pod', pod.namespace ?? 'default', pod.name, {
    metadata: { labels: pod.labels ?? {} },
    spec: { nodeName: pod.node, containers: [{ name: 'main', image: pod.image, ports }], ...pod.spec },
    status: { phase: 'Running', podIP: pod.ip },
  });
}

function record(pod: PodSpec, podUid: string): ContainerRecord {
  return {
    podUid,
    namespace: pod.namespace ?? 'default',
    podName: pod.name,
    name: 'main',
    node: pod.node,
    image: pod.image,
    containerID: '',
    state: undefined,
    running: true,
    startedAt: NOW,
    restarts: 0,
    log: [],
    previousLog: [],
    files: {},
  };
}

/** A program that has started, and found the API server where it asked for one. */
function running(image: Image, env: ProcessEnv): Json {
  const begun = image.start(env);
  if (begun.wakeAt === undefined) return begun.state;
  const delivered: Delivery = {
    kind: 'delivered',
    reply: { kind: 'connected' },
    server: { ip: '', port: 0 },
    sourceSeen: '',
    latencyMs: 0,
  };
  return image.turn(begun.state, {
    ...env,
    now: begun.wakeAt,
    send: () => ({ outcome: delivered, trace: [] }),
  }).state;
}

/** What a CoreDNS of these tests serves. */
const COREFILE = `.:53 {
  kubernetes cluster.local in-addr.arpa {
    fallthrough in-addr.arpa
    ttl 30
  }
  forward . 192.168.50.1
  loadbalance
}
`;

function envOf(pod: PodSpec | undefined, view: View, network: ClusterNetwork): ProcessEnv | undefined {
  if (pod === undefined) return undefined;
  const found = findImage(pod.image, 'any');
  if ('error' in found) return undefined;
  const files: Readonly<Record<string, string>> = {
    ...found.image.files,
    '/Corefile': COREFILE,
    ...pod.files,
  };
  const namespace = pod.namespace ?? 'default';
  return {
    now: NOW,
    random: createRandom(3),
    hostname: pod.name,
    podIP: pod.ip,
    namespace,
    podName: pod.name,
    image: pod.image,
    argv: pod.command ?? [...found.image.entrypoint, ...(found.image.cmd ?? [])],
    env: { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443' },
    view,
    ports: (pod.ports ?? [80]).map((port) => ({
      containerPort: typeof port === 'number' ? port : port.containerPort,
      protocol: 'TCP' as const,
    })),
    readFile: (path) => files[path],
    listFiles: () => Object.keys(files),
    readOnly: () => false,
    ping: () => ({ answered: true, latencyMs: 1 }),
    lookup: (host) => network.lookup({ kind: 'pod', namespace, name: pod.name }, host),
    send: (...packet) => network.sendTo({ kind: 'pod', namespace, name: pod.name }, ...packet),
  };
}

/** A GET of "/". */
export const GET = { kind: 'http', method: 'GET', path: '/', host: 'web', headers: {}, body: '' } as const;

/** A delivery in one word and who answered: "delivered web-1", "refused". */
export function brief(delivery: Delivery): string {
  if (delivery.kind !== 'delivered') return delivery.kind;
  return `delivered ${delivery.server.pod?.name ?? delivery.server.node ?? delivery.server.ip}`;
}
