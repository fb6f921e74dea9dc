import type { Delivery, Reply, Request } from '../../api';
import type { Flow } from './interpret';
import { hostPods, type NodePlace } from './places';
import { socketFor, socketsOf, talk } from './pod-sockets';
import { kubeProxyRuns } from './proxy-runs';
import { refused, SAME_NODE_MS, type Trip, tell } from './trip';

const API_SERVER_PORT = 6443;
const KUBELET_PORT = 10_250;
const PROXY_HEALTH_PORT = 10_256;
const SSH_PORT = 22;

/** Hands a packet to a node itself: its own daemons, then Pods in its network, else the kernel refuses. */
export function deliverToNode(trip: Trip, node: NodePlace, flow: Flow): Delivery {
  const daemon = flow.protocol === 'TCP' ? daemonAt(trip, node, flow) : undefined;
  if (daemon !== undefined) return answered(trip, node, flow, daemon.name, daemon.reply);
  for (const pod of hostPods(trip.view, node.name)) {
    const socket = socketFor(socketsOf(trip.options, pod), flow);
    if (socket !== undefined) return talk(trip, pod, flow, socket);
  }
  tell(trip, {
    at: `node ${node.name}`,
    rule: `nothing listens on ${flow.ip}:${flow.port}/${flow.protocol}`,
    effect: 'refused: no rule of kube-proxy takes this port, and no process has bound it',
    object: { resource: 'nodes', namespace: '', name: node.name },
  });
  return refused(trip);
}

function answered(trip: Trip, node: NodePlace, flow: Flow, name: string, reply: Reply): Delivery {
  tell(trip, {
    at: `node ${node.name}`,
    rule: `${name} listens on ${flow.ip}:${flow.port}`,
    effect: `answers, seeing the client as ${flow.source}`,
    object: { resource: 'nodes', namespace: '', name: node.name },
  });
  return {
    kind: 'delivered',
    reply,
    server: { ip: flow.ip, port: flow.port, node: node.name },
    sourceSeen: flow.source,
    latencyMs: trip.latencyMs + SAME_NODE_MS,
  };
}

function daemonAt(
  trip: Trip,
  node: NodePlace,
  flow: Flow,
): { readonly name: string; readonly reply: Reply } | undefined {
  const { request } = trip;
  if (flow.port === API_SERVER_PORT && node.controlPlane)
    return { name: 'kube-apiserver', reply: apiServerReply(trip, request, flow.source) };
  if (flow.port === KUBELET_PORT)
    return { name: 'kubelet', reply: tlsReply(request, () => text(401, 'Unauthorized')) };
  if (flow.port === SSH_PORT) return { name: 'sshd', reply: greeting(request) };
  if (flow.port === PROXY_HEALTH_PORT && kubeProxyRuns(trip.view, node.name, trip.faults))
    return { name: 'kube-proxy', reply: request.kind === 'http' ? text(200, 'ok') : connected(request) };
  return healthCheck(trip, node, flow);
}

/** kube-proxy's health-check node ports: 200 while this node has a ready endpoint of its own. */
function healthCheck(
  trip: Trip,
  node: NodePlace,
  flow: Flow,
): { readonly name: string; readonly reply: Reply } | undefined {
  const rule = (trip.rulesOf(node.name).filter['KUBE-NODEPORTS'] ?? []).find(({ matches }) =>
    matches.some((match) => match.kind === 'port' && match.port === flow.port),
  );
  const service = rule?.origin;
  if (service === undefined) return undefined;
  const local = trip.view
    .list('endpointslices.discovery.k8s.io', service.namespace)
    .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === service.name)
    .flatMap((slice) => endpointsIn(slice))
    .filter((endpoint) => endpoint.nodeName === node.name && endpoint.conditions?.ready !== false).length;
  const body = `{\n\t"service": {\n\t\t"namespace": "${service.namespace}",\n\t\t"name": "${service.name}"\n\t},\n\t"localEndpoints": ${local},\n\t"serviceProxyHealthy": true\n}`;
  const reply =
    trip.request.kind === 'http'
      ? text(local > 0 ? 200 : 503, body, 'application/json')
      : connected(trip.request);
  return { name: 'kube-proxy health check', reply };
}

interface SliceEndpoint {
  readonly nodeName?: string;
  readonly conditions?: { readonly ready?: boolean };
}

function endpointsIn(slice: object): readonly SliceEndpoint[] {
  return 'endpoints' in slice && Array.isArray(slice.endpoints) ? (slice.endpoints as SliceEndpoint[]) : [];
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  503: 'Service Unavailable',
};

function text(status: number, body: string, type = 'text/plain; charset=utf-8'): Reply {
  const headers = [
    ['Content-Type', type],
    ['Content-Length', String(body.length)],
  ] as const;
  return { kind: 'http', status, reason: REASONS[status] ?? '', headers, body };
}

function connected(request: Request): Reply {
  return request.kind === 'connect' ? { kind: 'connected' } : { kind: 'closed', why: 'reset' };
}

function greeting(request: Request): Reply {
  return request.kind === 'connect'
    ? { kind: 'connected' }
    : { kind: 'bytes', text: 'SSH-2.0-OpenSSH_9.6p1\r\n' };
}

type HttpRequest = Extract<Request, { kind: 'http' }>;

function tlsReply(request: Request, answer: (request: HttpRequest) => Reply): Reply {
  if (request.kind !== 'http') return connected(request);
  return request.tls === undefined
    ? text(400, 'Client sent an HTTP request to an HTTPS server.\n')
    : answer(request);
}

/** Paths that everybody may read (system:public-info-viewer), and what they say. */
const PUBLIC: Readonly<Record<string, string>> = {
  '/healthz': 'ok',
  '/livez': 'ok',
  '/readyz': 'ok',
  '/version': `{
  "major": "1",
  "minor": "35",
  "emulationMajor": "1",
  "emulationMinor": "35",
  "minCompatibilityMajor": "1",
  "minCompatibilityMinor": "34",
  "gitVersion": "v1.35.0",
  "gitTreeState": "clean",
  "goVersion": "go1.25.6",
  "compiler": "gc",
  "platform": "linux/amd64"
}`,
};

function apiServerReply(trip: Trip, request: Request, source: string): Reply {
  return tlsReply(request, (http) => trip.options.apiServer?.(http, source) ?? publicReply(http));
}

function publicReply(request: HttpRequest): Reply {
  const path = request.path.replace(/\?.*$/, '');
  const open = PUBLIC[path];
  if (open !== undefined) return text(200, open, path === '/version' ? 'application/json' : undefined);
  const named = Object.keys(request.headers).some((name) => name.toLowerCase() === 'authorization');
  const verb = request.method.toLowerCase();
  const message = named ? 'Unauthorized' : `forbidden: User "system:anonymous" cannot ${verb} path "${path}"`;
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason: named ? 'Unauthorized' : 'Forbidden',
    ...(named ? {} : { details: {} }),
    code: named ? 401 : 403,
  };
  return text(status.code, `${JSON.stringify(status, undefined, 2)}\n`, 'application/json');
}
