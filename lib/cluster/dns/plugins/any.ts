import { fullName } from '../names';
import { type DnsResult, dnsHop } from '../plugin';
import type { Directive } from '../setup';

const TTL = 8482;

/** The `any` plugin: the short answer of RFC 8482 to queries for everything. */
export const any: Directive = {
  name: 'any',
  setUp({ place }) {
    return {
      name: 'any',
      answer(query, _, next) {
        if (query.type !== 'ANY') return next(query);
        const data = '"ANY obsoleted" "See RFC 8482"';
        const record = { name: fullName(query.name), type: 'HINFO', ttl: TTL, data };
        const outcome: DnsResult = {
          code: 'NOERROR',
          authoritative: false,
          answers: [record],
          authority: [],
          additional: [],
        };
        return { outcome, trace: [dnsHop(`any (${place})`, 'refers to RFC 8482')] };
      },
    };
  },
};
