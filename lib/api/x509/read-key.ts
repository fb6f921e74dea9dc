import { derInside, hexOf, readDer, readOid } from '../../base';
import type { PublicKey } from './certificate';
import { EC_PUBLIC_KEY, RSA_ENCRYPTION } from './oids';
import { readPem } from './pem';
import { readPublicKey, rsaKey } from './read-certificate';

/** The public half of the first private key in a PEM file; undefined when there is none that can be read. */
export function publicHalf(pem: string): PublicKey | undefined {
  for (const { label, bytes } of readPem(pem)) {
    const [key] = readDer(bytes) ?? [];
    const parts = derInside(key);
    if (label === 'RSA PRIVATE KEY') return rsaKey(parts[1]?.content ?? new Uint8Array());
    if (label === 'EC PRIVATE KEY') return ecHalf(bytes);
    if (label === 'PUBLIC KEY' && key !== undefined) return readPublicKey(key);
    if (label !== 'PRIVATE KEY') continue;
    const oid = readOid(derInside(parts[1])[0]?.content ?? new Uint8Array());
    const inner = parts[2]?.content ?? new Uint8Array();
    if (oid === RSA_ENCRYPTION) return rsaKey(derInside(readDer(inner)?.[0])[1]?.content ?? new Uint8Array());
    if (oid === EC_PUBLIC_KEY) return ecHalf(inner);
  }
  return undefined;
}

const PUBLIC_TAG = 0xa1;

/** An EC key tells its point when its maker wrote it down. */
function ecHalf(bytes: Uint8Array): PublicKey | undefined {
  const parts = derInside(readDer(bytes)?.[0]);
  const [point] = derInside(parts.find(({ tag }) => tag === PUBLIC_TAG));
  if (point === undefined) return undefined;
  const content = point.content.subarray(1);
  return { kind: 'EC', bits: ((content.length - 1) / 2) * 8, digits: hexOf(content) };
}
