import type { DnsRecord } from '../../../api';
import { canonicalName, fullName } from '../names';
import { type DnsResult, type DnsWorld, dnsHop } from '../plugin';
import type { Directive } from '../setup';
import { COREDNS_VERSION } from '../version';

const MAX_TEXT = 255;

/** The `chaos` plugin: version and host name for questions of class CH. */
export const chaos: Directive = {
  name: 'chaos',
  setUp({ words, place }) {
    words.next();
    const [version = `CoreDNS-${COREDNS_VERSION}`, ...authors] = words.remainingArgs();
    return {
      name: 'chaos',
      answer(query, world, next) {
        const texts =
          query.class === 'CH' && query.type === 'TXT'
            ? textsFor(canonicalName(query.name), version, authors, world)
            : undefined;
        if (texts === undefined) return next(query);
        const answers = texts.map((text): DnsRecord => {
          const data = `"${text.slice(0, MAX_TEXT)}"`;
          return { name: fullName(query.name), type: 'TXT', class: 'CH', ttl: 0, data };
        });
        const outcome: DnsResult = {
          code: 'NOERROR',
          authoritative: false,
          answers,
          authority: [],
          additional: [],
        };
        return { outcome, trace: [dnsHop(`chaos (${place})`, `answers ${texts.join(', ')}`)] };
      },
    };
  },
};

function textsFor(
  name: string,
  version: string,
  authors: readonly string[],
  world: DnsWorld,
): readonly string[] | undefined {
  switch (name) {
    case 'version.bind.':
    case 'version.server.':
      return [version];
    case 'hostname.bind.':
    case 'id.server.':
      return [world.hostname];
    case 'authors.bind.':
      return [...new Set(authors)].sort();
    default:
      return undefined;
  }
}
