import { utf8Bytes } from './sha256';

const MASK = 0xffff_ffff_ffff_ffffn;
const BLOCK_BYTES = 128;
const LENGTH_BYTES = 16;
const ROUNDS = 80;

/** The first 64 bits behind the point of the square or cube roots of the first primes: the standard's constants. */
function rootFractions(count: number, power: 2n | 3n): readonly bigint[] {
  const found: bigint[] = [];
  for (let number = 2n; found.length < count; number += 1n) {
    let prime = true;
    for (let divisor = 2n; divisor * divisor <= number; divisor += 1n)
      if (number % divisor === 0n) prime = false;
    if (prime) found.push(root(number << (64n * power), power) & MASK);
  }
  return found;
}

/** The whole part of a root, by bisection. */
function root(value: bigint, power: bigint): bigint {
  let low = 0n;
  let high = 1n << 80n;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** power <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
}

interface Constants {
  readonly initial: readonly bigint[];
  readonly rounds: readonly bigint[];
}

let known: Constants | undefined;

/** Found when they are first needed: few programs need them, and finding them takes some milliseconds. */
function constants(): Constants {
  known ??= { initial: rootFractions(8, 2n), rounds: rootFractions(ROUNDS, 3n) };
  return known;
}

const rotate = (value: bigint, by: bigint): bigint => ((value >> by) | (value << (64n - by))) & MASK;

/** The SHA-512 digest of a text in UTF-8, in hexadecimal. */
export function sha512Hex(text: string): string {
  const message = utf8Bytes(text);
  const padded = new Uint8Array(Math.ceil((message.length + 1 + LENGTH_BYTES) / BLOCK_BYTES) * BLOCK_BYTES);
  padded.set(message);
  padded[message.length] = 0x80;
  const bits = new DataView(padded.buffer);
  bits.setBigUint64(padded.length - 8, BigInt(message.length) * 8n);
  let hash = constants().initial;
  for (let at = 0; at < padded.length; at += BLOCK_BYTES) hash = compress(hash, bits, at);
  return hash.map((word) => word.toString(16).padStart(16, '0')).join('');
}

function compress(hash: readonly bigint[], bits: DataView, at: number): readonly bigint[] {
  const schedule = Array.from({ length: 16 }, (_, index) => bits.getBigUint64(at + 8 * index));
  const word = (index: number): bigint => schedule[index] ?? 0n;
  for (let index = 16; index < ROUNDS; index += 1) {
    const [near, far] = [word(index - 2), word(index - 15)];
    const small1 = rotate(near, 19n) ^ rotate(near, 61n) ^ (near >> 6n);
    const small0 = rotate(far, 1n) ^ rotate(far, 8n) ^ (far >> 7n);
    schedule.push((word(index - 16) + small0 + word(index - 7) + small1) & MASK);
  }
  const { rounds } = constants();
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = hash;
  for (let index = 0; index < ROUNDS; index += 1) {
    const big1 = rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n);
    const choice = (e & f) ^ (~e & MASK & g);
    const first = (h + big1 + choice + (rounds[index] ?? 0n) + word(index)) & MASK;
    const big0 = rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b] = [g, f, e, (d + first) & MASK, c, b, a];
    a = (first + big0 + majority) & MASK;
  }
  return [a, b, c, d, e, f, g, h].map((value, index) => (value + (hash[index] ?? 0n)) & MASK);
}
