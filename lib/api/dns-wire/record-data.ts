import { DnsFormatError } from './domain-name';
import type { DnsWriter } from './writer';

/** Words of a record's data; a quoted one may hold spaces, and its quotes are dropped. */
export function dataWords(data: string): readonly string[] {
  return [...data.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
}

/** The bytes of a character-string: `\"` and `\065` are one byte each, other text is UTF-8. */
function stringBytes(text: string): readonly number[] {
  const plain = text.replace(/\\(\d{3})|\\(.)/g, (_, code?: string, other?: string) =>
    code === undefined ? (other ?? '') : String.fromCharCode(Number(code)),
  );
  return /^[\x00-\xff]*$/.test(plain)
    ? [...plain].map((character) => character.charCodeAt(0))
    : [...encodeURIComponent(plain).matchAll(/%(..)|(.)/g)].map((match) =>
        match[1] === undefined ? (match[2] ?? '').charCodeAt(0) : Number.parseInt(match[1], 16),
      );
}

const MAX_STRING_BYTES = 255;

function writeString(writer: DnsWriter, text: string): void {
  const bytes = stringBytes(text);
  if (bytes.length > MAX_STRING_BYTES) throw new DnsFormatError('a string of a record is over 255 bytes');
  writer.u8(bytes.length);
  writer.bytes(bytes);
}

/** The four bytes of an IPv4 address. */
export function ipv4Bytes(text: string): readonly number[] {
  const parts = text.split('.').map(Number);
  if (parts.length !== 4 || !parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255))
    throw new DnsFormatError(`not an IPv4 address: ${text}`);
  return parts;
}

/** The sixteen bytes of an IPv6 address, shortened or not. */
export function ipv6Bytes(text: string): readonly number[] {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const [, before = '', last = ''] = dotted ?? [];
  const [a = 0, b = 0, c = 0, d = 0] = dotted === null ? [] : ipv4Bytes(last);
  const plain =
    dotted === null ? text : `${before}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  const [head = '', tail, more] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<string>(Math.max(0, zeros)).fill('0'), ...right];
  const whole = more === undefined && groups.length === 8 && (tail === undefined || zeros > 0);
  if (!whole || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)))
    throw new DnsFormatError(`not an IPv6 address: ${text}`);
  return groups.flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

/** Writes a record's data from its presentation form. */
export function writeRecordData(writer: DnsWriter, type: string, data: string): void {
  const words = dataWords(data);
  const word = (index: number): string => words[index] ?? '';
  const number = (index: number): number => {
    if (!/^\d+$/.test(word(index))) throw new DnsFormatError(`bad ${type} record: ${data}`);
    return Number(word(index));
  };
  // RFC 3597: any type may be written as its length and its bytes.
  switch (word(0) === '\\#' ? 'raw' : type) {
    case 'raw':
      writer.bytes(hexBytes(words.slice(2).join('')));
      break;
    case 'A':
      writer.bytes(ipv4Bytes(word(0)));
      break;
    case 'AAAA':
      writer.bytes(ipv6Bytes(word(0)));
      break;
    case 'NS':
    case 'CNAME':
    case 'PTR':
      writer.domain(word(0), true);
      break;
    case 'DNAME':
      writer.domain(word(0), false);
      break;
    case 'MX':
      writer.u16(number(0));
      writer.domain(word(1), true);
      break;
    case 'SRV':
      for (const index of [0, 1, 2]) writer.u16(number(index));
      writer.domain(word(3), false);
      break;
    case 'SOA':
      writer.domain(word(0), true);
      writer.domain(word(1), true);
      for (const index of [2, 3, 4, 5, 6]) writer.u32(number(index));
      break;
    case 'TXT':
    case 'SPF':
    case 'HINFO':
      for (const text of words) writeString(writer, text);
      break;
    case 'CAA':
      writer.u8(number(0));
      writeString(writer, word(1));
      writer.bytes(stringBytes(word(2)));
      break;
    default:
      throw new DnsFormatError(`no way to write a record of type ${type}`);
  }
}

/** Bytes from hexadecimal text. */
export function hexBytes(text: string): readonly number[] {
  return (text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
}
