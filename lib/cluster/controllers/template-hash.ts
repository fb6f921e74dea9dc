import { canonicalJson } from '../../base';

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * A name part for a template, stable for the same template and collision count: FNV-1a over its JSON, spelled
 * as rand.SafeEncodeString spells the number. (Upstream hashes Go's dump of the struct; the look is the same.)
 */
export function hashOf(template: unknown, collisionCount: number): string {
  const text = `${canonicalJson(template ?? {})}${collisionCount === 0 ? '' : collisionCount}`;
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return [...String(hash)].map((digit) => ALPHABET[digit.charCodeAt(0) % ALPHABET.length]).join('');
}
