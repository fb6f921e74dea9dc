import { encodeBase64 } from '../base64';
import { utf8Bytes } from '../sha256';
import { utf8Text } from '../utf8-text';
import { isArray, isNumber, isObject, JqError, type JqValue, shown, toJsonText } from './value';

/** A value as text: a string as it is, anything else as JSON. */
export const textOf = (value: JqValue): string => (typeof value === 'string' ? value : toJsonText(value));

/** What `@name` makes of a value. */
export function formatText(name: string, value: JqValue): string {
  switch (name) {
    case '@text':
      return textOf(value);
    case '@json':
      return toJsonText(value);
    case '@html':
      return textOf(value).replace(/[&<>'"]/g, (char) => HTML[char] ?? char);
    case '@uri':
      return [...utf8Bytes(textOf(value))].map(uriByte).join('');
    case '@csv':
      return row(value, 'csv').map(csvField).join(',');
    case '@tsv':
      return row(value, 'tsv').map(tsvField).join('\t');
    case '@sh':
      return (isArray(value) ? value : [value]).map(shellWord).join(' ');
    case '@base64':
      return encodeBase64(textOf(value));
    case '@base64d':
      return fromBase64(textOf(value));
    case '@base32':
      return base32(utf8Bytes(textOf(value)));
    case '@base32d':
      return fromBase32(textOf(value));
    default:
      throw new JqError(`${name.slice(1)} is not a valid format`);
  }
}

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
  '"': '&quot;',
};

function uriByte(byte: number): string {
  const char = String.fromCharCode(byte);
  return /[A-Za-z0-9\-_.~]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

function row(value: JqValue, kind: 'csv' | 'tsv'): readonly JqValue[] {
  if (!isArray(value)) throw new JqError(`${shown(value)} cannot be ${kind}-formatted, only array`);
  for (const field of value)
    if (isArray(field) || isObject(field)) {
      const what = kind === 'csv' ? 'csv' : 'tsv';
      throw new JqError(`${shown(field)} is not valid in a ${what} row`);
    }
  return value;
}

function csvField(field: JqValue): string {
  if (field === null) return '';
  return typeof field === 'string' ? `"${field.replaceAll('"', '""')}"` : toJsonText(field);
}

function tsvField(field: JqValue): string {
  if (field === null) return '';
  if (typeof field !== 'string') return toJsonText(field);
  return field
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

function shellWord(value: JqValue): string {
  if (isArray(value) || isObject(value)) throw new JqError(`${shown(value)} can not be escaped for shell`);
  if (value === null || typeof value === 'boolean' || isNumber(value)) return toJsonText(value);
  return `'${String(value).replaceAll("'", "'\\''")}'`;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function fromBase64(text: string): string {
  const bytes = unpack(text.replace(/=+$/, ''), BASE64, 6);
  if (bytes === undefined) throw new JqError(`${shown(text)} is not valid base64 data`);
  if (text.replace(/=+$/, '').length % 4 === 1)
    throw new JqError(`${shown(text)} trailing base64 byte found`);
  return utf8Text(bytes);
}

function fromBase32(text: string): string {
  const bytes = unpack(text.replace(/=+$/, ''), BASE32, 5);
  if (bytes === undefined) throw new JqError(`${shown(text)} is not valid base32 data`);
  return utf8Text(bytes);
}

function unpack(text: string, alphabet: string, bitsEach: number): readonly number[] | undefined {
  const bytes: number[] = [];
  let word = 0;
  let bits = 0;
  for (const char of text) {
    const digit = alphabet.indexOf(char);
    if (digit < 0) return undefined;
    word = ((word << bitsEach) | digit) & 0xffff;
    bits += bitsEach;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((word >> bits) & 0xff);
  }
  return bytes;
}

function base32(bytes: Uint8Array): string {
  let out = '';
  let word = 0;
  let bits = 0;
  for (const byte of bytes) {
    word = ((word << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += BASE32.charAt((word >> bits) & 31);
    }
  }
  if (bits > 0) out += BASE32.charAt((word << (5 - bits)) & 31);
  return out.padEnd(Math.ceil(out.length / 8) * 8, '=');
}
