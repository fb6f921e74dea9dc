import { utf8Bytes } from '../../../base';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The UTF-8 bytes of a text in base 64. */
export function base64Encode(text: string): string {
  const bytes = utf8Bytes(text);
  let encoded = '';
  for (let start = 0; start < bytes.length; start += 3) {
    const [a = 0, b, c] = bytes.slice(start, start + 3);
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    encoded += ALPHABET[word >> 18] ?? '';
    encoded += ALPHABET[(word >> 12) & 63] ?? '';
    encoded += b === undefined ? '=' : (ALPHABET[(word >> 6) & 63] ?? '');
    encoded += c === undefined ? '=' : (ALPHABET[word & 63] ?? '');
  }
  return encoded;
}

/** How many bytes a base 64 text stands for. */
export function base64Length(text: string): number {
  return Math.floor((text.replace(/[^A-Za-z0-9+/]/g, '').length * 3) / 4);
}
