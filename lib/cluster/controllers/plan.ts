import type { Action, Plan } from '../seams';

/** A plan of the actions that are there, in order. */
export function planOf(actions: readonly (Action | undefined)[], requeueAfterMs?: number | undefined): Plan {
  const present = actions.filter((action) => action !== undefined);
  return requeueAfterMs === undefined ? { actions: present } : { actions: present, requeueAfterMs };
}

/** Nothing to do. */
export const REST: Plan = { actions: [] };

/** The sooner of two waits. */
export function sooner(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : Math.min(a, b);
}

/**
 * Upstream's controllers take some 50 µs for each Pod of a Service, their share of writing slices included: of a
 * thousand Pods that change, most are looked at together.
 */
const PODS_A_MS = 20;

/** The time that a look at a Service with so many Pods takes: nothing worth telling unless they are many. */
export function syncTime(pods: number): Pick<Plan, 'takesMs'> {
  return pods < PODS_A_MS ? {} : { takesMs: Math.floor(pods / PODS_A_MS) };
}
