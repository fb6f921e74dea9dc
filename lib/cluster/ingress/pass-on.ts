import type { Delivery, Hop } from '../../api';
import type { HttpReply, HttpRequest } from '../images/http';
import type { ProcessEnv } from '../seams';
import type { Endpoint, Location, Upstream } from './configuration';
import { ownPage, reply } from './pages';

/** Times that a request is sent on before nginx gives up (proxy_next_upstream_tries). */
const TRIES = 3;

/** One try of an upstream, as the access log tells it. */
export interface Try {
  readonly address: string;
  readonly bytes: number;
  readonly ms: number;
  readonly status: number;
}

/** What passing a request on came to. */
export interface Passed {
  readonly reply: HttpReply;
  readonly tries: readonly Try[];
  readonly trace: readonly Hop[];
  /** Errors of the error log: what failed, and the URL. */
  readonly errors: readonly string[];
  readonly latencyMs: number;
  /** Where the upstream's round stands afterwards. */
  readonly turn: number;
}

/** Sends a request to one endpoint after the other, beginning where the round stands, until one of them answers. */
export function passOn(
  upstream: Upstream,
  location: Location,
  request: HttpRequest,
  start: number,
  env: ProcessEnv,
): Passed {
  const tries: Try[] = [];
  const trace: Hop[] = [];
  const errors: string[] = [];
  let latencyMs = 0;
  let turn = start;
  for (let count = 0; count < TRIES; count += 1) {
    const endpoint = upstream.endpoints[turn % upstream.endpoints.length];
    if (endpoint === undefined) break;
    trace.push(chosen(upstream, endpoint, turn, env));
    turn = (turn + 1) % upstream.endpoints.length;
    const sent = env.send(endpoint.host, endpoint.port, request);
    trace.push(...sent.trace);
    const outcome = judge(sent.outcome, location);
    latencyMs += outcome.ms;
    const address = `${sent.outcome.kind === 'delivered' ? sent.outcome.server.ip : endpoint.host}:${endpoint.port}`;
    if ('reply' in outcome) {
      const { status, body } = outcome.reply;
      tries.push({ address, bytes: body.length, ms: outcome.ms, status });
      return { reply: headed(outcome.reply, env.now), tries, trace, errors, latencyMs, turn };
    }
    tries.push({ address, bytes: 0, ms: outcome.ms, status: outcome.status });
    const scheme = location.settings.secureBackend ? 'https' : 'http';
    errors.push(`${outcome.why}|${scheme}://${address}${request.path}`);
  }
  const status = tries.at(-1)?.status ?? 502;
  return { reply: ownPage(env.now, status), tries, trace, errors, latencyMs, turn };
}

function chosen(
  { name, endpoints, service, byClusterIP }: Upstream,
  { host, port, pod }: Endpoint,
  turn: number,
  env: ProcessEnv,
): Hop {
  const count = endpoints.length;
  const how = byClusterIP
    ? 'the cluster IP, since the Ingress asks for service-upstream'
    : count === 1
      ? 'the only endpoint'
      : `endpoint ${(turn % count) + 1} of ${count}, by turns (round robin)`;
  return {
    at: `pod ${env.namespace}/${env.podName}`,
    rule: `upstream ${name}`,
    effect: `chooses ${host}:${port}, ${how}`,
    ...(pod === undefined ? {} : { detail: `pod ${pod}` }),
    ...(service === undefined
      ? {}
      : {
          object: {
            resource: 'services',
            ...service,
            field: byClusterIP ? 'spec.clusterIP' : 'spec.selector',
          },
        }),
  };
}

type Judged =
  | { readonly reply: HttpReply; readonly ms: number }
  | { readonly status: number; readonly why: string; readonly ms: number };

/** What nginx makes of what became of its request. */
function judge(outcome: Delivery, { settings }: Location): Judged {
  const { connectTimeoutMs, readTimeoutMs } = settings;
  if (outcome.kind === 'dropped')
    return failed(
      504,
      'upstream timed out (110: Operation timed out) while connecting to upstream',
      connectTimeoutMs,
    );
  if (outcome.kind === 'refused')
    return failed(
      502,
      'connect() failed (111: Connection refused) while connecting to upstream',
      outcome.latencyMs,
    );
  if (outcome.kind === 'unreachable')
    return failed(
      outcome.latencyMs > connectTimeoutMs ? 504 : 502,
      outcome.why === 'network'
        ? 'no resolver defined to resolve the upstream while connecting to upstream'
        : 'connect() failed (113: Host is unreachable) while connecting to upstream',
      Math.min(outcome.latencyMs, connectTimeoutMs),
    );
  const { reply: answer, latencyMs } = outcome;
  if (latencyMs > readTimeoutMs)
    return failed(
      504,
      'upstream timed out (110: Operation timed out) while reading response header from upstream',
      readTimeoutMs,
    );
  if (answer.kind === 'http') return { reply: answer, ms: latencyMs };
  if (answer.kind === 'closed' && answer.why === 'tls-mismatch')
    return settings.secureBackend
      ? failed(
          502,
          'SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream',
          latencyMs,
        )
      : failed(
          502,
          'upstream sent no valid HTTP/1.0 header while reading response header from upstream',
          latencyMs,
        );
  return failed(
    502,
    answer.kind === 'closed' && answer.why === 'reset'
      ? 'recv() failed (104: Connection reset by peer) while reading response header from upstream'
      : 'upstream prematurely closed connection while reading response header from upstream',
    latencyMs,
  );
}

const failed = (status: number, why: string, ms: number): Judged => ({ status, why, ms });

/** An upstream's reply as it goes out: nginx has its own Date and connection, and hides servers. */
function headed({ status, reason, headers, body }: HttpReply, now: number): HttpReply {
  const kept = headers.filter(
    ([name]) => !/^(server|date|connection|keep-alive|transfer-encoding)$/i.test(name),
  );
  const first = kept.filter(([name]) => /^content-(type|length)$/i.test(name));
  const rest = kept.filter((each) => !first.includes(each));
  const answered = reply(now, status, first, body, reason);
  return { ...answered, headers: [...answered.headers, ...rest] };
}
