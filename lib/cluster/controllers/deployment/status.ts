import type { Deployment, ReplicaSet, Stored } from '../../../api';
import { formatTime, parseTime } from '../../../base';
import { type Condition, conditionsOf, findCondition, setCondition, withoutCondition } from '../conditions';
import { bounds, replicasOf, setReplicas } from './replica-sets';

type Counts = {
  readonly replicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
};

/** A Deployment's next status and, when a deadline runs, how long until it passes. */
export interface NextStatus {
  readonly status: object;
  readonly recheckMs: number | undefined;
}

const KEPT_FOREVER = 2147483647;

function countsOf(newSet: Stored<ReplicaSet> | undefined, all: readonly Stored<ReplicaSet>[]): Counts {
  const sum = (pick: (set: ReplicaSet) => number | undefined): number =>
    all.reduce((total, set) => total + (pick(set) ?? 0), 0);
  return {
    replicas: sum((set) => set.status?.replicas),
    updatedReplicas: newSet?.status?.replicas ?? 0,
    readyReplicas: sum((set) => set.status?.readyReplicas),
    availableReplicas: sum((set) => set.status?.availableReplicas),
  };
}

const currentCounts = ({ status }: Deployment): Counts => ({
  replicas: status?.replicas ?? 0,
  updatedReplicas: status?.updatedReplicas ?? 0,
  readyReplicas: status?.readyReplicas ?? 0,
  availableReplicas: status?.availableReplicas ?? 0,
});

/** Whether every Pod is of the new ReplicaSet and available (deploymentutil.DeploymentComplete). */
export function isComplete(
  deployment: Stored<Deployment>,
  counts: Counts = currentCounts(deployment),
): boolean {
  const desired = replicasOf(deployment);
  return (
    counts.updatedReplicas === desired && counts.replicas === desired && counts.availableReplicas === desired
  );
}

/** The status that follows from the ReplicaSets; `rollout` also judges progress, as outside of pauses and scaling. */
export function nextStatus(
  deployment: Stored<Deployment>,
  newSet: Stored<ReplicaSet> | undefined,
  oldSets: readonly Stored<ReplicaSet>[],
  start: readonly Condition[],
  rollout: boolean,
  now: number,
): NextStatus {
  const all = newSet === undefined ? oldSets : [...oldSets, newSet];
  const counts = countsOf(newSet, all);
  const available = setCondition(start, availability(deployment, counts, now));
  const conditions = rollout ? judgeProgress(deployment, newSet, all, available, counts, now) : available;
  const status = statusWith(deployment, counts, all, conditions);
  return { status, recheckMs: rollout ? untilDeadline(deployment, conditions, counts, now) : undefined };
}

function statusWith(
  deployment: Stored<Deployment>,
  counts: Counts,
  all: readonly Stored<ReplicaSet>[],
  conditions: readonly Condition[],
): object {
  const total = all.reduce((sum, set) => sum + setReplicas(set), 0);
  const unavailable = Math.max(0, total - counts.availableReplicas);
  const numbers = Object.entries({ ...counts, unavailableReplicas: unavailable });
  const collisions = deployment.status?.collisionCount;
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...Object.fromEntries(numbers.filter(([, value]) => value > 0)),
    ...(conditions.length > 0 ? { conditions } : {}),
    ...(collisions === undefined ? {} : { collisionCount: collisions }),
  };
}

/** A condition stamped with this moment. */
export function conditionNow(
  type: string,
  status: string,
  reason: string,
  message: string,
  now: number,
): Condition {
  const time = formatTime(now);
  return { type, status, lastUpdateTime: time, lastTransitionTime: time, reason, message };
}

function availability(deployment: Deployment, counts: Counts, now: number): Condition {
  const enough = counts.availableReplicas >= replicasOf(deployment) - bounds(deployment).unavailable;
  return enough
    ? conditionNow(
        'Available',
        'True',
        'MinimumReplicasAvailable',
        'Deployment has minimum availability.',
        now,
      )
    : conditionNow(
        'Available',
        'False',
        'MinimumReplicasUnavailable',
        'Deployment does not have minimum availability.',
        now,
      );
}

