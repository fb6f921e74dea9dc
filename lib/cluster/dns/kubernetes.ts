import type { DnsAnswer, DnsQuery, DnsRecord, Hop, Traced } from '../../api';
import { type Found, findByAddress, findPods, findServices, type Lookup } from './lookup';
import { addressOfReverse, canonicalName, fullName, isUnder, labelsBefore, zoneAsAsked } from './names';
import { type DnsContext, type DnsPlugin, dnsHop, emptyAnswer, type Next } from './plugin';
import { parseRequest, type RecordRequest } from './request';

/** DNS-based Service Discovery schema version (`dns-version.<zone>` TXT). */
const SCHEMA_VERSION = '1.1.0';
const SCHEMA_TTL = 28_800;
/** CNAMEs followed inside the cluster before a chain is taken for a loop. */
const MAX_CNAMES = 8;
const SRV_WEIGHT = 100;

interface Answered {
  readonly records: readonly DnsRecord[];
  readonly additional: readonly DnsRecord[];
  readonly found: readonly Found[];
}

interface Question {
  readonly query: DnsQuery;
  readonly context: DnsContext;
  readonly next: Next;
  readonly zone: string;
}

/** The `kubernetes` plugin: Services, endpoints and Pods as names. */
export const kubernetes: DnsPlugin = {
  name: 'kubernetes',
  answer(query, context, next) {
    const zone = context.config.zones
      .filter((candidate) => isUnder(query.name, candidate))
      .sort((left, right) => right.length - left.length)[0];
    if (zone === undefined) return next(query);
    const answered = answerIn({ query, context, next, zone });
    if (answered === undefined) {
      if (context.config.fallthrough.some((other) => isUnder(query.name, other))) return next(query);
      return refuse({ query, context, next, zone }, 'NXDOMAIN');
    }
    if (answered.records.length === 0) return refuse({ query, context, next, zone }, 'NOERROR');
    const outcome: DnsAnswer = {
      code: 'NOERROR',
      authoritative: true,
      answers: answered.records,
      authority: [],
      additional: answered.additional,
    };
    return { outcome, trace: [told(query, outcome, answered.found)] };
  },
};

function told(query: DnsQuery, outcome: DnsAnswer, found: readonly Found[]): Hop {
  const data = outcome.answers.map((record) => record.data).join(', ');
  return dnsHop(`kubernetes ${fullName(query.name)} ${query.type}`, `answers ${data}`, found[0]?.object);
}

function soa({ query, context, zone }: Question): DnsRecord {
  const name = zoneAsAsked(query.name, zone);
  const { ttl } = context.config;
  const serial = Math.max(1, context.view.revision);
  return {
    name,
    type: 'SOA',
    ttl,
    data: `ns.dns.${name} hostmaster.${name} ${serial} 7200 1800 86400 ${ttl}`,
  };
}

function refuse(question: Question, code: 'NXDOMAIN' | 'NOERROR'): Traced<DnsAnswer> {
  const { query, zone } = question;
  const effect = code === 'NXDOMAIN' ? 'no such name' : `the name exists, but has no ${query.type} record`;
  const hop = dnsHop(`kubernetes ${fullName(query.name)} ${query.type}`, effect, culprit(query, zone));
  return { outcome: emptyAnswer(code, [soa(question)]), trace: [hop] };
}

/** The object that one would have to look at: the Service named, when there is one. */
function culprit(query: DnsQuery, zone: string): Hop['object'] {
  const request = parseRequest(query.name, zone);
  if (request?.kind !== 'svc' || request.service === '') return undefined;
  return { resource: 'services', namespace: request.namespace, name: request.service };
}

/** The records for a question; undefined when the name does not exist. */
function answerIn(question: Question): Answered | undefined {
  const { query, zone } = question;
  const apex = canonicalName(query.name) === zone;
  switch (query.type) {
    case 'A':
    case 'AAAA':
      return addresses(question, 0);
    case 'SRV':
      return services(question);
    case 'PTR':
      return pointers(question);
    case 'TXT':
      return texts(question);
    case 'CNAME':
      return aliases(question);
    case 'SOA':
      if (apex) return { records: [soa(question)], additional: [], found: [] };
      break;
    case 'NS':
      if (apex) return nameServer(question);
      break;
    default:
      break;
  }
  // A lookup for addresses tells a name without such a record from no name at all.
  const exists = addresses({ ...question, query: { ...query, type: 'A' } }, 0);
  return exists === undefined ? undefined : { records: [], additional: [], found: exists.found };
}

function nameServer({ query, context }: Question): Answered {
  const { ttl } = context.config;
  const target = `ns.dns.${fullName(query.name)}`;
  const additional = (context.localIPs ?? []).map(
    (data): DnsRecord => ({ name: target, type: 'A', ttl, data }),
  );
  return { records: [{ name: fullName(query.name), type: 'NS', ttl, data: target }], additional, found: [] };
}

