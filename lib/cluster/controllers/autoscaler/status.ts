import type { HorizontalPodAutoscaler, Json, Stored } from '../../../api';
import { formatTime } from '../../../base';
import type { Action } from '../../seams';
import type { Condition } from '../conditions';
import { conditionsJson, conditionsOf, findCondition } from '../conditions';
import { patchStatus } from '../patch-status';
import { REFS } from '../refs';

type Autoscaler = Stored<HorizontalPodAutoscaler>;

/** A condition as it is to be, but for its time. */
export type Finding = Required<Omit<Condition, 'lastTransitionTime' | 'lastUpdateTime'>>;

/** Writes what was found; without `fields`, the conditions alone; else they are all but the last scaling's time. */
export function writeStatus(
  autoscaler: Autoscaler,
  now: number,
  findings: readonly Finding[],
  fields?: Readonly<Record<string, Json>>,
): readonly Action[] {
  const { status } = autoscaler;
  const conditions = findings.reduce(
    (list, finding) => withFinding(list, finding, now),
    conditionsOf(status),
  );
  const { lastScaleTime } = status ?? {};
  const kept = fields === undefined ? status : lastScaleTime ? { lastScaleTime } : {};
  const next = { ...kept, ...fields, conditions: conditionsJson(conditions) };
  // Go leaves out a number of 0 here.
  const { currentReplicas, ...others } = next as typeof next & { readonly currentReplicas?: number };
  const action = patchStatus(REFS.autoscalers, autoscaler, {
    ...others,
    ...(currentReplicas ? { currentReplicas } : {}),
  });
  return action ? [action] : [];
}

/** setCondition: it stays where it was, or comes last; its time is kept while its status stays. */
function withFinding(conditions: readonly Condition[], finding: Finding, now: number): readonly Condition[] {
  const known = findCondition(conditions, finding.type);
  if (known === undefined) return [...conditions, { ...finding, lastTransitionTime: formatTime(now) }];
  const { lastTransitionTime = formatTime(now) } = known.status === finding.status ? known : {};
  return conditions.map((each) => (each === known ? { ...finding, lastTransitionTime } : each));
}
