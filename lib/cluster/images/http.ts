import type { Json, Reply, Request } from '../../api';
import { httpDate, timeParts, utf8Bytes } from '../../base';
import type { Incoming, ProcessEnv } from '../seams';
import type { Served } from './program';

/** An HTTP request as a server's handler gets it. */
export type HttpRequest = Extract<Request, { kind: 'http' }>;
/** An HTTP response. */
export type HttpReply = Extract<Reply, { kind: 'http' }>;

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  417: 'Expectation Failed',
  418: "I'm a teapot",
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Time-out',
};

/** The standard reason phrase of a status. */
export function reasonOf(status: number): string {
  return REASONS[status] ?? '';
}

/** "23/Nov/2026:22:55:25 +0000", as access logs have it. */
export function accessLogTime(ms: number): string {
  const { date, clock, monthName } = timeParts(ms);
  return `${date[2]}/${monthName}/${date[0]}:${clock} +0000`;
}

/** "2026/11/23 22:55:25", as nginx and Go's log package have it. */
export function slashTime(ms: number): string {
  const { date, clock } = timeParts(ms);
  return `${date.join('/')} ${clock}`;
}

/** How many bytes a text takes on the wire. */
export function byteLength(text: string): number {
  return /^[\x00-\x7f]*$/.test(text) ? text.length : utf8Bytes(text).length;
}

/** A response as Go's net/http sends a short text. */
export function goText(
  now: number,
  status: number,
  body: string,
  extra: readonly (readonly [string, string])[] = [],
): HttpReply {
  return {
    kind: 'http',
    status,
    reason: reasonOf(status),
    headers: [
      ...extra,
      ['Date', httpDate(now)],
      ['Content-Length', String(byteLength(body))],
      ['Content-Type', 'text/plain; charset=utf-8'],
    ],
    body,
  };
}

/** A client's port, as the server's logs and pages show it. */
export function ephemeralPort(env: Pick<ProcessEnv, 'random'>): number {
  return 32_768 + Math.floor(env.random.next() * 28_232);
}

/**
 * Answers whatever arrives at a port that speaks plain HTTP: `handle` gets the requests, the rest is
 * answered as HTTP servers answer strangers.
 */
export function servePlainHttp<S extends Json>(
  state: S,
  incoming: Incoming,
  handle: (request: HttpRequest) => Served<S>,
): Served<S> {
  const { request } = incoming;
  if (request.kind === 'connect') return { state, reply: { kind: 'connected' } };
  if (request.kind === 'http') {
    if (request.tls !== undefined) return { state, reply: { kind: 'closed', why: 'tls-mismatch' } };
    return withoutBodyForHead(handle(request), request);
  }
  if (request.kind === 'bytes') return serveTyped(state, request.text, handle);
  return { state, reply: { kind: 'closed', why: 'reset' } };
}

/** Answers at a port that speaks TLS only. */
export function serveTls<S extends Json>(
  state: S,
  incoming: Incoming,
  plain: HttpReply,
  handle: (request: HttpRequest) => Served<S>,
): Served<S> {
  const { request } = incoming;
  if (request.kind === 'connect') return { state, reply: { kind: 'connected' } };
  if (request.kind !== 'http') return { state, reply: { kind: 'closed', why: 'reset' } };
  return request.tls === undefined ? { state, reply: plain } : withoutBodyForHead(handle(request), request);
}

function withoutBodyForHead<S extends Json>(served: Served<S>, request: HttpRequest): Served<S> {
  if (request.method !== 'HEAD' || served.reply.kind !== 'http') return served;
  return { ...served, reply: { ...served.reply, body: '' } };
}

const REQUEST_LINE = /^([A-Z]+) (\S+) HTTP\/1\.[01]\r?\n/;

/** Someone typed at the port (nc, telnet): a request line is a request, anything else a 400. */
function serveTyped<S extends Json>(
  state: S,
  text: string,
  handle: (request: HttpRequest) => Served<S>,
): Served<S> {
  const line = REQUEST_LINE.exec(text);
  if (line === null) {
    return { state, reply: { kind: 'bytes', text: 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n' } };
  }
  const host = /\r?\nhost: *(\S+)/i.exec(text)?.[1] ?? '';
  const served = handle({
    kind: 'http',
    method: line[1] ?? 'GET',
    path: line[2] ?? '/',
    host,
    headers: {},
    body: '',
  });
  if (served.reply.kind !== 'http') return served;
  const { status, reason, headers, body } = served.reply;
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return { ...served, reply: { kind: 'bytes', text: `HTTP/1.1 ${status} ${reason}\r\n${head}\r\n${body}` } };
}
