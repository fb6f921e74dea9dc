import {
  badRequest,
  type Delivery,
  type EndpointSlice,
  type Packet,
  type Pod,
  type Reply,
  type Service,
  type Stored,
  serviceUnavailable,
} from '../../api';
import type { Random } from '../../base';
import type { ServerApi } from '../server';
import type { HttpRequest } from './request';
import type { Aimed } from './target';

/** The way from the API server into the cluster: what it sends comes from its node. */
export interface Reach {
  send(packet: Omit<Packet, 'from' | 'protocol'>): Delivery;
  readonly random: Random;
}

const VERBS: Readonly<Record<string, string>> = {
  GET: 'get',
  HEAD: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};
const SLICES = { group: 'discovery.k8s.io', version: 'v1', resource: 'endpointslices' };
/** IP protocol ports end here. */
const PORT_MAX = 65_535;

/** Whether a request is to be passed on to a Pod or a Service (`…/services/web:80/proxy/path`). */
export const isProxied = ({ ref, name, subresource }: Aimed): boolean =>
  ref.group === '' &&
  (ref.resource === 'services' || ref.resource === 'pods') &&
  name !== undefined &&
  /^proxy(\/|$)/.test(subresource ?? '');

/** What the Pod, or one of the Pods behind the Service, answers (registry/core: ProxyREST, ResourceLocation). */
export function proxied(
  api: ServerApi,
  root: ServerApi,
  { ref, namespace, name = '', subresource = '' }: Aimed,
  request: HttpRequest,
  reach: Reach,
): Reply {
  api.requireVerb(VERBS[request.method] ?? 'get', ref, { namespace, name, subresource: 'proxy' });
  const { scheme, id, port } = splitName(name);
  const to =
    ref.resource === 'pods'
      ? podAddress(root.get(ref, namespace, id) as Stored<Pod>, port)
      : serviceAddress(root, root.get(ref, namespace, id) as Stored<Service>, port, reach.random);
  const [, query = ''] = request.path.split(/(?=\?)/);
  const path = `/${subresource.replace(/^proxy\/?/, '')}${query}`;
  const { outcome, url } = sent(reach, to, scheme, path, request);
  if (outcome.kind === 'delivered' && outcome.reply.kind === 'http') return outcome.reply;
  throw serviceUnavailable(`error trying to reach service: ${wordsFor(outcome, `${to.ip}:${to.port}`, url)}`);
}

/** "https:web:http" (utilnet.SplitSchemeNamePort). */
function splitName(name: string): { readonly scheme: string; readonly id: string; readonly port: string } {
  const parts = name.split(':');
  if (parts.length === 1) return { scheme: '', id: name, port: '' };
  if (parts.length === 2) return { scheme: '', id: parts[0] ?? '', port: parts[1] ?? '' };
  const [scheme = '', id = '', port = '', ...more] = parts;
  if (more.length > 0 || (scheme !== 'http' && scheme !== 'https') || id === '')
    throw badRequest(`invalid proxy request ${JSON.stringify(name)}`);
  return { scheme, id, port };
}

interface Address {
  readonly ip: string;
  readonly port: number;
}

function podAddress(pod: Stored<Pod>, port: string): Address {
  const ports = (pod.spec?.containers ?? []).flatMap((each) => each.ports ?? []);
  const number = port === '' ? (ports[0]?.containerPort ?? 80) : Number(port);
  const ip = pod.status?.podIP;
  if (!ip) throw badRequest('address not allowed');
  if (!Number.isInteger(number) || number > PORT_MAX)
    throw badRequest(`invalid port ${JSON.stringify(port)}`);
  return { ip, port: number };
}

function serviceAddress(root: ServerApi, service: Stored<Service>, port: string, random: Random): Address {
  const { name, namespace = '' } = service.metadata;
  const ports = service.spec?.ports ?? [];
  const wanted =
    port === ''
      ? ports.length === 1
        ? ports[0]
        : undefined
      : ports.find((each) => each.name === port || String(each.port) === port);
  if (!wanted)
    throw serviceUnavailable(
      `no service port ${JSON.stringify(port)} found for service ${JSON.stringify(name)}`,
    );
  const slices = root.list(SLICES, namespace, { labelSelector: `kubernetes.io/service-name=${name}` })
    .items as unknown as readonly EndpointSlice[];
  const ready = slices.flatMap((slice) => {
    const number = slice.ports?.find((each) => (each.name ?? '') === (wanted.name ?? ''))?.port;
    const open = (slice.endpoints ?? []).filter((each) => each.conditions?.ready !== false);
    return number == null ? [] : open.map((each) => ({ ip: each.addresses[0] ?? '', port: number }));
  });
  const chosen = ready[Math.floor(random.next() * ready.length)];
  if (!chosen) throw serviceUnavailable(`no endpoints available for service ${JSON.stringify(name)}`);
  return chosen;
}

function sent(reach: Reach, to: Address, scheme: string, path: string, request: HttpRequest) {
  const { tls: _tls, ...plain } = request;
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([key]) => key.toLowerCase() !== 'authorization'),
  );
  const host = `${to.ip}:${to.port}`;
  const outcome = reach.send({
    to,
    request: { ...plain, path, host, headers, ...(scheme === 'https' ? { tls: { serverName: '' } } : {}) },
  });
  return { outcome, url: `${scheme || 'http'}://${host}${path}` };
}

function wordsFor(outcome: Delivery, address: string, url: string): string {
  switch (outcome.kind) {
    case 'refused':
      return `dial tcp ${address}: connect: connection refused`;
    case 'unreachable':
      return `dial tcp ${address}: connect: no route to host`;
    case 'dropped':
      return `dial tcp ${address}: i/o timeout`;
    case 'delivered':
      return `Get ${JSON.stringify(url)}: EOF`;
  }
}
