import type { Pod, StatefulSet, Stored } from '../../../api';
import { isPodAvailable, isPodReady } from '../pod-state';
import { REVISION_HASH } from '../revisions';

/** A StatefulSet's status as its Pods are now; the newest revision is current when every Pod is of it. */
export function statusOf(
  set: Stored<StatefulSet>,
  mine: readonly Stored<Pod>[],
  update: string,
  now: number,
): object {
  const of = (revision: string): number =>
    mine.filter((pod) => pod.metadata.labels?.[REVISION_HASH] === revision).length;
  const replicas = set.spec?.replicas ?? 1;
  const ready = mine.filter((pod) => isPodReady(pod)).length;
  const available = mine.filter((pod) => isPodAvailable(pod, set.spec?.minReadySeconds ?? 0, now)).length;
  const before = set.status?.currentRevision || update;
  const complete = of(update) === replicas && ready === replicas;
  const current = complete ? update : before;
  const [currentReplicas, updatedReplicas] = [of(current), of(update)];
  return {
    observedGeneration: set.metadata.generation ?? 1,
    replicas: mine.length,
    ...(ready > 0 ? { readyReplicas: ready } : {}),
    ...(currentReplicas > 0 ? { currentReplicas } : {}),
    ...(updatedReplicas > 0 ? { updatedReplicas } : {}),
    currentRevision: current,
    updateRevision: update,
    collisionCount: set.status?.collisionCount ?? 0,
    availableReplicas: available,
  };
}
