/** The two address families, as Services name them. */
export type IPFamily = 'IPv4' | 'IPv6';

/** An address as a number within its family. */
export interface IPAddress {
  readonly family: IPFamily;
  readonly value: bigint;
}

/** A block of addresses. */
export interface IPRange {
  readonly family: IPFamily;
  readonly first: bigint;
  readonly last: bigint;
  /** As configured: "10.96.0.0/12". */
  readonly text: string;
}

/** Reads an address of either family; undefined when it is none. Leading zeros are read as decimal, as upstream does. */
export function parseIP(text: string): IPAddress | undefined {
  return text.includes(':') ? parseIPv6(text) : parseIPv4(text);
}

function parseIPv4(text: string): IPAddress | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return { family: 'IPv4', value: parts.reduce((sum, part) => sum * 256n + BigInt(Number(part)), 0n) };
}

function parseIPv6(text: string): IPAddress | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = [groupsOf(halves[0] ?? ''), groupsOf(halves[1] ?? '')];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return { family: 'IPv6', value: groups.reduce((sum, group) => sum * 65536n + BigInt(group), 0n) };
}

function groupsOf(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const last = parts.at(-1) ?? '';
  const embedded = last.includes('.') ? parseIPv4(last) : undefined;
  if (embedded)
    parts.splice(-1, 1, (embedded.value >> 16n).toString(16), (embedded.value & 65535n).toString(16));
  return parts.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part))
    ? parts.map((part) => Number.parseInt(part, 16))
    : undefined;
}

/** The address in its canonical form: dotted, or RFC 5952. */
export function formatIP({ family, value }: IPAddress): string {
  if (family === 'IPv4') return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    Number((value >> BigInt(112 - 16 * index)) & 65535n),
  );
  const gap = longestZeros(groups);
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  return gap.length < 2
    ? hex(groups)
    : `${hex(groups.slice(0, gap.start))}::${hex(groups.slice(gap.start + gap.length))}`;
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  return best;
}

/** Reads "10.96.0.0/12"; undefined when it is none. */
export function parseRange(text: string): IPRange | undefined {
  const [address = '', prefix = ''] = text.split('/');
  const ip = parseIP(address);
  const bits = ip?.family === 'IPv6' ? 128 : 32;
  if (!ip || !/^\d+$/.test(prefix) || Number(prefix) > bits) return undefined;
  const size = 1n << BigInt(bits - Number(prefix));
  const first = (ip.value / size) * size;
  return { family: ip.family, first, last: first + size - 1n, text };
}
