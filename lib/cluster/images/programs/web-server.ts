import type { Json } from '../../../api';
import type { Incoming, Listener, ProcessEnv, Serving, Stop } from '../../seams';
import { goText, type HttpReply, type HttpRequest, servePlainHttp, serveTls } from '../http';
import { everywhere, type Program } from '../program';

/** What answering one request does beside the answer. */
export type Effects = Pick<Serving, 'latencyMs' | 'files' | 'exitCode' | 'wakeAt' | 'memoryBytes' | 'log'>;

/** A small HTTP server: where it listens, what it says at the start, what it answers. */
export interface WebServer {
  ports(env: ProcessEnv): readonly number[];
  /** Ports of those that speak TLS. */
  tlsPorts?(env: ProcessEnv): readonly number[];
  startLog?(env: ProcessEnv): readonly string[];
  answer(
    request: HttpRequest,
    incoming: Incoming,
    env: ProcessEnv,
  ): HttpReply | { readonly reply: HttpReply; readonly effects: Effects };
  accessLog?(request: HttpRequest, reply: HttpReply, incoming: Incoming, env: ProcessEnv): string;
  stop?(state: Json, env: ProcessEnv): Stop;
}

/** The program of a stateless HTTP server. */
export function webServer(server: WebServer): Program<Json> {
  return {
    start: (env) => ({ state: null, log: server.startLog?.(env) ?? [] }),
    listens: (_, env): readonly Listener[] => server.ports(env).map((port) => everywhere(port)),
    serve(state, incoming, env) {
      const handle = (request: HttpRequest) => {
        const answered = server.answer(request, incoming, env);
        const { reply, effects } = 'reply' in answered ? answered : { reply: answered, effects: {} };
        const line = server.accessLog?.(request, reply, incoming, env);
        const log = [...(effects.log ?? []), ...(line === undefined ? [] : [line])];
        return { state, reply, latencyMs: 1, ...effects, ...(log.length === 0 ? {} : { log }) };
      };
      if (server.tlsPorts?.(env).includes(incoming.port) !== true)
        return servePlainHttp(state, incoming, handle);
      const plain = goText(env.now, 400, 'Client sent an HTTP request to an HTTPS server.\n');
      return serveTls(state, incoming, plain, handle);
    },
    ...(server.stop === undefined ? {} : { stop: server.stop }),
  };
}

/** The path without its query, and the query's parameters. */
export function splitPath(path: string): {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
} {
  const cut = path.indexOf('?');
  if (cut < 0) return { path, query: {} };
  return { path: path.slice(0, cut), query: formValues(path.slice(cut + 1)) };
}

/** The values of a query or a form; what is badly encoded stands for itself. */
export function formValues(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const pair of text.split('&')) {
    const cut = pair.indexOf('=');
    const [name, value] = cut < 0 ? [pair, ''] : [pair.slice(0, cut), pair.slice(cut + 1)];
    if (name !== '') values[decode(name)] = decode(value);
  }
  return values;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** A request's header by name, whatever its case. */
export function headerOf(request: HttpRequest, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(request.headers).find(([key]) => key.toLowerCase() === wanted)?.[1];
}
