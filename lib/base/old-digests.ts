import { utf8Bytes } from './sha256';

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** A message with its padding, as words; lengths are little- or big-endian. */
function wordsOf(text: string, little: boolean): Uint32Array {
  const bytes = utf8Bytes(text);
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - (little ? 8 : 4), bytes.length * 8, little);
  return Uint32Array.from({ length: padded.length / 4 }, (_, at) => view.getUint32(at * 4, little));
}

function hexOfWords(words: readonly number[], little: boolean): string {
  const view = new DataView(new ArrayBuffer(words.length * 4));
  for (const [at, word] of words.entries()) view.setUint32(at * 4, word >>> 0, little);
  return [...new Uint8Array(view.buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const MD5_SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

/** The MD5 digest of a text's UTF-8 bytes (RFC 1321): for `md5sum`, which guards nothing. */
export function md5Hex(text: string): string {
  const words = wordsOf(text, true);
  let [a, b, c, d] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let start = 0; start < words.length; start += 16) {
    const [a0, b0, c0, d0] = [a, b, c, d];
    for (let step = 0; step < 64; step += 1) {
      const round = step >> 4;
      const mixed =
        round === 0
          ? (b & c) | (~b & d)
          : round === 1
            ? (d & b) | (~d & c)
            : round === 2
              ? b ^ c ^ d
              : c ^ (b | ~d);
      const place =
        round === 0
          ? step
          : round === 1
            ? (5 * step + 1) % 16
            : round === 2
              ? (3 * step + 5) % 16
              : (7 * step) % 16;
      const constant = Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32);
      const sum = (a + mixed + constant + (words[start + place] ?? 0)) | 0;
      [a, d, c, b] = [d, c, b, (b + rotate(sum, MD5_SHIFTS[round * 4 + (step % 4)] ?? 0)) | 0];
    }
    [a, b, c, d] = [(a + a0) | 0, (b + b0) | 0, (c + c0) | 0, (d + d0) | 0];
  }
  return hexOfWords([a, b, c, d], true);
}

/** The SHA-1 digest of a text's UTF-8 bytes (RFC 3174): for `sha1sum`, which guards nothing. */
export function sha1Hex(text: string): string {
  const words = wordsOf(text, false);
  let state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (let start = 0; start < words.length; start += 16) {
    const schedule = [...words.subarray(start, start + 16)];
    for (let at = 16; at < 80; at += 1) {
      const word = [3, 8, 14, 16].reduce((mixed, back) => mixed ^ (schedule[at - back] ?? 0), 0);
      schedule.push(rotate(word, 1));
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
    for (const [at, word] of schedule.entries()) {
      const [mixed, constant] =
        at < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : at < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : at < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6];
      const next = (rotate(a, 5) + mixed + e + constant + word) | 0;
      [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
    }
    const added = [a, b, c, d, e];
    state = state.map((word, at) => (word + (added[at] ?? 0)) | 0);
  }
  return hexOfWords(state, false);
}
