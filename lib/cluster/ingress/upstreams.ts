import type { EndpointSlice, Ingress, Service } from '../../api';
import type { Endpoint, Settings, Upstream } from './configuration';
import { DEFAULT_UPSTREAM } from './configuration';
import type { ControllerFlags } from './flags';
import type { Inputs } from './inputs';

/** The backend of a path, when it is a Service. */
export type Backend = NonNullable<NonNullable<NonNullable<Ingress['spec']>['defaultBackend']>['service']>;

/** Something to log: source line and text. */
export type Warn = (from: string, text: string) => void;

type ServicePort = NonNullable<NonNullable<Service['spec']>['ports']>[number];

/** "default-web-80": by the name or the number of the port, as the Ingress has it. */
export function upstreamName(namespace: string, { name, port }: Backend): string {
  return `${namespace}-${name}-${portText(port)}`;
}

const portText = (port: Backend['port']): string => String(port?.number || port?.name || '');

/** The upstream of a Service port, with its endpoints as they are now. */
export function upstreamOf(
  inputs: Inputs,
  flags: ControllerFlags,
  namespace: string,
  backend: Backend,
  settings: Settings,
  warn: Warn,
): Upstream {
  const key = `${namespace}/${backend.name}`;
  const name = upstreamName(namespace, backend);
  const none = { name, service: { namespace, name: backend.name }, endpoints: [], byClusterIP: false };
  const service = inputs.services.get(key);
  const whole = settings.serviceUpstream ? clusterEndpoint(key, service, backend.port) : undefined;
  if (typeof whole === 'string')
    warn(
      'controller.go:1073',
      `Failed to determine a suitable ClusterIP Endpoint for Service "${key}": ${whole}`,
    );
  else if (whole !== undefined) return { ...none, endpoints: [whole], byClusterIP: true };
  if (service === undefined) {
    warn(
      'controller.go:1129',
      `Error obtaining Endpoints for Service "${key}": no object matching key "${key}" in local store`,
    );
    return none;
  }
  return { ...none, endpoints: endpointsOf(inputs, flags, service, key, portText(backend.port), warn) };
}

function clusterEndpoint(
  key: string,
  service: Service | undefined,
  port: Backend['port'],
): Endpoint | string {
  if (service === undefined) return `service "${key}" does not exist`;
  const host = service.spec?.clusterIP ?? '';
  if (host === '' || host === 'None') return `no ClusterIP found for Service "${key}"`;
  if (port?.number) return { host, port: port.number };
  const found = service.spec?.ports?.find((each) => each.name === port?.name)?.port;
  if (found !== undefined) return { host, port: found };
  return `service "${service.metadata.name ?? ''}" does not have a port named "${port?.name ?? ''}"`;
}

function endpointsOf(
  { slices }: Inputs,
  flags: ControllerFlags,
  service: Service,
  key: string,
  asked: string,
  warn: Warn,
): readonly Endpoint[] {
  const { spec } = service;
  if (spec?.type === 'ExternalName' && flags.noExternalName) {
    warn(
      'controller.go:1221',
      `Service "${key}" of type ExternalName not allowed due to Ingress configuration.`,
    );
    return [];
  }
  const found =
    spec?.type === 'ExternalName'
      ? external(spec.externalName ?? '', spec.ports ?? [], asked)
      : fromSlices(
          slices.get(key) ?? [],
          (spec?.ports ?? []).find(
            (each) => String(each.port) === asked || String(each.targetPort) === asked || each.name === asked,
          ),
        );
  if (found !== undefined && found.length === 0)
    warn('controller.go:1240', `Service "${key}" does not have any active Endpoint.`);
  return found ?? [];
}

function external(host: string, ports: readonly ServicePort[], asked: string): readonly Endpoint[] {
  if (host === 'localhost' || host.startsWith('127.')) return [];
  const number = Number(asked);
  const listed = ports.find((each) => each.name === asked || each.port === number);
  const port = Number.isInteger(number) ? number : Number(listed?.targetPort ?? listed?.port ?? 80);
  return [
    { host: host.replace(/\.$/, ''), port: listed === undefined ? port : Number(listed.targetPort ?? port) },
  ];
}

/** The ready endpoints of a port; undefined when the Service has no such port. */
function fromSlices(
  slices: readonly EndpointSlice[],
  port: ServicePort | undefined,
): readonly Endpoint[] | undefined {
  if (port === undefined) return undefined;
  const found = new Map<string, Endpoint>();
  for (const slice of slices) {
    for (const number of portsIn(slice, port)) {
      for (const { addresses, conditions, targetRef } of slice.endpoints ?? []) {
        if (conditions?.ready === false) continue;
        for (const host of addresses) {
          const pod = targetRef?.kind === 'Pod' ? `${targetRef.namespace}/${targetRef.name}` : undefined;
          if (!found.has(`${host}:${number}`)) found.set(`${host}:${number}`, { host, port: number, pod });
        }
      }
    }
  }
  return [...found.values()];
}

function portsIn(
  { ports }: EndpointSlice,
  { name = '', protocol = 'TCP', targetPort }: ServicePort,
): number[] {
  const fixed = typeof targetPort === 'number' ? targetPort : undefined;
  if (!ports?.length) return fixed === undefined ? [] : [fixed];
  return ports.flatMap((each) => {
    if ((each.protocol ?? 'TCP') !== protocol) return [];
    const own = name === '' || each.name === name ? each.port : undefined;
    return own ?? fixed ?? [];
  });
}

/** The upstream of requests that nothing else is for: the controller's own 404, or a Service that it was given. */
export function defaultUpstream(inputs: Inputs, flags: ControllerFlags, warn: Warn): Upstream {
  const own: Upstream = {
    name: DEFAULT_UPSTREAM,
    endpoints: [{ host: '127.0.0.1', port: flags.defaultPort }],
    byClusterIP: false,
  };
  const key = flags.defaultService;
  if (key === '') return own;
  const service = inputs.services.get(key);
  if (service === undefined) {
    warn(
      'controller.go:781',
      `Error getting default backend "${key}": no object matching key "${key}" in local store`,
    );
    return own;
  }
  const [namespace = '', name = ''] = key.split('/');
  const endpoints = fromSlices(inputs.slices.get(key) ?? [], service.spec?.ports?.[0]) ?? [];
  if (endpoints.length > 0) return { ...own, service: { namespace, name }, endpoints };
  warn('controller.go:793', `Service "${key}" does not have any active Endpoint`);
  return { ...own, service: { namespace, name } };
}
