import type {
  Delivery,
  DnsAnswer,
  DnsQuery,
  Hop,
  Network,
  Packet,
  Pod,
  ResolvConf,
  Traced,
  Vantage,
  View,
} from '../../../api';
import { isAddress } from '../addresses';
import { nodeNamed } from '../places';

/** How the C library resolves: five seconds for each try, each server tried twice. */
const TRY_TIMEOUT_MS = 5000;
const ATTEMPTS = 2;

export type Looked = ReturnType<Network['lookup']>;

/** What resolving needs: packets, and the machine's files. */
export interface Resolver {
  readonly view: View;
  readonly conf: ResolvConf;
  send(packet: Packet): Traced<Delivery>;
}

interface Asked {
  readonly answer: DnsAnswer | undefined;
  readonly latencyMs: number;
  readonly hops: readonly Hop[];
}

/**
 * Resolves a name as getaddrinfo does: addresses as they are, /etc/hosts, then the search list by DNS. glibc goes on to the
 * next candidate when a name has no addresses; musl (Alpine) only when there is no such name at all, and searches for no
 * name with as many dots as ndots.
 */
export function lookupName(
  resolver: Resolver,
  from: Vantage,
  name: string,
  libc: 'glibc' | 'musl' = 'glibc',
): Looked {
  const known = isAddress(name) ? [name] : fromHosts(resolver.view, from, name);
  if (known !== undefined) {
    const rule = isAddress(name) ? 'an address needs no resolving' : '/etc/hosts';
    return {
      outcome: { addresses: known, latencyMs: 0 },
      trace: [{ at: 'resolver', rule, effect: known.join(', ') }],
    };
  }
  const trace: Hop[] = [];
  let latencyMs = 0;
  const tried = candidates(name, resolver.conf, libc);
  for (const [index, candidate] of tried.entries()) {
    if (tried.length > 1)
      trace.push(searchHop(resolver, from, name, candidate, `${index + 1} of ${tried.length}`));
    const asked = ask(resolver, from, { name: candidate, type: 'A' });
    trace.push(...asked.hops);
    latencyMs += asked.latencyMs;
    if (asked.answer === undefined || asked.answer.code === 'REFUSED')
      return { outcome: { addresses: [], error: 'no-server', latencyMs }, trace };
    const addresses = asked.answer.answers.filter(({ type }) => type === 'A').map(({ data }) => data);
    if (addresses.length === 0 && libc === 'musl' && asked.answer.code !== 'NXDOMAIN') {
      const error = asked.answer.code === 'SERVFAIL' ? 'no-server' : 'not-found';
      const effect = `${asked.answer.code} without addresses ends the search: musl goes on only after NXDOMAIN`;
      trace.push({ at: 'resolver', rule: candidate, effect });
      return { outcome: { addresses: [], error, latencyMs }, trace };
    }
    if (addresses.length === 0) continue;
    const owner = asked.answer.answers.find(({ type }) => type === 'A')?.name ?? candidate;
    return { outcome: { addresses, canonicalName: owner.replace(/\.$/, ''), latencyMs }, trace };
  }
  trace.push({ at: 'DNS', rule: name, effect: 'no candidate of the search list resolves' });
  return { outcome: { addresses: [], error: 'not-found', latencyMs }, trace };
}

/** One step through the search list: which name is tried now, and why in this order. */
function searchHop({ conf }: Resolver, from: Vantage, name: string, candidate: string, step: string): Hop {
  const bare = candidate === `${name}.`;
  const dots = name.split('.').length - 1;
  const order = dots >= conf.ndots ? 'before' : 'after';
  return {
    at: 'resolver',
    rule: bare ? `${name} as it is` : `search ${candidate.slice(name.length + 1, -1)}`,
    effect: `tries ${candidate} (${step})`,
    detail: `${name} has ${dots} dots, and ndots is ${conf.ndots}: it is tried as it is ${order} the search list`,
    ...(from.kind === 'pod'
      ? { object: { resource: 'pods', namespace: from.namespace, name: from.name, field: 'spec.dnsPolicy' } }
      : {}),
  };
}

/** The names tried in turn: with few dots the search list comes first, with many the name itself (with musl alone). */
function candidates(name: string, conf: ResolvConf, libc: 'glibc' | 'musl'): readonly string[] {
  if (name.endsWith('.')) return [name];
  const dots = name.split('.').length - 1;
  const searched = conf.search.map((suffix) => `${name}.${suffix}.`);
  if (dots < conf.ndots) return [...searched, `${name}.`];
  return libc === 'musl' ? [`${name}.`] : [`${name}.`, ...searched];
}

/** Asks the servers in turn by packets; no answer after all attempts is no answer. */
function ask(resolver: Resolver, from: Vantage, query: DnsQuery): Asked {
  let latencyMs = 0;
  const hops: Hop[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    for (const ip of resolver.conf.nameservers) {
      const sent = resolver.send({
        from,
        to: { ip, port: 53 },
        protocol: 'UDP',
        request: { kind: 'dns', query },
      });
      if (attempt === 0) hops.push(...sent.trace);
      const { outcome } = sent;
      if (outcome.kind === 'delivered' && outcome.reply.kind === 'dns')
        return { answer: outcome.reply.answer, latencyMs: latencyMs + outcome.latencyMs, hops };
      latencyMs +=
        outcome.kind === 'dropped' || outcome.kind === 'delivered' ? TRY_TIMEOUT_MS : outcome.latencyMs;
    }
  }
  hops.push({
    at: 'DNS',
    rule: `name server ${resolver.conf.nameservers.join(', ')}`,
    effect: 'does not answer',
    detail: `${query.name} was asked ${ATTEMPTS} times`,
  });
  return { answer: undefined, latencyMs, hops };
}

function fromHosts(view: View, from: Vantage, name: string): readonly string[] | undefined {
  const lower = name.toLowerCase();
  if (lower === 'localhost') return ['127.0.0.1'];
  if (from.kind === 'node' && lower === from.name) return ['127.0.1.1'];
  // The admin machine's file lists the nodes, and each of them knows the others.
  const node = from.kind === 'pod' || from.kind === 'internet' ? undefined : nodeNamed(view, lower);
  if (node !== undefined) return [node.ip];
  if (from.kind !== 'pod') return undefined;
  const pod = view.get<Pod>('pods', from.namespace, from.name);
  const ip = pod?.status?.podIP;
  if (pod === undefined || ip === undefined) return undefined;
  const alias = pod.spec?.hostAliases?.find(({ hostnames }) =>
    hostnames?.some((host) => host.toLowerCase() === lower),
  );
  if (alias?.ip !== undefined) return [alias.ip];
  const hostname = pod.spec?.hostname ?? pod.metadata.name;
  const { subdomain } = pod.spec ?? {};
  const full =
    subdomain === undefined ? hostname : `${hostname}.${subdomain}.${from.namespace}.svc.cluster.local`;
  return lower === hostname || lower === full ? [ip] : undefined;
}
