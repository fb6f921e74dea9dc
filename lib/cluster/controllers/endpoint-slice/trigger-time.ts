import type { EndpointSlice, ObjectMeta, Pod, Service, Stored } from '../../../api';
import { formatTime, parseTime } from '../../../base';
import { isPodReady, readySince } from '../pod-state';

/** Who writes endpoints and slices, in their managedFields. */
const WRITER = 'kube-controller-manager';

/** What objects of a Service's endpoints tell of the last look at its Pods. */
interface LastLook {
  /** Readiness by the uid of the Pod. */
  readonly ready: ReadonlyMap<string, boolean>;
  /** The second in which the controller wrote last. */
  readonly writtenAt: number | undefined;
}

/**
 * When the change happened that a write answers: the creation of a new Service, else the earliest change of
 * readiness among Pods that the `last` look tells otherwise; undefined when it was none of these. A Pod that changed before
 * that look was seen by it: if it is told otherwise, somebody else has written (upstream's TriggerTimeTracker remembers).
 */
export function triggerTime(
  service: Service,
  pods: readonly Stored<Pod>[],
  last: LastLook | undefined,
): string | undefined {
  if (last === undefined) return service.metadata.creationTimestamp ?? undefined;
  const times = pods
    .filter((pod) => last.ready.get(pod.metadata.uid) !== isPodReady(pod))
    .map((pod) => readySince(pod))
    .filter((time) => time !== undefined)
    .filter((time) => last.writtenAt === undefined || time >= last.writtenAt);
  return times.length === 0 ? undefined : formatTime(Math.min(...times));
}

/** What slices tell of the last look; undefined when there are none yet. */
export function lastLook(slices: readonly EndpointSlice[]): LastLook | undefined {
  if (slices.length === 0) return undefined;
  const endpoints = slices.flatMap((slice) => slice.endpoints ?? []);
  const times = slices.map(({ metadata }) => writtenAt(metadata)).filter((time) => time !== undefined);
  return {
    ready: new Map(
      endpoints.map((each) => [each.targetRef?.uid ?? '', each.conditions?.serving === true] as const),
    ),
    writtenAt: times.length === 0 ? undefined : Math.max(...times),
  };
}

/** The second in which the controllers wrote an object last. */
export function writtenAt(metadata: ObjectMeta): number | undefined {
  const times = (metadata.managedFields ?? [])
    .filter(({ manager, time }) => manager === WRITER && time !== undefined)
    .map(({ time }) => parseTime(String(time)))
    .filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.max(...times);
}
