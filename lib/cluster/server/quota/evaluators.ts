import type { KindSpec } from '../../../api';
import { claimEvaluator } from './claim-evaluator';
import { countEvaluator } from './count-evaluator';
import type { Evaluator } from './evaluator';
import { podEvaluator } from './pod-evaluator';
import { serviceEvaluator } from './service-evaluator';

const OWN: Readonly<Record<string, Evaluator>> = {
  pods: podEvaluator,
  services: serviceEvaluator,
  persistentvolumeclaims: claimEvaluator,
};
const counted = new Map<string, Evaluator>();

/** How objects of a kind count; undefined for kinds that no quota can bound. */
export function evaluatorOf({ group, plural, namespaced }: KindSpec): Evaluator | undefined {
  if (!namespaced || plural === 'events') return undefined;
  const own = group === '' && Object.hasOwn(OWN, plural) ? OWN[plural] : undefined;
  if (own) return own;
  const key = `${plural}.${group}`;
  const known = counted.get(key) ?? countEvaluator(group, plural);
  counted.set(key, known);
  return known;
}
