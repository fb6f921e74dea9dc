import type { Job, Json, Stored } from '../../../api';
import { formatTime } from '../../../base';
import { type Condition, conditionsOf } from '../conditions';
import { isPodReady } from '../pod-state';
import { isIndexed, writeRanges } from './indexes';
import type { Standing } from './verdict';

/** A condition of a Job that holds from now on. */
export function conditionAt(
  type: string,
  now: number,
  reason: string,
  message: string,
  status = 'True',
): Condition {
  const time = formatTime(now);
  return { type, status, lastProbeTime: time, lastTransitionTime: time, reason, message } as Condition;
}

/** The conditions with one of its type replaced in place, or added at the end (ensureJobConditionStatus). */
export function withCondition(conditions: readonly Condition[], next: Condition): readonly Condition[] {
  const known = conditions.find(({ type }) => type === next.type);
  if (known === undefined) return [...conditions, next];
  const same = (['status', 'reason', 'message'] as const).every((field) => known[field] === next[field]);
  return same ? conditions : conditions.map((each) => (each === known ? next : each));
}

/** A Job's status as its Pods are now; `gone` of the active ones are being deleted in this very step. */
export function statusOf(
  job: Stored<Job>,
  { pods, succeeded, failed, doneIndexes, lostIndexes }: Standing,
  conditions: readonly Condition[],
  now: number,
  gone = 0,
): Record<string, Json> {
  const active = pods.active.length - gone;
  const ready = gone > 0 ? 0 : pods.active.filter((pod) => isPodReady(pod)).length;
  const perIndex = job.spec?.backoffLimitPerIndex !== undefined;
  return {
    ...(conditions.length > 0 ? { conditions: conditions as unknown as Json } : {}),
    startTime: (job.status?.startTime as string | undefined) ?? formatTime(now),
    ...(active > 0 ? { active } : {}),
    ...(succeeded > 0 ? { succeeded } : {}),
    ...(failed > 0 ? { failed } : {}),
    ...(isIndexed(job) && doneIndexes.size > 0 ? { completedIndexes: writeRanges(doneIndexes) } : {}),
    ...(perIndex ? { failedIndexes: writeRanges(lostIndexes) } : {}),
    terminating: pods.terminating.length + gone,
    uncountedTerminatedPods: {},
    ready,
  };
}

/** Whether a Job has ended. */
export const isOver = (job: Job): boolean =>
  conditionsOf(job.status).some(
    ({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True',
  );
