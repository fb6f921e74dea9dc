import type { CronJob, Stored } from '../../../api';
import { parseTime } from '../../../base';
import type { Schedule } from './schedule';

/** A queue's item comes a little after its moment. */
const DELTA_MS = 100;
const SECOND_MS = 1000;
const MANY = 100;

/** What has come due since a CronJob last ran. */
export interface Due {
  /** From when on it was looked at. */
  readonly since: number;
  readonly latest: number | undefined;
  readonly isMany: boolean;
}

/** mostRecentScheduleTime; undefined for a schedule that never comes. */
export function dueOf(
  { metadata, status, spec }: Stored<CronJob>,
  schedule: Schedule,
  now: number,
  withDeadline: boolean,
): Due | undefined {
  const last = parseTime(String(status?.lastScheduleTime ?? metadata.creationTimestamp)) ?? now;
  const deadline = withDeadline ? spec?.startingDeadlineSeconds : undefined;
  const since = deadline === undefined ? last : Math.max(last, now - deadline * SECOND_MS);
  const first = schedule.next(since);
  const second = first === undefined ? undefined : schedule.next(first);
  if (first === undefined || second === undefined) return undefined;
  if (now < first) return { since, latest: undefined, isMany: false };
  if (now < second) return { since, latest: first, isMany: false };
  const between = second - first;
  const missed = Math.floor((now - first) / between) + 1;
  let latest: number | undefined;
  let at = schedule.next(first + (missed - 2) * between);
  while (at !== undefined && at <= now) {
    latest = at;
    at = schedule.next(at);
  }
  return { since, latest, isMany: missed > MANY };
}

/** nextScheduleTimeDuration: how long until the next run. */
export function waitOf(job: Stored<CronJob>, schedule: Schedule, now: number): number | undefined {
  const due = dueOf(job, schedule, now, false);
  const from = due === undefined ? now : (due.latest ?? (due.isMany ? now : due.since));
  const next = schedule.next(from);
  return next === undefined ? undefined : Math.max(0, next + DELTA_MS - now);
}
