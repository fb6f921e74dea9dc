import type { Job, Json, Pod, Stored, View } from '../../api';
import { formatTime, parseTime, type Random, randomName } from '../../base';
import type { Action, Controller, Plan } from '../seams';
import { type Condition, conditionsOf, findCondition } from './conditions';
import { controllerKey, ownKey, splitKey } from './keys';
import { controllerRef, isControlledBy } from './owners';
import { patchStatus } from './patch-status';
import { planOf, REST, sooner } from './plan';
import { isPodFinished, isPodReady } from './pod-state';
import { REFS } from './refs';

/** Failed Pods are replaced after 10 s, doubled for each failure, at most 10 minutes. */
const BACKOFF_MS = 10_000;
const BACKOFF_MAX_MS = 600_000;
const DEFAULT_BACKOFF_LIMIT = 6;
const INDEX = 'batch.kubernetes.io/job-completion-index';

/** Runs a Job's Pods until enough of them have succeeded. */
export const jobController: Controller = {
  name: 'job-controller',
  watches: [ownKey('jobs.batch'), controllerKey('pods', 'Job')],
  reconcile(view, key, now, random) {
    const { namespace, name } = splitKey(key);
    const job = view.get<Job>('jobs.batch', namespace, name);
    return job === undefined || job.metadata.deletionTimestamp !== undefined
      ? REST
      : reconcile(view, job, now, random);
  },
  refused(view, key, action, refusal) {
    const { namespace, name } = splitKey(key);
    const job = view.get<Job>('jobs.batch', namespace, name);
    if (job === undefined || action.verb !== 'create') return [];
    const message = `Error creating: ${refusal.message ?? ''}`;
    return [{ verb: 'event', about: job, type: 'Warning', reason: 'FailedCreate', message }];
  },
};

interface Pods {
  readonly active: readonly Stored<Pod>[];
  readonly succeeded: readonly Stored<Pod>[];
  readonly failed: readonly Stored<Pod>[];
}

function podsOf(view: View, job: Stored<Job>): Pods {
  const mine = view.list<Pod>('pods', job.metadata.namespace ?? '').filter((pod) => isControlledBy(pod, job));
  return {
    active: mine.filter((pod) => !isPodFinished(pod) && pod.metadata.deletionTimestamp === undefined),
    succeeded: mine.filter((pod) => pod.status?.phase === 'Succeeded'),
    failed: mine.filter((pod) => pod.status?.phase === 'Failed'),
  };
}

const isOver = (job: Job): boolean =>
  conditionsOf(job.status).some(
    (each) => (each.type === 'Complete' || each.type === 'Failed') && each.status === 'True',
  );

function reconcile(view: View, job: Stored<Job>, now: number, random: Random): Plan {
  if (isOver(job)) return REST;
  const pods = podsOf(view, job);
  if (job.spec?.suspend) return suspend(job, pods, now);
  const failure = failureOf(job, pods, now);
  if (failure !== undefined) return fail(job, pods, failure, now);
  if (isDone(job, pods)) return complete(job, pods, now);
  const wait = backoff(job, pods, now);
  const grown = wait === undefined ? grow(job, pods, random) : [];
  const resumed = resume(job, now);
  const status = patchStatus(REFS.jobs, job, statusOf(job, pods, resumed, now));
  return planOf([status, ...grown], sooner(wait, deadline(job, now)));
}

const succeededCount = (job: Job, { succeeded }: Pods): number =>
  isIndexed(job) ? new Set(succeeded.map(indexOf)).size : succeeded.length;

const isIndexed = (job: Job): boolean => job.spec?.completionMode === 'Indexed';
const indexOf = (pod: Pod): number => Number(pod.metadata.annotations?.[INDEX] ?? -1);

/** A Job without completions is a work queue: one success, and nobody at work any more. */
function isDone(job: Job, pods: Pods): boolean {
  const wanted = job.spec?.completions;
  if (wanted === undefined || wanted === null) return pods.succeeded.length > 0 && pods.active.length === 0;
  return succeededCount(job, pods) >= wanted;
}

interface Failure {
  readonly reason: string;
  readonly message: string;
}

