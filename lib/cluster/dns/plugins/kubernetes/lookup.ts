import {
  type Endpoint,
  type EndpointSlice,
  type Hop,
  matchesLabels,
  type Namespace,
  type Pod,
  type Service,
  type Stored,
  type View,
} from '../../../../api';
import { canonicalAddress, isAddress } from '../../addresses';
import { dashedAddress } from '../../names';
import type { KubernetesConfig } from './config';
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
const SLICES = 'endpointslices.discovery.k8s.io';
/** Longer Pod names are no labels. */
const MAX_LABEL = 63;

/** Slices in a namespace ('' for all) that this server watches, with the Service each belongs to. */
function watchedSlices(view: View, config: KubernetesConfig, namespace: string) {
  if (!config.endpoints) return [];
  return view.list<EndpointSlice>(SLICES, namespace, config.selector).flatMap((slice) => {
    const service = slice.metadata.labels?.[SERVICE_NAME];
    return service === undefined ? [] : [{ slice, service }];
  });
}

/** Slices of a Service; CoreDNS indexes them by the label. */
function slicesOf(view: View, config: KubernetesConfig, namespace: string, name: string) {
  return watchedSlices(view, config, namespace)
    .filter(({ service }) => service === name)
    .map(({ slice }) => slice);
}

/** The label that an endpoint goes by under its Service: its hostname, its Pod's name, or its address with dashes. */
function endpointLabel(endpoint: Endpoint, ip: string, config: KubernetesConfig): string {
  if (endpoint.hostname) return endpoint.hostname;
  const pod = endpoint.targetRef?.name ?? '';
  return config.endpointNames && pod !== '' && pod.length <= MAX_LABEL ? pod : dashedAddress(ip);
}

/** Whether names of a namespace are served: it exists, and the Corefile does not leave it out. */
export function isServed(view: View, config: KubernetesConfig, namespace: string): boolean {
  if (config.namespaces.length > 0 && !config.namespaces.includes(namespace)) return false;
  const found = view.get<Namespace>('namespaces', '', namespace);
  return found !== undefined && matchesLabels(config.namespaceSelector, found.metadata.labels);
}

const isReady = (endpoint: Endpoint): boolean => endpoint.conditions?.ready ?? true;

/** Finds what a Service name leads to. */
export function findServices(view: View, config: KubernetesConfig, request: RecordRequest): Lookup {
  if (!isServed(view, config, request.namespace)) return undefined;
  if (request.service === '') return [];
  const service = view.get<Service>('services', request.namespace, request.service);
  if (service?.spec === undefined || !matchesLabels(config.selector, service.metadata.labels))
    return undefined;
  const { spec } = service;
  if (config.ignoreEmptyService && isEmpty(view, config, service)) return undefined;
  const owner = `${request.service}.${request.namespace}.svc`;
  if (spec.type === 'ExternalName') {
    const host = spec.externalName ?? '';
    if (request.endpoint !== '' || request.port !== '' || request.protocol !== '') return undefined;
    // A name that looks like an address is none that a CNAME could lead to.
    return isAddress(host)
      ? undefined
      : [{ host, port: 0, owner, object: about(service, 'spec.externalName') }];
  }
  if (isHeadless(service) || request.endpoint !== '') return findEndpoints(view, config, request, owner);
  const declared = (spec.ports ?? []).map(({ name = '', protocol = 'TCP', port }) => ({
    name,
    protocol,
    port,
  }));
  const ports = (declared.length > 0 ? declared : [NO_PORT]).filter((port) => isAsked(request, port));
  if (ports.length === 0) return undefined;
  return ports.flatMap(({ port }) =>
    addressesOf(service).map((host) => ({ host, port, owner, object: about(service, 'spec.clusterIP') })),
  );
}

/** Stands where no port is declared. */
const NO_PORT = { name: '', protocol: '', port: -1 };

const addressesOf = ({ spec }: Service): readonly string[] =>
  spec?.clusterIPs !== undefined && spec.clusterIPs.length > 0 ? spec.clusterIPs : [spec?.clusterIP ?? ''];

/** Whether a Service has no address of its own. */
export const isHeadless = (service: Service): boolean => addressesOf(service)[0] === 'None';

function about(service: Stored<Service>, field: string): Found['object'] {
  const { namespace = '', name } = service.metadata;
  return { resource: 'services', namespace, name, field };
}

function isAsked(
  request: RecordRequest,
  port: { readonly name: string; readonly protocol: string },
): boolean {
  const portFits = request.port === '' || request.port === port.name.toLowerCase();
  return portFits && (request.protocol === '' || request.protocol === port.protocol.toLowerCase());
}

function isEmpty(view: View, config: KubernetesConfig, service: Stored<Service>): boolean {
  if (isHeadless(service) || service.spec?.type === 'ExternalName') return false;
  const slices = slicesOf(view, config, service.metadata.namespace ?? '', service.metadata.name);
  return !slices.some((slice) => (slice.endpoints ?? []).some(isReady));
}

