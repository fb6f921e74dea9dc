import type { EndpointSlice, Hop, Namespace, Pod, Service, Stored, View } from '../../api';
import type { DnsConfig } from './corefile';
import { dashedAddress } from './names';
import type { RecordRequest } from './request';

/** Something a name leads to; `owner` is its own name in front of the zone ("web.default.svc"). */
export interface Found {
  /** An address, or a name for an ExternalName Service. */
  readonly host: string;
  /** -1 when nothing declares a port. */
  readonly port: number;
  readonly owner: string;
  readonly object: NonNullable<Hop['object']>;
}

/** What was found; undefined means that the name does not exist (NXDOMAIN). */
export type Lookup = readonly Found[] | undefined;

const SERVICE_NAME = 'kubernetes.io/service-name';

/** Slices of a Service; CoreDNS indexes them by the label. */
function slicesOf(view: View, namespace: string, service: string): readonly Stored<EndpointSlice>[] {
  return view
    .list<EndpointSlice>('endpointslices.discovery.k8s.io', namespace)
    .filter((slice) => slice.metadata.labels?.[SERVICE_NAME] === service);
}

/** The label that an endpoint goes by under its Service: its hostname, or its address with dashes. */
function endpointLabel(endpoint: EndpointSlice['endpoints'][number], ip: string): string {
  return endpoint.hostname !== undefined && endpoint.hostname !== '' ? endpoint.hostname : dashedAddress(ip);
}

function isServed(view: View, config: DnsConfig, namespace: string): boolean {
  if (config.namespaces !== undefined && !config.namespaces.includes(namespace)) return false;
  return view.get<Namespace>('namespaces', '', namespace) !== undefined;
}

/** Finds what a Service name leads to. */
export function findServices(view: View, config: DnsConfig, request: RecordRequest): Lookup {
  if (!isServed(view, config, request.namespace)) return undefined;
  if (request.service === '') return [];
  const service = view.get<Service>('services', request.namespace, request.service);
  if (service?.spec === undefined) return undefined;
  const { spec } = service;
  if (config.ignoreEmptyService && isEmpty(view, service)) return undefined;
  const owner = `${request.service}.${request.namespace}.svc`;
  if (spec.type === 'ExternalName') {
    if (request.endpoint !== '' || request.port !== '' || request.protocol !== '') return undefined;
    return [{ host: spec.externalName ?? '', port: 0, owner, object: about(service, 'spec.externalName') }];
  }
  if (spec.clusterIP === 'None' || request.endpoint !== '') return findEndpoints(view, request, owner);
  const ports = (spec.ports ?? []).filter((port) =>
    isAsked(request, port.name ?? '', port.protocol ?? 'TCP'),
  );
  if (ports.length === 0) return undefined;
  const ips = spec.clusterIPs ?? [spec.clusterIP ?? ''];
  return ports.flatMap(({ port }) =>
    ips.map((host) => ({ host, port, owner, object: about(service, 'spec.clusterIP') })),
  );
}

function about(service: Stored<Service>, field: string): Found['object'] {
  const { namespace = '', name } = service.metadata;
  return { resource: 'services', namespace, name, field };
}

function isAsked(request: RecordRequest, name: string, protocol: string): boolean {
  const portFits = request.port === '' || request.port === name.toLowerCase();
  return portFits && (request.protocol === '' || request.protocol === protocol.toLowerCase());
}

function isEmpty(view: View, service: Stored<Service>): boolean {
  if (service.spec?.clusterIP === 'None' || service.spec?.type === 'ExternalName') return false;
  const slices = slicesOf(view, service.metadata.namespace ?? '', service.metadata.name);
  return !slices.some((slice) => (slice.endpoints ?? []).some(isReady));
}

function isReady(endpoint: EndpointSlice['endpoints'][number]): boolean {
  return endpoint.conditions?.ready ?? true;
}

