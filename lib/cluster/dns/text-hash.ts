import { createRandom, type Random } from '../../base';

/** A 32-bit number from a text (FNV-1a). */
export function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}

/**
 * Chance of a process' own: for what happens behind the scenes at its start, so that the cluster's chance, which decides
 * what a learner sees, does not depend on it.
 */
export function ownChance({ podName, now }: { readonly podName: string; readonly now: number }): Random {
  return createRandom(textHash(`${podName} ${now}`));
}
