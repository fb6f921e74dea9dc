import type { Endpoint, Node, Pod, Service, ServicePort, Stored } from '../../../api';
import { isPodFinished, isPodReady } from '../pod-state';

/** A port of a slice as the API writes it. */
export interface SlicePort {
  readonly name?: string;
  readonly port?: number;
  readonly protocol: string;
  readonly appProtocol?: string;
}

export type AddressType = 'IPv4' | 'IPv6';

const ZONE = 'topology.kubernetes.io/zone';

/** Whether the Pod belongs into slices or Endpoints at all (endpointutil.ShouldPodBeInEndpoints). */
export function belongs(pod: Pod, includeTerminating: boolean): boolean {
  if (isPodFinished(pod)) return false;
  if (!pod.status?.podIP && !pod.status?.podIPs?.length) return false;
  return includeTerminating || pod.metadata.deletionTimestamp === undefined;
}

/** The Pod's address of one family. */
export function addressOf(pod: Pod, type: AddressType): string | undefined {
  const all = [...(pod.status?.podIPs ?? []).map((each) => each.ip), pod.status?.podIP];
  return all.find((ip) => ip && ip.includes(':') === (type === 'IPv6'));
}

/** The Pod as an endpoint of the Service. */
export function podEndpoint(
  pod: Stored<Pod>,
  node: Node | undefined,
  service: Service,
  type: AddressType,
): Endpoint {
  const serving = isPodReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const ready = service.spec?.publishNotReadyAddresses === true || (serving && !terminating);
  const zone = node?.metadata.labels?.[ZONE];
  const { name, namespace, uid } = pod.metadata;
  const endpoint = {
    addresses: [addressOf(pod, type) ?? ''],
    conditions: { ready, serving, terminating },
    ...(hasHostname(pod, service) ? { hostname: pod.spec?.hostname ?? '' } : {}),
    targetRef: { kind: 'Pod', namespace, name, uid },
    ...(pod.spec?.nodeName ? { nodeName: pod.spec.nodeName } : {}),
    ...(zone ? { zone } : {}),
  };
  return endpoint as Endpoint;
}

/** Whether DNS knows the Pod by its hostname under this Service (endpointutil.ShouldSetHostname). */
export function hasHostname(pod: Pod, service: Service): boolean {
  return (
    Boolean(pod.spec?.hostname) &&
    pod.spec?.subdomain === service.metadata.name &&
    pod.metadata.namespace === service.metadata.namespace
  );
}

/** The number behind a Service port on one Pod; undefined when the Pod names no such port. */
export function targetPortOf(pod: Pod, port: ServicePort): number | undefined {
  const target = port.targetPort;
  if (typeof target === 'number') return target === 0 ? port.port : target;
  if (target === undefined || target === '') return port.port;
  const sidecars = (pod.spec?.initContainers ?? []).filter((each) => each.restartPolicy === 'Always');
  for (const container of [...(pod.spec?.containers ?? []), ...sidecars]) {
    const found = container.ports?.find(
      (each) => each.name === target && (each.protocol ?? 'TCP') === (port.protocol ?? 'TCP'),
    );
    if (found !== undefined) return found.containerPort;
  }
  return undefined;
}

/** The Service's ports as one Pod serves them. */
export function portsOf(service: Service, pod: Pod): readonly SlicePort[] {
  const ports = service.spec?.ports ?? [];
  // A headless Service may have no ports: its slices then have none either.
  return ports.flatMap((port) => {
    const number = targetPortOf(pod, port);
    if (number === undefined) return [];
    return [
      {
        name: port.name ?? '',
        port: number,
        protocol: port.protocol ?? 'TCP',
        ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
      },
    ];
  });
}
