import type { Delivery, Reply, Request } from '../../../api';
import { kubeletStoppedSince } from '../../faults';
import { reasonOf } from '../../images/http';
import { type Daemon, daemonsOf } from '../host';
import type { Flow } from '../kernel/interpret';
import { hostPods, type NodePlace } from '../places';
import { proxyAnswer } from '../proxy/proxy-health';
import { isProxyPod, kubeProxyRuns } from '../proxy/proxy-runs';
import { echoed, refused, SAME_NODE_MS, type Trip, tell } from '../wire/trip';
import { accepts, socketFor, socketsOf, talk } from './pod-sockets';

const KUBELET_PORT = 10_250;
const ETCD_METRICS_PORT = 2381;

/** Hands a packet to a node itself: its own daemons, then Pods in its network, else the kernel refuses. */
export function deliverToNode(trip: Trip, node: NodePlace, flow: Flow): Delivery {
  if (flow.protocol === 'ICMP') return echoed(trip, flow);
  const daemon = flow.protocol === 'TCP' ? daemonAt(trip, node, flow) : undefined;
  if (daemon !== undefined) return answered(trip, node, flow, daemon.name, daemon.reply);
  for (const pod of hostPods(trip.view, node.name)) {
    // kube-proxy's own ports are among the daemons': they are gone when it hangs.
    if (isProxyPod(pod)) continue;
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

interface Spoken {
  readonly name: string;
  readonly reply: Reply;
}

function daemonAt(trip: Trip, node: NodePlace, flow: Flow): Spoken | undefined {
  const up = {
    kubelet: kubeletStoppedSince(trip.faults, node.name) === undefined,
    kubeProxy: kubeProxyRuns(trip.view, node.name, trip.faults),
  };
  const daemon = daemonsOf(trip.view, node, up).find(
    ({ address, port }) => port === flow.port && accepts(address, flow.ip),
  );
  if (daemon === undefined) return undefined;
  if (daemon.process !== 'kube-proxy') {
    const reply = daemonReply(trip, node, daemon);
    return { name: daemon.process, reply };
  }
  const process = trip.memory.state.proxies[node.name];
  const now = trip.options.clock.now();
  const { view, request } = trip;
  return process === undefined
    ? undefined
    : proxyAnswer({ view, node: node.name, process, flow, request, now });
}

const OK_PATHS = ['/healthz', '/livez', '/readyz'];

/** What the node's other daemons say to somebody without a certificate. */
function daemonReply(trip: Trip, node: NodePlace, { process, port }: Daemon): Reply {
  const { request } = trip;
  const page = (paths: readonly string[], body: string) => (http: HttpRequest) =>
    paths.includes(http.path.replace(/\?.*$/, '')) ? text(200, body) : text(404, '404 page not found\n');
  switch (process) {
    case 'kube-apiserver':
      return trip.options.apiServer(request, node);
    case 'sshd':
      return greeting(request);
    case 'kubelet':
      return port === KUBELET_PORT
        ? tlsReply(request, () => text(401, 'Unauthorized'))
        : plainReply(request, page(['/healthz'], 'ok'));
    case 'kube-controller':
    case 'kube-scheduler':
      return tlsReply(request, page(OK_PATHS, 'ok'));
    case 'etcd':
      return port === ETCD_METRICS_PORT
        ? plainReply(request, page(['/health'], '{"health":"true","reason":""}'))
        : connected(request);
    default:
      return connected(request);
  }
}

function text(status: number, body: string, type = 'text/plain; charset=utf-8'): Reply {
  const headers = [
    ['Content-Type', type],
    ['Content-Length', String(body.length)],
  ] as const;
  return { kind: 'http', status, reason: reasonOf(status), headers, body };
}

function plainReply(request: Request, answer: (request: HttpRequest) => Reply): Reply {
  if (request.kind !== 'http') return connected(request);
  return request.tls === undefined ? answer(request) : { kind: 'closed', why: 'tls-mismatch' };
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
