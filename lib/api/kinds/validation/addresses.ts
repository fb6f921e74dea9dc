/** An IP address as numbers: 4 of 8 bits or 8 of 16 bits. */
export interface IpAddress {
  readonly family: 'IPv4' | 'IPv6';
  readonly parts: readonly number[];
}

/** Reads an IP address; leading zeros in IPv4 are taken as decimal, as netutils.ParseIPSloppy does. */
export function parseIp(text: string): IpAddress | undefined {
  if (text.includes(':')) return parseIpv6(text);
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return { family: 'IPv4', parts: parts.map(Number) };
}

function parseIpv6(text: string): IpAddress | undefined {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const embedded = tail ? parseIp(tail[2] ?? '') : undefined;
  if (tail && !embedded) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = embedded?.parts ?? [];
  const plain = tail ? `${tail[1]}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}` : text;
  const halves = plain.split('::');
  if (halves.length > 2) return undefined;
  const groups = (half: string | undefined): string[] => (half ? half.split(':') : []);
  const [head, rest] = [groups(halves[0]), groups(halves[1])];
  const gap = 8 - head.length - rest.length;
  if (halves.length === 2 ? gap < 1 : gap !== 0) return undefined;
  const all = [...head, ...Array.from({ length: gap }, () => '0'), ...rest];
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const parts = all.map((group) => Number.parseInt(group, 16));
  const mapped = parts.slice(0, 5).every((part) => part === 0) && parts[5] === 0xffff;
  if (!mapped) return { family: 'IPv6', parts };
  const [high = 0, low = 0] = parts.slice(6);
  return { family: 'IPv4', parts: [high >> 8, high & 255, low >> 8, low & 255] };
}

const NOT_AN_IP = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';

/** What is wrong with an IP address, in the forms that versions before v1.36 accept. */
export function ipAddress(text: string): string[] {
  return parseIp(text) ? [] : [NOT_AN_IP];
}

/** What is wrong with a block in CIDR notation. */
export function cidrBlock(text: string): string[] {
  const [address = '', bits = '', ...more] = text.split('/');
  const ip = parseIp(address);
  const most = address.includes(':') ? 128 : 32;
  if (ip && more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most) return [];
  return ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'];
}

/** Whether one block lies within another, larger one. */
export function isStrictlyWithin(inner: string, outer: string): boolean {
  const [[address = '', bits = ''], [base = '', prefix = '']] = [inner.split('/'), outer.split('/')];
  const [a, b] = [parseIp(address), parseIp(base)];
  if (!a || !b || a.family !== b.family || Number(prefix) >= Number(bits)) return false;
  const width = a.family === 'IPv4' ? 8 : 16;
  return a.parts.every((part, index) => {
    const kept = Math.min(Math.max(Number(prefix) - index * width, 0), width);
    return part >> (width - kept) === (b.parts[index] ?? 0) >> (width - kept);
  });
}

const LEADING_ZERO = /(^|[.:])0\d/;
const MAPPED = /^::ffff:/i;

/** What is wrong with an address of a field that takes the one canonical form alone (IsValidIP). */
export function strictIpAddress(text: string): string[] {
  const ip = parseIp(text);
  if (!ip) return [NOT_AN_IP];
  const errors = [
    ...(LEADING_ZERO.test(text) && ip.family === 'IPv4' ? ['must not have leading 0s'] : []),
    ...(MAPPED.test(text) ? ['must not be an IPv4-mapped IPv6 address'] : []),
  ];
  if (errors.length > 0) return errors;
  const canonical = canonicalIp(ip);
  return text === canonical ? [] : [`must be in canonical form (${JSON.stringify(canonical)})`];
}

/** The same of a block (IsValidCIDR). */
export function strictCidrBlock(text: string): string[] {
  const wrong = cidrBlock(text);
  if (wrong.length > 0) return wrong;
  const [address = '', bits = ''] = text.split('/');
  const ip = parseIp(address);
  if ((LEADING_ZERO.test(address) && !address.includes(':')) || /^0\d/.test(bits)) {
    return ['must not have leading 0s in IP or prefix length'];
  }
  if (MAPPED.test(address)) return ['must not have an IPv4-mapped IPv6 address'];
  if (!ip || hasBitsBeyond(ip, Number(bits))) return ['must not have bits set beyond the prefix length'];
  const canonical = `${canonicalIp(ip)}/${bits}`;
  return text === canonical ? [] : [`must be in canonical form (${JSON.stringify(canonical)})`];
}

