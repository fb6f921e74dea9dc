import type { Delivery, Hop, Reply, Request, TlsOffer, TlsProblem, TlsSession, TlsTrust } from '../../api';
import type { ToolContext } from '../process';

/** A URL taken apart as curl and wget do. */
export interface Url {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  readonly portGiven: boolean;
  readonly path: string;
  readonly user: string | undefined;
}

/** Takes a URL apart; a scheme may be missing. Undefined when it makes no sense. */
export function parseUrl(text: string): Url | 'unsupported' | undefined {
  const match =
    /^(?:([a-zA-Z][\w+.-]*):\/\/)?(?:([^/?#@]*)@)?(\[[0-9a-fA-F:.]+\]|[^/?#:]*)(?::(\d*))?([/?#].*)?$/.exec(
      text,
    );
  if (match === null) return undefined;
  const [, scheme = 'http', user, host = '', port, rest = '/'] = match;
  if (host === '') return undefined;
  const name = scheme.toLowerCase();
  if (name !== 'http' && name !== 'https') return 'unsupported';
  const number = port === undefined || port === '' ? (name === 'https' ? 443 : 80) : Number(port);
  if (number > 65535) return undefined;
  const path = (rest.startsWith('/') ? rest : `/${rest}`).replace(/#.*$/, '');
  return {
    scheme: name,
    host: host.replace(/^\[|\]$/g, ''),
    port: number,
    portGiven: port !== undefined && port !== '',
    path,
    user,
  };
}

/** What to connect to and say. */
export interface Attempt {
  readonly url: Url;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** ms for name look-up and connecting together. */
  readonly connectTimeoutMs: number;
  /** ms for all of it. */
  readonly totalTimeoutMs: number;
  /** Addresses to use instead of asking (--resolve). */
  readonly addresses?: readonly string[] | undefined;
  /** The name to say in TLS and Host where it is not the URL's. */
  readonly hostHeader?: string | undefined;
  /** What is asked of the server's certificate; anything goes when absent. */
  readonly trust?: TlsTrust | undefined;
  /** Protocols offered by ALPN. */
  readonly alpn?: readonly string[] | undefined;
  /** Another host and port to connect to (--connect-to). */
  readonly connectTo?: { readonly host: string; readonly port: number } | undefined;
}

/** How an attempt ended. */
export type Outcome =
  | { readonly kind: 'answered'; readonly reply: Reply & { kind: 'http' }; readonly sourceIp: string }
  | { readonly kind: 'unresolved'; readonly temporary: boolean }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unreachable'; readonly why: 'host' | 'network' }
  | { readonly kind: 'connect-timeout' }
  | { readonly kind: 'read-timeout' }
  | { readonly kind: 'closed'; readonly why: 'empty-reply' | 'reset' | 'tls-mismatch' }
  | { readonly kind: 'untrusted'; readonly problem: TlsProblem; readonly session: TlsSession }
  | { readonly kind: 'not-http'; readonly text: string };

/** An attempt, with what was seen on the way. */
export interface Exchange {
  readonly outcome: Outcome;
  readonly ip: string | undefined;
  readonly addresses: readonly string[];
  readonly trace: readonly Hop[];
  readonly elapsedMs: number;
  readonly lookupMs: number;
}

/** How long Linux keeps trying to connect into silence. */
export const CONNECT_PATIENCE_MS = 130_000;

/** An IPv4 or IPv6 address rather than a name. */
export function isAddress(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.includes(':');
}

/** Header names as sent, without those that a caller set empty. */
function requestOf(attempt: Attempt, host: string): Request {
  const { url } = attempt;
  return {
    kind: 'http',
    method: attempt.method,
    path: url.path,
    host,
    headers: attempt.headers,
    body: attempt.body,
    ...(url.scheme === 'https' ? { tls: offerOf(attempt) } : {}),
  };
}

/** A TLS greeting: addresses are no server names. */
function offerOf({ url, trust, alpn }: Attempt): TlsOffer {
  const serverName = isAddress(url.host) ? '' : url.host;
  return {
    serverName,
    ...(alpn === undefined ? {} : { alpn }),
    ...(trust === undefined ? {} : { trust }),
  };
}

function outcomeOf(delivery: Delivery & { kind: 'delivered' }): Outcome {
  const { reply } = delivery;
  if (reply.kind === 'http') return { kind: 'answered', reply, sourceIp: delivery.sourceSeen };
  if (reply.kind === 'closed') return { kind: 'closed', why: reply.why };
  if (reply.kind === 'untrusted')
    return { kind: 'untrusted', problem: reply.problem, session: reply.session };
  if (reply.kind === 'bytes') return { kind: 'not-http', text: reply.text };
  return { kind: 'closed', why: 'empty-reply' };
}

/** Resolves, connects and speaks HTTP, taking the time that it takes. */
export async function exchange(context: ToolContext, attempt: Attempt): Promise<Exchange> {
  const { world, machine } = context;
  const began = context.now();
  const { url } = attempt;
  const target = attempt.connectTo ?? url;
  let addresses = attempt.addresses ?? (isAddress(target.host) ? [target.host] : undefined);
  let trace: readonly Hop[] = [];
  let lookupMs = 0;
  const limit = Math.min(attempt.connectTimeoutMs, attempt.totalTimeoutMs);
  const done = (outcome: Outcome, ip?: string): Exchange => ({
    outcome,
    ip,
    addresses: addresses ?? [],
    trace,
    elapsedMs: context.now() - began,
    lookupMs,
  });
  if (addresses === undefined) {
    const { outcome, trace: steps } = world.network.lookup(machine.vantage, target.host);
    trace = steps;
    const wait = Math.min(outcome.latencyMs, limit);
    await context.sleep(wait);
    lookupMs = wait;
    if (outcome.latencyMs >= limit) return done({ kind: 'connect-timeout' });
    if (outcome.addresses.length === 0)
      return done({ kind: 'unresolved', temporary: outcome.error === 'no-server' });
    addresses = outcome.addresses;
  }
  let last: Outcome = { kind: 'refused' };
  let ip = addresses[0];
  const standard = url.scheme === 'https' ? 443 : 80;
  const host = attempt.hostHeader ?? (url.port === standard ? url.host : `${url.host}:${url.port}`);
  for (const address of addresses) {
    ip = address;
    const { outcome: delivery, trace: steps } = world.network.send({
      from: machine.vantage,
      to: { ip: address, port: target.port },
      protocol: 'TCP',
      request: requestOf(attempt, host),
    });
    trace = [...trace, ...steps];
    if (delivery.kind === 'dropped') {
      await context.sleep(Math.max(0, Math.min(limit, CONNECT_PATIENCE_MS) - (context.now() - began)));
      return done({ kind: 'connect-timeout' }, address);
    }
    // Who is told no, late, waits for the connection; who is answered late, for the answer.
    const isConnected = delivery.kind === 'delivered';
    const left = (isConnected ? attempt.totalTimeoutMs : limit) - (context.now() - began);
    await context.sleep(Math.min(delivery.latencyMs, Math.max(0, left)));
    if (delivery.latencyMs > left) {
      return done({ kind: isConnected ? 'read-timeout' : 'connect-timeout' }, address);
    }
    if (delivery.kind === 'delivered') return done(outcomeOf(delivery), address);
    last = delivery.kind === 'refused' ? { kind: 'refused' } : { kind: 'unreachable', why: delivery.why };
  }
  return done(last, ip);
}
