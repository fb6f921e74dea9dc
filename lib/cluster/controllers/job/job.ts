import type { Job, Pod, Stored, View } from '../../../api';
import { formatTime, type Random } from '../../../base';
import type { Action, Controller, Plan } from '../../seams';
import { conditionsOf, findCondition } from '../conditions';
import { controllerKey, ownKey, splitKey } from '../keys';
import { patchStatus } from '../patch-status';
import { planOf, sooner } from '../plan';
import { isPodFinished } from '../pod-state';
import { REFS } from '../refs';
import { deletePod } from './create-pod';
import { judge } from './failure-policy';
import { grow } from './grow';
import { failedIndexes, isIndexed, succeededIndexes } from './indexes';
import { conditionAt, isOver, statusOf, withCondition } from './status';
import { orphanKeys, podsOf, release, releaseOrphans } from './tracking';
import { type Standing, untilDeadline, type Verdict, verdictOf } from './verdict';

/** Runs a Job's Pods until enough of them have succeeded. */
export const jobController: Controller = {
  name: 'job-controller',
  watches: [
    ownKey('jobs.batch'),
    controllerKey('pods', 'Job'),
    { resource: 'pods', keys: (object) => orphanKeys(object) },
  ],
  reconcile(view, key, now, random) {
    const { namespace, name } = splitKey(key);
    const orphans = releaseOrphans(view, namespace, name);
    const job = view.get<Job>('jobs.batch', namespace, name);
    if (job === undefined) return planOf(orphans);
    const plan = reconcile(view, job, now, random);
    return planOf([...orphans, ...plan.actions], plan.requeueAfterMs);
  },
  refused(view, key, action, refusal) {
    const { namespace, name } = splitKey(key);
    const job = view.get<Job>('jobs.batch', namespace, name);
    if (job === undefined || action.verb !== 'create') return [];
    const message = `Error creating: ${refusal.message ?? ''}`;
    return [{ verb: 'event', about: job, type: 'Warning', reason: 'FailedCreate', message }];
  },
};

function reconcile(view: View, job: Stored<Job>, now: number, random: Random): Plan {
  const standing = standingOf(view, job);
  const { pods } = standing;
  // Of a Job that has ended, or is to go, nothing is counted any more.
  if (isOver(job)) return planOf(release(pods.all));
  if (job.metadata.deletionTimestamp !== undefined)
    return planOf(release([...pods.succeeded, ...pods.failed]));
  const verdict = verdictOf(job, standing, now);
  if (verdict !== undefined) return end(job, standing, verdict, now);
  return job.spec?.suspend ? suspend(job, standing, now) : goOn(job, standing, now, random);
}

function standingOf(view: View, job: Stored<Job>): Standing {
  const found = podsOf(view, job);
  const ignored = found.failed.filter((pod) => judge(job, pod)?.action === 'Ignore');
  const pods = { ...found, failed: found.failed.filter((pod) => !ignored.includes(pod)) };
  const doneIndexes = isIndexed(job) ? succeededIndexes(job, pods) : new Set<number>();
  const isGivenUp = (pod: Pod) => judge(job, pod as Stored<Pod>)?.action === 'FailIndex';
  return {
    pods: found,
    succeeded: isIndexed(job) ? doneIndexes.size : found.succeededCount,
    failed: found.failedCount - ignored.filter(({ metadata }) => metadata.finalizers?.length).length,
    doneIndexes,
    lostIndexes: isIndexed(job) ? failedIndexes(job, pods, doneIndexes, isGivenUp) : new Set<number>(),
  };
}

function goOn(job: Stored<Job>, standing: Standing, now: number, random: Random): Plan {
  const { pods } = standing;
  const grown = grow(job, standing, now, random);
  const resumed = conditionsOf(job.status).map((each) =>
    each.type === 'Suspended' && each.status === 'True'
      ? conditionAt('Suspended', now, 'JobResumed', 'Job resumed', 'False')
      : each,
  );
  const isResumed = resumed.some((each, index) => each !== conditionsOf(job.status)[index]);
  const event: Action = {
    verb: 'event',
    about: job,
    type: 'Normal',
    reason: 'Resumed',
    message: 'Job resumed',
  };
  const status = statusOf(job, standing, resumed, now);
  return planOf(
    [
      patchStatus(REFS.jobs, job, isResumed ? { ...status, startTime: formatTime(now) } : status),
      ...release([...pods.succeeded, ...pods.failed]),
      ...grown.actions,
      isResumed ? event : undefined,
    ],
    sooner(grown.waitMs, untilDeadline(job, now)),
  );
}

/** Sends the last Pods away; the Job has ended when they are gone. */
function end(job: Stored<Job>, standing: Standing, verdict: Verdict, now: number): Plan {
  const { pods } = standing;
  const { type, reason, message } = verdict;
  const failed = type === 'FailureTarget';
  const before = conditionsOf(job.status).filter((each) => each.type !== 'Suspended');
  const told = withCondition(before, conditionAt(type, now, reason, message));
  const isLast = pods.active.length === 0 && pods.terminating.length === 0;
  if (!isLast)
    return planOf([
      ...pods.active.flatMap((pod) => deletePod(job, pod)),
      patchStatus(REFS.jobs, job, statusOf(job, standing, told, now, pods.active.length)),
      ...release([...pods.succeeded, ...pods.failed]),
    ]);
  const conditions = withCondition(told, conditionAt(failed ? 'Failed' : 'Complete', now, reason, message));
  const status = statusOf(job, standing, conditions, now);
  const event: Action = failed
    ? { verb: 'event', about: job, type: 'Warning', reason, message }
    : { verb: 'event', about: job, type: 'Normal', reason: 'Completed', message: 'Job completed' };
  return planOf([
    patchStatus(REFS.jobs, job, failed ? status : { ...status, completionTime: formatTime(now) }),
    ...release(pods.all),
    event,
  ]);
}

/** Pods of a suspended Job are let go and deleted, so that none of them counts as failed. */
function suspend(job: Stored<Job>, standing: Standing, now: number): Plan {
  const { pods } = standing;
  const current = findCondition(conditionsOf(job.status), 'Suspended');
  const told = current?.status === 'True';
  const condition = told ? current : conditionAt('Suspended', now, 'JobSuspended', 'Job suspended');
  const conditions = withCondition(conditionsOf(job.status), condition);
  const { startTime: _, ...status } = statusOf(job, standing, conditions, now, pods.active.length);
  const event: Action = {
    verb: 'event',
    about: job,
    type: 'Normal',
    reason: 'Suspended',
    message: 'Job suspended',
  };
  return planOf([
    ...release([...pods.active, ...pods.all.filter(isPodFinished)]),
    ...pods.active.flatMap((pod) => deletePod(job, pod)),
    patchStatus(REFS.jobs, job, status),
    told ? undefined : event,
  ]);
}
