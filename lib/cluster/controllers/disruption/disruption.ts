import {
  matchesLabels,
  type Pod,
  type PodDisruptionBudget,
  type Stored,
  selectorFromLabelSelector,
  type View,
} from '../../../api';
import { formatTime, parseTime } from '../../../base';
import type { Action, Controller, Plan } from '../../seams';
import { disruptionCondition } from '../../server';
import { ownKey, splitKey } from '../keys';
import { patchStatus } from '../patch-status';
import { planOf, REST, sooner } from '../plan';
import { isPodReady } from '../pod-state';
import { REFS } from '../refs';
import { type Expectation, expectation } from './expected-pods';
import { unmanagedMessage } from './unmanaged-message';

type Budget = Stored<PodDisruptionBudget>;

const BUDGETS = 'poddisruptionbudgets.policy';
/** An evicted Pod that is still there after so long is counted again. */
const DELETION_TIMEOUT_MS = 120_000;

/** Keeps in each PodDisruptionBudget's status how many of its Pods may be evicted now. */
export const disruptionController: Controller = {
  name: 'controllermanager',
  account: 'disruption-controller',
  watches: [
    ownKey(BUDGETS),
    {
      resource: 'pods',
      keys(object, previous, view) {
        const pods = [object, previous].filter((each) => each !== undefined);
        const namespace = pods[0]?.metadata.namespace ?? '';
        return view
          .list<PodDisruptionBudget>(BUDGETS, namespace)
          .filter((budget) => pods.some((pod) => selects(budget, pod)))
          .map(({ metadata }) => `${namespace}/${metadata.name}`);
      },
    },
    ...['deployments.apps', 'replicasets.apps', 'statefulsets.apps'].map((resource) => ({
      resource,
      keys: (object: Stored | undefined, _previous: Stored | undefined, view: View) =>
        view
          .list(BUDGETS, object?.metadata.namespace ?? '')
          .map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`),
    })),
  ],
  reconcile(view, key, now) {
    const { namespace, name } = splitKey(key);
    const budget = view.get<PodDisruptionBudget>(BUDGETS, namespace, name);
    return budget === undefined ? REST : reconcile(view, budget, now);
  },
};

/** No selector selects nothing; an empty one everything. */
const selects = ({ spec }: PodDisruptionBudget, pod: Stored): boolean =>
  spec?.selector !== undefined &&
  matchesLabels(selectorFromLabelSelector(spec.selector), pod.metadata.labels);

const tell = (about: Stored, type: 'Normal' | 'Warning', reason: string, message: string): Action => ({
  verb: 'event',
  about,
  type,
  reason,
  message,
});

function reconcile(view: View, budget: Budget, now: number): Plan {
  const pods = view.list<Pod>('pods', budget.metadata.namespace ?? '').filter((pod) => selects(budget, pod));
  const none = pods.length === 0 ? [tell(budget, 'Normal', 'NoPods', 'No matching pods found')] : [];
  const expected = expectation(view, budget, pods);
  if ('failure' in expected) {
    const message = `Failed to calculate the number of expected pods: ${expected.failure}`;
    return planOf([
      ...none,
      tell(budget, 'Warning', 'CalculateExpectedPodCountFailed', message),
      failSafe(budget, expected.failure, now),
    ]);
  }
  const disrupted = disruptedPods(budget, pods, now);
  const healthy = pods.filter(
    (pod) =>
      pod.metadata.deletionTimestamp === undefined &&
      disrupted.still[pod.metadata.name] === undefined &&
      isPodReady(pod),
  ).length;
  return planOf(
    [
      ...none,
      ...(expected.unmanaged ? [tell(budget, 'Warning', 'UnmanagedPods', unmanagedMessage(budget))] : []),
      ...disrupted.late,
      write(budget, expected, healthy, disrupted.still, now),
    ],
    disrupted.recheckMs,
  );
}

/** buildDisruptedPodMap: evictions under way stay noted; a Pod that should be gone by now is told of. */
function disruptedPods(
  budget: Budget,
  pods: readonly Stored<Pod>[],
  now: number,
): {
  readonly still: Readonly<Record<string, string>>;
  readonly late: readonly Action[];
  readonly recheckMs: number | undefined;
} {
  const still: Record<string, string> = {};
  const late: Action[] = [];
  let recheckMs: number | undefined;
  for (const pod of pods) {
    const since = budget.status?.disruptedPods?.[pod.metadata.name];
    if (since === undefined || pod.metadata.deletionTimestamp !== undefined) continue;
    const left = (parseTime(String(since)) ?? 0) + DELETION_TIMEOUT_MS - now;
    if (left < 0) {
      const { namespace = '' } = budget.metadata;
      // Upstream prints the namespace twice.
      const message = `Pod was expected by PDB ${namespace}/${namespace} to be deleted but it wasn't`;
      late.push(tell(pod, 'Warning', 'NotDeleted', message));
    } else {
      still[pod.metadata.name] = String(since);
      recheckMs = sooner(recheckMs, left);
    }
  }
  return { still, late, recheckMs };
}

/** updatePdbStatus. */
function write(
  budget: Budget,
  { count, desired }: Expectation,
  currentHealthy: number,
  still: Readonly<Record<string, string>>,
  now: number,
): Action | undefined {
  const disruptionsAllowed = count <= 0 ? 0 : Math.max(0, currentHealthy - desired);
  const observedGeneration = budget.metadata.generation ?? 1;
  const conditions = budget.status?.conditions ?? [];
  const allowed = disruptionsAllowed > 0;
  return patchStatus(REFS.podDisruptionBudgets, budget, {
    conditions: disruptionCondition(conditions, allowed, observedGeneration, formatTime(now)),
    currentHealthy,
    desiredHealthy: desired,
    ...(Object.keys(still).length > 0 ? { disruptedPods: still } : {}),
    disruptionsAllowed,
    expectedPods: count,
    observedGeneration,
  });
}

/** When nothing is known, nothing may be evicted. */
function failSafe(budget: Budget, failure: string, now: number): Action | undefined {
  const { status } = budget;
  const conditions = disruptionCondition(
    status?.conditions ?? [],
    false,
    status?.observedGeneration ?? 0,
    formatTime(now),
    failure,
  );
  return patchStatus(REFS.podDisruptionBudgets, budget, { ...status, disruptionsAllowed: 0, conditions });
}
