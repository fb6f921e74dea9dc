import type { Hop } from '../../api';
import { accessLogTime, byteLength, type HttpReply, type HttpRequest, slashTime } from '../images/http';
import { headerOf } from '../images/programs/web-server';
import { inRange } from '../network/addresses';
import type { Incoming, ProcessEnv } from '../seams';
import { locationFor, normalPath, rewritten, securedServer, serverFor, usesRegex } from './choose';
import {
  type Configuration,
  DEFAULT_SERVER,
  DEFAULT_UPSTREAM,
  type Location,
  type Server,
} from './configuration';
import { ownPage } from './pages';
import { type Passed, passOn } from './pass-on';
import type { ServedIngress } from './serve';
import type { IngressState } from './state';

/** nginx' worker that is told in its error log. */
const WORKER = 34;

/** One request under way. */
interface Exchange {
  readonly configuration: Configuration;
  readonly server: Server;
  readonly location: Location;
  readonly request: HttpRequest;
  readonly incoming: Incoming;
  readonly env: ProcessEnv;
  readonly id: string;
}

/** Answers a request as nginx does by the controller's configuration: server, location, redirect or upstream. */
export function answerHttp(
  before: IngressState,
  request: HttpRequest,
  incoming: Incoming,
  env: ProcessEnv,
): ServedIngress {
  const state = { ...before, connections: before.connections + 1 };
  const configuration = state.running;
  const server = configuration && serverFor(configuration, request.host);
  const location = server && locationFor(server, normalPath(request.path));
  const id = requestId(env);
  if (configuration === undefined || server === undefined || location === undefined)
    return { state, reply: ownPage(env.now, 404) };
  const exchange: Exchange = { configuration, server, location, request, incoming, env, id };
  const trace = [serverHop(exchange), locationHop(exchange)];
  const early = refusal(exchange) ?? redirection(exchange);
  if (early !== undefined)
    return {
      state,
      reply: strict(exchange, early.reply),
      trace: [...trace, early.hop],
      log: [accessLine(exchange, early.reply)],
      latencyMs: 1,
    };
  const upstream = configuration.upstreams[location.upstream];
  if (location.upstream === DEFAULT_UPSTREAM && upstream?.service === undefined)
    return ownAnswer(state, exchange, trace);
  if (upstream === undefined || upstream.endpoints.length === 0) {
    const reply = ownPage(env.now, 503);
    return {
      state,
      reply: strict(exchange, reply),
      trace: [...trace, emptyHop(exchange)],
      log: [accessLine(exchange, reply)],
      latencyMs: 1,
    };
  }
  const turn = state.turns[upstream.name] ?? Math.floor(env.random.next() * upstream.endpoints.length);
  const passed = passOn(upstream, location, passedRequest(exchange), turn, env);
  return {
    state: { ...state, turns: { ...state.turns, [upstream.name]: passed.turn } },
    reply: strict(exchange, passed.reply),
    trace: [...trace, ...passed.trace],
    log: [
      ...passed.errors.map((error) => errorLine(state, exchange, error)),
      accessLine(exchange, passed.reply, passed),
    ],
    latencyMs: passed.latencyMs + 1,
  };
}

function requestId({ random }: ProcessEnv): string {
  return Array.from({ length: 32 }, () => Math.floor(random.next() * 16).toString(16)).join('');
}

const at = ({ env }: Exchange): string => `pod ${env.namespace}/${env.podName}`;

function objectOf({ location }: Exchange, field?: string): Hop['object'] {
  const { origin } = location;
  if (origin === undefined) return undefined;
  const { namespace, name } = origin;
  return { resource: 'ingresses.networking.k8s.io', namespace, name, field: field ?? origin.field };
}

function serverHop(exchange: Exchange): Hop {
  const { server, request } = exchange;
  const known = server.host !== DEFAULT_SERVER;
  const rule = exchange.location.origin?.field.replace(/\.http.*$/, '.host');
  return {
    at: at(exchange),
    rule: `server ${server.host}`,
    effect: known
      ? `takes the request for host ${request.host}`
      : `takes the request: no Ingress has a rule for host ${request.host || '""'}`,
    object: known ? objectOf(exchange, rule) : undefined,
  };
}

