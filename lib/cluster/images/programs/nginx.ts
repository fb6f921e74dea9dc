import type { Incoming, ProcessEnv } from '../../seams';
import { NGINX_FILES } from '../catalogue/nginx-files';
import {
  accessLogTime,
  byteLength,
  type HttpReply,
  type HttpRequest,
  httpDate,
  reasonOf,
  servePlainHttp,
  serveTls,
  slashTime,
} from '../http';
import { exits, type Program, type Served } from '../program';
import { locationFor, type NginxServer, parseDirectives, serversOf, wordsOf } from './nginx-config';

type State = { readonly startedAt: number; readonly connections: number };

const CONF_FILES = ['/etc/nginx/conf.d/default.conf', '/etc/nginx/nginx.conf'];
const WORKER_PID = 29;
const LATEST = '1.29.4';
const STABLE = '1.28.1';
/** When this nginx's own files were made; pages written later carry the start of the container. */
const RELEASE_DATE_MS = 1_765_296_000_000;

/** The version that an image's tag stands for. */
export function nginxVersion(image: string): string {
  const tag = /:([^:/@]+)/.exec(image.slice(image.lastIndexOf('/') + 1))?.[1] ?? 'latest';
  const number = /^\d+\.\d+(\.\d+)?/.exec(tag)?.[0];
  if (number === undefined) return tag.startsWith('stable') ? STABLE : LATEST;
  return number.split('.').length === 3 ? number : `${number}.0`;
}

/** nginx as the official image runs it: its entrypoint's talk, its pages, its logs. */
export const nginxProgram: Program<State> = {
  start(env) {
    const servers = readServers(env);
    const prefix = env.argv[0]?.endsWith('docker-entrypoint.sh') === true ? entrypointLog() : [];
    if (typeof servers === 'string') {
      const line = `nginx: [emerg] ${servers} in ${CONF_FILES[0]}`;
      return {
        ...exits(1, ...prefix, `${slashTime(env.now)} [emerg] 1#1: ${servers}`, line),
        state: stateAt(env),
      };
    }
    return { state: stateAt(env), log: [...prefix, ...startLog(env)] };
  },
  listens(_, env) {
    const servers = readServers(env);
    if (typeof servers === 'string') return [];
    return servers.flatMap(({ listens }) =>
      listens.map(({ address, port }) => ({ address, port, protocol: 'TCP' as const })),
    );
  },
  serve(state, incoming, env) {
    const servers = readServers(env);
    const server = typeof servers === 'string' ? undefined : serverAt(servers, incoming);
    if (server === undefined) return { state, reply: { kind: 'closed', why: 'reset' } };
    const next = { ...state, connections: state.connections + 1 };
    const handle = (request: HttpRequest) => answer(next, server, request, incoming, env);
    const tls = server.listens.some(({ port, tls: secure }) => port === incoming.port && secure);
    return tls
      ? serveTls(next, incoming, page(env, 400, errorPage(400, env)), handle)
      : servePlainHttp(next, incoming, handle);
  },
};

function stateAt(env: ProcessEnv): State {
  return { startedAt: env.now, connections: 0 };
}

function readServers(env: ProcessEnv): readonly NginxServer[] | string {
  const found: NginxServer[] = [];
  for (const path of CONF_FILES) {
    const directives = parseDirectives(env.readFile(path) ?? '');
    if (typeof directives === 'string') return directives;
    found.push(...serversOf(directives));
  }
  return found;
}

function serverAt(servers: readonly NginxServer[], incoming: Incoming): NginxServer | undefined {
  const there = servers.filter(({ listens }) => listens.some(({ port }) => port === incoming.port));
  const host = incoming.request.kind === 'http' ? incoming.request.host.replace(/:\d+$/, '') : '';
  return there.find(({ directives }) => wordsOf(directives, 'server_name')?.includes(host)) ?? there[0];
}

interface Answer {
  readonly reply: HttpReply;
  readonly error?: string;
}