function failureOf(job: Stored<Job>, pods: Pods, now: number): Failure | undefined {
  const restarts = [...pods.active].reduce(
    (sum, pod) =>
      sum + (pod.status?.containerStatuses ?? []).reduce((count, each) => count + each.restartCount, 0),
    0,
  );
  const limit = job.spec?.backoffLimit ?? DEFAULT_BACKOFF_LIMIT;
  const onFailure = job.spec?.template.spec?.restartPolicy === 'OnFailure';
  const exceeded = pods.failed.length > limit || (onFailure && restarts > 0 && restarts >= limit);
  if (exceeded) {
    return { reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' };
  }
  const left = deadline(job, now);
  return left !== undefined && left <= 0
    ? { reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' }
    : undefined;
}

function deadline(job: Job, now: number): number | undefined {
  const seconds = job.spec?.activeDeadlineSeconds;
  const start = job.status?.startTime ? parseTime(String(job.status.startTime)) : undefined;
  return seconds === undefined || start === undefined ? undefined : start + seconds * 1000 - now;
}

function backoff(job: Job, pods: Pods, now: number): number | undefined {
  if (pods.failed.length === 0) return undefined;
  const ends = pods.failed.flatMap((pod) =>
    (pod.status?.containerStatuses ?? []).map((each) => {
      const text = each.state?.terminated?.finishedAt;
      return text ? (parseTime(String(text)) ?? 0) : 0;
    }),
  );
  const streak = job.status?.succeeded ? 1 : pods.failed.length;
  const wait = Math.min(BACKOFF_MS * 2 ** (streak - 1), BACKOFF_MAX_MS);
  const left = Math.max(0, ...ends) + wait - now;
  return left > 0 ? left : undefined;
}

function grow(job: Stored<Job>, pods: Pods, random: Random): readonly Action[] {
  const parallelism = job.spec?.parallelism ?? 1;
  const completions = job.spec?.completions ?? undefined;
  const remaining =
    completions === undefined
      ? pods.succeeded.length > 0
        ? pods.active.length
        : parallelism
      : Math.max(0, completions - succeededCount(job, pods));
  const wanted = Math.min(parallelism, remaining);
  if (pods.active.length > wanted) return pods.active.slice(wanted).flatMap((pod) => deletion(job, pod));
  const indexes = freeIndexes(job, pods);
  return Array.from({ length: wanted - pods.active.length }, (_, i) =>
    creation(job, indexes[i], random),
  ).flat();
}

function freeIndexes(job: Job, pods: Pods): readonly number[] {
  if (!isIndexed(job)) return [];
  const taken = new Set([...pods.active, ...pods.succeeded].map(indexOf));
  return Array.from({ length: job.spec?.completions ?? 0 }, (_, i) => i).filter((i) => !taken.has(i));
}

function creation(job: Stored<Job>, index: number | undefined, random: Random): readonly Action[] {
  const base = index === undefined ? job.metadata.name : `${job.metadata.name}-${index}`;
  const generateName = `${base.slice(0, 57)}-`;
  const name = `${generateName}${randomName(random, 5)}`;
  const template = job.spec?.template;
  const indexed =
    index === undefined
      ? {}
      : { annotations: { ...template?.metadata?.annotations, [INDEX]: String(index) } };
  const labels =
    index === undefined
      ? template?.metadata?.labels
      : { ...template?.metadata?.labels, [INDEX]: String(index) };
  const env = { name: 'JOB_COMPLETION_INDEX', value: String(index) };
  const containers =
    index === undefined
      ? template?.spec?.containers
      : template?.spec?.containers.map((each) => ({ ...each, env: [...(each.env ?? []), env] }));
  const object = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...template?.metadata,
      ...indexed,
      name,
      generateName,
      namespace: job.metadata.namespace,
      labels: labels ?? {},
      ownerReferences: [controllerRef(job)],
    },
    spec: {
      ...template?.spec,
      containers: containers ?? [],
      ...(index === undefined ? {} : { hostname: base }),
    },
  } as Pod;
  return [
    { verb: 'create', ref: REFS.pods, object },
    {
      verb: 'event',
      about: job,
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${name}`,
    },
  ];
}

function deletion(job: Stored<Job>, pod: Stored<Pod>): readonly Action[] {
  const { namespace = '', name, uid } = pod.metadata;
  return [
    { verb: 'delete', ref: REFS.pods, namespace, name, options: { preconditions: { uid } } },
    {
      verb: 'event',
      about: job,
      type: 'Normal',
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${name}`,
    },
  ];
}

