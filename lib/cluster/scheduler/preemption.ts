import {
  matchesLabels,
  type Node,
  type Pod,
  type PodDisruptionBudget,
  type Stored,
  selectorFromLabelSelector,
  type View,
} from '../../api';
import { parseTime } from '../../base';
import { filter, type Refusal } from './filters';
import type { Placement } from './pod-affinity';
import type { PodClaims } from './pod-volumes';

/** A node that takes the Pod once these of its Pods have gone. */
export interface Candidate {
  readonly node: Stored<Node>;
  readonly victims: readonly Stored<Pod>[];
  /** How many of them a budget would rather keep. */
  readonly violations: number;
}

/** A Pod's priority, as admission has resolved it. */
export const priorityOf = ({ spec }: Pod): number => spec?.priority ?? 0;

/** Why a Pod may not preempt others at all; undefined when it may (PodEligibleToPreemptOthers). */
export function ineligibility(pod: Pod, placement: Placement): string | undefined {
  if (pod.spec?.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const there = placement.podsOn.get(pod.status?.nominatedNodeName ?? '') ?? [];
  const leaving = there.some(
    (other) => other.metadata.deletionTimestamp !== undefined && priorityOf(other) < priorityOf(pod),
  );
  return leaving ? 'not eligible due to a terminating pod on the nominated node.' : undefined;
}

/** The node on which it does the least harm to preempt Pods of lower priority; undefined where that helps nowhere. */
export function candidateFor(
  view: View,
  pod: Pod,
  claims: PodClaims,
  refusals: readonly Refusal[],
  placement: Placement,
): Candidate | undefined {
  const candidates = refusals.flatMap(({ node: name, hopeless }) => {
    const node = placement.nodes.find((each) => each.metadata.name === name);
    const found = hopeless || node === undefined ? undefined : victimsOn(view, pod, claims, node, placement);
    return found ?? [];
  });
  return candidates.toSorted(byHarm)[0];
}

/** Takes all Pods of lower priority away, and gives back as many as there is room for, the important ones first. */
function victimsOn(
  view: View,
  pod: Pod,
  claims: PodClaims,
  node: Stored<Node>,
  placement: Placement,
): Candidate | undefined {
  const there = placement.podsOn.get(node.metadata.name) ?? [];
  const lower = there.filter((other) => priorityOf(other) < priorityOf(pod));
  if (lower.length === 0) return undefined;
  let kept = there.filter((other) => !lower.includes(other));
  const fits = (pods: readonly Stored<Pod>[]): boolean =>
    filter(view, pod, claims, node, {
      ...placement,
      podsOn: new Map(placement.podsOn).set(node.metadata.name, pods),
    }) === undefined;
  if (!fits(kept)) return undefined;
  const violating = protectedBy(view, lower);
  const victims: Stored<Pod>[] = [];
  const order = lower.toSorted(
    (a, b) => Number(violating.has(b)) - Number(violating.has(a)) || byImportance(a, b),
  );
  for (const other of order) {
    if (fits([...kept, other])) kept = [...kept, other];
    else victims.push(other);
  }
  return victims.length === 0
    ? undefined
    : { node, victims, violations: victims.filter((each) => violating.has(each)).length };
}

const startOf = ({ status, metadata }: Stored<Pod>): number =>
  parseTime(String(status?.startTime ?? metadata.creationTimestamp)) ?? 0;

/** Higher priority first, then those that have run for longer (util.MoreImportantPod). */
const byImportance = (a: Stored<Pod>, b: Stored<Pod>): number =>
  priorityOf(b) - priorityOf(a) || startOf(a) - startOf(b);

/** Pods whose going a PodDisruptionBudget does not allow any more (filterPodsWithPDBViolation). */
function protectedBy(view: View, pods: readonly Stored<Pod>[]): ReadonlySet<Stored<Pod>> {
  const budgets = view
    .list<PodDisruptionBudget>('poddisruptionbudgets.policy', '')
    .map((budget) => ({ budget, left: budget.status?.disruptionsAllowed ?? 0 }));
  const violating = new Set<Stored<Pod>>();
  for (const pod of pods.toSorted(byImportance)) {
    for (const each of budgets) {
      const { metadata, spec, status } = each.budget;
      if (metadata.namespace !== pod.metadata.namespace || !spec?.selector) continue;
      const selector = selectorFromLabelSelector(spec.selector);
      if (selector.length === 0 || !matchesLabels(selector, pod.metadata.labels)) continue;
      if (status?.disruptedPods?.[pod.metadata.name] !== undefined) continue;
      each.left -= 1;
      if (each.left < 0) violating.add(pod);
    }
  }
  return violating;
}

/** pickOneNodeForPreemption: broken budgets, the most important victim, all of them, how many, how long they have run. */
function byHarm(a: Candidate, b: Candidate): number {
  const most = ({ victims }: Candidate): number => Math.max(...victims.map(priorityOf));
  const sum = ({ victims }: Candidate): number =>
    victims.reduce((total, each) => total + priorityOf(each), 0);
  const earliest = (each: Candidate): number =>
    Math.min(...each.victims.filter((victim) => priorityOf(victim) === most(each)).map(startOf));
  return (
    a.violations - b.violations ||
    most(a) - most(b) ||
    sum(a) - sum(b) ||
    a.victims.length - b.victims.length ||
    earliest(b) - earliest(a)
  );
}
