import type { DnsQuery, DnsRecord, Hop } from '../../../../api';
import { addressOfReverse, isAddress, isReverseName } from '../../addresses';
import { canonicalName, fullName, isUnder, joinName, labelsBefore, zoneAsAsked } from '../../names';
import type { DnsWorld } from '../../plugin';
import type { KubernetesConfig } from './config';
import { type Found, findByAddress, findNameServers, findPods, findServices, type Lookup } from './lookup';
import { parseRequest } from './request';

/** A question in a zone of the cluster. */
export interface Question {
  readonly query: DnsQuery;
  readonly world: DnsWorld;
  readonly config: KubernetesConfig;
  /** Lower case. */
  readonly zone: string;
}

/** The records for a question, and the objects that they come from. */
export interface Answered {
  readonly records: readonly DnsRecord[];
  readonly additional?: readonly DnsRecord[];
  readonly found: readonly Found[];
  /** How names elsewhere were looked up. */
  readonly trace?: readonly Hop[];
}

/** DNS-based Service Discovery's schema version (`dns-version.<zone>` TXT). */
const SCHEMA_VERSION = '1.1.0';
const SCHEMA_TTL = 28_800;
/** CNAMEs followed inside the cluster before a chain is given up (CoreDNS' maxCnameChainLength). */
const MAX_CNAMES = 10;
const SRV_WEIGHT = 100;
const MAX_SOA_TTL = 300;

/** The records for a question; undefined when the name does not exist. Types that CoreDNS lacks have none. */
export function answerIn(question: Question): Answered | undefined {
  const { query, zone } = question;
  const apex = canonicalName(query.name) === zone;
  switch (query.type) {
    case 'A':
    case 'AAAA':
      return addresses(question, []);
    case 'SRV':
      return services(question);
    case 'PTR':
      return pointers(question);
    case 'TXT':
      return texts(question);
    case 'CNAME':
      return aliases(question);
    case 'MX':
      return empty(find(question));
    case 'SOA':
      return { records: apex ? [soaRecord(question)] : [], found: [] };
    case 'NS':
      if (apex) return nameServers(question);
      break;
    default:
      break;
  }
  // A lookup for addresses tells a name without such a record from no name at all.
  return empty(addresses({ ...question, query: { ...query, type: 'A' } }, [])?.found);
}

const empty = (found: Lookup): Answered | undefined =>
  found === undefined ? undefined : { records: [], found };

/** The zone's authority record; its serial is the time of the last change that this server saw. */
export function soaRecord({ query, world, config, zone }: Question): DnsRecord {
  const name = zoneAsAsked(query.name, zone);
  const { ttl } = config;
  const [server, mail] = [joinName('ns.dns', name), joinName('hostmaster', name)];
  const data = `${server} ${mail} ${serial(world)} 7200 1800 86400 ${ttl}`;
  return { name, type: 'SOA', ttl: Math.min(ttl, MAX_SOA_TTL), data };
}

const SERIAL = 'kubernetes/serial';

function serial({ view, now, memory }: DnsWorld): number {
  const known = memory.get(SERIAL) as { readonly revision: number; readonly serial: number } | undefined;
  if (known?.revision === view.revision) return known.serial;
  const fresh = { revision: view.revision, serial: Math.floor(now / 1000) };
  memory.set(SERIAL, fresh);
  return fresh.serial;
}

function find(question: Question): Lookup {
  const { query, world, config, zone } = question;
  const { view } = world;
  if (isNameServer(question) && query.type !== 'TXT' && query.type !== 'PTR') return [];
  const request = parseRequest(query.name, zone);
  if (request === undefined) return undefined;
  if (request.kind === 'apex') return [];
  if (isReverseName(query.name)) return undefined;
  return request.kind === 'pod' ? findPods(view, config, request) : findServices(view, config, request);
}

function addressRecord(name: string, host: string, ttl: number): DnsRecord {
  return { name, type: host.includes(':') ? 'AAAA' : 'A', ttl, data: host };
}

function isNameServer({ query, zone }: Question): boolean {
  return labelsBefore(query.name, zone).join('.') === 'ns.dns';
}

