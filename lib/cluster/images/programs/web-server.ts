import type { Json } from '../../../api';
import type { Incoming, Listener, ProcessEnv } from '../../seams';
import { goText, type HttpReply, type HttpRequest, servePlainHttp, serveTls } from '../http';
import { everywhere, type Program } from '../program';

/** A small HTTP server: where it listens, what it says at the start, what it answers. */
export interface WebServer {
  ports(env: ProcessEnv): readonly number[];
  /** Ports of those that speak TLS. */
  tlsPorts?(env: ProcessEnv): readonly number[];
  startLog?(env: ProcessEnv): readonly string[];
  answer(request: HttpRequest, incoming: Incoming, env: ProcessEnv): HttpReply;
  accessLog?(request: HttpRequest, reply: HttpReply, incoming: Incoming, env: ProcessEnv): string;
}

/** The program of a stateless HTTP server. */
export function webServer(server: WebServer): Program<Json> {
  return {
    start: (env) => ({ state: null, log: server.startLog?.(env) ?? [] }),
    listens: (_, env): readonly Listener[] => server.ports(env).map((port) => everywhere(port)),
    serve(state, incoming, env) {
      const handle = (request: HttpRequest) => {
        const reply = server.answer(request, incoming, env);
        const line = server.accessLog?.(request, reply, incoming, env);
        return { state, reply, latencyMs: 1, ...(line === undefined ? {} : { log: [line] }) };
      };
      if (server.tlsPorts?.(env).includes(incoming.port) !== true)
        return servePlainHttp(state, incoming, handle);
      const plain = goText(env.now, 400, 'Client sent an HTTP request to an HTTPS server.\n');
      return serveTls(state, incoming, plain, handle);
    },
  };
}

/** The path without its query, and the query's parameters. */
export function splitPath(path: string): {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
} {
  const cut = path.indexOf('?');
  if (cut < 0) return { path, query: {} };
  const query: Record<string, string> = {};
  for (const pair of path.slice(cut + 1).split('&')) {
    const [name = '', value = ''] = pair.split('=');
    query[name] = decodeURIComponent(value.replaceAll('+', ' '));
  }
  return { path: path.slice(0, cut), query };
}
