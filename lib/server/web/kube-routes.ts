import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { requestTimedOut, type StatusError, serviceUnavailable, unauthorized } from '../../api';
import { AppError } from '../app-error';
import { BUSY_RETRY_SECONDS } from '../busy-retry';
import {
  answerKube,
  createKubeUpgrades,
  createRequestLimits,
  type KubeHost,
  kubeconfigText,
  type RequestLimits,
  responseOn,
  type WorkspaceKeys,
} from '../kube-api';
import type { Leases } from '../lease';
import type { Registry } from '../live';
import { log } from '../log';
import { asBusy } from './busy';
import { type Departure, watchResponse, watchSocket } from './departure';
import { findHolder } from './find-holder';
import { handOn, handOnUpgrade, wasHandedOn } from './hand-on';
import { createAttendance } from './kube-attendance';
import { externalOrigin } from './origin';

/** The Kubernetes APIs of workspaces, for the learners' own tools. */
export interface KubeRoutes {
  /** Whether this request is for one. */
  owns(request: IncomingMessage): boolean;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  close(): void;
}

/** `/k8s/<key>/…` */
const PATH = /^\/k8s\/([^/?]+)(\/[^?]*)?(\?.*)?$/;
/** Refusals after which a client of the API may come again by itself. */
const AGAIN: ReadonlySet<string> = new Set(['busy', 'unavailable']);
/** A write is not sent twice: whether it was stored is for whoever asked to look at. */
const CUT = 'the server stopped before it answered; the request may have been carried out';
/** Workspaces whose request counts are remembered; a bucket that is full again need not be. */
const REMEMBERED_LIMITS = 1_000;

/** Serves `/k8s/<key>/…`: the API itself, and `kubeconfig` beside it. `now` is a steady clock in ms, for the limits. */
export function createKubeRoutes(
  keys: WorkspaceKeys,
  registry: Registry,
  now: () => number = () => performance.now(),
  leases?: Leases,
): KubeRoutes {
  const attendance = createAttendance(registry);
  const limits = new Map<string, RequestLimits>();
  const open = new Map<string, Set<Line>>();
  const upgrades = createKubeUpgrades();
  keys.onRevoked((id) => {
    for (const line of open.get(id) ?? []) line.destroy();
  });

  const limitsOf = (id: string): RequestLimits => {
    const known = limits.get(id);
    if (known) return known;
    if (limits.size >= REMEMBERED_LIMITS) {
      for (const [other, each] of limits) if (each.idle) limits.delete(other);
    }
    const fresh = createRequestLimits(now);
    limits.set(id, fresh);
    return fresh;
  };

  const admit = async (
    request: IncomingMessage,
    line: Line,
    { respond, serve, handTo, watch }: Visit,
  ): Promise<void> => {
    const [, key = '', path = '/', query = ''] = PATH.exec(request.url ?? '') ?? [];
    const id = await keys.find(key);
    if (id === undefined) return refuse(respond(), unauthorized());
    // Whoever shows the key is the cluster's admin, as whoever has the address: it is no token of an account in there.
    if (request.headers.authorization === `Bearer ${key}`) delete request.headers.authorization;
    if (path === '/kubeconfig') return sendKubeconfig(request, respond(), key);
    if (!wasHandedOn(request) && leases !== undefined) {
      const { gone, forget } = watch();
      const holder = await findHolder(leases, id, handTo, gone).finally(forget);
      if (holder === 'taken' || holder === 'gone') return;
      if (holder === 'nobody')
        throw new AppError('unavailable', 'the server of this workspace does not answer');
    }
    const own = limitsOf(id);
    if (!own.take()) return tooMany(respond());
    const leavePlace = isLongRunning(path, query) ? own.stay() : () => {};
    if (leavePlace === undefined) return tooMany(respond());
    const connected = open.get(id) ?? new Set();
    open.set(id, connected.add(line));
    let done = () => {};
    try {
      const attended = await attendance.attend(id);
      done = attended.done;
      await serve(attended.live.api, `${path}${query}`);
    } finally {
      done();
      leavePlace();
      connected.delete(line);
      if (connected.size === 0) open.delete(id);
    }
  };

  const failed = (respond: () => ServerResponse) => (error: unknown) => {
    const told = asBusy(error);
    const known = told instanceof AppError;
    if (!known) log('error', 'kube-route-failed', { error });
    const response = respond();
    // Clients of the API wait for as long as they are told, and ask again. Nothing was carried out.
    if (known && AGAIN.has(told.code)) response.setHeader('Retry-After', BUSY_RETRY_SECONDS);
    refuse(response, serviceUnavailable(known ? told.message : 'the workspace could not be opened'));
  };

  return {
    owns: (request) => (request.url ?? '').startsWith('/k8s/'),
    answer(request, response) {
      const respond = () => response;
      const serve = (host: KubeHost, path: string) => answerKube(host, path, request, response);
      const handTo = async (address: string) => {
        const how = await handOn(address, request, response);
        if (how === 'cut') refuse(response, requestTimedOut(CUT));
        return how !== 'nobody';
      };
      const watch = () => watchResponse(response);
      return admit(request, response, { respond, serve, handTo, watch }).catch(failed(respond));
    },
    upgrade(request, socket, head) {
      // It may break while it waits for whoever answers.
      socket.on('error', () => socket.destroy());
      const respond = () => responseOn(request, socket);
      const serve = (host: KubeHost, path: string) => upgrades.take(host, path, request, socket, head);
      const handTo = (address: string) => handOnUpgrade(address, request, socket, head);
      const watch = () => watchSocket(socket);
      return admit(request, socket, { respond, serve, handTo, watch }).catch(failed(respond));
    },
    close() {
      upgrades.close();
      attendance.close();
    },
  };
}

/** What a key's revocation cuts. */
interface Line {
  destroy(): void;
}

/** How a request is answered: in the ordinary way, or by the API of its workspace. */
interface Visit {
  readonly respond: () => ServerResponse;
  readonly serve: (host: KubeHost, path: string) => Promise<void>;
  /** Lets the process that has the workspace do it; resolves to whether there is one. */
  readonly handTo: (address: string) => Promise<boolean>;
  /** Looks whether whoever asked still waits. */
  readonly watch: () => Departure;
}

function isLongRunning(path: string, query: string): boolean {
  const asked = new URLSearchParams(query);
  const isTrue = (name: string) => asked.has(name) && !['false', '0'].includes(asked.get(name) ?? '');
  return isTrue('watch') || isTrue('follow') || /\/(exec|attach|portforward)$/.test(path);
}

function sendKubeconfig(request: IncomingMessage, response: ServerResponse, key: string): void {
  const server = `${externalOrigin(request)}/k8s/${key}`;
  response.writeHead(200, { 'Content-Type': 'application/yaml', 'Cache-Control': 'no-store' });
  response.end(kubeconfigText({ server, cluster: 'portside', token: key }));
}

/** As the API server's own flow control says it (priority and fairness). */
function tooMany(response: ServerResponse): void {
  response.writeHead(429, { 'Content-Type': 'text/plain; charset=utf-8', 'Retry-After': '1' });
  response.end('Too many requests, please try again later.\n');
}

function refuse(response: ServerResponse, { status }: StatusError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status.code, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(`${JSON.stringify(status)}\n`);
}
