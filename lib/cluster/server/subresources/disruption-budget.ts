import {
  forbidden,
  matchesLabels,
  type Pod,
  type PodDisruptionBudget,
  type Status,
  StatusError,
  type Stored,
  selectorFromLabelSelector,
} from '../../../api';
import { formatTime } from '../../../base';
import type { Request } from '../context';

type Budget = Stored<PodDisruptionBudget>;

const REFUSAL = "Cannot evict pod as it would violate the pod's disruption budget.";
/** As many evictions may wait for the controller to see them. */
const MAX_DISRUPTED_PODS = 2000;
/** When to ask again while the controller is behind. */
const RETRY_SECONDS = 10;

/**
 * Whether a Pod may be evicted: throws when its budget forbids it, and gives the budget with one disruption less
 * otherwise; undefined when no budget has a say (EvictionREST.Create).
 */
export function spendBudget(request: Request, pod: Stored<Pod>): Budget | undefined {
  if (isBeyondBudgets(pod)) return undefined;
  const [budget, another] = budgetsOf(request, pod);
  if (another) throw severalBudgets();
  if (!budget || (!isReady(pod) && mayGoUnhealthy(budget))) return undefined;
  checkBudget(budget);
  return decremented(budget, pod.metadata.name, formatTime(request.context.clock.now()));
}

/** canIgnorePDB: a Pod that serves nobody disrupts nobody. */
function isBeyondBudgets({ status, metadata }: Pod): boolean {
  const phase = status?.phase ?? '';
  return ['Succeeded', 'Failed', 'Pending'].includes(phase) || metadata.deletionTimestamp !== undefined;
}

const isReady = ({ status }: Pod): boolean =>
  (status?.conditions ?? []).some((each) => each.type === 'Ready' && each.status === 'True');

function budgetsOf({ context, namespace }: Request, pod: Pod): readonly Budget[] {
  const all = context.store.list(`/poddisruptionbudgets.policy/${namespace}/`) as readonly Budget[];
  return all.filter(({ spec }) => {
    if (!spec?.selector) return false;
    return matchesLabels(selectorFromLabelSelector(spec.selector), pod.metadata.labels);
  });
}

/** A Pod that is not ready counts for nothing, as long as enough others are, or always if the budget says so. */
function mayGoUnhealthy({ spec, status }: Budget): boolean {
  if (spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  const { currentHealthy = 0, desiredHealthy = 0 } = status ?? {};
  return currentHealthy >= desiredHealthy && desiredHealthy > 0;
}

function severalBudgets(): StatusError {
  const message =
    'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    code: 500,
  });
}

/** checkAndDecrement's refusals. */
function checkBudget({ metadata, status }: Budget): void {
  const { name } = metadata;
  const allowed = status?.disruptionsAllowed ?? 0;
  if ((status?.observedGeneration ?? 0) < (metadata.generation ?? 0)) {
    throw tooMany(`The disruption budget ${name} is still being processed by the server.`, RETRY_SECONDS);
  }
  const not = `The disruption budget ${name} does not allow evicting pods currently`;
  if (allowed < 0)
    throw refused(name, 'pdb disruptions allowed is negative', `${not}: pdb disruptions allowed is negative`);
  if (Object.keys(status?.disruptedPods ?? {}).length > MAX_DISRUPTED_PODS) {
    const why = 'DisruptedPods map too big - too many evictions not confirmed by PDB controller';
    throw refused(name, why, `${not}: too many pending evictions not confirmed by PDB controller`);
  }
  if (allowed === 0) throw tooMany(whyNone(name, status, not));
}

function whyNone(name: string, status: Budget['status'], not: string): string {
  const condition = status?.conditions?.find(({ type }) => type === 'DisruptionAllowed');
  const { reason = '', message = '' } = condition ?? {};
  const says = condition?.status === 'False' && message !== '';
  const [desired, current] = [status?.desiredHealthy ?? 0, status?.currentHealthy ?? 0];
  if (says && reason === 'SyncFailed') return `${not} because it failed sync: ${message}`;
  if (current <= desired) {
    return `The disruption budget ${name} needs ${desired} healthy pods and has ${current} currently`;
  }
  return says ? `${not} (${reason}): ${message}` : not;
}

const causeOf = (message: string) => [{ reason: 'DisruptionBudget', message }];

function tooMany(cause: string, retryAfterSeconds?: number): StatusError {
  const details = { causes: causeOf(cause), ...(retryAfterSeconds ? { retryAfterSeconds } : {}) };
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: REFUSAL,
    reason: 'TooManyRequests',
    details,
    code: 429,
  });
}

function refused(name: string, why: string, cause: string): StatusError {
  const { status } = forbidden('poddisruptionbudget', 'policy', name, why);
  const told: Status = { ...status, details: { ...status.details, causes: causeOf(cause) } };
  return new StatusError(told);
}

/** One disruption less, the Pod noted so that the controller does not count on it, and the condition told anew at 0. */
function decremented(budget: Budget, pod: string, now: string): Budget {
  const disruptionsAllowed = (budget.status?.disruptionsAllowed ?? 0) - 1;
  const conditions = budget.status?.conditions ?? [];
  const status = {
    ...budget.status,
    disruptionsAllowed,
    conditions:
      disruptionsAllowed === 0
        ? disruptionCondition(conditions, false, budget.status?.observedGeneration ?? 0, now)
        : conditions,
    disruptedPods: { ...budget.status?.disruptedPods, [pod]: now },
  };
  return { ...budget, status } as Budget;
}

type Conditions = NonNullable<NonNullable<PodDisruptionBudget['status']>['conditions']>;

/** UpdateDisruptionAllowedCondition, by apimeta.SetStatusCondition. */
export function disruptionCondition(
  conditions: Conditions,
  allowed: boolean,
  observedGeneration: number,
  now: string,
  failure?: string,
): Conditions {
  const status = allowed ? 'True' : 'False';
  const reason = failure !== undefined ? 'SyncFailed' : allowed ? 'SufficientPods' : 'InsufficientPods';
  const known = conditions.find(({ type }) => type === 'DisruptionAllowed');
  const lastTransitionTime = known?.status === status ? known.lastTransitionTime : now;
  const next = {
    lastTransitionTime,
    message: failure ?? '',
    observedGeneration,
    reason,
    status,
    type: 'DisruptionAllowed',
  };
  return known ? conditions.map((each) => (each === known ? next : each)) : [...conditions, next];
}
