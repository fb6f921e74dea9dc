import { z } from 'zod';
import type { Node, Request, Service } from '../../api';
import type { Evidence } from '../seams';
import { isReady } from './members';

/** Where requests go: a host (name or address), or one of a Service's addresses. */
export const doorFields = {
  host: z.string().optional(),
  service: z.string().optional(),
  /** Which address of the Service. `node-port` is every ready node. */
  at: z.enum(['cluster-ip', 'node-port', 'load-balancer', 'external-ip']).default('cluster-ip'),
  /** The port; of a Service, its own port (the first when left out), whose node port is looked up. */
  port: z.number().int().min(1).max(65_535).optional(),
  protocol: z.enum(['http', 'https', 'tcp', 'udp']).default('http'),
  path: z.string().startsWith('/').default('/'),
  /** The Host header (and TLS server name), when it is not the host asked. */
  hostHeader: z.string().optional(),
};

/** For `refine`: a host or a Service. */
export const hasOneDoor = (fields: { host?: string | undefined; service?: string | undefined }): boolean =>
  (fields.host === undefined) !== (fields.service === undefined);

/** What to say when there is not exactly one. */
export const ONE_DOOR = 'needs host or service';

/** `doorFields` as read. */
export interface DoorFields {
  readonly namespace: string;
  readonly host?: string | undefined;
  readonly service?: string | undefined;
  readonly at: 'cluster-ip' | 'node-port' | 'load-balancer' | 'external-ip';
  readonly port?: number | undefined;
  readonly protocol: 'http' | 'https' | 'tcp' | 'udp';
  readonly path: string;
  readonly hostHeader?: string | undefined;
}

/** One address to knock at. */
export interface Door {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORT = { http: 80, https: 443, tcp: 80, udp: 53 } as const;

/** The doors meant, or why there are none. */
export function doorsOf(
  fields: DoorFields,
  { view }: Evidence,
): readonly Door[] | { readonly missing: string } {
  if (fields.host !== undefined)
    return [{ host: fields.host, port: fields.port ?? DEFAULT_PORT[fields.protocol] }];
  const name = fields.service ?? '';
  const service = view.get<Service>('services', fields.namespace, name);
  if (!service) return { missing: `There is no Service "${name}" in namespace ${fields.namespace}.` };
  const ports = service.spec?.ports ?? [];
  const port = fields.port === undefined ? ports[0] : ports.find((each) => each.port === fields.port);
  if (!port)
    return {
      missing: `Service ${name} has no port ${fields.port ?? ''} (spec.ports: ${ports.map((each) => each.port).join(', ') || 'none'}).`,
    };
  switch (fields.at) {
    case 'cluster-ip': {
      const ip = service.spec?.clusterIP ?? '';
      if (ip === '' || ip === 'None')
        return { missing: `Service ${name} has no cluster IP (spec.clusterIP).` };
      return [{ host: ip, port: port.port }];
    }
    case 'node-port': {
      const { nodePort } = port;
      if (nodePort === undefined)
        return { missing: `Service ${name} has no node port (spec.type is ${service.spec?.type}).` };
      return nodeAddresses(view.list<Node>('nodes', '').filter(isReady)).map((host) => ({
        host,
        port: nodePort,
      }));
    }
    case 'external-ip': {
      const ips = service.spec?.externalIPs ?? [];
      if (ips.length === 0) return { missing: `Service ${name} has no external IP (spec.externalIPs).` };
      return ips.map((host) => ({ host, port: port.port }));
    }
    case 'load-balancer': {
      const hosts = (service.status?.loadBalancer?.ingress ?? []).flatMap(
        (each) => each.hostname ?? each.ip ?? [],
      );
      if (hosts.length === 0)
        return {
          missing: `Service ${name} has no load balancer's address (status.loadBalancer.ingress; spec.type is ${service.spec?.type}).`,
        };
      return hosts.map((host) => ({ host, port: port.port }));
    }
  }
}

/** Every address by which a Service could be reached from outside, on all its ports. */
export function allDoorsOf(service: Service, nodes: readonly Node[]): readonly Door[] {
  const ingress = service.status?.loadBalancer?.ingress?.map((each) => each.hostname ?? each.ip ?? '') ?? [];
  const own = [service.spec?.clusterIP ?? '', ...(service.spec?.externalIPs ?? []), ...ingress];
  return (service.spec?.ports ?? []).flatMap((port) =>
    [
      ...own.map((host) => ({ host, port: port.port })),
      ...nodeAddresses(nodes).map((host) => ({ host, port: port.nodePort ?? port.port })),
    ].filter(({ host }) => host !== '' && host !== 'None'),
  );
}

const nodeAddresses = (nodes: readonly Node[]): readonly string[] =>
  nodes.flatMap(
    (node) =>
      node.status?.addresses?.filter((each) => each.type === 'InternalIP').map((each) => each.address) ?? [],
  );

/** What is said at a door. */
export function requestAt(
  fields: Pick<DoorFields, 'protocol' | 'path' | 'hostHeader'>,
  host: string,
): Request {
  if (fields.protocol === 'tcp' || fields.protocol === 'udp') return { kind: 'connect' };
  const name = fields.hostHeader ?? host;
  return {
    kind: 'http',
    method: 'GET',
    path: fields.path,
    host: name,
    headers: { 'User-Agent': 'portside', Accept: '*/*' },
    body: '',
    ...(fields.protocol === 'https' ? { tls: { serverName: name } } : {}),
  };
}
