import type { CronJob, Job, Json, Status, Stored, View } from '../../../api';
import { formatTime, parseTime } from '../../../base';
import type { Action, Controller, Plan } from '../../seams';
import { controllerKey, ownKey, splitKey } from '../keys';
import { controllerRef, isControlledBy } from '../owners';
import { patchStatus } from '../patch-status';
import { planOf, REST } from '../plan';
import { REFS } from '../refs';
import { finishOf, outlived } from './history';
import { dueOf, waitOf } from './missed';
import { readSchedule, type Schedule } from './schedule';
import { type OffsetAt, offsetOf, offsetText } from './time-zone';

type Cron = Stored<CronJob>;
type CronStatus = NonNullable<CronJob['status']>;
type Reference = NonNullable<CronStatus['active']>[number];

const SCHEDULED = 'batch.kubernetes.io/cronjob-scheduled-timestamp';
const MINUTE_MS = 60_000;

/** Makes the Jobs of CronJobs when they are due, keeps count of them, and clears old ones away. */
export const cronJobController: Controller = {
  name: 'cronjob-controller',
  watches: [ownKey('cronjobs.batch'), controllerKey('jobs.batch', 'CronJob')],
  reconcile(view, key, now) {
    const cron = find(view, key);
    return cron === undefined ? REST : reconcile(view, cron, now);
  },
  refused(view, key, action, refusal) {
    const cron = find(view, key);
    return cron && action.verb === 'create' ? [failedCreate(cron, refusal)] : [];
  },
};

function find(view: View, key: string): Cron | undefined {
  const { namespace, name } = splitKey(key);
  return view.get<CronJob>('cronjobs.batch', namespace, name);
}

const tell = (
  about: Cron,
  reason: string,
  message: string,
  type: 'Normal' | 'Warning' = 'Normal',
): Action => ({
  verb: 'event',
  about,
  type,
  reason,
  message,
});

const failedCreate = (cron: Cron, { message = '' }: Status): Action =>
  tell(cron, 'FailedCreate', `Error creating job: ${message}`, 'Warning');

function reconcile(view: View, cron: Cron, now: number): Plan {
  const { namespace = '' } = cron.metadata;
  const jobs = view.list<Job>('jobs.batch', namespace).filter((job) => isControlledBy(job, cron));
  const seen = look(cron, jobs);
  const counted: Cron = { ...cron, status: seen.status };
  const run = cron.metadata.deletionTimestamp === undefined ? start(view, counted, jobs, now) : {};
  // What is done about Jobs comes after the count: whatever may be refused comes last.
  const active = (seen.status.active ?? []).filter(({ uid }) => !run.replaced?.has(uid ?? ''));
  const { active: _was, ...rest } = seen.status;
  const status = { ...rest, ...(active.length > 0 ? { active } : {}) };
  const actions = [
    ...seen.events,
    patchStatus(REFS.cronJobs, cron, status),
    ...clear(cron, outlived(cron, jobs)),
    ...(run.actions ?? []),
  ];
  return planOf(actions, run.waitMs);
}

interface Sight {
  readonly events: readonly Action[];
  readonly status: CronStatus;
}

/** Which Jobs are at work, which have ended, and which nobody knows. */
function look(cron: Cron, jobs: readonly Stored<Job>[]): Sight {
  const events: Action[] = [];
  const own = jobs.filter((job) => isNew(cron, job));
  const fresh = own.map(referenceTo);
  let active = [...(cron.status?.active ?? []), ...fresh];
  let { lastScheduleTime, lastSuccessfulTime } = cron.status ?? {};
  for (const job of own) lastScheduleTime = later(lastScheduleTime, formatTime(scheduledAt(job) ?? 0));
  for (const job of jobs) {
    const { name, uid } = job.metadata;
    const isKnown = active.some((each) => each.uid === uid);
    const finish = finishOf(job);
    if (finish === undefined && !isKnown) {
      const message = `Saw a job that the controller did not create or forgot: ${name}`;
      events.push(tell(cron, 'UnexpectedJob', message, 'Warning'));
    }
    if (finish === undefined) continue;
    if (isKnown) {
      active = active.filter((each) => each.uid !== uid);
      events.push(tell(cron, 'SawCompletedJob', `Saw completed job: ${name}, condition: ${finish}`));
    }
    if (finish === 'Complete') lastSuccessfulTime = later(lastSuccessfulTime, job.status?.completionTime);
  }
  for (const { uid, name } of active) {
    if (jobs.some(({ metadata }) => metadata.uid === uid)) continue;
    active = active.filter((each) => each.uid !== uid);
    events.push(tell(cron, 'MissingJob', `Active job went missing: ${name ?? ''}`));
  }
  return {
    events,
    status: {
      ...(active.length > 0 ? { active } : {}),
      ...(lastScheduleTime ? { lastScheduleTime } : {}),
      ...(lastSuccessfulTime ? { lastSuccessfulTime } : {}),
    },
  };
}

/** The later of two times, as texts. */
function later(a: string | undefined, b: string | undefined): string | undefined {
  const [x, y] = [parseTime(a ?? ''), parseTime(b ?? '')];
  if (x === undefined || y === undefined) return x === undefined ? b : a;
  return y > x ? b : a;
}

const scheduledAt = ({ metadata }: Stored<Job>): number | undefined =>
  parseTime(metadata.annotations?.[SCHEDULED] ?? '');

/** Made by this controller, and not yet counted. */
function isNew(cron: Cron, job: Stored<Job>): boolean {
  const at = scheduledAt(job);
  if (at === undefined || job.metadata.name !== jobName(cron, at)) return false;
  return at > (parseTime(cron.status?.lastScheduleTime ?? '') ?? Number.NEGATIVE_INFINITY);
}

