import { isDomainName } from '../../../api';
import { parseRange } from '../addresses';
import { canonicalName } from '../names';
import { CorefileError } from './dispenser';

/** What a server block's key says: the zones it serves on a port. */
export interface ZoneAddress {
  readonly zone: string;
  readonly port: string;
  readonly transport: string;
}

const TRANSPORTS: Readonly<Record<string, string>> = {
  dns: '53',
  tls: '853',
  quic: '853',
  grpc: '443',
  https: '443',
};

/** Splits "tls://9.9.9.9" into transport and address; plain DNS is the default. */
export function splitTransport(text: string): readonly [transport: string, address: string] {
  const found = /^(dns|tls|quic|grpc|https|unix):\/\/(.*)$/.exec(text);
  return found === null ? ['dns', text] : [found[1] ?? 'dns', found[2] ?? ''];
}

/** The default port of a transport. */
export function portOf(transport: string): string {
  return TRANSPORTS[transport] ?? '53';
}

/** Splits "example.org:1053" or "10.0.0.0/8" into zones and port (CoreDNS' `plugin.SplitHostPort`). */
export function splitHostPort(text: string): { readonly hosts: readonly string[]; readonly port: string } {
  if (text.endsWith(':')) throw new CorefileError(`expecting data after last colon: ${JSON.stringify(text)}`);
  const [, host = text, port = ''] = /^(.*):(\d+)$/.exec(text) ?? [];
  if (host.length > 255) throw new CorefileError(`specified zone is too long: ${host.length} > 255`);
  if (host !== '' && !isDomainName(host)) throw new CorefileError(`zone is not a valid domain name: ${host}`);
  return { hosts: reverseZones(host) ?? [host], port };
}

/** The reverse zones of a range: "10.96.0.0/12" gives sixteen, one per octet that it covers. */
function reverseZones(text: string): readonly string[] | undefined {
  const range = text.includes('/') ? parseRange(text) : undefined;
  if (range === undefined) return undefined;
  const digit = range.size === 32 ? 8 : 4;
  const free = (digit - (range.bits.length % digit)) % digit;
  const suffix = range.size === 32 ? 'in-addr.arpa.' : 'ip6.arpa.';
  return Array.from({ length: 2 ** free }, (_, index) => {
    const bits = range.bits + (free === 0 ? '' : index.toString(2).padStart(free, '0'));
    const groups = bits.match(new RegExp(`.{${digit}}`, 'g')) ?? [];
    const labels = groups.map((group) => Number.parseInt(group, 2).toString(digit === 8 ? 10 : 16));
    return `${labels.reverse().join('.')}${labels.length === 0 ? '' : '.'}${suffix}`;
  });
}

/** The zones that a text stands for, lower case and with their dots; none when it stands for nothing. */
export function normalizeZones(text: string): readonly string[] {
  const [, address] = splitTransport(text);
  try {
    return splitHostPort(address).hosts.map((host) => canonicalName(host));
  } catch (error) {
    // A key was checked before; in a plugin's arguments CoreDNS overlooks what is no zone.
    if (error instanceof CorefileError) return [];
    throw error;
  }
}

/** The zones given as arguments, or else those of the server block. */
export function originsOf(args: readonly string[], blockKeys: readonly string[]): readonly string[] {
  const given = args.length === 0 ? blockKeys.flatMap((key) => normalizeZones(key).slice(0, 1)) : args;
  return args.length === 0 ? given : given.flatMap(normalizeZones);
}

/** The zones that `fallthrough` names; all when it names none. */
export function fallthroughZones(args: readonly string[]): readonly string[] {
  return args.length === 0 ? ['.'] : args.flatMap(normalizeZones);
}

/** The zone addresses of a server block's key. */
export function zoneAddresses(key: string): readonly ZoneAddress[] {
  const [transport, address] = splitTransport(key);
  const { hosts, port } = splitHostPort(address);
  return hosts.map((host) => ({
    zone: host.endsWith('.') ? host : `${host}.`,
    port: port === '' ? portOf(transport) : port,
    transport,
  }));
}
