import type { EndpointSlice, Pod, Service, Stored } from '../../../api';
import { formatTime } from '../../../base';
import { isPodReady, readySince } from '../pod-state';

/**
 * When the change happened that a write answers: the creation of a new Service, else the earliest change of
 * readiness among Pods that `known` (readiness by uid) tells otherwise; undefined when it was none of these.
 */
export function triggerTime(
  service: Stored<Service>,
  pods: readonly Stored<Pod>[],
  known: ReadonlyMap<string, boolean> | undefined,
): string | undefined {
  if (known === undefined) return service.metadata.creationTimestamp;
  const times = pods
    .filter((pod) => known.get(pod.metadata.uid) !== isPodReady(pod))
    .map((pod) => readySince(pod))
    .filter((time) => time !== undefined);
  return times.length === 0 ? undefined : formatTime(Math.min(...times));
}

/** The readiness that slices tell of; undefined when there are none yet. */
export function knownReadiness(slices: readonly EndpointSlice[]): ReadonlyMap<string, boolean> | undefined {
  if (slices.length === 0) return undefined;
  const endpoints = slices.flatMap((slice) => slice.endpoints ?? []);
  return new Map(
    endpoints.map((each) => [each.targetRef?.uid ?? '', each.conditions?.serving === true] as const),
  );
}
