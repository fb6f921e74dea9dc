import type { DnsAnswer, DnsCode, DnsQuery, DnsRecord, Traced } from '../../api';
import { addressOfReverse } from './addresses';
import { canonicalName, fullName, isUnder, zoneOf } from './names';
import { OUTSIDE_NAMES, OUTSIDE_POINTERS, OUTSIDE_ZONES, type OutsideName } from './outside-names';
import { dnsHop, toldOf } from './plugin';

const TTL = 300;
const ZONE_TTL = 86_400;
/** The UDP payload that resolvers take. */
const EDNS_BYTES = 1232;
/** CNAMEs followed before a chain is taken for a loop. */
const MAX_CNAMES = 8;
/** What the office's resolver says of itself to questions of class CH. */
const RESOLVER_VERSION = '"unbound 1.19.2"';

type Names = Readonly<Record<string, OutsideName>>;

/**
 * What the world's DNS answers, as the office's resolver passes it on. It knows no cluster; `more` are names that came to
 * be meanwhile.
 */
export function outsideAnswer(query: DnsQuery, more: Names = {}): Traced<DnsAnswer> {
  const names = { ...OUTSIDE_NAMES, ...more };
  const answer = (query.class ?? 'IN') === 'IN' ? worldAnswer(query, names) : chaosAnswer(query);
  const edns = query.edns && { size: EDNS_BYTES, dnssecOk: query.edns.dnssecOk ?? false, options: [] };
  const outcome: DnsAnswer = { ...answer, recursionAvailable: true, edns };
  const effect =
    outcome.code === 'NXDOMAIN'
      ? 'no such name in the world outside'
      : `the world outside ${toldOf(outcome)}`;
  return { outcome, trace: [dnsHop(`outside ${fullName(query.name)} ${query.type}`, effect)] };
}

function answerOf(
  code: DnsCode,
  answers: readonly DnsRecord[],
  authority: readonly DnsRecord[] = [],
): DnsAnswer {
  return { code, authoritative: false, answers, authority, additional: [] };
}

function chaosAnswer(query: DnsQuery): DnsAnswer {
  if (query.class !== 'CH' || query.type !== 'TXT' || canonicalName(query.name) !== 'version.bind.')
    return answerOf('REFUSED', []);
  const { name } = query;
  return answerOf('NOERROR', [
    { name: fullName(name), type: 'TXT', class: 'CH', ttl: 0, data: RESOLVER_VERSION },
  ]);
}

function worldAnswer(query: DnsQuery, names: Names): DnsAnswer {
  const found = resolve(query, names, 0);
  if (found === undefined) return answerOf('NXDOMAIN', [], [soaOf(query.name)]);
  const last = found.at(-1);
  const dangling = last?.type === 'CNAME' && query.type !== 'CNAME';
  if (dangling) return answerOf('NXDOMAIN', found, [soaOf(last.data)]);
  return answerOf('NOERROR', found, found.length > 0 ? [] : [soaOf(query.name)]);
}

/** The zone that a name belongs to, and its authority record; negative answers hold for its minimum. */
function soaOf(name: string): DnsRecord {
  const zone = zoneOf(name, Object.keys(OUTSIDE_ZONES)) ?? '.';
  const { servers = [], soa = '' } = OUTSIDE_ZONES[zone] ?? {};
  return { name: zone, type: 'SOA', ttl: Number(soa.split(' ').at(-1)), data: `${servers[0]} ${soa}` };
}

/** The records of a name; undefined when there is no such name. */
function resolve(query: DnsQuery, names: Names, depth: number): readonly DnsRecord[] | undefined {
  const { name, type } = query;
  const lower = canonicalName(name);
  const record = (data: string, ttl = TTL, of = type): DnsRecord => ({
    name: fullName(name),
    type: of,
    ttl,
    data,
  });
  const zone = OUTSIDE_ZONES[lower];
  if (zone !== undefined && type === 'NS') return zone.servers.map((data) => record(data, ZONE_TTL));
  if (zone !== undefined && type === 'SOA') return [record(`${zone.servers[0]} ${zone.soa}`, ZONE_TTL)];
  const pointer = OUTSIDE_POINTERS[addressOfReverse(name) ?? ''];
  if (pointer !== undefined) return type === 'PTR' ? [record(pointer)] : [];
  const entry = names[lower];
  if (entry === undefined) return zone !== undefined || isPassedThrough(lower, names) ? [] : undefined;
  const ttl = entry.ttl ?? TTL;
  if (entry.cname !== undefined) {
    const alias = record(entry.cname, ttl, 'CNAME');
    if (type === 'CNAME' || depth >= MAX_CNAMES) return [alias];
    return [alias, ...(resolve({ ...query, name: entry.cname }, names, depth + 1) ?? [])];
  }
  const byType: Readonly<Record<string, readonly string[] | undefined>> = {
    A: entry.a,
    AAAA: entry.aaaa,
    MX: entry.mx,
    TXT: entry.txt,
  };
  if (type === 'ANY')
    return Object.entries(byType).flatMap(([of, all]) => (all ?? []).map((data) => record(data, ttl, of)));
  return (byType[type] ?? []).map((data) => record(data, ttl));
}

/** Whether a name has none of its own, but names below it: "amazonaws.com". */
function isPassedThrough(name: string, names: Names): boolean {
  return Object.keys(names).some((other) => other !== name && isUnder(other, name));
}
