/** Whether a text is an IPv4 address as Go's net.ParseIP takes it: no leading zeros. */
export function isIPv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** Whether a text is an IPv6 address. */
export function isIPv6(text: string): boolean {
  return ipv6Groups(text) !== undefined;
}

/** Whether a text is an address at all. */
export function isAddress(text: string): boolean {
  return isIPv4(text) || isIPv6(text);
}

/** The eight groups of an IPv6 address. */
function ipv6Groups(text: string): readonly number[] | undefined {
  if (!text.includes(':')) return undefined;
  const dotted = /^(.*:)(\d+(?:\.\d+){3})$/.exec(text);
  if (dotted !== null && !isIPv4(dotted[2] ?? '')) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = (dotted?.[2] ?? '').split('.').map(Number);
  const plain =
    dotted === null ? text : `${dotted[1]}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  const halves = plain.split('::');
  if (halves.length > 2) return undefined;
  const groups = (half: string | undefined) => (half === undefined || half === '' ? [] : half.split(':'));
  const [left, right] = [groups(halves[0]), groups(halves[1])];
  const zeros = 8 - left.length - right.length;
  if (halves.length === 1 ? zeros !== 0 : zeros < 1) return undefined;
  const all = [...left, ...Array<string>(Math.max(0, zeros)).fill('0'), ...right];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.map((group) => Number.parseInt(group, 16));
}

/** An address as Go prints it: IPv6 shortened at its longest run of zeros. */
export function canonicalAddress(text: string): string {
  const groups = ipv6Groups(text);
  if (groups === undefined) return text;
  let best = { at: -1, length: 1 };
  for (let at = 0; at < groups.length; at += 1) {
    let length = 0;
    while (groups[at + length] === 0) length += 1;
    if (length > best.length) best = { at, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.at < 0) return hex.join(':');
  return `${hex.slice(0, best.at).join(':')}::${hex.slice(best.at + best.length).join(':')}`;
}

/** The bits of an address, most significant first. */
function bitsOf(address: string): string | undefined {
  if (isIPv4(address))
    return address
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  return ipv6Groups(address)
    ?.map((group) => group.toString(2).padStart(16, '0'))
    .join('');
}

/** A range in CIDR notation, taken apart; undefined for what is none. */
export function parseRange(text: string): { readonly bits: string; readonly size: number } | undefined {
  const [address = '', size = ''] = text.split('/');
  const bits = bitsOf(address);
  if (bits === undefined || !/^\d{1,3}$/.test(size) || Number(size) > bits.length) return undefined;
  return { bits: bits.slice(0, Number(size)), size: bits.length };
}

/** Whether an address lies in a range. */
export function isInRange(address: string, range: string): boolean {
  const [bits, parsed] = [bitsOf(address), parseRange(range)];
  return bits !== undefined && parsed?.size === bits.length && bits.startsWith(parsed.bits);
}

/** Whether a name is one that addresses are looked up under. */
export function isReverseName(name: string): boolean {
  return /\.(in-addr|ip6)\.arpa\.?$/i.test(name);
}

/** The address that a name under in-addr.arpa or ip6.arpa stands for. */
export function addressOfReverse(name: string): string | undefined {
  const lower = name.toLowerCase();
  const v4 = /^((?:\d+\.){4})in-addr\.arpa\.?$/.exec(lower)?.[1];
  if (v4 !== undefined) {
    const address = v4.slice(0, -1).split('.').reverse().join('.');
    return isIPv4(address) ? address : undefined;
  }
  const v6 = /^((?:[0-9a-f]\.){32})ip6\.arpa\.?$/.exec(lower)?.[1];
  if (v6 === undefined) return undefined;
  const digits = v6.replaceAll('.', '').split('').reverse().join('');
  return canonicalAddress((digits.match(/.{4}/g) ?? []).join(':'));
}
