import { utf8Bytes } from './sha256';
import { utf8Text } from './utf8-text';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const STANDARD = `${LETTERS}+/`;
const URL_SAFE = `${LETTERS}-_`;

/** The UTF-8 bytes of a text in base 64. */
export function encodeBase64(text: string): string {
  const encoded = encode(utf8Bytes(text), STANDARD);
  return encoded.padEnd(Math.ceil(encoded.length / 4) * 4, '=');
}

/** The UTF-8 text behind standard base 64; bytes that are no UTF-8 become U+FFFD, letters that are none are skipped. */
export function decodeBase64(text: string): string {
  return utf8Text(decode(text.replace(/[^A-Za-z0-9+/]/g, ''), STANDARD));
}

/** Bytes in base 64 as URLs and tokens carry it: no padding (RFC 4648 §5). */
export function base64Url(bytes: Uint8Array): string {
  return encode(bytes, URL_SAFE);
}

/** The bytes of such a text; undefined when it is none. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  return /^[A-Za-z0-9_-]*$/.test(text) && text.length % 4 !== 1 ? decode(text, URL_SAFE) : undefined;
}

function encode(bytes: Uint8Array, alphabet: string): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 3) {
    const [a = 0, b, c] = bytes.subarray(start, start + 3);
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += alphabet.charAt(word >> 18) + alphabet.charAt((word >> 12) & 63);
    if (b !== undefined) text += alphabet.charAt((word >> 6) & 63);
    if (c !== undefined) text += alphabet.charAt(word & 63);
  }
  return text;
}

function decode(text: string, alphabet: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let word = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    word = ((word << 6) | alphabet.indexOf(letter)) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (word >> bits) & 0xff;
    at += 1;
  }
  return bytes;
}
