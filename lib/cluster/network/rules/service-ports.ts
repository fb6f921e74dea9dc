import type { EndpointSlice, Protocol, Service, Stored } from '../../../api';
import { hostPort } from '../addresses';
import { keepFew } from '../keep-few';
import { madeFrom, type Remembered } from './made-from';
import type { Origin } from './rules';

/** One endpoint as kube-proxy sees it. */
export interface ProxyEndpoint {
  readonly ip: string;
  readonly port: number;
  /** "10.244.1.2:80". */
  readonly name: string;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly node: string | undefined;
  readonly zoneHints: readonly string[] | undefined;
  readonly nodeHints: readonly string[] | undefined;
  readonly origin: Origin;
}

/** One port of a Service as kube-proxy sees it. */
export interface ServicePortInfo {
  readonly namespace: string;
  readonly service: string;
  /** "default/web" or "default/web:http". */
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
  readonly nodePort: number;
  readonly clusterIP: string;
  readonly externalIPs: readonly string[];
  readonly loadBalancerIPs: readonly string[];
  readonly sourceRanges: readonly string[];
  readonly affinitySeconds: number | undefined;
  readonly internalLocal: boolean;
  readonly externalLocal: boolean;
  readonly healthCheckNodePort: number;
  readonly endpoints: readonly ProxyEndpoint[];
}

/** The label that ties a slice to its Service. */
export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';
const DEFAULT_AFFINITY_SECONDS = 10_800;

export type Family = 'IPv4' | 'IPv6';

function ofFamily(ips: readonly (string | undefined)[], family: Family): readonly string[] {
  return ips.filter(
    (ip): ip is string => ip !== undefined && ip !== '' && ip.includes(':') === (family === 'IPv6'),
  );
}

/** The ports of a Service with their endpoints; none for Services that kube-proxy leaves alone. */
function servicePorts(
  service: Stored<Service>,
  slices: readonly Stored<EndpointSlice>[],
  family: Family,
): readonly ServicePortInfo[] {
  const spec = service.spec;
  if (spec === undefined || spec.type === 'ExternalName') return [];
  const [clusterIP] = ofFamily(spec.clusterIPs ?? [spec.clusterIP], family);
  if (clusterIP === undefined || clusterIP === 'None') return [];
  const namespace = service.metadata.namespace ?? '';
  const full = `${namespace}/${service.metadata.name}`;
  const external =
    spec.type === 'NodePort' || spec.type === 'LoadBalancer' || (spec.externalIPs ?? []).length > 0;
  const shared = {
    namespace,
    service: service.metadata.name,
    clusterIP,
    externalIPs: ofFamily(spec.externalIPs ?? [], family),
    loadBalancerIPs: spec.type === 'LoadBalancer' ? loadBalancerIPs(service, family) : [],
    sourceRanges: ofFamily(
      (spec.loadBalancerSourceRanges ?? []).map((range) => range.trim()),
      family,
    ),
    affinitySeconds:
      spec.sessionAffinity === 'ClientIP'
        ? (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? DEFAULT_AFFINITY_SECONDS)
        : undefined,
    internalLocal: spec.internalTrafficPolicy === 'Local',
    externalLocal: external && spec.externalTrafficPolicy === 'Local',
    healthCheckNodePort: spec.healthCheckNodePort ?? 0,
  };
  return (spec.ports ?? []).map((port) => {
    const protocol = (port.protocol ?? 'TCP') as Protocol;
    const name = port.name ?? '';
    return {
      ...shared,
      name: name === '' ? full : `${full}:${name}`,
      protocol,
      port: port.port,
      nodePort: port.nodePort ?? 0,
      endpoints: endpointsOf(slices, name, protocol, family),
    };
  });
}

const portsByService = new WeakMap<Stored<Service>, Remembered<readonly ServicePortInfo[]>>();

/** The ports of a Service with their endpoints, made once for the same objects. */
export function portsOf(
  service: Stored<Service>,
  slices: readonly Stored<EndpointSlice>[],
  family: Family,
): readonly ServicePortInfo[] {
  return madeFrom(portsByService, service, slices, family, () => servicePorts(service, slices, family));
}