const conditionAt = (
  type: string,
  now: number,
  reason: string,
  message: string,
  status = 'True',
): Condition =>
  ({
    type,
    status,
    lastProbeTime: formatTime(now),
    lastTransitionTime: formatTime(now),
    reason,
    message,
  }) as Condition;

function statusOf(
  job: Stored<Job>,
  pods: Pods,
  conditions: readonly Condition[],
  now: number,
): Record<string, Json> {
  const succeeded = succeededCount(job, pods);
  const ready = pods.active.filter((pod) => isPodReady(pod)).length;
  const indexes = [...new Set(pods.succeeded.map(indexOf))].filter((i) => i >= 0).toSorted((a, b) => a - b);
  return {
    ...(conditions.length > 0 ? { conditions: conditions as unknown as Json } : {}),
    startTime: (job.status?.startTime as string | undefined) ?? formatTime(now),
    ...(pods.active.length > 0 ? { active: pods.active.length } : {}),
    ...(succeeded > 0 ? { succeeded } : {}),
    ...(pods.failed.length > 0 ? { failed: pods.failed.length } : {}),
    ...(isIndexed(job) && indexes.length > 0 ? { completedIndexes: ranges(indexes) } : {}),
    terminating: 0,
    uncountedTerminatedPods: {},
    ready,
  };
}

/** "0-2,4": runs of indexes as the API writes them. */
function ranges(indexes: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const index of indexes) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === index - 1) last[1] = index;
    else runs.push([index, index]);
  }
  return runs
    .map(([from, to]) => (from === to ? `${from}` : to === from + 1 ? `${from},${to}` : `${from}-${to}`))
    .join(',');
}

function complete(job: Stored<Job>, pods: Pods, now: number): Plan {
  const [reason, message] = ['CompletionsReached', 'Reached expected number of succeeded pods'];
  const conditions = [
    ...conditionsOf(job.status).filter((each) => each.type !== 'Suspended'),
    conditionAt('SuccessCriteriaMet', now, reason, message),
    conditionAt('Complete', now, reason, message),
  ];
  const status = {
    ...statusOf(job, { ...pods, active: [] }, conditions, now),
    completionTime: formatTime(now),
  };
  return planOf([
    ...pods.active.flatMap((pod) => deletion(job, pod)),
    patchStatus(REFS.jobs, job, status),
    { verb: 'event', about: job, type: 'Normal', reason: 'Completed', message: 'Job completed' },
  ]);
}

function fail(job: Stored<Job>, pods: Pods, { reason, message }: Failure, now: number): Plan {
  const conditions = [
    ...conditionsOf(job.status),
    conditionAt('FailureTarget', now, reason, message),
    conditionAt('Failed', now, reason, message),
  ];
  return planOf([
    ...pods.active.flatMap((pod) => deletion(job, pod)),
    patchStatus(REFS.jobs, job, statusOf(job, { ...pods, active: [] }, conditions, now)),
    { verb: 'event', about: job, type: 'Warning', reason, message },
  ]);
}

function suspend(job: Stored<Job>, pods: Pods, now: number): Plan {
  const current = findCondition(conditionsOf(job.status), 'Suspended');
  const others = conditionsOf(job.status).filter((each) => each.type !== 'Suspended');
  const told = current?.status === 'True';
  const condition = told ? current : conditionAt('Suspended', now, 'JobSuspended', 'Job suspended');
  const { startTime: _, ...status } = statusOf(job, { ...pods, active: [] }, [...others, condition], now);
  const event: Action = {
    verb: 'event',
    about: job,
    type: 'Normal',
    reason: 'Suspended',
    message: 'Job suspended',
  };
  return planOf([
    ...pods.active.flatMap((pod) => deletion(job, pod)),
    patchStatus(REFS.jobs, job, status),
    told ? undefined : event,
  ]);
}

function resume(job: Job, now: number): readonly Condition[] {
  return conditionsOf(job.status).map((each) =>
    each.type === 'Suspended' && each.status === 'True'
      ? conditionAt('Suspended', now, 'JobResumed', 'Job resumed', 'False')
      : each,
  );
}
