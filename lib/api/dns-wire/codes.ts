import type { DnsCode } from '../network';

/** Record types by number (IANA's DNS parameters), as far as anybody here asks for them by name. */
const TYPES: Readonly<Record<string, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  HINFO: 13,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  LOC: 29,
  SRV: 33,
  NAPTR: 35,
  DNAME: 39,
  OPT: 41,
  DS: 43,
  SSHFP: 44,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  TLSA: 52,
  SVCB: 64,
  HTTPS: 65,
  SPF: 99,
  IXFR: 251,
  AXFR: 252,
  ANY: 255,
  CAA: 257,
};
const TYPE_NAMES = swap(TYPES);

const CLASSES: Readonly<Record<string, number>> = { IN: 1, CH: 3, HS: 4, NONE: 254, ANY: 255 };
const CLASS_NAMES = swap(CLASSES);

const CODES: Readonly<Record<DnsCode, number>> = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  YXDOMAIN: 6,
  YXRRSET: 7,
  NXRRSET: 8,
  NOTAUTH: 9,
  NOTZONE: 10,
  BADVERS: 16,
};

function swap(table: Readonly<Record<string, number>>): ReadonlyMap<number, string> {
  return new Map(Object.entries(table).map(([name, number]) => [number, name]));
}

/** The number of a record type: "SRV" → 33, "TYPE65280" → 65280; undefined for what is none. */
export function dnsTypeNumber(name: string): number | undefined {
  return TYPES[name] ?? numberAfter('TYPE', name);
}

/** The name of a record type: 33 → "SRV", 65280 → "TYPE65280". */
export function dnsTypeName(number: number): string {
  return TYPE_NAMES.get(number) ?? `TYPE${number}`;
}

/** The number of a class: "IN" → 1, "CLASS32" → 32. */
export function dnsClassNumber(name: string): number | undefined {
  return CLASSES[name] ?? numberAfter('CLASS', name);
}

/** The name of a class: 1 → "IN". */
export function dnsClassName(number: number): string {
  return CLASS_NAMES.get(number) ?? `CLASS${number}`;
}

/** The number of a response code; those above 15 have their upper bits in the EDNS record. */
export function dnsCodeNumber(code: DnsCode): number {
  return CODES[code];
}

/** The response code of that name, in any case. */
export function dnsCode(name: string): DnsCode | undefined {
  const upper = name.toUpperCase();
  return Object.keys(CODES).find((code): code is DnsCode => code === upper);
}

const MAX_NUMBER = 65_535;

function numberAfter(prefix: string, name: string): number | undefined {
  const digits = name.startsWith(prefix) ? name.slice(prefix.length) : '';
  return /^\d{1,5}$/.test(digits) && Number(digits) <= MAX_NUMBER ? Number(digits) : undefined;
}
