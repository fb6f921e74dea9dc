import type { CronJob, Job, Stored } from '../../../api';
import { parseTime } from '../../../base';
import { conditionsOf } from '../conditions';

/** "Complete" or "Failed"; undefined while a Job goes on. */
export function finishOf(job: Job): 'Complete' | 'Failed' | undefined {
  const found = conditionsOf(job.status).find(
    ({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True',
  );
  return found?.type as 'Complete' | 'Failed' | undefined;
}

/** Finished Jobs beyond what a CronJob keeps of each kind, the oldest first. */
export function outlived(cron: CronJob, jobs: readonly Stored<Job>[]): readonly Stored<Job>[] {
  const { successfulJobsHistoryLimit: successes, failedJobsHistoryLimit: failures } = cron.spec ?? {};
  return [...beyond(jobs, 'Complete', successes), ...beyond(jobs, 'Failed', failures)];
}

function beyond(
  jobs: readonly Stored<Job>[],
  finish: 'Complete' | 'Failed',
  limit: number | undefined,
): readonly Stored<Job>[] {
  if (limit === undefined) return [];
  const startOf = ({ status }: Job): number =>
    parseTime(String(status?.startTime ?? '')) ?? Number.POSITIVE_INFINITY;
  const sorted = jobs
    .filter((job) => finishOf(job) === finish && job.metadata.deletionTimestamp === undefined)
    .toSorted((a, b) => startOf(a) - startOf(b) || (a.metadata.name < b.metadata.name ? -1 : 1));
  return sorted.slice(0, Math.max(0, sorted.length - limit));
}