/** Whether the Deployment gives its rollouts a deadline. */
export function hasDeadline(deployment: Deployment): boolean {
  const seconds = deployment.spec?.progressDeadlineSeconds;
  return seconds !== undefined && seconds !== KEPT_FOREVER;
}

function judgeProgress(
  deployment: Stored<Deployment>,
  newSet: Stored<ReplicaSet> | undefined,
  all: readonly Stored<ReplicaSet>[],
  start: readonly Condition[],
  counts: Counts,
  now: number,
): readonly Condition[] {
  let conditions = hasDeadline(deployment) ? start : withoutCondition(start, 'Progressing');
  const current = findCondition(conditions, 'Progressing');
  const settled = counts.replicas === counts.updatedReplicas && current?.reason === 'NewReplicaSetAvailable';
  if (hasDeadline(deployment) && !settled) {
    conditions = withProgress(deployment, newSet, conditions, counts, now);
  }
  const failure = all
    .flatMap((set) => conditionsOf(set.status))
    .find((condition) => condition.type === 'ReplicaFailure');
  if (failure === undefined) return withoutCondition(conditions, 'ReplicaFailure');
  const { status, reason = '', message = '' } = failure;
  return setCondition(conditions, conditionNow('ReplicaFailure', status, reason, message, now));
}

function withProgress(
  deployment: Stored<Deployment>,
  newSet: Stored<ReplicaSet> | undefined,
  conditions: readonly Condition[],
  counts: Counts,
  now: number,
): readonly Condition[] {
  const subject =
    newSet === undefined
      ? `Deployment "${deployment.metadata.name}"`
      : `ReplicaSet "${newSet.metadata.name}"`;
  const current = findCondition(conditions, 'Progressing');
  const told = (status: string, reason: string, what: string): Condition =>
    conditionNow('Progressing', status, reason, `${subject} ${what}`, now);
  if (isComplete(deployment, counts)) {
    return setCondition(conditions, told('True', 'NewReplicaSetAvailable', 'has successfully progressed.'));
  }
  if (hasMoved(currentCounts(deployment), counts)) {
    const condition = told('True', 'ReplicaSetUpdated', 'is progressing.');
    const since = current?.status === 'True' ? current.lastTransitionTime : undefined;
    const kept = since === undefined ? condition : { ...condition, lastTransitionTime: since };
    return [...withoutCondition(conditions, 'Progressing'), kept];
  }
  if (isTimedOut(deployment, current, now)) {
    return setCondition(conditions, told('False', 'ProgressDeadlineExceeded', 'has timed out progressing.'));
  }
  return conditions;
}

const hasMoved = (before: Counts, after: Counts): boolean =>
  after.updatedReplicas > before.updatedReplicas ||
  after.replicas - after.updatedReplicas < before.replicas - before.updatedReplicas ||
  after.readyReplicas > before.readyReplicas ||
  after.availableReplicas > before.availableReplicas;

function isTimedOut(deployment: Deployment, current: Condition | undefined, now: number): boolean {
  if (current === undefined || current.reason === 'NewReplicaSetAvailable') return false;
  if (current.reason === 'ProgressDeadlineExceeded') return true;
  return deadlineOf(deployment, current) < now;
}

const deadlineOf = (deployment: Deployment, current: Condition): number =>
  (parseTime(current.lastUpdateTime ?? '') ?? 0) + (deployment.spec?.progressDeadlineSeconds ?? 600) * 1000;

function untilDeadline(
  deployment: Stored<Deployment>,
  conditions: readonly Condition[],
  counts: Counts,
  now: number,
): number | undefined {
  const current = findCondition(conditions, 'Progressing');
  if (!hasDeadline(deployment) || current === undefined || isComplete(deployment, counts)) return undefined;
  if (current.reason === 'ProgressDeadlineExceeded' || current.reason === 'NewReplicaSetAvailable') {
    return undefined;
  }
  // One second more than the deadline, as the controller's own queue does: times are whole seconds.
  return Math.max(0, deadlineOf(deployment, current) - now) + 1000;
}
