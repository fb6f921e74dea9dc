import type { Pod, PodStatus } from '../../api';
import { parseTime } from '../../base';

type PodCondition = NonNullable<PodStatus['conditions']>[number];

/** A Pod's condition of one type. */
export function podCondition(pod: Pod, type: string): PodCondition | undefined {
  return pod.status?.conditions?.find((condition) => condition.type === type);
}

/** Whether the Pod's Ready condition is True. */
export function isPodReady(pod: Pod): boolean {
  return podCondition(pod, 'Ready')?.status === 'True';
}

/** When the Ready condition last changed, in ms; undefined when the Pod has none. */
export function readySince(pod: Pod): number | undefined {
  const since = podCondition(pod, 'Ready')?.lastTransitionTime;
  return since === undefined || since === null ? undefined : parseTime(String(since));
}

/** Whether the Pod has been ready for `minReadySeconds`. */
export function isPodAvailable(pod: Pod, minReadySeconds: number, now: number): boolean {
  if (!isPodReady(pod)) return false;
  if (minReadySeconds === 0) return true;
  const since = readySince(pod);
  return since !== undefined && since + minReadySeconds * 1000 <= now;
}

/** Whether all of the Pod's containers have ended for good. */
export function isPodFinished(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

/** Whether the Pod counts for a controller: not finished, and not being deleted. */
export function isPodActive(pod: Pod): boolean {
  return !isPodFinished(pod) && pod.metadata.deletionTimestamp === undefined;
}

/** How long until the next of these Pods that are ready now will have been so for `minReadySeconds`. */
export function untilAvailable(
  pods: readonly Pod[],
  minReadySeconds: number,
  now: number,
): number | undefined {
  const waits = pods
    .filter((pod) => isPodReady(pod))
    .map((pod) => (readySince(pod) ?? now) + minReadySeconds * 1000 - now)
    .filter((wait) => wait > 0);
  return waits.length === 0 ? undefined : Math.min(...waits);
}
