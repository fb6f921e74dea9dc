import { httpDate } from '../../../base';
import type { Incoming, ProcessEnv } from '../../seams';
import { NGINX_FILES } from '../catalogue/nginx-files';
import { accessLogTime, byteLength, type HttpReply, type HttpRequest, slashTime } from '../http';
import type { Served } from '../program';
import { locationFor, type NginxLocation, type NginxServer, wordsOf } from './nginx-config';
import { errorPage, page } from './nginx-pages';
import { proxy } from './nginx-proxy';
import { type NginxState, WORKER_PID } from './nginx-state';
import { headerOf } from './web-server';

/** When this nginx's own files were made; pages written later carry the start of the container. */
const RELEASE_DATE_MS = 1_765_296_000_000;

interface Answer {
  readonly reply: HttpReply;
  readonly error?: string;
  readonly latencyMs?: number;
}

/** Answers one request, and logs it as the official image does. */
export function answer(
  state: NginxState,
  server: NginxServer,
  request: HttpRequest,
  incoming: Incoming,
  env: ProcessEnv,
): Served<NginxState> {
  const { reply, error, latencyMs = 1 } = respond(state, server, request, incoming, env);
  const agent = headerOf(request, 'user-agent') ?? '-';
  // $body_bytes_sent counts what went out, and HEAD sends headers alone.
  const sent = request.method === 'HEAD' ? 0 : byteLength(reply.body);
  const line = `${incoming.sourceIP} - - [${accessLogTime(env.now)}] "${request.method} ${request.path} HTTP/1.1" ${reply.status} ${sent} "-" "${agent}" "-"`;
  const where = `client: ${incoming.sourceIP}, server: ${wordsOf(server.directives, 'server_name')?.[0] ?? ''}, request: "${request.method} ${request.path} HTTP/1.1", host: "${request.host}"`;
  // What failed behind nginx is named between the request and its host.
  const [why, upstream] = (error ?? '').split('|');
  const place = upstream === undefined ? where : where.replace(', host:', `, ${upstream}, host:`);
  const failed = `${slashTime(env.now)} [error] ${WORKER_PID}#${WORKER_PID}: *${state.connections} ${why}, ${place}`;
  return { state, reply, log: error === undefined ? [line] : [failed, line], latencyMs };
}

function respond(
  state: NginxState,
  server: NginxServer,
  request: HttpRequest,
  incoming: Incoming,
  env: ProcessEnv,
): Answer {
  const path = request.path.replace(/[?#].*$/, '');
  const { prefix, block: location } = locationFor(server, path);
  const returned = wordsOf(location, 'return') ?? wordsOf(server.directives, 'return');
  if (returned !== undefined) return { reply: returnReply(returned, request, incoming, env, location) };
  const upstream = wordsOf(location, 'proxy_pass')?.[0];
  if (upstream !== undefined) return proxy(state, upstream, { prefix, block: location }, request, env);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return { reply: page(env, 405, errorPage(405, env)) };
  return serveFile(state, server, location, path, env);
}

function serveFile(
  state: NginxState,
  server: NginxServer,
  location: NginxLocation['block'],
  path: string,
  env: ProcessEnv,
): Answer {
  const root = wordsOf(location, 'root')?.[0] ?? wordsOf(server.directives, 'root')?.[0] ?? '/etc/nginx/html';
  const indexes = wordsOf(location, 'index') ?? wordsOf(server.directives, 'index') ?? ['index.html'];
  const plain = path.endsWith('/') ? indexes.map((name) => root + path + name) : [root + path];
  const tries = wordsOf(location, 'try_files');
  const last = tries?.at(-1) ?? '';
  if (tries !== undefined && /^=\d+$/.test(last) && tries.every((each) => !exists(env, root, each, path)))
    return { reply: page(env, Number(last.slice(1)), errorPage(Number(last.slice(1)), env)) };
  const candidates = [...plain, ...(tries ?? []).map((each) => root + each.replaceAll('$uri', path))];
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

function exists(env: ProcessEnv, root: string, word: string, path: string): boolean {
  return env.readFile(root + word.replaceAll('$uri', path)) !== undefined;
}

function fileReply(state: NginxState, path: string, body: string, env: ProcessEnv): HttpReply {
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
  location: NginxLocation['block'],
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
