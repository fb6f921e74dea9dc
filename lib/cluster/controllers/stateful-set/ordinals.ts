import type { Pod, StatefulSet, Stored } from '../../../api';

/** The number at the end of a Pod's name; -1 when it is not one of the set's names. */
export function ordinalOf(set: Stored, pod: Stored): number {
  const text = pod.metadata.name.slice(set.metadata.name.length + 1);
  return /^\d+$/.test(text) ? Number(text) : -1;
}

/** The first number of a set. */
export const firstOrdinal = (set: StatefulSet): number => set.spec?.ordinals?.start ?? 0;

/** Whether a number is one that the set wants now. */
export function isWanted(set: StatefulSet, ordinal: number): boolean {
  const first = firstOrdinal(set);
  return ordinal >= first && ordinal < first + (set.spec?.replicas ?? 1);
}

/** Whether a number is below the partition of a rolling update, so that it stays as it was. */
export function isBelowPartition(set: StatefulSet, ordinal: number): boolean {
  return ordinal < firstOrdinal(set) + (set.spec?.updateStrategy?.rollingUpdate?.partition ?? 0);
}

/** The set's Pods by number. */
export function byOrdinal(set: Stored, pods: readonly Stored<Pod>[]): readonly Stored<Pod>[] {
  return pods
    .filter((pod) => ordinalOf(set, pod) >= 0)
    .toSorted((a, b) => ordinalOf(set, a) - ordinalOf(set, b));
}
