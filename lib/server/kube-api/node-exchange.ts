import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

/** Answers fetch's requests. */
export type Handle = (request: Request) => Promise<Response>;

/** Answers one of Node's requests, for the path and query given, by a handler of fetch's. */
export async function exchange(
  handle: Handle,
  path: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.on('close', () => gone.abort());
  const request = toRequest(path, incoming, gone.signal);
  if (request === undefined) {
    // fetch knows no such method (TRACE), and neither does the API.
    outgoing.writeHead(405, { 'Content-Type': 'text/plain; charset=utf-8' });
    outgoing.end('405 method not allowed\n');
    return;
  }
  await reply(await handle(request), incoming, outgoing);
}

const UNKNOWN_TO_FETCH: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);

/** One of Node's requests as fetch's; undefined for a method that fetch does not know. */
export function toRequest(path: string, incoming: IncomingMessage, signal: AbortSignal): Request | undefined {
  const { method = 'GET', headers } = incoming;
  if (UNKNOWN_TO_FETCH.has(method.toUpperCase())) return undefined;
  const url = `http://${headers.host ?? 'localhost'}${path.startsWith('/') ? path : `/${path}`}`;
  const own = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined) own.append(name, each);
  }
  const init: RequestInit & { duplex?: 'half' } = { method, headers: own, signal };
  if (method !== 'GET' && method !== 'HEAD' && hasBody(incoming)) {
    init.body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
    init.duplex = 'half';
  }
  return new Request(URL.canParse(url) ? url : `http://localhost${path}`, init);
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Sends fetch's response, piece by piece as it grows and as fast as it is taken. */
export async function reply(
  answer: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body === null || incoming.method === 'HEAD') {
    outgoing.end();
    return;
  }
  if (answer.headers.has('content-length')) {
    outgoing.end(new Uint8Array(await answer.arrayBuffer()));
    return;
  }
  outgoing.flushHeaders();
  for await (const piece of Readable.fromWeb(answer.body as NodeReadableStream)) {
    if (outgoing.destroyed) return;
    if (!outgoing.write(piece)) await Promise.race([once(outgoing, 'drain'), once(outgoing, 'close')]);
  }
  outgoing.end();
}
