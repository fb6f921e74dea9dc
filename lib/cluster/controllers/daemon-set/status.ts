import type { DaemonSet, Node, Pod, Stored } from '../../../api';
import { isPodAvailable, isPodReady } from '../pod-state';
import { REVISION_HASH } from '../revisions';
import { nodeOf } from './pod';

/** A DaemonSet's status as its Pods are now. */
export function statusOf(
  set: Stored<DaemonSet>,
  mine: readonly Stored<Pod>[],
  nodes: readonly Stored<Node>[],
  wanted: readonly Stored<Node>[],
  hash: string,
  now: number,
): object {
  const wantedNames = new Set(wanted.map((node) => node.metadata.name));
  const known = new Set(nodes.map((node) => node.metadata.name));
  const active = mine.filter((pod) => pod.metadata.deletionTimestamp === undefined);
  const placedPods = active.filter((pod) => wantedNames.has(nodeOf(pod)));
  const nodesOf = (pods: readonly Pod[]): number => new Set(pods.map(nodeOf)).size;
  const available = nodesOf(
    placedPods.filter((pod) => isPodAvailable(pod, set.spec?.minReadySeconds ?? 0, now)),
  );
  const updatedCount = nodesOf(placedPods.filter((pod) => pod.metadata.labels?.[REVISION_HASH] === hash));
  const missing = wanted.length - available;
  return {
    currentNumberScheduled: nodesOf(placedPods),
    desiredNumberScheduled: wanted.length,
    numberMisscheduled: nodesOf(
      active.filter((pod) => known.has(nodeOf(pod)) && !wantedNames.has(nodeOf(pod))),
    ),
    numberReady: nodesOf(placedPods.filter((pod) => isPodReady(pod))),
    observedGeneration: set.metadata.generation ?? 1,
    ...(updatedCount > 0 ? { updatedNumberScheduled: updatedCount } : {}),
    ...(available > 0 ? { numberAvailable: available } : {}),
    ...(missing > 0 ? { numberUnavailable: missing } : {}),
  };
}
