import { COREDNS_COMMIT, COREDNS_GO, COREDNS_VERSION } from '../version';
import type { Loaded } from './load';

/** What CoreDNS prints of its servers, port by port: "Warning" lines, ".:53", "example.org.:5353 on 127.0.0.1". */
export function zoneLines({ blocks }: Loaded): readonly string[] {
  const servers = new Map<string, Set<string>>();
  for (const { addresses, settings } of blocks) {
    for (const { zone, port } of addresses) {
      for (const host of settings.bind.length === 0 ? [''] : settings.bind) {
        const key = `:${port}${host === '' ? '' : ` on ${host}`}`;
        servers.set(key, (servers.get(key) ?? new Set<string>()).add(zone));
      }
    }
  }
  return [...servers].flatMap(([where, zones]) =>
    [...zones].sort().flatMap((zone) => [...warningFor(zone), `${zone}${where}`]),
  );
}

function warningFor(zone: string): readonly string[] {
  const fine =
    zone === '.' ||
    /\.(in-addr|ip6)\.arpa\.$/.test(zone) ||
    /^([A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+$/.test(zone);
  return fine ? [] : [`Warning: Domain ${JSON.stringify(zone)} does not follow RFC1035 preferred syntax`];
}

/** The two lines of version and build. */
export const VERSION_LINES: readonly string[] = [
  `CoreDNS-${COREDNS_VERSION}`,
  `linux/amd64, ${COREDNS_GO}, ${COREDNS_COMMIT}`,
];
