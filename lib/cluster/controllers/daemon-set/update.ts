import type { DaemonSet, Node, Pod, Stored } from '../../../api';
import { parseTime, type Random } from '../../../base';
import type { Action } from '../../seams';
import { scaledValue } from '../deployment';
import { isPodActive, isPodAvailable, isPodFinished, isPodReady } from '../pod-state';
import { REVISION_HASH } from '../revisions';
import { creation, deletion, nodeOf } from './pod';

/** A rolling update kills old Pods as far as maxUnavailable lets it; new ones follow. */
export function updated(
  set: Stored<DaemonSet>,
  mine: readonly Stored<Pod>[],
  desired: number,
  hash: string,
  now: number,
): readonly Action[] {
  if (set.spec?.updateStrategy?.type === 'OnDelete') return [];
  const old = mine.filter((pod) => isPodActive(pod) && pod.metadata.labels?.[REVISION_HASH] !== hash);
  if (old.length === 0) return [];
  const { surge, unavailable } = bounds(set, desired);
  if (surge > 0) return replaced(set, mine, hash, now);
  const most = Math.max(1, unavailable);
  const minReady = set.spec?.minReadySeconds ?? 0;
  const up = mine.filter((pod) => isPodActive(pod) && isPodAvailable(pod, minReady, now));
  const down = old.filter((pod) => !up.includes(pod));
  const room = Math.max(0, most - (desired - up.length));
  return [...down, ...old.filter((pod) => up.includes(pod)).slice(0, room)].flatMap((pod) =>
    deletion(set, pod),
  );
}

/** How many nodes may have no Pod, or two, while an update rolls. */
function bounds(set: DaemonSet, desired: number): { readonly surge: number; readonly unavailable: number } {
  const { maxSurge = 0, maxUnavailable = 1 } = set.spec?.updateStrategy?.rollingUpdate ?? {};
  return {
    surge: scaledValue(maxSurge, desired, 'up'),
    unavailable: scaledValue(maxUnavailable, desired, 'up'),
  };
}

/**
 * With a surge an old Pod goes when the new one of its node is available, or when it serves nobody itself. Of old and of new
 * ones a node keeps the oldest, so a second change in the middle of an update leaves no third Pod.
 */
function replaced(
  set: Stored<DaemonSet>,
  mine: readonly Stored<Pod>[],
  hash: string,
  now: number,
): readonly Action[] {
  const minReady = set.spec?.minReadySeconds ?? 0;
  const isNew = (pod: Pod): boolean => pod.metadata.labels?.[REVISION_HASH] === hash;
  const oldestFirst = mine.filter(isPodActive).toSorted(byAge);
  return [...new Set(oldestFirst.map(nodeOf))].flatMap((node) => {
    const here = oldestFirst.filter((pod) => nodeOf(pod) === node);
    const [next, ...spareNew] = here.filter(isNew);
    const [last, ...spareOld] = here.filter((pod) => !isNew(pod));
    const isDue =
      next !== undefined && last !== undefined && (!isPodReady(last) || isPodAvailable(next, minReady, now));
    return [...spareNew, ...spareOld, ...(isDue ? [last] : [])].flatMap((pod) => deletion(set, pod));
  });
}

const bornAt = ({ metadata }: Stored<Pod>): number => parseTime(String(metadata.creationTimestamp)) ?? 0;

const byAge = (one: Stored<Pod>, other: Stored<Pod>): number => bornAt(one) - bornAt(other);

/** New Pods beside old ones, on as many nodes at a time as maxSurge lets it; where the old one is down, at once. */
export function surging(
  set: Stored<DaemonSet>,
  mine: readonly Stored<Pod>[],
  wanted: readonly Stored<Node>[],
  hash: string,
  now: number,
  random: Random,
): readonly Action[] {
  const { surge } = bounds(set, wanted.length);
  if (set.spec?.updateStrategy?.type === 'OnDelete' || surge === 0) return [];
  const minReady = set.spec?.minReadySeconds ?? 0;
  const on = (node: Stored<Node>): readonly Stored<Pod>[] =>
    mine.filter((pod) => nodeOf(pod) === node.metadata.name && !isPodFinished(pod));
  const isOld = (pod: Pod): boolean => pod.metadata.labels?.[REVISION_HASH] !== hash;
  const behind = wanted.filter((node) => on(node).length > 0 && on(node).every(isOld));
  const doubled = wanted.filter((node) => on(node).some(isOld) && !on(node).every(isOld)).length;
  const isDown = (node: Stored<Node>): boolean => !on(node).some((pod) => isPodAvailable(pod, minReady, now));
  const down = behind.filter(isDown);
  const up = behind.filter((node) => !down.includes(node));
  return [...down, ...up.slice(0, Math.max(0, surge - doubled))].flatMap((node) =>
    creation(set, node, hash, random),
  );
}
