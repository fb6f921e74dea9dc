import type { EndpointSlice, KubeObject, Node, Pod, Service } from '../../../lib/api';

/** How a Pod is, as far as a Service cares. */
export type PodCondition = 'ready' | 'starting' | 'trouble' | 'leaving';

/** What each condition is called where it is told in words. */
export const CONDITION_WORDS: Readonly<Record<PodCondition, string>> = {
  ready: 'ready',
  starting: 'not ready',
  trouble: 'in trouble',
  leaving: 'leaving',
};

/** A Pod as the cluster panel lists it. */
export interface PodLine {
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  readonly condition: PodCondition;
  /** What `kubectl get pods` has under STATUS, as near as a panel needs. */
  readonly status: string;
  readonly node: string;
  readonly address: string;
}

/** A Service as the cluster panel lists it. */
export interface ServiceLine {
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly address: string;
  readonly ports: string;
  readonly ready: readonly string[];
  readonly notReady: readonly string[];
  readonly endpoints: readonly EndpointLine[];
  /** Where clients outside reach it: load balancers' addresses, external IPs, an ExternalName's target. */
  readonly outside: readonly string[];
  /** The slices that list its endpoints, by name. */
  readonly slices: readonly string[];
}

/** One endpoint of a Service. */
export interface EndpointLine {
  readonly address: string;
  readonly ready: boolean;
  /** The key of the Pod that it is; none for an endpoint written by hand. */
  readonly pod?: string;
}

/** A node as the cluster panel lists it. */
export interface NodeLine {
  readonly name: string;
  readonly address: string;
  /** Empty when it has no zone. */
  readonly zone: string;
  readonly ready: boolean;
  /** Takes no new Pods. */
  readonly cordoned: boolean;
}

/** The learner's part of the cluster. */
export interface ClusterSummary {
  readonly nodes: readonly NodeLine[];
  readonly pods: readonly PodLine[];
  readonly services: readonly ServiceLine[];
}

const SERVICE_NAME = 'kubernetes.io/service-name';

function waitingReason(pod: Pod): string | undefined {
  return pod.status?.containerStatuses
    ?.map((container) => container.state?.waiting?.reason)
    .find((reason) => reason);
}

/** An object that has not changed is the same, and so is its line: whoever draws it need not draw it again. */
const podLines = new WeakMap<Pod, PodLine>();

function podLine(pod: Pod, key: string): PodLine {
  const known = podLines.get(pod);
  if (known !== undefined) return known;
  const line = readPod(pod, key);
  podLines.set(pod, line);
  return line;
}

function readPod(pod: Pod, key: string): PodLine {
  const ready =
    pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
  const leaving = pod.metadata.deletionTimestamp !== undefined;
  const waiting = waitingReason(pod);
  const troubled = pod.status?.phase === 'Failed' || /Err|BackOff|Invalid/.test(waiting ?? '');
  return {
    key,
    namespace: pod.metadata.namespace ?? '',
    name: pod.metadata.name ?? '',
    condition: leaving ? 'leaving' : ready ? 'ready' : troubled ? 'trouble' : 'starting',
    status: leaving ? 'Terminating' : (waiting ?? pod.status?.phase ?? 'Pending'),
    node: pod.spec?.nodeName ?? '',
    address: pod.status?.podIP ?? '',
  };
}

function serviceLine(service: Service, key: string, slices: readonly EndpointSlice[]): ServiceLine {
  const { namespace, name } = service.metadata;
  const own = slices.filter(
    (slice) => slice.metadata.namespace === namespace && slice.metadata.labels?.[SERVICE_NAME] === name,
  );
  const endpoints = own.flatMap((slice) =>
    (slice.endpoints ?? []).flatMap((endpoint) =>
      endpoint.addresses.map((address): EndpointLine => {
        const ready = endpoint.conditions?.ready !== false;
        const { targetRef } = endpoint;
        return targetRef?.kind === 'Pod'
          ? { address, ready, pod: `Pod/${targetRef.namespace ?? namespace}/${targetRef.name}` }
          : { address, ready };
      }),
    ),
  );
  const addresses = (wanted: boolean) =>
    endpoints
      .filter(({ ready }) => ready === wanted)
      .map(({ address }) => address)
      .sort();
  const ports = service.spec?.ports ?? [];
  return {
    key,
    namespace: namespace ?? '',
    name: name ?? '',
    type: service.spec?.type ?? 'ClusterIP',
    address: service.spec?.clusterIP ?? '',
    ports: ports
      .map((port) => `${port.port}${port.nodePort ? `:${port.nodePort}` : ''}/${port.protocol ?? 'TCP'}`)
      .join(', '),
    ready: addresses(true),
    notReady: addresses(false),
    endpoints,
    outside: outsideOf(service),
    slices: own.flatMap((slice) => slice.metadata.name ?? []),
  };
}

function outsideOf({ spec, status }: Service): readonly string[] {
  const balancers = status?.loadBalancer?.ingress ?? [];
  return [
    ...balancers.flatMap(({ hostname, ip }) => hostname ?? ip ?? []),
    ...(spec?.externalIPs ?? []),
    ...(spec?.externalName ? [spec.externalName] : []),
  ];
}

function nodeLine({ metadata, spec, status }: Node): NodeLine {
  return {
    name: metadata.name ?? '',
    address: status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '',
    zone: metadata.labels?.['topology.kubernetes.io/zone'] ?? '',
    ready: status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false,
    cordoned: spec?.unschedulable === true,
  };
}

function isKind<T extends KubeObject>(
  kind: T['kind'],
): (entry: [string, KubeObject]) => entry is [string, T] {
  return (entry): entry is [string, T] => entry[1].kind === kind;
}

/** What of the cluster matters while working on Services; kube-system's own is left out. */
export function summariseCluster(objects: Readonly<Record<string, KubeObject>>): ClusterSummary {
  const entries = Object.entries(objects)
    .filter(([, object]) => !object.metadata.namespace?.startsWith('kube-'))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const slices = entries.filter(isKind<EndpointSlice>('EndpointSlice')).map(([, slice]) => slice);
  return {
    nodes: entries.filter(isKind<Node>('Node')).map(([, node]) => nodeLine(node)),
    pods: entries.filter(isKind<Pod>('Pod')).map(([key, pod]) => podLine(pod, key)),
    services: entries
      .filter(isKind<Service>('Service'))
      .map(([key, service]) => serviceLine(service, key, slices)),
  };
}