function find({ query, context, zone }: Question): Lookup {
  if (zone.endsWith('.arpa.')) return undefined;
  const request: RecordRequest | undefined = parseRequest(query.name, zone);
  if (request === undefined) return undefined;
  if (request.kind === 'apex') return [];
  const { view, config } = context;
  return request.kind === 'pod' ? findPods(view, config, request) : findServices(view, config, request);
}

const isName = (host: string) => !/^[\d.]+$/.test(host) && !host.includes(':');

function addressRecord(name: string, host: string, ttl: number): DnsRecord {
  return { name, type: host.includes(':') ? 'AAAA' : 'A', ttl, data: host };
}

function addresses(question: Question, depth: number): Answered | undefined {
  const { query, context, zone } = question;
  const labels = labelsBefore(query.name, zone);
  const { ttl } = context.config;
  const name = fullName(query.name);
  if (labels.join('.') === 'ns.dns' && !zone.endsWith('.arpa.')) {
    const records = (context.localIPs ?? []).map((ip) => addressRecord(name, ip, ttl));
    return { records: records.filter(({ type }) => type === query.type), additional: [], found: [] };
  }
  const found = find(question);
  if (found === undefined) return undefined;
  const records = new Map<string, DnsRecord>();
  for (const { host } of found) {
    if (isName(host))
      for (const record of chase(question, host, depth)) records.set(record.name + record.data, record);
    else {
      const record = addressRecord(name, host, ttl);
      if (record.type === query.type) records.set(host, record);
    }
  }
  return { records: shuffled([...records.values()], context), additional: [], found };
}

/** Follows an ExternalName: inside the cluster's zone by itself, outside by asking upstream. */
function chase(question: Question, host: string, depth: number): readonly DnsRecord[] {
  const { query, context, zone, next } = question;
  const target = fullName(host);
  const alias: DnsRecord = {
    name: fullName(query.name),
    type: 'CNAME',
    ttl: context.config.ttl,
    data: target,
  };
  if (canonicalName(target) === canonicalName(query.name) || depth >= MAX_CNAMES) return [];
  if (isUnder(target, zone)) {
    const inner = addresses({ ...question, query: { ...query, name: target } }, depth + 1);
    return inner === undefined || inner.records.length === 0 ? [] : [alias, ...inner.records];
  }
  return [alias, ...next({ name: target, type: query.type }).outcome.answers];
}

/** The `loadbalance` plugin: answers come in a new order each time. */
function shuffled(records: readonly DnsRecord[], { random }: DnsContext): readonly DnsRecord[] {
  if (random === undefined || records.length < 2 || records.some(({ type }) => type === 'CNAME'))
    return records;
  const order = [...records];
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random.next() * (index + 1));
    const [left, right] = [order[index], order[other]];
    if (left !== undefined && right !== undefined) [order[index], order[other]] = [right, left];
  }
  return order;
}

function services(question: Question): Answered | undefined {
  const { query, context, zone } = question;
  const found = find(question);
  if (found === undefined) return undefined;
  const { ttl } = context.config;
  const weight = Math.max(1, Math.floor(SRV_WEIGHT / Math.max(1, found.length)));
  const records = new Map<string, DnsRecord>();
  const additional = new Map<string, DnsRecord>();
  for (const { host, port, owner } of found) {
    if (port === -1) continue;
    const target = isName(host) ? fullName(host) : `${owner}.${zoneAsAsked(query.name, zone)}`;
    const data = `0 ${weight} ${port} ${target}`;
    records.set(data, { name: fullName(query.name), type: 'SRV', ttl, data });
    if (!isName(host)) additional.set(target + host, addressRecord(target, host, ttl));
  }
  return { records: [...records.values()], additional: [...additional.values()], found };
}

function pointers(question: Question): Answered | undefined {
  const { query, context } = question;
  const ip = addressOfReverse(query.name);
  if (ip === undefined || !question.zone.endsWith('.arpa.')) {
    const found = find(question);
    return found === undefined ? undefined : { records: [], additional: [], found };
  }
  const zone = context.config.zones.find((candidate) => !candidate.endsWith('.arpa.')) ?? 'cluster.local.';
  const found = findByAddress(context.view, ip);
  if (found.length === 0) return undefined;
  const records = found.map(({ owner }): DnsRecord => {
    return { name: fullName(query.name), type: 'PTR', ttl: context.config.ttl, data: `${owner}.${zone}` };
  });
  return { records, additional: [], found };
}

function texts({ query, zone }: Question): Answered {
  const version = labelsBefore(query.name, zone).join('.') === 'dns-version';
  const record: DnsRecord = {
    name: fullName(query.name),
    type: 'TXT',
    ttl: SCHEMA_TTL,
    data: `"${SCHEMA_VERSION}"`,
  };
  return { records: version ? [record] : [], additional: [], found: [] };
}

function aliases(question: Question): Answered | undefined {
  const found = find(question);
  if (found === undefined) return undefined;
  const { ttl } = question.context.config;
  const records = found
    .filter(({ host }) => isName(host))
    .map(({ host }): DnsRecord => {
      return { name: fullName(question.query.name), type: 'CNAME', ttl, data: fullName(host) };
    });
  return { records, additional: [], found };
}
