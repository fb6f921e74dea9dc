import type {
  Delivery,
  DnsAnswer,
  DnsCode,
  DnsQuery,
  Hop,
  LookupFailure,
  Network,
  Packet,
  Pod,
  ResolvConf,
  ResolverKind,
  Traced,
  Vantage,
  View,
} from '../../../api';
import { isAddress } from '../addresses';
import { nodeNamed } from '../places';

/** How the C library and Go resolve: five seconds for each try, each server tried twice. */
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
  /** Absent where no server gave one. */
  readonly answer?: DnsAnswer | undefined;
  readonly failure: LookupFailure;
  readonly latencyMs: number;
  readonly hops: readonly Hop[];
}

/** Answers after which the next server is asked, and the same one again. */
const NO_HELP: ReadonlySet<DnsCode> = new Set(['SERVFAIL', 'NOTIMP', 'REFUSED']);

/**
 * Resolves a name as getaddrinfo does: addresses as they are, /etc/hosts, then the search list by DNS. glibc goes on to the
 * next candidate when a name has no addresses, and gives up where no server answers; musl (Alpine) goes on only when there is
 * no such name at all, and searches for no name with as many dots as ndots; Go goes on whatever happened.
 */
export function lookupName(
  resolver: Resolver,
  from: Vantage,
  name: string,
  by: ResolverKind = 'glibc',
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
  const failed = (failure: LookupFailure | undefined): Looked => ({
    outcome: { addresses: [], error: errorOf(failure), failure, latencyMs },
    trace,
  });
  let told: LookupFailure | undefined;
  const tried = candidates(name, resolver.conf, by);
  for (const [index, candidate] of tried.entries()) {
    if (tried.length > 1)
      trace.push(searchHop(resolver, from, name, candidate, `${index + 1} of ${tried.length}`));
    const asked = ask(resolver, from, { name: candidate, type: 'A' });
    trace.push(...asked.hops);
    latencyMs += asked.latencyMs;
    const { answer, failure } = asked;
    const found = answer?.answers.filter(({ type }) => type === 'A') ?? [];
    const [first] = found;
    if (first !== undefined) {
      const addresses = found.map(({ data }) => data);
      return { outcome: { addresses, canonicalName: first.name.replace(/\.$/, ''), latencyMs }, trace };
    }
    if (by !== 'go' && (answer === undefined || answer.code === 'REFUSED')) return failed(failure);
    if (by === 'musl' && answer?.code !== 'NXDOMAIN') {
      const effect = `${answer?.code} without addresses ends the search: musl goes on only after NXDOMAIN`;
      trace.push({ at: 'resolver', rule: candidate, effect });
      return failed(failure);
    }
    if (told === undefined || candidate === `${name}.`) told = failure;
  }
  trace.push({ at: 'DNS', rule: name, effect: 'no candidate of the search list resolves' });
  return failed(told);
}

const errorOf = (failure: LookupFailure | undefined): 'not-found' | 'no-server' =>
  failure === undefined || failure.why === 'not-found' ? 'not-found' : 'no-server';

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
function candidates(name: string, conf: ResolvConf, by: ResolverKind): readonly string[] {
  if (name.endsWith('.')) return [name];
  const dots = name.split('.').length - 1;
  const searched = conf.search.map((suffix) => `${name}.${suffix}.`);
  if (dots < conf.ndots) return [...searched, `${name}.`];
  return by === 'musl' ? [`${name}.`] : [`${name}.`, ...searched];
}

/** Asks the servers in turn by packets, until one of them knows. */
function ask(resolver: Resolver, from: Vantage, query: DnsQuery): Asked {
  let latencyMs = 0;
  const hops: Hop[] = [];
  let last: Pick<Asked, 'answer' | 'failure'> = { failure: { server: '127.0.0.1', why: 'silent' } };
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
      const answer =
        outcome.kind === 'delivered' && outcome.reply.kind === 'dns' ? outcome.reply.answer : undefined;
      latencyMs +=
        outcome.kind === 'dropped' || (outcome.kind === 'delivered' && answer === undefined)
          ? TRY_TIMEOUT_MS
          : outcome.latencyMs;
      last = { answer: answer ?? last.answer, failure: { server: ip, why: failureOf(outcome, answer) } };
      if (answer !== undefined && !NO_HELP.has(answer.code)) return { ...last, latencyMs, hops };
    }
  }
  if (last.answer === undefined)
    hops.push({
      at: 'DNS',
      rule: `name server ${resolver.conf.nameservers.join(', ')}`,
      effect: 'does not answer',
      detail: `${query.name} was asked ${ATTEMPTS} times`,
    });
  return { ...last, latencyMs, hops };
}

/** Why a query failed, if it did. */
function failureOf(outcome: Delivery, answer: DnsAnswer | undefined): LookupFailure['why'] {
  if (answer !== undefined)
    return answer.code === 'NOERROR' || answer.code === 'NXDOMAIN' ? 'not-found' : 'misbehaving';
  switch (outcome.kind) {
    case 'refused':
      return 'refused';
    case 'unreachable':
      return outcome.why === 'host' ? 'no-route' : 'no-network';
    default:
      return 'silent';
  }
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
