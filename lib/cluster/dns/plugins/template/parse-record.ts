import { type DnsRecord, dnsClassNumber, dnsTypeNumber, isDomainName } from '../../../../api';
import { fullName } from '../../names';

const DEFAULT_TTL = 3600;
const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** A record from a line of a zone file ("name [ttl] [class] type data"); undefined for what is none. */
export function parseRecord(line: string): DnsRecord | undefined {
  const words = line.replace(/;.*$/, '').trim().split(/\s+/);
  const name = fullName(words.shift() ?? '');
  let ttl = DEFAULT_TTL;
  let of: string | undefined;
  for (let word = words[0]; word !== undefined; word = words[0]) {
    const seconds = secondsOf(word);
    const upper = word.toUpperCase();
    if (seconds !== undefined) ttl = seconds;
    else if (dnsTypeNumber(upper) === undefined && dnsClassNumber(upper) !== undefined) of = upper;
    else break;
    words.shift();
  }
  const type = words.shift()?.toUpperCase() ?? '';
  if (!isDomainName(name) || dnsTypeNumber(type) === undefined || words.length === 0) return undefined;
  const data = completed(type, words).join(' ');
  return of === undefined || of === 'IN' ? { name, type, ttl, data } : { name, type, class: of, ttl, data };
}

function secondsOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  if (!/^(\d+[smhdw])+$/i.test(text)) return undefined;
  return [...text.matchAll(/(\d+)([smhdw])/gi)].reduce(
    (sum, [, amount = '', unit = '']) => sum + Number(amount) * (UNITS[unit.toLowerCase()] ?? 0),
    0,
  );
}

/** Places of names in a record's data, which get their final dot. */
const NAMES: Readonly<Record<string, readonly number[]>> = {
  CNAME: [0],
  NS: [0],
  PTR: [0],
  DNAME: [0],
  MX: [1],
  SRV: [3],
  SOA: [0, 1],
};

function completed(type: string, words: readonly string[]): readonly string[] {
  const places = NAMES[type] ?? [];
  return words.map((word, index) => (places.includes(index) ? fullName(word) : word));
}
