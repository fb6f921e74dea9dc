import type { PodTemplateSpec } from '../../../api';
import { canonicalJson } from '../../../base';

/** The label that tells the Pods of a Deployment's ReplicaSets apart. */
export const TEMPLATE_HASH_LABEL = 'pod-template-hash';

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * A name part for a Pod template, stable for the same template and collision count: FNV-1a over its JSON, spelled
 * as rand.SafeEncodeString spells the number. (Upstream hashes Go's dump of the struct; the look is the same.)
 */
export function templateHash(template: PodTemplateSpec | undefined, collisionCount: number): string {
  const text = `${canonicalJson(template ?? {})}${collisionCount === 0 ? '' : collisionCount}`;
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return [...String(hash)].map((digit) => ALPHABET[digit.charCodeAt(0) % ALPHABET.length]).join('');
}

/** The template without the hash label, to compare a ReplicaSet's with its Deployment's. */
export function withoutHash(template: PodTemplateSpec | undefined): unknown {
  const labels = Object.entries(template?.metadata?.labels ?? {}).filter(
    ([key]) => key !== TEMPLATE_HASH_LABEL,
  );
  return { ...template, metadata: { ...template?.metadata, labels: Object.fromEntries(labels) } };
}
