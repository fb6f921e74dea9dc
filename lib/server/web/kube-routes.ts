import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../app-error';
import {
  answerKube,
  createRequestLimits,
  kubeconfigText,
  type RequestLimits,
  type WorkspaceKeys,
} from '../kube-api';
import type { Registry } from '../live';
import { log } from '../log';
import { createAttendance } from './kube-attendance';
import { externalOrigin } from './origin';

/** The Kubernetes APIs of workspaces, for the learners' own tools. */
export interface KubeRoutes {
  /** Whether this request is for one. */
  owns(request: IncomingMessage): boolean;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): void;
}

/** `/k8s/<key>/…` */
const PATH = /^\/k8s\/([^/?]+)(\/[^?]*)?(\?.*)?$/;
/** Workspaces whose request counts are remembered; a bucket that is full again need not be. */
const REMEMBERED_LIMITS = 1_000;

/** Serves `/k8s/<key>/…`: the API itself, and `kubeconfig` beside it. `now` is a steady clock in ms, for the limits. */
export function createKubeRoutes(
  keys: WorkspaceKeys,
  registry: Registry,
  now: () => number = () => performance.now(),
): KubeRoutes {
  const attendance = createAttendance(registry);
  const limits = new Map<string, RequestLimits>();
  const open = new Map<string, Set<ServerResponse>>();
  keys.onRevoked((id) => {
    for (const response of open.get(id) ?? []) response.destroy();
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

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, key = '', path = '/', query = ''] = PATH.exec(request.url ?? '') ?? [];
    const id = await keys.find(key);
    if (id === undefined) return refuse(response, UNAUTHORIZED);
    if (path === '/kubeconfig') return sendKubeconfig(request, response, key);
    const own = limitsOf(id);
    if (!own.take()) return tooMany(response);
    const leavePlace = isLongRunning(path, query) ? own.stay() : () => {};
    if (leavePlace === undefined) return tooMany(response);
    const connected = open.get(id) ?? new Set();
    open.set(id, connected.add(response));
    let done = () => {};
    try {
      const attended = await attendance.attend(id);
      done = attended.done;
      await answerKube(attended.live.api, `${path}${query}`, request, response);
    } finally {
      done();
      leavePlace();
      connected.delete(response);
      if (connected.size === 0) open.delete(id);
    }
  };

  return {
    owns: (request) => (request.url ?? '').startsWith('/k8s/'),
    answer: (request, response) =>
      answer(request, response).catch((error: unknown) => {
        const known = error instanceof AppError;
        if (!known) log('error', 'kube-route-failed', { error });
        refuse(response, unavailable(known ? error.message : 'the workspace could not be opened'));
      }),
    close: () => attendance.close(),
  };
}

function isLongRunning(path: string, query: string): boolean {
  const asked = new URLSearchParams(query);
  const isTrue = (name: string) => asked.has(name) && !['false', '0'].includes(asked.get(name) ?? '');
  return isTrue('watch') || isTrue('follow') || /\/(exec|attach|portforward)$/.test(path);
}

function sendKubeconfig(request: IncomingMessage, response: ServerResponse, key: string): void {
  const server = `${externalOrigin(request)}/k8s/${key}`;
  response.writeHead(200, { 'Content-Type': 'application/yaml', 'Cache-Control': 'no-store' });
  response.end(kubeconfigText({ server, cluster: 'portside' }));
}

/** As the API server's own flow control says it (priority and fairness). */
function tooMany(response: ServerResponse): void {
  response.writeHead(429, { 'Content-Type': 'text/plain; charset=utf-8', 'Retry-After': '1' });
  response.end('Too many requests, please try again later.\n');
}

interface Refusal {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
}

const UNAUTHORIZED: Refusal = { code: 401, reason: 'Unauthorized', message: 'Unauthorized' };
const unavailable = (message: string): Refusal => ({ code: 503, reason: 'ServiceUnavailable', message });

function refuse(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', ...refusal };
  response.writeHead(refusal.code, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(`${JSON.stringify(status)}\n`);
}
