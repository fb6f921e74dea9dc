import type { Pod, Stored } from '../../api';
import { parseTime } from '../../base';
import { isPodReady, readySince } from './pod-state';

const PHASE_ORDER: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';

/**
 * The Pods in the order in which a ReplicaSet that shrinks gives them up (controller.ActivePodsWithRanks): not
 * assigned, pending, not ready, cheap by annotation, on a node with many of `related`, lately ready, often
 * restarted, young.
 */
export function rankForDeletion(
  pods: readonly Stored<Pod>[],
  related: readonly Stored<Pod>[],
  now: number,
): readonly Stored<Pod>[] {
  const perNode = new Map<string, number>();
  for (const pod of related) {
    const node = pod.spec?.nodeName ?? '';
    perNode.set(node, (perNode.get(node) ?? 0) + 1);
  }
  const rank = (pod: Pod): number => perNode.get(pod.spec?.nodeName ?? '') ?? 0;
  return pods.toSorted((a, b) => compare(a, b, rank, now));
}

function compare(a: Stored<Pod>, b: Stored<Pod>, rank: (pod: Pod) => number, now: number): number {
  const steps = [
    () => Number(Boolean(a.spec?.nodeName)) - Number(Boolean(b.spec?.nodeName)),
    () => phase(a) - phase(b),
    () => Number(isPodReady(a)) - Number(isPodReady(b)),
    () => cost(a) - cost(b),
    () => rank(b) - rank(a),
    () => (isPodReady(a) && isPodReady(b) ? compareAges(readySince(a), readySince(b), now) : 0),
    () => restarts(b) - restarts(a),
    () => compareAges(created(a), created(b), now),
  ];
  for (const step of steps) {
    const difference = step();
    if (difference !== 0) return difference;
  }
  return a.metadata.uid < b.metadata.uid ? -1 : 1;
}

const phase = (pod: Pod): number => PHASE_ORDER[pod.status?.phase ?? 'Pending'] ?? 0;
const cost = (pod: Pod): number => Number(pod.metadata.annotations?.[DELETION_COST] ?? 0) || 0;
const created = (pod: Stored<Pod>): number | undefined => parseTime(pod.metadata.creationTimestamp);
const restarts = (pod: Pod): number =>
  Math.max(0, ...(pod.status?.containerStatuses ?? []).map((status) => status.restartCount));

/** Younger first, but on a logarithmic scale: Pods of nearly the same age are alike (LogarithmicScaleDown). */
function compareAges(a: number | undefined, b: number | undefined, now: number): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  return magnitude(now - a) - magnitude(now - b);
}

const magnitude = (ageMs: number): number => (ageMs <= 0 ? 0 : Math.floor(Math.log2(ageMs * 1e6)));