function locationHop(exchange: Exchange): Hop {
  const { location, server, request } = exchange;
  const shown = usesRegex(server)
    ? `location ~* "^${location.path}"`
    : `location ${location.type === 'Exact' ? '= ' : ''}"${location.path}"`;
  const target = location.isDefault ? 'the default backend' : `upstream ${location.upstream}`;
  const path = rewritten(location, request.path);
  const moved = path === request.path ? '' : `, as ${path}`;
  return {
    at: at(exchange),
    rule: shown,
    effect: `${request.path} goes to ${target}${moved}`,
    object: objectOf(exchange),
  };
}

function emptyHop(exchange: Exchange): Hop {
  const { configuration, location } = exchange;
  const service = configuration.upstreams[location.upstream]?.service;
  return {
    at: at(exchange),
    rule: `upstream ${location.upstream}`,
    effect: 'answers 503: the Service has no ready endpoints for this port',
    ...(service === undefined
      ? {}
      : { object: { resource: 'services', ...service, field: 'spec.selector' } }),
  };
}

interface Early {
  readonly reply: HttpReply;
  readonly hop: Hop;
}

/** Whom a location does not let in, and what is too long for it. */
function refusal(exchange: Exchange): Early | undefined {
  const { location, incoming, request, env } = exchange;
  const { allow, deny, bodyBytes } = location.settings;
  const from = (ranges: readonly string[]) => ranges.some((range) => inRange(incoming.sourceIP, range));
  const refuse = (status: number, why: string): Early => ({
    reply: ownPage(env.now, status),
    hop: {
      at: at(exchange),
      rule: `answers ${status}`,
      effect: why,
      object: objectOf(exchange, 'metadata.annotations'),
    },
  });
  if (from(deny) || (allow.length > 0 && !from(allow)))
    return refuse(403, `${incoming.sourceIP} is not among the source ranges that are let in`);
  return byteLength(request.body) > bodyBytes
    ? refuse(413, 'the body is longer than proxy-body-size')
    : undefined;
}

/** Redirects: to HTTPS, to an application's root, to wherever an annotation says. */
function redirection(exchange: Exchange): Early | undefined {
  const { location, request, env, configuration, incoming } = exchange;
  const { appRoot, redirect, forceSslRedirect, sslRedirect, preserveTrailingSlash } = location.settings;
  const scheme = schemeOf(exchange);
  const bare = request.host.replace(/:\d+$/, '');
  const moved = (status: number, url: string, why: string): Early => {
    const page = ownPage(env.now, status);
    return {
      reply: { ...page, headers: [...page.headers, ['Location', url]] },
      hop: {
        at: at(exchange),
        rule: `answers ${status}`,
        effect: `${why}: ${url}`,
        object: objectOf(exchange, 'metadata.annotations'),
      },
    };
  };
  if (appRoot !== undefined && normalPath(request.path) === '/')
    return moved(
      302,
      `${incoming.request.kind === 'http' && incoming.request.tls ? 'https' : 'http'}://${request.host}${appRoot}`,
      'app-root sends "/" on',
    );
  const secured = securedServer(configuration, bare) !== undefined;
  if (scheme === 'http' && (forceSslRedirect || (sslRedirect && secured))) {
    const path = preserveTrailingSlash ? request.path : request.path.replace(/\/$/, '');
    const why = forceSslRedirect
      ? 'force-ssl-redirect sends the client to HTTPS'
      : 'the host has a certificate, so the client is sent to HTTPS';
    return moved(configuration.globals.redirectCode, `https://${bare}${path}`, why);
  }
  return redirect === undefined ? undefined : moved(redirect.code, redirect.url, 'an annotation redirects');
}

function schemeOf({ request, configuration }: Exchange): string {
  const forwarded = configuration.globals.useForwardedHeaders
    ? headerOf(request, 'x-forwarded-proto')
    : undefined;
  return forwarded ?? (request.tls === undefined ? 'http' : 'https');
}

/** A reply over TLS tells browsers to stay with it. */
function strict({ configuration, request }: Exchange, reply: HttpReply): HttpReply {
  const { hsts } = configuration.globals;
  if (request.tls === undefined || hsts === undefined) return reply;
  return { ...reply, headers: [...reply.headers, ['Strict-Transport-Security', hsts]] };
}

