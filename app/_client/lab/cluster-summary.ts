import type { EndpointSlice, KubeObject, Pod, Service } from '../../../lib/api';

/** How a Pod is, as far as a Service cares. */
export type PodCondition = 'ready' | 'starting' | 'trouble' | 'leaving';

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
}

/** The learner's part of the cluster. */
export interface ClusterSummary {
  readonly pods: readonly PodLine[];
  readonly services: readonly ServiceLine[];
}

const SERVICE_NAME = 'kubernetes.io/service-name';

function waitingReason(pod: Pod): string | undefined {
  return pod.status?.containerStatuses
    ?.map((container) => container.state?.waiting?.reason)
    .find((reason) => reason);
}

function podLine(pod: Pod, key: string): PodLine {
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
  const endpoints = slices
    .filter(
      (slice) => slice.metadata.namespace === namespace && slice.metadata.labels?.[SERVICE_NAME] === name,
    )
    .flatMap((slice) => slice.endpoints ?? []);
  const addresses = (wanted: boolean) =>
    endpoints
      .filter((endpoint) => (endpoint.conditions?.ready !== false) === wanted)
      .flatMap((endpoint) => endpoint.addresses)
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
    pods: entries.filter(isKind<Pod>('Pod')).map(([key, pod]) => podLine(pod, key)),
    services: entries
      .filter(isKind<Service>('Service'))
      .map(([key, service]) => serviceLine(service, key, slices)),
  };
}