const jobName = (cron: Cron, at: number): string => `${cron.metadata.name}-${Math.floor(at / MINUTE_MS)}`;

function referenceTo({ apiVersion, kind, metadata }: Stored<Job>): Reference {
  const { namespace = '', name, uid, resourceVersion } = metadata;
  return { apiVersion, kind, name, namespace, resourceVersion, uid };
}

interface Run {
  readonly actions?: readonly Action[];
  readonly waitMs?: number | undefined;
  /** Jobs that had to make room. */
  readonly replaced?: ReadonlySet<string>;
}

/** Starts the Job that is due, if one is. */
function start(view: View, cron: Cron, jobs: readonly Stored<Job>[], now: number): Run {
  const { schedule: text = '', timeZone, suspend, startingDeadlineSeconds: deadline } = cron.spec ?? {};
  const offsetAt = offsetOf(timeZone);
  if (offsetAt === undefined) {
    const zone = JSON.stringify(timeZone);
    const message = `invalid timeZone: ${zone}: unknown time zone ${timeZone ?? ''}`;
    return { actions: [tell(cron, 'UnknownTimeZone', message, 'Warning')] };
  }
  if (suspend) return {};
  const schedule = readSchedule(text, offsetAt);
  const due = dueOf(cron, schedule, now, true);
  if (due === undefined) {
    const why = 'time difference between two schedules is less than 1 second';
    return { actions: [tell(cron, 'InvalidSchedule', `invalid schedule: ${text} : ${why}`, 'Warning')] };
  }
  const waitMs = waitOf(cron, schedule, now);
  const { latest } = due;
  if (latest === undefined) return { waitMs };
  const many =
    'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew';
  const told = due.isMany ? [tell(cron, 'TooManyMissedTimes', many, 'Warning')] : [];
  if (deadline !== undefined && latest + deadline * 1000 < now) {
    const missed = `Missed scheduled time to start a job: ${goTime(latest)}`;
    return { actions: [...told, tell(cron, 'MissSchedule', missed, 'Warning')], waitMs };
  }
  if (isDone(view, cron, latest)) return { actions: told, waitMs };
  const run = make(cron, jobs, latest, offsetAt);
  return {
    ...run,
    actions: [...told, ...(run.actions ?? [])],
    waitMs: nextWait(cron, schedule, latest, now),
  };
}

/** Once the Job is made its moment is the last one. */
function nextWait(cron: Cron, schedule: Schedule, latest: number, now: number): number | undefined {
  return waitOf({ ...cron, status: { ...cron.status, lastScheduleTime: formatTime(latest) } }, schedule, now);
}

function isDone(view: View, cron: Cron, latest: number): boolean {
  const name = jobName(cron, latest);
  return (
    cron.status?.lastScheduleTime === formatTime(latest) ||
    view.get<Job>('jobs.batch', cron.metadata.namespace ?? '', name) !== undefined
  );
}

function make(cron: Cron, jobs: readonly Stored<Job>[], at: number, offsetAt: OffsetAt): Run {
  const active = new Set((cron.status?.active ?? []).map(({ uid }) => uid ?? ''));
  const policy = cron.spec?.concurrencyPolicy;
  if (policy === 'Forbid' && active.size > 0) {
    const message = 'Not starting job because prior execution is running and concurrency policy is Forbid';
    return { actions: [tell(cron, 'JobAlreadyActive', message)] };
  }
  const old = policy === 'Replace' ? jobs.filter(({ metadata }) => active.has(metadata.uid)) : [];
  const job = jobOf(cron, at, offsetAt);
  return {
    replaced: new Set(old.map(({ metadata }) => metadata.uid)),
    actions: [
      ...clear(cron, old),
      { verb: 'create', ref: REFS.jobs, object: job },
      tell(cron, 'SuccessfulCreate', `Created job ${job.metadata.name ?? ''}`),
    ],
  };
}

const clear = (cron: Cron, jobs: readonly Stored<Job>[]): readonly Action[] =>
  jobs.flatMap(({ metadata: { namespace = '', name } }): readonly Action[] => [
    { verb: 'delete', ref: REFS.jobs, namespace, name, options: { propagationPolicy: 'Background' } },
    tell(cron, 'SuccessfulDelete', `Deleted job ${name}`),
  ]);

/** getJobFromTemplate2. */
function jobOf(cron: Cron, at: number, offsetAt: OffsetAt): Job {
  const template = cron.spec?.jobTemplate;
  const { labels, annotations } = template?.metadata ?? {};
  const offset = offsetAt(at);
  const scheduled = `${formatTime(at + offset).slice(0, -1)}${offsetText(offset)}`;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName(cron, at),
      namespace: cron.metadata.namespace,
      ...(labels ? { labels } : {}),
      annotations: { ...annotations, [SCHEDULED]: scheduled },
      ownerReferences: [controllerRef(cron)],
    },
    spec: template?.spec as unknown as Json,
  } as unknown as Job;
}

const DAY_NAMES = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const MONTH_NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;

/** time.RFC1123Z in UTC. */
function goTime(ms: number): string {
  const text = formatTime(ms);
  const month = MONTH_NAMES[Number(text.slice(5, 7)) - 1];
  const weekday = DAY_NAMES[((Math.floor(ms / DAY_MS) % 7) + 7) % 7];
  return `${weekday}, ${text.slice(8, 10)} ${month} ${text.slice(0, 4)} ${text.slice(11, 19)} +0000`;
}