/** The controller's own 404, which goes through a socket of its own to itself. */
function ownAnswer(state: IngressState, exchange: Exchange, trace: readonly Hop[]): ServedIngress {
  const { env, server } = exchange;
  const reply = ownPage(env.now, 404);
  const address = `127.0.0.1:${state.flags.defaultPort}`;
  const tries = [{ address, bytes: reply.body.length, ms: 0, status: 404 }];
  const hop: Hop = {
    at: at(exchange),
    rule: `upstream ${DEFAULT_UPSTREAM}`,
    effect: 'answers 404: no path of an Ingress takes the request',
  };
  // The access log of the server for all other hosts is off.
  const log = server.host === DEFAULT_SERVER ? [] : [accessLine(exchange, reply, { tries })];
  return { state, reply: strict(exchange, reply), trace: [...trace, hop], log, latencyMs: 1 };
}

/** The request as it goes on: the headers that proxies add, the client's own Host unless the Ingress has another. */
function passedRequest(exchange: Exchange): HttpRequest {
  const { request, incoming, location, id } = exchange;
  const { upstreamVhost, secureBackend, forwardedPrefix } = location.settings;
  const own = Object.entries(request.headers).filter(
    ([name]) => !/^(x-request-id|x-real-ip|x-forwarded-.*|x-scheme|connection|upgrade|host)$/i.test(name),
  );
  const scheme = schemeOf(exchange);
  const headers: Record<string, string> = {
    'X-Request-ID': id,
    'X-Real-IP': incoming.sourceIP,
    'X-Forwarded-For': incoming.sourceIP,
    'X-Forwarded-Host': request.host,
    'X-Forwarded-Port': request.tls === undefined ? '80' : '443',
    'X-Forwarded-Proto': scheme,
    'X-Forwarded-Scheme': scheme,
    'X-Scheme': scheme,
    ...(forwardedPrefix === undefined ? {} : { 'X-Forwarded-Prefix': forwardedPrefix }),
    ...Object.fromEntries(own),
  };
  return {
    kind: 'http',
    method: request.method,
    path: rewritten(location, request.path),
    host: upstreamVhost ?? request.host,
    headers,
    body: request.body,
    ...(secureBackend ? { tls: { serverName: '' } } : {}),
  };
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** A line of the access log, in the controller's format (upstreaminfo). */
function accessLine(
  { request, incoming, env, location, id }: Exchange,
  { status, body }: HttpReply,
  passed?: Pick<Passed, 'tries'>,
): string {
  const agent = headerOf(request, 'user-agent') ?? '-';
  const referer = headerOf(request, 'referer') ?? '-';
  const sent = request.method === 'HEAD' ? 0 : byteLength(body);
  const protocol = request.tls?.alpn?.includes('h2') ? 'HTTP/2.0' : 'HTTP/1.1';
  const tries = passed?.tries ?? [];
  const each = (of: (one: Passed['tries'][number]) => string) =>
    tries.length === 0 ? '-' : tries.map(of).join(', ');
  const total = tries.reduce((sum, { ms }) => sum + ms, 0);
  return [
    `${incoming.sourceIP} - - [${accessLogTime(env.now)}] "${request.method} ${request.path} ${protocol}"`,
    `${status} ${sent} "${referer}" "${agent}" ${requestLength(request)} ${seconds(total)}`,
    `[${location.upstream}] [] ${each(({ address }) => address)} ${each(({ bytes }) => String(bytes))}`,
    `${each(({ ms }) => seconds(ms))} ${each((one) => String(one.status))} ${id}`,
  ].join(' ');
}

function requestLength({ method, path, host, headers, body }: HttpRequest): number {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    ...Object.entries(headers).map((pair) => pair.join(': ')),
  ];
  return lines.reduce((sum, line) => sum + line.length + 2, 2) + byteLength(body);
}

function errorLine(
  { connections }: IngressState,
  { env, incoming, server, request }: Exchange,
  error: string,
): string {
  const [why, upstream] = error.split('|');
  return `${slashTime(env.now)} [error] ${WORKER}#${WORKER}: *${connections} ${why}, client: ${incoming.sourceIP}, server: ${server.host}, request: "${request.method} ${request.path} HTTP/1.1", upstream: "${upstream}", host: "${request.host}"`;
}