function answer(
  state: State,
  server: NginxServer,
  request: HttpRequest,
  incoming: Incoming,
  env: ProcessEnv,
): Served<State> {
  const { reply, error } = respond(state, server, request, incoming, env);
  const agent = headerOf(request, 'user-agent') ?? '-';
  // $body_bytes_sent counts what went out, and HEAD sends headers alone.
  const sent = request.method === 'HEAD' ? 0 : byteLength(reply.body);
  const line = `${incoming.sourceIP} - - [${accessLogTime(env.now)}] "${request.method} ${request.path} HTTP/1.1" ${reply.status} ${sent} "-" "${agent}" "-"`;
  const where = `client: ${incoming.sourceIP}, server: ${wordsOf(server.directives, 'server_name')?.[0] ?? ''}, request: "${request.method} ${request.path} HTTP/1.1", host: "${request.host}"`;
  const failed = `${slashTime(env.now)} [error] ${WORKER_PID}#${WORKER_PID}: *${state.connections} ${error}, ${where}`;
  return { state, reply, log: error === undefined ? [line] : [failed, line], latencyMs: 1 };
}

function respond(
  state: State,
  server: NginxServer,
  request: HttpRequest,
  incoming: Incoming,
  env: ProcessEnv,
): Answer {
  const path = request.path.replace(/[?#].*$/, '');
  const location = locationFor(server, path);
  const returned = wordsOf(location, 'return') ?? wordsOf(server.directives, 'return');
  if (returned !== undefined) return { reply: returnReply(returned, request, incoming, env, location) };
  const upstream = wordsOf(location, 'proxy_pass')?.[0];
  if (upstream !== undefined) return proxy(upstream, request, env);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return { reply: page(env, 405, errorPage(405, env)) };
  return serveFile(state, server, location, path, env);
}

function serveFile(
  state: State,
  server: NginxServer,
  location: ReturnType<typeof locationFor>,
  path: string,
  env: ProcessEnv,
): Answer {
  const root = wordsOf(location, 'root')?.[0] ?? wordsOf(server.directives, 'root')?.[0] ?? '/etc/nginx/html';
  const indexes = wordsOf(location, 'index') ?? wordsOf(server.directives, 'index') ?? ['index.html'];
  const candidates = path.endsWith('/') ? indexes.map((name) => root + path + name) : [root + path];
  for (const candidate of candidates) {
    const body = env.readFile(candidate);
    if (body !== undefined) return { reply: fileReply(state, candidate, body, env) };
  }
  if (path === '/')
    return {
      reply: page(env, 403, errorPage(403, env)),
      error: `directory index of "${root}/" is forbidden`,
    };
  return {
    reply: page(env, 404, errorPage(404, env)),
    error: `open() "${root}${path}" failed (2: No such file or directory)`,
  };
}

function fileReply(state: State, path: string, body: string, env: ProcessEnv): HttpReply {
  const own = body === NGINX_FILES['/usr/share/nginx/html/index.html'];
  const modified = own ? RELEASE_DATE_MS : state.startedAt;
  const size = byteLength(body);
  const tag = `"${Math.floor(modified / 1000).toString(16)}-${size.toString(16)}"`;
  const reply = page(
    env,
    200,
    body,
    path.endsWith('.html') || path.endsWith('.htm') ? 'text/html' : 'text/plain',
  );
  return {
    ...reply,
    headers: [
      ...reply.headers.filter(([name]) => name !== 'Connection'),
      ['Last-Modified', httpDate(modified)],
      ['Connection', 'keep-alive'],
      ['ETag', tag],
      ['Accept-Ranges', 'bytes'],
    ],
  };
}

function returnReply(
  words: readonly string[],
  request: HttpRequest,
  incoming: Incoming,
  env: ProcessEnv,
  location: ReturnType<typeof locationFor>,
): HttpReply {
  const status = /^\d{3}$/.test(words[0] ?? '') ? Number(words[0]) : 302;
  const text = (words.length > 1 ? words[1] : status === 302 ? words[0] : '') ?? '';
  const filled = text
    .replaceAll('$hostname', env.hostname)
    .replaceAll('$server_addr', env.podIP)
    .replaceAll('$server_port', String(incoming.port))
    .replaceAll('$remote_addr', incoming.sourceIP)
    .replaceAll('$request_uri', request.path)
    .replaceAll('$uri', request.path.replace(/\?.*$/, ''))
    .replaceAll('$host', request.host)
    .replaceAll('\\n', '\n');
  if (status >= 300 && status < 400) {
    const moved = page(env, status, errorPage(status, env));
    return { ...moved, headers: [...moved.headers, ['Location', filled]] };
  }
  if (filled === '' && status >= 400) return page(env, status, errorPage(status, env));
  return page(env, status, filled, wordsOf(location, 'default_type')?.[0] ?? 'application/octet-stream');
}

const UPSTREAM = /^http:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/;

function proxy(upstream: string, request: HttpRequest, env: ProcessEnv): Answer {
  const parts = UPSTREAM.exec(upstream);
  if (parts === null) return { reply: page(env, 500, errorPage(500, env)), error: 'invalid URL prefix' };
  const [, host = '', port = '80'] = parts;
  const { outcome } = env.send(host, Number(port), { ...request, host, tls: undefined });
  if (outcome.kind === 'delivered' && outcome.reply.kind === 'http') {
    const passed = outcome.reply.headers.filter(([name]) => !/^(server|date|connection)$/i.test(name));
    return {
      reply: {
        ...outcome.reply,
        headers: [
          ['Server', `nginx/${nginxVersion(env.image)}`],
          ['Date', httpDate(env.now)],
          ...passed,
          ['Connection', 'keep-alive'],
        ],
      },
    };
  }
  if (outcome.kind === 'dropped')
    return {
      reply: page(env, 504, errorPage(504, env)),
      error: 'upstream timed out (110: Connection timed out) while connecting to upstream',
    };
  const why = outcome.kind === 'refused' ? '111: Connection refused' : '113: Host is unreachable';
  return {
    reply: page(env, 502, errorPage(502, env)),
    error: `connect() failed (${why}) while connecting to upstream`,
  };
}

function page(env: ProcessEnv, status: number, body: string, type = 'text/html'): HttpReply {
  return {
    kind: 'http',
    status,
    reason: status === 302 ? 'Moved Temporarily' : reasonOf(status),
    headers: [
      ['Server', `nginx/${nginxVersion(env.image)}`],
      ['Date', httpDate(env.now)],
      ['Content-Type', type],
      ['Content-Length', String(byteLength(body))],
      ['Connection', 'keep-alive'],
    ],
    body,
  };
}

function errorPage(status: number, env: ProcessEnv): string {
  const title = `${status} ${status === 405 ? 'Not Allowed' : status === 302 ? 'Found' : reasonOf(status)}`;
  const lines = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
  ];
  const end = [`<hr><center>nginx/${nginxVersion(env.image)}</center>`, '</body>', '</html>', ''];
  return [...lines, ...end].join('\r\n');
}

function headerOf(request: HttpRequest, name: string): string | undefined {
  return Object.entries(request.headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function entrypointLog(): readonly string[] {
  const self = '/docker-entrypoint.sh:';
  const scripts = '/docker-entrypoint.d';
  const ipv6 = '10-listen-on-ipv6-by-default.sh';
  return [
    `${self} ${scripts}/ is not empty, will attempt to perform configuration`,
    `${self} Looking for shell scripts in ${scripts}/`,
    `${self} Launching ${scripts}/${ipv6}`,
    `${ipv6}: info: Getting the checksum of /etc/nginx/conf.d/default.conf`,
    `${ipv6}: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf`,
    `${self} Sourcing ${scripts}/15-local-resolvers.envsh`,
    `${self} Launching ${scripts}/20-envsubst-on-templates.sh`,
    `${self} Launching ${scripts}/30-tune-worker-processes.sh`,
    `${self} Configuration complete; ready for start up`,
  ];
}

function startLog(env: ProcessEnv): readonly string[] {
  const notice = (text: string) => `${slashTime(env.now)} [notice] 1#1: ${text}`;
  return [
    notice('using the "epoll" event method'),
    notice(`nginx/${nginxVersion(env.image)}`),
    notice('built by gcc 14.2.0 (Debian 14.2.0-19) '),
    notice('OS: Linux 6.8.0-64-generic'),
    notice('getrlimit(RLIMIT_NOFILE): 1048576:1048576'),
    notice('start worker processes'),
    notice(`start worker process ${WORKER_PID}`),
    notice(`start worker process ${WORKER_PID + 1}`),
  ];
}