function findEndpoints(view: View, config: KubernetesConfig, request: RecordRequest, owner: string): Lookup {
  const found: Found[] = [];
  for (const slice of slicesOf(view, config, request.namespace, request.service)) {
    const declared = (slice.ports ?? []).map(({ name = '', protocol = '', port = -1 }) => ({
      name,
      protocol,
      port,
    }));
    const ports = (declared.length > 0 ? declared : [NO_PORT]).filter((port) => isAsked(request, port));
    for (const [index, endpoint] of (slice.endpoints ?? []).entries()) {
      if (!isReady(endpoint)) continue;
      for (const host of endpoint.addresses) {
        const label = endpointLabel(endpoint, host, config);
        if (request.endpoint !== '' && request.endpoint !== label.toLowerCase()) continue;
        const object = sliceObject(slice, index);
        for (const { port } of ports) found.push({ host, port, owner: `${label}.${owner}`, object });
      }
    }
  }
  return found.length > 0 ? found : undefined;
}

function sliceObject(slice: Stored<EndpointSlice>, index: number): Found['object'] {
  const { namespace = '', name } = slice.metadata;
  return { resource: SLICES, namespace, name, field: `endpoints[${index}].addresses` };
}

/** Finds what a Pod name such as 10-244-1-2.default.pod leads to. */
export function findPods(view: View, config: KubernetesConfig, request: RecordRequest): Lookup {
  if (config.pods === 'disabled' || !isServed(view, config, request.namespace)) return undefined;
  if (request.service === '') return [];
  const name = request.service;
  const v4 = name.split('-').length === 4 && !name.includes('--');
  const ip = name.replaceAll('-', v4 ? '.' : ':');
  const pod = view
    .list<Pod>('pods', request.namespace)
    .find(({ metadata, status }) => status?.podIP === ip && metadata.deletionTimestamp === undefined);
  if (config.pods === 'verified' ? pod === undefined : !isAddress(ip)) return undefined;
  const object = {
    resource: 'pods',
    namespace: request.namespace,
    name: pod?.metadata.name ?? name,
    field: 'status.podIP',
  };
  return [{ host: ip, port: 0, owner: `${name}.${request.namespace}.pod`, object }];
}

/** Names of an address: the Service whose cluster IP it is, or the endpoint's name under each Service that lists it. */
export function findByAddress(view: View, config: KubernetesConfig, ip: string): readonly Found[] {
  const served = (namespace: string) => config.namespaces.length === 0 || isServed(view, config, namespace);
  const own = view
    .list<Service>('services', '', config.selector)
    .find((service) => addressesOf(service).includes(ip) && served(service.metadata.namespace ?? ''));
  if (own !== undefined) {
    const owner = `${own.metadata.name}.${own.metadata.namespace}.svc`;
    return [{ host: ip, port: 0, owner, object: about(own, 'spec.clusterIP') }];
  }
  const found = new Map<string, Found>();
  for (const { slice, service } of watchedSlices(view, config, '')) {
    const namespace = slice.metadata.namespace ?? '';
    if (!served(namespace)) continue;
    for (const [index, endpoint] of (slice.endpoints ?? []).entries()) {
      const host = endpoint.addresses.find((address) => canonicalAddress(address) === ip);
      if (host === undefined || !isReady(endpoint)) continue;
      const owner = `${endpointLabel(endpoint, host, config)}.${service}.${namespace}.svc`;
      found.set(owner, { host: ip, port: 0, owner, object: sliceObject(slice, index) });
    }
  }
  return [...found.values()];
}

/** The Services behind which this server itself stands, with their addresses: they are the zone's name servers. */
export function findNameServers(view: View, config: KubernetesConfig, localIPs: readonly string[]) {
  const names = new Map<string, { readonly owner: string; readonly host: string }>();
  for (const { slice, service: name } of watchedSlices(view, config, '')) {
    const own = (slice.endpoints ?? []).some(
      (endpoint) => isReady(endpoint) && endpoint.addresses.some((ip) => localIPs.includes(ip)),
    );
    const namespace = slice.metadata.namespace ?? '';
    const service = own ? view.get<Service>('services', namespace, name) : undefined;
    if (service === undefined) continue;
    const owner = `${name}.${namespace}.svc`;
    const entries = isHeadless(service)
      ? (slice.endpoints ?? [])
          .filter(isReady)
          .flatMap((each) =>
            each.addresses.map((host) => ({ owner: `${endpointLabel(each, host, config)}.${owner}`, host })),
          )
      : addressesOf(service).map((host) => ({ owner, host }));
    for (const entry of entries) names.set(entry.owner + entry.host, entry);
  }
  return names.size > 0 ? [...names.values()] : localIPs.map((host) => ({ owner: 'ns.dns', host }));
}
