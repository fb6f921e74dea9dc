import type { Job, Pod, Stored } from '../../../api';
import type { Random } from '../../../base';
import type { Action } from '../../seams';
import { sooner } from '../plan';
import { isPodFinished } from '../pod-state';
import { backoffLeft } from './backoff';
import { createPod, deletePod } from './create-pod';
import { judge } from './failure-policy';
import { countsPerIndex, failuresBefore, indexOf, isIndexed } from './indexes';
import { release, replacesOnlyFailed } from './tracking';
import type { Standing } from './verdict';

/** What brings a Job to as many Pods as it should have now, and how long until more may be made. */
export interface Growth {
  readonly actions: readonly Action[];
  readonly waitMs?: number | undefined;
}

/** Makes the Pods that a Job lacks, and deletes those that it has too many (manageJob). */
export function grow(job: Stored<Job>, standing: Standing, now: number, random: Random): Growth {
  const { active, terminating } = standing.pods;
  const wanted = wantedPods(job, standing);
  if (active.length > wanted) {
    const extra = active.slice(wanted);
    return { actions: [...release(extra), ...extra.flatMap((pod) => deletePod(job, pod))] };
  }
  const held = replacesOnlyFailed(job) ? terminating.length : 0;
  const room = Math.max(0, wanted - active.length - held);
  if (room === 0) return { actions: [] };
  if (countsPerIndex(job)) return growByIndex(job, standing, room, now, random);
  const waitMs = backoffLeft(standing.pods.all.filter(isPodFinished), now);
  if (waitMs !== undefined) return { actions: [], waitMs };
  const indexes = isIndexed(job) ? freeIndexes(job, standing).slice(0, room) : [];
  const made = isIndexed(job) ? indexes : Array.from({ length: room }, () => undefined);
  return { actions: made.flatMap((index) => createPod(job, index, undefined, random)) };
}

function wantedPods(job: Job, { pods, succeeded, lostIndexes }: Standing): number {
  const parallelism = job.spec?.parallelism ?? 1;
  const completions = job.spec?.completions ?? undefined;
  if (completions === undefined) return succeeded > 0 ? pods.active.length : parallelism;
  return Math.min(parallelism, Math.max(0, completions - succeeded - lostIndexes.size));
}

function freeIndexes(job: Job, { pods, doneIndexes, lostIndexes }: Standing): readonly number[] {
  const waiting = replacesOnlyFailed(job) ? pods.terminating : [];
  const busy = new Set([...pods.active, ...waiting].map(indexOf));
  return Array.from({ length: job.spec?.completions ?? 0 }, (_, index) => index).filter(
    (index) => !busy.has(index) && !doneIndexes.has(index) && !lostIndexes.has(index),
  );
}

/** Each index has failures and a back-off of its own (firstPendingIndexes, getRemainingTimePerIndex). */
function growByIndex(
  job: Stored<Job>,
  standing: Standing,
  room: number,
  now: number,
  random: Random,
): Growth {
  const actions: Action[] = [];
  let waitMs: number | undefined;
  let left = room;
  for (const index of freeIndexes(job, standing)) {
    if (left === 0) break;
    left -= 1;
    const failed = standing.pods.failed.filter((pod) => indexOf(pod) === index);
    const wait = backoffLeft(failed, now);
    if (wait === undefined) actions.push(...createPod(job, index, failuresOf(job, failed), random));
    else waitMs = sooner(waitMs, wait);
  }
  return { actions, waitMs };
}

/** How often an index has failed: once more than its last Pod was told, unless that is to be ignored. */
function failuresOf(job: Job, failed: readonly Stored<Pod>[]): number {
  const [last] = failed.toSorted((a, b) => failuresBefore(b) - failuresBefore(a));
  if (last === undefined) return 0;
  return failuresBefore(last) + (judge(job, last)?.action === 'Ignore' ? 0 : 1);
}