function hasBitsBeyond({ family, parts }: IpAddress, prefix: number): boolean {
  const width = family === 'IPv4' ? 8 : 16;
  return parts.some((part, index) => {
    const kept = Math.min(Math.max(prefix - index * width, 0), width);
    return (part & ((1 << (width - kept)) - 1)) !== 0;
  });
}

/** A block without the bits beyond its prefix, in its canonical form. */
function networkOf({ family, parts }: IpAddress, prefix: number): string {
  const width = family === 'IPv4' ? 8 : 16;
  const kept = parts.map((part, index) => {
    const bits = Math.min(Math.max(prefix - index * width, 0), width);
    return part & ~((1 << (width - bits)) - 1);
  });
  return `${canonicalIp({ family, parts: kept })}/${prefix}`;
}

/** GetWarningsForIP: addresses that are taken still, but written as they will not be for ever. */
export function addressWarnings(field: string, text: string): readonly string[] {
  const ip = parseIp(text);
  if (!ip || canonicalIp(ip) === text) return [];
  return text.includes('.') && /(^|\.)0\d/.test(text)
    ? [
        `${field}: non-standard IP address "${text}" will be considered invalid in a future Kubernetes release: use "${canonicalIp(ip)}"`,
      ]
    : [`${field}: IPv6 address "${text}" should be in RFC 5952 canonical format ("${canonicalIp(ip)}")`];
}

/** GetWarningsForCIDR: blocks that are taken still, but may not mean what they say. */
export function cidrWarnings(field: string, text: string): readonly string[] {
  if (cidrBlock(text).length > 0) return [];
  const [address = '', bits = ''] = text.split('/');
  const ip = parseIp(address);
  if (!ip) return [];
  const network = networkOf(ip, Number(bits));
  const single = `${canonicalIp(ip)}/${ip.family === 'IPv4' ? 32 : 128}`;
  const old = (LEADING_ZERO.test(address) && ip.family === 'IPv4') || /^0\d/.test(bits);
  return [
    ...(hasBitsBeyond(ip, Number(bits))
      ? [
          `${field}: CIDR value "${text}" is ambiguous in this context (should be "${network}" or "${single}"?)`,
        ]
      : []),
    ...(old
      ? [
          `${field}: non-standard CIDR value "${text}" will be considered invalid in a future Kubernetes release: use "${network}"`,
        ]
      : []),
  ];
}

/** What keeps an address from being an endpoint's or an external IP. */
export function nonSpecialIp(text: string): string[] {
  const ip = parseIp(text);
  if (!ip) return [NOT_AN_IP];
  const p = (index: number): number => ip.parts[index] ?? 0;
  const zeros = ip.parts.slice(0, -1).every((part) => part === 0);
  const v4 = ip.family === 'IPv4';
  const errors = [];
  if (zeros && ip.parts.at(-1) === 0) {
    errors.push(`may not be unspecified (${canonicalIp(ip)})`);
  }
  if (v4 ? p(0) === 127 : zeros && p(7) === 1) {
    errors.push('may not be in the loopback range (127.0.0.0/8, ::1/128)');
  }
  if (v4 ? p(0) === 169 && p(1) === 254 : (p(0) & 0xffc0) === 0xfe80) {
    errors.push('may not be in the link-local range (169.254.0.0/16, fe80::/10)');
  }
  if (v4 ? p(0) === 224 && p(1) === 0 && p(2) === 0 : (p(0) & 0xff0f) === 0xff02) {
    errors.push('may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)');
  }
  return errors;
}

/** The address in its one canonical form. */
export function canonicalIp({ family, parts }: IpAddress): string {
  if (family === 'IPv4') return parts.join('.');
  let best = { start: 0, length: 0 };
  for (let start = 0; start < 8; start += 1) {
    let length = 0;
    while (start + length < 8 && parts[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  const hex = (list: readonly number[]): string => list.map((part) => part.toString(16)).join(':');
  if (best.length < 2) return hex(parts);
  return `${hex(parts.slice(0, best.start))}::${hex(parts.slice(best.start + best.length))}`;
}
