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