function addresses(question: Question, previous: readonly DnsRecord[]): Answered | undefined {
  const { query, world, config } = question;
  const name = fullName(query.name);
  const records = new Map<string, DnsRecord>();
  if (isNameServer(question)) {
    for (const { host } of findNameServers(world.view, config, world.localIPs)) {
      const record = addressRecord(name, host, config.ttl);
      if (record.type === query.type) records.set(host, record);
    }
    return { records: [...records.values()], found: [] };
  }
  const found = find(question);
  if (found === undefined) return undefined;
  const trace: Hop[] = [];
  for (const { host } of found) {
    if (!isAddress(host)) {
      const chased = chase(question, host, previous);
      trace.push(...chased.trace);
      for (const record of chased.records)
        records.set(`${record.name} ${record.type} ${record.data}`, record);
      continue;
    }
    const record = addressRecord(name, host, config.ttl);
    if (record.type === query.type) records.set(host, record);
  }
  return { records: [...records.values()], found, trace };
}

/** Follows an ExternalName: inside the cluster's zone by itself, elsewhere by asking this server anew. */
function chase(question: Question, host: string, previous: readonly DnsRecord[]) {
  const { query, world, config, zone } = question;
  const target = fullName(host);
  const alias: DnsRecord = { name: fullName(query.name), type: 'CNAME', ttl: config.ttl, data: target };
  const none = { records: [] as readonly DnsRecord[], trace: [] as readonly Hop[] };
  const again = previous.some(
    ({ name, data }) => canonicalName(name) === canonicalName(alias.name) && data === alias.data,
  );
  if (canonicalName(target) === canonicalName(query.name) || previous.length > MAX_CNAMES || again)
    return none;
  if (isUnder(target, zone)) {
    const inner = addresses({ ...question, query: { ...query, name: target } }, [...previous, alias]);
    if (inner === undefined || inner.records.length === 0) return none;
    return { records: [alias, ...inner.records], trace: inner.trace ?? [] };
  }
  const { outcome, trace } = world.lookup({ ...query, name: target });
  return { records: [alias, ...outcome.answers], trace };
}

function services(question: Question): Answered | undefined {
  const { query, config, zone } = question;
  const all = find(question);
  if (all === undefined) return undefined;
  const found = all.filter(({ host }) => isAddress(host));
  const { ttl } = config;
  const weight = Math.max(1, Math.floor(SRV_WEIGHT / Math.max(1, found.length)));
  const records = new Map<string, DnsRecord>();
  const additional = new Map<string, DnsRecord>();
  for (const { host, port, owner } of found) {
    if (port === -1) continue;
    const target = joinName(owner, zoneAsAsked(query.name, zone));
    const data = `0 ${weight} ${port} ${target}`;
    records.set(data, { name: fullName(query.name), type: 'SRV', ttl, data });
    additional.set(target + host, addressRecord(target, host, ttl));
  }
  return { records: [...records.values()], additional: [...additional.values()], found: all };
}

function pointers(question: Question): Answered | undefined {
  const { query, world, config } = question;
  const ip = addressOfReverse(query.name);
  if (ip === undefined) return empty(find(question));
  const found = findByAddress(world.view, config, ip);
  if (found.length === 0) return undefined;
  const records = found.map(({ owner }): DnsRecord => {
    const data = joinName(owner, config.primaryZone);
    return { name: fullName(query.name), type: 'PTR', ttl: config.ttl, data };
  });
  return { records, found };
}

function texts(question: Question): Answered | undefined {
  const { query, zone } = question;
  if (labelsBefore(query.name, zone).join('.') === 'dns-version') {
    const data = `"${SCHEMA_VERSION}"`;
    return { records: [{ name: fullName(query.name), type: 'TXT', ttl: SCHEMA_TTL, data }], found: [] };
  }
  const found = find(question);
  return found === undefined || found.length === 0 ? undefined : { records: [], found };
}

function aliases(question: Question): Answered | undefined {
  const found = find(question);
  if (found === undefined) return undefined;
  const [first] = found;
  if (first === undefined || isAddress(first.host)) return { records: [], found };
  const { name } = question.query;
  const data = fullName(first.host);
  return { records: [{ name: fullName(name), type: 'CNAME', ttl: question.config.ttl, data }], found };
}

function nameServers({ query, world, config }: Question): Answered {
  const records = new Map<string, DnsRecord>();
  const additional: DnsRecord[] = [];
  const { ttl } = config;
  for (const { owner, host } of findNameServers(world.view, config, world.localIPs)) {
    const data = joinName(owner, fullName(query.name));
    records.set(data, { name: fullName(query.name), type: 'NS', ttl, data });
    additional.push(addressRecord(data, host, ttl));
  }
  return { records: [...records.values()], additional, found: [] };
}
