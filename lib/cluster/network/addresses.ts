/** An address as a number, so that ranges are arithmetic; undefined when the text is no address. */
export function parseAddress(text: string): { readonly bits: 32 | 128; readonly value: bigint } | undefined {
  if (text.includes(':')) return parseIPv6(text);
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return { bits: 32, value };
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

/** Parsed addresses by their text: packets are asked about thousands of times, and each has two. */
const addresses = new Map<string, ReturnType<typeof parseAddress>>();
/** Addresses and ranges remembered before the memory is emptied. */
const MAX_REMEMBERED = 10_000;

function rememberedAddress(text: string): ReturnType<typeof parseAddress> {
  const known = addresses.get(text);
  if (known !== undefined) return known;
  if (addresses.size >= MAX_REMEMBERED) addresses.clear();
  const parsed = parseAddress(text);
  addresses.set(text, parsed);
  return parsed;
}

/** A range ready for asking; kept as numbers since packets ask thousands of times. */
interface Range {
  readonly bits: number;
  readonly shift: bigint;
  readonly prefix: bigint;
}

/** Parsed ranges by their text: a pure function's memory, the same for every cluster. */
const ranges = new Map<string, Range | undefined>();

function parseRange(cidr: string): Range | undefined {
  const [text = '', length] = cidr.split('/');
  const address = parseAddress(text);
  if (address === undefined) return undefined;
  const shift = BigInt(address.bits - (length === undefined ? address.bits : Number(length)));
  return { bits: address.bits, shift, prefix: address.value >> shift };
}

/** An IPv4 address by itself: it is written in one way only. */
const isPlain = (cidr: string): boolean => !cidr.includes('/') && !cidr.includes(':');

/** Whether an address lies in a range such as "10.244.0.0/16"; a bare address is a range of one. */
export function inRange(address: string, cidr: string): boolean {
  if (isPlain(cidr)) return address === cidr;
  if (!ranges.has(cidr)) {
    if (ranges.size >= MAX_REMEMBERED) ranges.clear();
    ranges.set(cidr, parseRange(cidr));
  }
  const range = ranges.get(cidr);
  const parsed = rememberedAddress(address);
  if (range === undefined || parsed === undefined) return false;
  return parsed.bits === range.bits && parsed.value >> range.shift === range.prefix;
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
