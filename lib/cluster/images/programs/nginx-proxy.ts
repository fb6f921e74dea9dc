import type { Delivery } from '../../../api';
import { httpDate } from '../../../base';
import type { ProcessEnv } from '../../seams';
import type { HttpReply, HttpRequest } from '../http';
import { type Directive, type NginxLocation, parseDirectives } from './nginx-config';
import { errorPage, page } from './nginx-pages';
import type { NginxState } from './nginx-state';
import { nginxVersion } from './nginx-version';

const UPSTREAM = /^(https?):\/\/([^/:]+)(?::(\d+))?(\/.*)?$/;
/** proxy_connect_timeout and proxy_read_timeout. */
const TIMEOUT_MS = 60_000;

/** What a proxied request came to. */
export interface Proxied {
  readonly reply: HttpReply;
  readonly error?: string;
  readonly latencyMs: number;
}

/** Names that a configuration passes requests to; nginx resolves them when it reads it. */
export function upstreamHosts(directives: readonly Directive[]): readonly string[] {
  const named = upstreamsIn(directives).map(({ words }) => words[1] ?? '');
  const hosts = (list: readonly Directive[]): readonly string[] =>
    list.flatMap(({ words, block }) => {
      if (words[0] === 'upstream') return serversOfUpstream(block).map(({ host }) => host);
      if (words[0] === 'proxy_pass') return UPSTREAM.exec(words[1] ?? '')?.[2] ?? [];
      return hosts(block);
    });
  return [...new Set(hosts(directives))].filter(
    (host) => !named.includes(host) && !host.includes('$') && !/^[\d.]+$/.test(host),
  );
}

function upstreamsIn(directives: readonly Directive[]): readonly Directive[] {
  return directives.flatMap((each) =>
    each.words[0] === 'upstream' ? [each] : each.words[0] === 'http' ? upstreamsIn(each.block) : [],
  );
}

function serversOfUpstream(
  block: readonly Directive[],
): readonly { readonly host: string; readonly port: number }[] {
  return block
    .filter(({ words }) => words[0] === 'server')
    .map(({ words }) => {
      const [host = '', port = '80'] = (words[1] ?? '').split(':');
      return { host, port: Number(port) };
    });
}

/** Passes a request on; a group of servers is tried in turn, beginning with the next one. */
export function proxy(
  state: NginxState,
  target: string,
  { prefix, block }: NginxLocation,
  request: HttpRequest,
  env: ProcessEnv,
): Proxied {
  const parts = UPSTREAM.exec(target);
  if (parts === null)
    return {
      reply: page(env, 500, errorPage(500, env)),
      error: `invalid URL prefix in "${target}"`,
      latencyMs: 1,
    };
  const [, scheme, name = '', port, path] = parts;
  const groups = state.conf.flatMap(([, text]) => {
    const directives = parseDirectives(text);
    return typeof directives === 'string' ? [] : upstreamsIn(directives);
  });
  const group = groups.find(({ words }) => words[1] === name);
  const servers =
    group === undefined
      ? [{ host: name, port: Number(port ?? (scheme === 'https' ? 443 : 80)) }]
      : serversOfUpstream(group.block);
  const passed: HttpRequest = {
    ...request,
    path:
      path === undefined || prefix === undefined ? request.path : path + request.path.slice(prefix.length),
    host: hostFor(block, request, name, port),
    headers: { ...request.headers, Connection: 'close' },
    tls: scheme === 'https' ? { serverName: name } : undefined,
  };
  let last: Proxied | undefined;
  for (let turn = 0; turn < servers.length; turn += 1) {
    const server = servers[(state.connections + turn) % servers.length];
    if (server === undefined) continue;
    const ip = state.resolved[server.host] ?? server.host;
    last = outcomeOf(
      env.send(ip, server.port, passed).outcome,
      `${scheme}://${ip}:${server.port}${passed.path}`,
      env,
    );
    if (last.error === undefined) return last;
  }
  return (
    last ?? {
      reply: page(env, 502, errorPage(502, env)),
      error: 'no live upstreams while connecting to upstream',
      latencyMs: 1,
    }
  );
}

function hostFor(
  location: readonly Directive[],
  request: HttpRequest,
  name: string,
  port: string | undefined,
): string {
  const set = location.find(
    ({ words }) => words[0] === 'proxy_set_header' && words[1]?.toLowerCase() === 'host',
  );
  if (set?.words[2] === '$host' || set?.words[2] === '$http_host') return request.host;
  return set?.words[2] ?? (port === undefined ? name : `${name}:${port}`);
}

function outcomeOf(outcome: Delivery, url: string, env: ProcessEnv): Proxied {
  const shown = `upstream: "${url}"`;
  const failed = (status: number, why: string, latencyMs: number): Proxied => ({
    reply: page(env, status, errorPage(status, env)),
    error: `${why}|${shown}`,
    latencyMs,
  });
  if (outcome.kind === 'dropped')
    return failed(
      504,
      'upstream timed out (110: Connection timed out) while connecting to upstream',
      TIMEOUT_MS,
    );
  if (outcome.kind === 'refused')
    return failed(
      502,
      'connect() failed (111: Connection refused) while connecting to upstream',
      outcome.latencyMs,
    );
  if (outcome.kind === 'unreachable')
    return failed(
      502,
      'connect() failed (113: Host is unreachable) while connecting to upstream',
      outcome.latencyMs,
    );
  if (outcome.latencyMs > TIMEOUT_MS)
    return failed(
      504,
      'upstream timed out (110: Connection timed out) while reading response header from upstream',
      TIMEOUT_MS,
    );
  const { reply, latencyMs } = outcome;
  if (reply.kind !== 'http')
    return failed(
      502,
      'upstream prematurely closed connection while reading response header from upstream',
      latencyMs,
    );
  const headers = reply.headers.filter(([name]) => !/^(server|date|connection)$/i.test(name));
  return {
    latencyMs,
    reply: {
      ...reply,
      headers: [
        ['Server', `nginx/${nginxVersion(env.image)}`],
        ['Date', httpDate(env.now)],
        ...headers,
        ['Connection', 'keep-alive'],
      ],
    },
  };
}
