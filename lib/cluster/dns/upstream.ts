import type { DnsAnswer, DnsQuery, DnsRecord, Traced } from '../../api';
import { canonicalName, fullName } from './names';
import { OUTSIDE_NAMES, ROOT_SOA } from './outside-names';
import { type DnsPlugin, dnsHop, emptyAnswer } from './plugin';

const OUTSIDE_TTL = 300;
const NEGATIVE_TTL = 86_400;

/** What the world's DNS answers, as the office's resolver passes it on. It knows no cluster. */
export function outsideAnswer(query: DnsQuery): Traced<DnsAnswer> {
  const records = resolve(query.name, query.type, 0);
  if (records === undefined) {
    const soa: DnsRecord = { name: '.', type: 'SOA', ttl: NEGATIVE_TTL, data: ROOT_SOA };
    const answer = { ...emptyAnswer('NXDOMAIN', [soa]), authoritative: false };
    return {
      outcome: answer,
      trace: [dnsHop(`outside ${fullName(query.name)}`, 'no such name in the world outside')],
    };
  }
  const outcome: DnsAnswer = { ...emptyAnswer('NOERROR'), answers: records };
  return {
    outcome,
    trace: [dnsHop(`outside ${fullName(query.name)}`, `${records.length} records from outside`)],
  };
}

/** CNAMEs followed before a chain is taken for a loop. */
const MAX_CNAMES = 8;

function resolve(name: string, type: string, depth: number): readonly DnsRecord[] | undefined {
  const entry = OUTSIDE_NAMES[canonicalName(name)];
  if (entry === undefined || depth > MAX_CNAMES) return undefined;
  const owner = fullName(name);
  if (entry.cname !== undefined) {
    const alias: DnsRecord = { name: owner, type: 'CNAME', ttl: OUTSIDE_TTL, data: entry.cname };
    return [alias, ...(type === 'CNAME' ? [] : (resolve(entry.cname, type, depth + 1) ?? []))];
  }
  if (type !== 'A' && type !== 'ANY') return [];
  return (entry.a ?? []).map((data) => ({ name: owner, type: 'A', ttl: OUTSIDE_TTL, data }));
}

/** The `forward . /etc/resolv.conf` plugin. */
export const forward: DnsPlugin = {
  name: 'forward',
  answer(query, context, next) {
    return context.config.forward ? outsideAnswer(query) : next(query);
  },
};

/** The `hosts` plugin with lines in the Corefile itself. */
export const hosts: DnsPlugin = {
  name: 'hosts',
  answer(query, { config }, next) {
    const name = canonicalName(query.name);
    const ips = config.hosts.filter(({ names }) => names.includes(name)).map(({ ip }) => ip);
    if (ips.length === 0) return next(query);
    const answers = ips
      .filter((ip) => (query.type === 'AAAA') === ip.includes(':'))
      .map((data): DnsRecord => ({ name: fullName(query.name), type: query.type, ttl: 3600, data }));
    const outcome: DnsAnswer = { ...emptyAnswer('NOERROR'), authoritative: true, answers };
    return { outcome, trace: [dnsHop('hosts', `${answers.length} addresses from the Corefile`)] };
  },
};
