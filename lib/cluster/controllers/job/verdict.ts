import type { Job, Pod, Stored } from '../../../api';
import { parseTime } from '../../../base';
import { conditionsOf } from '../conditions';
import { judge } from './failure-policy';
import { countsPerIndex } from './indexes';
import { successMessage } from './success-policy';
import type { JobPods } from './tracking';

/** How a Job will end once its last Pod is gone. */
export interface Verdict {
  readonly type: 'FailureTarget' | 'SuccessCriteriaMet';
  readonly reason: string;
  readonly message: string;
}

/** What a Job's Pods amount to. */
export interface Standing {
  readonly pods: JobPods;
  /** Successes: of Pods, or of indexes. */
  readonly succeeded: number;
  readonly failed: number;
  readonly doneIndexes: ReadonlySet<number>;
  readonly lostIndexes: ReadonlySet<number>;
}

const DEFAULT_BACKOFF_LIMIT = 6;
const failure = (reason: string, message: string): Verdict => ({ type: 'FailureTarget', reason, message });

/** What is to become of a Job; undefined while it goes on (syncJob, in its order). */
export function verdictOf(job: Stored<Job>, standing: Standing, now: number): Verdict | undefined {
  return (
    known(job) ??
    byPolicy(job, standing.pods.failed) ??
    bySpending(job, standing, now) ??
    byIndexes(job, standing) ??
    byCompletion(job, standing)
  );
}

/** What was decided stays decided. */
function known(job: Job): Verdict | undefined {
  for (const { type, status, reason = '', message = '' } of conditionsOf(job.status))
    if ((type === 'FailureTarget' || type === 'SuccessCriteriaMet') && status === 'True')
      return { type, reason, message };
  return undefined;
}

function byPolicy(job: Job, failed: readonly Stored<Pod>[]): Verdict | undefined {
  for (const pod of failed) {
    const judgement = judge(job, pod);
    if (judgement?.action === 'FailJob') return failure('PodFailurePolicy', judgement.message);
  }
  return undefined;
}

function bySpending(job: Job, { pods, failed }: Standing, now: number): Verdict | undefined {
  const limit =
    job.spec?.backoffLimit ?? (countsPerIndex(job) ? Number.POSITIVE_INFINITY : DEFAULT_BACKOFF_LIMIT);
  if (failed > limit || isRestartedTooOften(job, pods.active, limit))
    return failure('BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  const left = untilDeadline(job, now);
  return left !== undefined && left <= 0
    ? failure('DeadlineExceeded', 'Job was active longer than specified deadline')
    : undefined;
}

/** pastBackoffLimitOnFailure: where containers are started again in place, their restarts count. */
function isRestartedTooOften(job: Job, active: readonly Pod[], limit: number): boolean {
  if (job.spec?.template.spec?.restartPolicy !== 'OnFailure') return false;
  const restarts = active
    .flatMap(({ status }) => [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])])
    .reduce((sum, { restartCount }) => sum + restartCount, 0);
  return limit === 0 ? restarts > 0 : restarts >= limit;
}

/** How long until activeDeadlineSeconds are over, where there are any. */
export function untilDeadline(job: Job, now: number): number | undefined {
  const seconds = job.spec?.activeDeadlineSeconds;
  const start = job.status?.startTime ? parseTime(String(job.status.startTime)) : undefined;
  return seconds === undefined || start === undefined ? undefined : start + seconds * 1000 - now;
}

function byIndexes(job: Job, { doneIndexes, lostIndexes }: Standing): Verdict | undefined {
  const most = job.spec?.maxFailedIndexes as number | undefined;
  if (typeof most === 'number' && lostIndexes.size > most)
    return failure(
      'MaxFailedIndexesExceeded',
      'Job has exceeded the specified maximal number of failed indexes',
    );
  const completions = job.spec?.completions ?? 0;
  if (lostIndexes.size > 0 && doneIndexes.size + lostIndexes.size >= completions)
    return failure('FailedIndexes', 'Job has failed indexes');
  const message = successMessage(job, doneIndexes);
  return message === undefined ? undefined : { type: 'SuccessCriteriaMet', reason: 'SuccessPolicy', message };
}

/** A Job without completions is a work queue: one success, and nobody at work any more. */
function byCompletion(job: Job, { pods, succeeded }: Standing): Verdict | undefined {
  const isDone = pods.active.length === 0 && succeeded >= (job.spec?.completions ?? 1);
  return isDone
    ? {
        type: 'SuccessCriteriaMet',
        reason: 'CompletionsReached',
        message: 'Reached expected number of succeeded pods',
      }
    : undefined;
}