/** Addresses that the node answers for itself: those whose ipMode is VIP or unset. */
function loadBalancerIPs(service: Stored<Service>, family: Family): readonly string[] {
  type Ingress = { readonly ip?: string; readonly ipMode?: string };
  const ingress = (service.status?.loadBalancer?.ingress ?? []) as readonly Ingress[];
  return ofFamily(
    ingress.filter(({ ipMode }) => ipMode !== 'Proxy').map(({ ip }) => ip),
    family,
  );
}

function endpointsOf(
  slices: readonly Stored<EndpointSlice>[],
  portName: string,
  protocol: Protocol,
  family: Family,
): readonly ProxyEndpoint[] {
  const byName = new Map<string, ProxyEndpoint>();
  for (const slice of slices) {
    if (slice.addressType !== family) continue;
    for (const found of sliceEndpoints(slice, portName, protocol)) {
      const known = byName.get(found.name);
      if (known === undefined || (!known.ready && found.ready)) byName.set(found.name, found);
    }
  }
  return [...byName.values()].sort((left, right) =>
    left.name < right.name ? -1 : left.name > right.name ? 1 : 0,
  );
}

/** Endpoints by slice, and in it by port and protocol: slices that have not changed give the same ones. */
const endpointsBySlice = new WeakMap<Stored<EndpointSlice>, Map<string, readonly ProxyEndpoint[]>>();

function sliceEndpoints(
  slice: Stored<EndpointSlice>,
  portName: string,
  protocol: Protocol,
): readonly ProxyEndpoint[] {
  const byPort = endpointsBySlice.get(slice) ?? new Map<string, readonly ProxyEndpoint[]>();
  endpointsBySlice.set(slice, byPort);
  return keepFew(byPort, `${protocol} ${portName}`, () =>
    (slice.ports ?? []).flatMap((port) =>
      (port.name ?? '') !== portName || (port.protocol ?? 'TCP') !== protocol || port.port === undefined
        ? []
        : (slice.endpoints ?? []).map((endpoint, index) =>
            readEndpoint(slice, endpoint, index, port.port ?? 0),
          ),
    ),
  );
}

function readEndpoint(
  slice: Stored<EndpointSlice>,
  endpoint: EndpointSlice['endpoints'][number],
  index: number,
  port: number,
): ProxyEndpoint {
  const ip = endpoint.addresses[0] ?? '';
  const conditions = endpoint.conditions ?? {};
  const hints = endpoint.hints as
    | { readonly forZones?: readonly { name: string }[]; readonly forNodes?: readonly { name: string }[] }
    | undefined;
  return {
    ip,
    port,
    name: hostPort(ip, port),
    ready: conditions.ready ?? true,
    serving: conditions.serving ?? true,
    terminating: conditions.terminating ?? false,
    node: endpoint.nodeName,
    zoneHints: namesOf(hints?.forZones),
    nodeHints: namesOf(hints?.forNodes),
    origin: {
      resource: 'endpointslices.discovery.k8s.io',
      namespace: slice.metadata.namespace ?? '',
      name: slice.metadata.name,
      field: `endpoints[${index}].addresses`,
    },
  };
}

/** An empty list of hints is none. */
const namesOf = (hints: readonly { readonly name: string }[] | undefined): readonly string[] | undefined =>
  hints === undefined || hints.length === 0 ? undefined : hints.map(({ name }) => name);

/** Whether an endpoint is ready and on this node. */
export function isReadyHere(endpoint: EndpointSlice['endpoints'][number], node: string): boolean {
  return endpoint.nodeName === node && endpoint.conditions?.ready !== false;
}

/** Whether anything but the cluster IP leads to this port. */
export function isExternallyAccessible(port: ServicePortInfo): boolean {
  return port.nodePort !== 0 || port.loadBalancerIPs.length > 0 || port.externalIPs.length > 0;
}
