/** An address as a number, so that ranges are arithmetic; undefined when the text is no address. */
export function parseAddress(text: string): { readonly bits: 32 | 128; readonly value: bigint } | undefined {
  if (text.includes(':')) return parseIPv6(text);
  const value = parseIPv4(text);
  return value === undefined ? undefined : { bits: 32, value: BigInt(value) };
}

const DOT = 46;
const ZERO = 48;

/** An IPv4 address as a number below 2^32, read digit by digit: packets are asked about all the time. */
function parseIPv4(text: string): number | undefined {
  let value = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      if (digits === 0) return undefined;
      value = value * 256 + part;
      dots += 1;
      part = 0;
      digits = 0;
      continue;
    }
    const digit = code - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    part = part * 10 + digit;
    digits += 1;
    if (digits > 3 || part > 255) return undefined;
  }
  return dots === 3 && digits > 0 ? value * 256 + part : undefined;
}

function parseIPv6(text: string): { readonly bits: 128; readonly value: bigint } | undefined {
  const [head = '', tail] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 0) return undefined;
  let value = 0n;
  for (const group of [...left, ...Array<string>(Math.max(0, missing)).fill('0'), ...right]) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
    value = (value << 16n) | BigInt(`0x${group}`);
  }
  return { bits: 128, value };
}

/** A range ready for asking. One of IPv4 is a span of numbers; those of IPv6 need big ones. */
type Range =
  | { readonly bits: 32; readonly first: number; readonly last: number }
  | { readonly bits: 128; readonly shift: bigint; readonly prefix: bigint };

/** Parsed ranges by their text: a pure function's memory, the same for every cluster. */
const ranges = new Map<string, Range | undefined>();
/** Ranges remembered before the memory is emptied. */
const MAX_REMEMBERED = 10_000;

function parseRange(cidr: string): Range | undefined {
  const [text = '', length] = cidr.split('/');
  const address = parseAddress(text);
  if (address === undefined) return undefined;
  const width = address.bits - (length === undefined ? address.bits : Number(length));
  if (address.bits === 128) {
    const shift = BigInt(width);
    return { bits: 128, shift, prefix: address.value >> shift };
  }
  const size = 2 ** width;
  const first = Math.floor(Number(address.value) / size) * size;
  return { bits: 32, first, last: first + size - 1 };
}

/** An IPv4 address by itself: it is written in one way only. */
const isPlain = (cidr: string): boolean => !cidr.includes('/') && !cidr.includes(':');

/** Whether an address lies in a range such as "10.244.0.0/16"; a bare address is a range of one. */
export function inRange(address: string, cidr: string): boolean {
  if (isPlain(cidr)) return address === cidr;
  let range = ranges.get(cidr);
  if (range === undefined && !ranges.has(cidr)) {
    if (ranges.size >= MAX_REMEMBERED) ranges.clear();
    range = parseRange(cidr);
    ranges.set(cidr, range);
  }
  if (range === undefined) return false;
  if (range.bits === 32) {
    const value = parseIPv4(address);
    return value !== undefined && value >= range.first && value <= range.last;
  }
  const parsed = parseAddress(address);
  return parsed?.bits === 128 && parsed.value >> range.shift === range.prefix;
}

/** Whether the text is an IP address of either family. */
export function isAddress(text: string): boolean {
  return parseAddress(text) !== undefined;
}

/** The n-th address of an IPv4 range: the gateway of a Pod range is its first. */
export function addressIn(cidr: string, index: number): string {
  const address = parseAddress(cidr.split('/')[0] ?? '');
  const value = (address?.value ?? 0n) + BigInt(index);
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
}

/** The address written as iptables-save does: with the length of its range. */
export function asRange(address: string): string {
  if (address.includes('/')) return address;
  return address.includes(':') ? `${address}/128` : `${address}/32`;
}

/** "10.0.0.1:80", "[fd00::1]:80". */
export function hostPort(ip: string, port: number): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}
