import type { Json } from '../../api';

/** What Deployments, ReplicaSets and their like keep in `status.conditions`. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
  readonly lastUpdateTime?: string;
}

/** A status' conditions as the loosest of their types. */
export function conditionsOf(status: { readonly conditions?: unknown } | undefined): readonly Condition[] {
  return (status?.conditions ?? []) as readonly Condition[];
}

/** The condition of one type. */
export function findCondition(conditions: readonly Condition[], type: string): Condition | undefined {
  return conditions.find((each) => each.type === type);
}

/** All but the conditions of one type. */
export function withoutCondition(conditions: readonly Condition[], type: string): readonly Condition[] {
  return conditions.filter((each) => each.type !== type);
}

/**
 * Upstream's Set…Condition: nothing changes while status and reason stay; the transition time is kept while the
 * status stays; a changed condition goes to the end.
 */
export function setCondition(conditions: readonly Condition[], next: Condition): readonly Condition[] {
  const current = findCondition(conditions, next.type);
  if (current?.status === next.status && current.reason === next.reason) return conditions;
  const kept =
    current?.status === next.status && current.lastTransitionTime !== undefined
      ? { ...next, lastTransitionTime: current.lastTransitionTime }
      : next;
  return [...withoutCondition(conditions, next.type), kept];
}

/** Conditions as JSON, for a patch. */
export function conditionsJson(conditions: readonly Condition[]): Json {
  return conditions as unknown as Json;
}
