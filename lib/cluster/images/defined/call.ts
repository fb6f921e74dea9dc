import { type CallDefinition, type Delivery, goLookupError, type Request } from '../../../api';
import { utf8Bytes } from '../../../base';
import type { ProcessEnv } from '../../seams';
import { ephemeralPort, type HttpRequest, reasonOf } from '../http';
import { fill, type Occasion } from './words';

/** What became of a call. */
export interface Called {
  readonly name: string;
  /** Where it went, filled in. */
  readonly to: string;
  readonly ok: boolean;
  /** The HTTP status, where there was one. */
  readonly status?: number | undefined;
  readonly body: string;
  /** Why it failed, in Go's words. */
  readonly error: string;
  readonly ms: number;
  readonly optional: boolean;
}

const URL = /^(https?|tcp):\/\/([^/:]+)(?::(\d+))?(\/.*)?$/;
const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

type Found = ReturnType<ProcessEnv['lookup']>['outcome'];

/** Makes the calls that are due, one after the other. */
export function makeCalls(
  calls: readonly CallDefinition[],
  env: ProcessEnv,
  occasion: Occasion = {},
): readonly Called[] {
  const made: Called[] = [];
  for (const call of calls) {
    if (call.when !== undefined && (env.env[call.when] ?? '') === '') continue;
    made.push(makeCall(call, env, { ...occasion, calls: made }));
  }
  return made;
}

/** Whether a call failed that its caller cannot do without. */
export const someFailed = (calls: readonly Called[]): boolean =>
  calls.some(({ ok, optional }) => !ok && !optional);

/** How long calls took that were made one after the other. */
export const timeOf = (calls: readonly Called[]): number => calls.reduce((sum, { ms }) => sum + ms, 0);

function makeCall(call: CallDefinition, env: ProcessEnv, occasion: Occasion): Called {
  const to = fill(call.to, env, occasion);
  const [, scheme = '', host = '', portText, path = '/'] = URL.exec(to) ?? [];
  const { name, optional, timeoutMs } = call;
  const port = Number(portText ?? PORTS[scheme]);
  const failed = (error: string, ms: number): Called => ({
    name,
    to,
    ok: false,
    body: '',
    error,
    ms: Math.min(Math.ceil(ms), timeoutMs),
    optional,
  });
  if (scheme === '' || !Number.isInteger(port)) return failed(`parse ${JSON.stringify(to)}: invalid URL`, 0);
  const found = env.lookup(host, 'go').outcome;
  const [ip] = found.addresses;
  if (ip === undefined) return failed(unresolved(env, host, found, timeoutMs), found.latencyMs);
  const request = requestOf(call, scheme, `${host}${portText === undefined ? '' : `:${portText}`}`, path, {
    env,
    occasion,
  });
  const { outcome } = env.send(ip, port, request);
  const why = failureOf(outcome, `${ip}:${port}`, timeoutMs - found.latencyMs, scheme);
  const ms = found.latencyMs + (outcome.kind === 'dropped' ? timeoutMs : outcome.latencyMs);
  if (why !== undefined) return failed(why, ms);
  const reply = outcome.kind === 'delivered' ? outcome.reply : undefined;
  if (reply?.kind !== 'http') return { name, to, ok: true, body: '', error: '', ms: Math.ceil(ms), optional };
  const ok = call.expect === undefined ? reply.status < 400 : call.expect.includes(reply.status);
  const error = ok ? '' : `${reply.status} ${reply.reason || reasonOf(reply.status)}`;
  return { name, to, ok, status: reply.status, body: reply.body, error, ms: Math.ceil(ms), optional };
}

function requestOf(
  call: CallDefinition,
  scheme: string,
  host: string,
  path: string,
  { env, occasion }: { readonly env: ProcessEnv; readonly occasion: Occasion },
): Request {
  if (scheme === 'tcp') return { kind: 'connect' };
  const body = fill(call.body, env, occasion);
  const headers: Record<string, string> = { 'User-Agent': 'Go-http-client/1.1' };
  for (const [name, value] of Object.entries(call.headers)) headers[name] = fill(value, env, occasion);
  if (body !== '') headers['Content-Length'] = String(utf8Bytes(body).length);
  const request: HttpRequest = {
    kind: 'http',
    method: call.method,
    path,
    host,
    headers: { ...headers, 'Accept-Encoding': 'gzip' },
    body,
    ...(scheme === 'https' ? { tls: { serverName: host.replace(/:\d+$/, '') } } : {}),
  };
  return request;
}

function failureOf(outcome: Delivery, to: string, limitMs: number, scheme: string): string | undefined {
  switch (outcome.kind) {
    case 'refused':
      return `dial tcp ${to}: connect: connection refused`;
    case 'unreachable':
      return `dial tcp ${to}: connect: ${outcome.why === 'host' ? 'no route to host' : 'network is unreachable'}`;
    case 'dropped':
      return `dial tcp ${to}: i/o timeout`;
    case 'delivered': {
      if (outcome.latencyMs > limitMs)
        return 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
      const { reply } = outcome;
      if (scheme === 'tcp' || reply.kind === 'http') return undefined;
      if (reply.kind === 'closed' && reply.why === 'tls-mismatch')
        return scheme === 'https'
          ? 'http: server gave HTTP response to HTTPS client'
          : 'malformed HTTP response';
      if (reply.kind === 'closed' && reply.why === 'reset') return 'read: connection reset by peer';
      return 'EOF';
    }
  }
}

/** Why Go could not dial a name: the call's time ran out first, or its resolver failed. */
function unresolved(env: ProcessEnv, host: string, found: Found, timeoutMs: number): string {
  const why =
    found.latencyMs > timeoutMs
      ? `lookup ${host}: i/o timeout`
      : goLookupError(host, found.failure, () => `${env.podIP}:${ephemeralPort(env)}`);
  return `dial tcp: ${why}`;
}
