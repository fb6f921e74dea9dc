import { greet, type Hop, type TlsSession } from '../../api';
import { goText, type HttpReply, type HttpRequest, servePlainHttp } from '../images/http';
import type { Incoming, ProcessEnv, Serving } from '../seams';
import { answerHttp } from './answer';
import { securedServer } from './choose';
import { DEFAULT_SERVER } from './configuration';
import { ownPage } from './pages';
import type { IngressState } from './state';
import { releaseOf } from './version';

/** What serving makes of the controller. */
export type ServedIngress = Omit<Serving, 'state'> & { readonly state: IngressState };

/** Serves whatever arrives at one of the controller's ports. */
export function serveIngress(state: IngressState, incoming: Incoming, env: ProcessEnv): ServedIngress {
  const { flags } = state;
  switch (incoming.port) {
    case flags.healthPort:
      return plain(state, incoming, (request) => health(state, request, env));
    case flags.httpPort:
      return plain(state, incoming, (request) => answerHttp(state, request, incoming, env));
    case flags.httpsPort:
      return secure(state, incoming, env);
    default:
      return plain(state, incoming, (request) => ({ state, reply: defaultBackend(request, env) }));
  }
}

/** HTTP without TLS; `servePlainHttp` hands the state through, whatever it is. */
function plain(
  state: IngressState,
  incoming: Incoming,
  handle: (request: HttpRequest) => ServedIngress,
): ServedIngress {
  if (incoming.request.kind === 'tls') return { state, reply: { kind: 'closed', why: 'tls-mismatch' } };
  let next: ServedIngress | undefined;
  const { reply } = servePlainHttp(null, incoming, (request) => {
    next = handle(request);
    return { state: null, reply: next.reply };
  });
  return { state, ...next, reply };
}

/** What the controller's own server says to requests that are for nobody. */
function defaultBackend(request: HttpRequest, env: ProcessEnv): HttpReply {
  return request.path.startsWith('/healthz') ? { ...ownPage(env.now, 200), body: '' } : ownPage(env.now, 404);
}

function health(state: IngressState, { path }: HttpRequest, env: ProcessEnv): ServedIngress {
  const where = path.replace(/\?.*$/, '');
  const text = (status: number, body: string) => ({ state, reply: goText(env.now, status, body) });
  if (where === '/healthz')
    return state.phase === 'serving' || state.phase === 'leaving'
      ? text(200, 'ok')
      : text(500, '[+]ping ok\n[-]nginx-ingress-controller failed: reason withheld\nhealthz check failed\n');
  if (where === '/build')
    return text(200, JSON.stringify({ name: 'NGINX Ingress controller', release: releaseOf(env.image) }));
  return where === '/metrics' ? text(200, metrics(state, env)) : text(404, '404 page not found\n');
}

function metrics({ connections }: IngressState, { image }: ProcessEnv): string {
  const build = `nginx_ingress_controller_build_info{release="${releaseOf(image)}",repository="https://github.com/kubernetes/ingress-nginx"} 1`;
  return [
    "# HELP nginx_ingress_controller_build_info A metric with a constant '1' labeled with information about the build.",
    '# TYPE nginx_ingress_controller_build_info gauge',
    build,
    '# HELP nginx_ingress_controller_nginx_process_requests_total total number of client requests',
    '# TYPE nginx_ingress_controller_nginx_process_requests_total counter',
    `nginx_ingress_controller_nginx_process_requests_total ${connections}`,
    '',
  ].join('\n');
}

/** The port that speaks TLS: the certificate goes by SNI, the request by its Host header. */
function secure(state: IngressState, incoming: Incoming, env: ProcessEnv): ServedIngress {
  const { request } = incoming;
  if (request.kind === 'connect') return { state, reply: { kind: 'connected' } };
  if (request.kind === 'http' && request.tls === undefined)
    return { state, reply: ownPage(env.now, 400, 'The plain HTTP request was sent to HTTPS port') };
  const offer = request.kind === 'http' || request.kind === 'tls' ? request.tls : undefined;
  if (offer === undefined) return { state, reply: { kind: 'closed', why: 'reset' } };
  const { running, fakeChain } = state;
  const server = running && (securedServer(running, offer.serverName) ?? running.servers[DEFAULT_SERVER]);
  const chain = server?.chain ?? fakeChain;
  const alpn = running?.globals.useHttp2 === false ? ['http/1.1'] : ['h2', 'http/1.1'];
  const { session, problem } = greet(offer, { chain, alpn }, env.now);
  const trace = [certificateHop(offer.serverName, server, chain === fakeChain, env)];
  if (problem !== undefined) return { state, reply: { kind: 'untrusted', problem, session }, trace };
  if (request.kind !== 'http') return { state, reply: { kind: 'tls', session }, trace };
  const served = answerHttp(state, request, incoming, env);
  return { ...served, reply: withSession(served.reply, session), trace: [...trace, ...(served.trace ?? [])] };
}

function withSession(reply: ServedIngress['reply'], session: TlsSession): ServedIngress['reply'] {
  return reply.kind === 'http' ? { ...reply, session } : reply;
}

function certificateHop(
  serverName: string,
  server: ReturnType<typeof securedServer>,
  isFake: boolean,
  env: ProcessEnv,
): Hop {
  const asked = serverName === '' ? 'no server name' : `server name ${serverName}`;
  const at = `pod ${env.namespace}/${env.podName}`;
  if (server?.secret !== undefined)
    return {
      at,
      rule: `TLS, ${asked}`,
      effect: `shows the certificate of Secret ${server.secret.namespace}/${server.secret.name}`,
      object: { resource: 'secrets', ...server.secret, field: 'data[tls.crt]' },
    };
  return {
    at,
    rule: `TLS, ${asked}`,
    effect: isFake
      ? 'shows the Kubernetes Ingress Controller Fake Certificate: no Ingress gives this name a certificate of its own'
      : 'shows the default certificate',
  };
}
