import type { DnsRecord } from '../../../api';
import { canonicalName, fullName, zoneAsAsked, zoneOf } from '../names';
import { dnsHop, emptyAnswer, toldOf } from '../plugin';
import type { Directive } from '../setup';

const ZONES = ['localhost.', '0.in-addr.arpa.', '127.in-addr.arpa.', '255.in-addr.arpa.'];
const TTL = 604_800;

/** The `local` plugin: localhost and its kin are answered here, and go nowhere. */
export const local: Directive = {
  name: 'local',
  setUp({ place }) {
    return {
      name: 'local',
      answer(query, _, next) {
        const name = canonicalName(query.name);
        const zone = zoneOf(name, ZONES);
        const prefixed = name.startsWith('localhost.') && name !== 'localhost.';
        if (zone === undefined && !prefixed) return next(query);
        const owner = prefixed ? fullName(query.name) : zoneAsAsked(query.name, zone ?? 'localhost.');
        const answers = answersFor(fullName(query.name), name, query.type, prefixed);
        const known = prefixed || ZONES.includes(name) || name === '1.0.0.127.in-addr.arpa.';
        const authority = answers.length > 0 ? [] : [soa(owner)];
        const outcome = {
          ...emptyAnswer(known ? 'NOERROR' : 'NXDOMAIN', authority),
          authoritative: false,
          answers,
        };
        return { outcome, trace: [dnsHop(`local (${place})`, toldOf(outcome))] };
      },
    };
  },
};

function soa(name: string): DnsRecord {
  return { name, type: 'SOA', ttl: TTL, data: `localhost. root.localhost. 1 0 0 0 ${TTL}` };
}

function answersFor(owner: string, name: string, type: string, prefixed: boolean): readonly DnsRecord[] {
  const record = (data: string): readonly DnsRecord[] => [{ name: owner, type, ttl: TTL, data }];
  if (name === '1.0.0.127.in-addr.arpa.') return type === 'PTR' ? record('localhost.') : [];
  if (prefixed || name === 'localhost.') {
    if (type === 'A') return record('127.0.0.1');
    if (type === 'AAAA') return record('::1');
  }
  if (prefixed || !ZONES.includes(name)) return [];
  if (type === 'SOA') return [soa(owner)];
  return type === 'NS' ? record('localhost.') : [];
}
