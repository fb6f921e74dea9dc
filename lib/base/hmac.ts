import { sha256 } from './sha256';

const BLOCK_BYTES = 64;
const INNER = 0x36;
const OUTER = 0x5c;

/** HMAC-SHA-256 of a message under a key (RFC 2104). */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(key.length > BLOCK_BYTES ? sha256(key) : key);
  const keyed = (pad: number, rest: Uint8Array): Uint8Array => {
    const joined = new Uint8Array(BLOCK_BYTES + rest.length);
    joined.set(block.map((byte) => byte ^ pad));
    joined.set(rest, BLOCK_BYTES);
    return sha256(joined);
  };
  return keyed(OUTER, keyed(INNER, message));
}