function findEndpoints(view: View, request: RecordRequest, owner: string): Lookup {
  const found: Found[] = [];
  for (const slice of slicesOf(view, request.namespace, request.service)) {
    const declared = slice.ports ?? [];
    const ports = declared.length > 0 ? declared : [{ name: '', protocol: 'TCP', port: -1 }];
    for (const [index, endpoint] of (slice.endpoints ?? []).entries()) {
      if (!isReady(endpoint)) continue;
      for (const ip of endpoint.addresses) {
        const label = endpointLabel(endpoint, ip);
        if (request.endpoint !== '' && request.endpoint !== label.toLowerCase()) continue;
        for (const port of ports) {
          if (!isAsked(request, port.name ?? '', port.protocol ?? 'TCP')) continue;
          found.push({
            host: ip,
            port: port.port ?? -1,
            owner: `${label}.${owner}`,
            object: {
              resource: 'endpointslices.discovery.k8s.io',
              namespace: slice.metadata.namespace ?? '',
              name: slice.metadata.name,
              field: `endpoints[${index}].addresses`,
            },
          });
        }
      }
    }
  }
  return found.length > 0 ? found : undefined;
}

/** Finds what a Pod name such as 10-244-1-2.default.pod leads to. */
export function findPods(view: View, config: DnsConfig, request: RecordRequest): Lookup {
  if (config.pods === 'disabled' || !isServed(view, config, request.namespace)) return undefined;
  if (request.service === '') return [];
  const name = request.service;
  const v4 = name.split('-').length === 4 && !name.includes('--');
  const ip = name.replaceAll('-', v4 ? '.' : ':');
  if (!(v4 ? /^\d+\.\d+\.\d+\.\d+$/ : /^[0-9a-f:]*:[0-9a-f:]*$/).test(ip)) return undefined;
  const pod = view
    .list<Pod>('pods', request.namespace)
    .find(({ status }) => status?.podIP === ip || status?.podIPs?.some((other) => other.ip === ip));
  if (pod === undefined && config.pods === 'verified') return undefined;
  const object = {
    resource: 'pods',
    namespace: request.namespace,
    name: pod?.metadata.name ?? name,
    field: 'status.podIP',
  };
  return [{ host: ip, port: 0, owner: `${name}.${request.namespace}.pod`, object }];
}

/** Names of an address: the Service whose cluster IP it is, or the endpoint's name under each Service that lists it. */
export function findByAddress(view: View, ip: string): readonly Found[] {
  const services = view.list<Service>('services', '');
  const own = services.find(({ spec }) => (spec?.clusterIPs ?? [spec?.clusterIP]).includes(ip));
  if (own !== undefined) {
    const owner = `${own.metadata.name}.${own.metadata.namespace}.svc`;
    return [{ host: ip, port: 0, owner, object: about(own, 'spec.clusterIP') }];
  }
  const found = new Map<string, Found>();
  for (const slice of view.list<EndpointSlice>('endpointslices.discovery.k8s.io', '')) {
    const service = slice.metadata.labels?.[SERVICE_NAME];
    if (service === undefined) continue;
    for (const [index, endpoint] of (slice.endpoints ?? []).entries()) {
      if (!isReady(endpoint) || !endpoint.addresses.some((address) => sameAddress(address, ip))) continue;
      const namespace = slice.metadata.namespace ?? '';
      const owner = `${endpointLabel(endpoint, endpoint.addresses[0] ?? ip)}.${service}.${namespace}.svc`;
      const field = `endpoints[${index}].addresses`;
      const object = {
        resource: 'endpointslices.discovery.k8s.io',
        namespace,
        name: slice.metadata.name,
        field,
      };
      found.set(owner, { host: ip, port: 0, owner, object });
    }
  }
  return [...found.values()];
}

/** IPv6 addresses may be written shortened or in full. */
function sameAddress(left: string, right: string): boolean {
  return left === right || (left.includes(':') && expand(left) === expand(right));
}

function expand(ip: string): string {
  const [head = '', tail] = ip.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...(tail === undefined ? [] : zeros), ...right]
    .map((group) => group.padStart(4, '0'))
    .join(':');
}
