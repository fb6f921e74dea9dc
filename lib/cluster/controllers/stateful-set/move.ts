import type { Pod, StatefulSet, Stored, View } from '../../../api';
import type { Action } from '../../seams';
import { scaledValue } from '../deployment';
import { isPodAvailable, isPodFinished } from '../pod-state';
import { REFS } from '../refs';
import { REVISION_HASH } from '../revisions';
import { missingClaims } from './claims';
import { firstOrdinal, isBelowPartition, isWanted, ordinalOf } from './ordinals';
import { podFor } from './pod';

const isLeaving = ({ metadata }: Stored<Pod>): boolean => metadata.deletionTimestamp !== undefined;

/** The next step: at most one Pod at a time, unless the set is managed in parallel. */
export function move(
  view: View,
  set: Stored<StatefulSet>,
  mine: readonly Stored<Pod>[],
  update: string,
  now: number,
): readonly Action[] {
  const parallel = set.spec?.podManagementPolicy === 'Parallel';
  const first = firstOrdinal(set);
  const actions: Action[] = [];
  for (let ordinal = first; isWanted(set, ordinal); ordinal += 1) {
    const pod = mine.find((each) => ordinalOf(set, each) === ordinal);
    const step = stepFor(view, set, pod, ordinal, update);
    actions.push(...step);
    const settled = pod !== undefined && step.length === 0 && isSettled(set, pod, now);
    if (!settled && !parallel) return actions;
  }
  for (const pod of mine.filter((each) => !isWanted(set, ordinalOf(set, each))).toReversed()) {
    if (!isLeaving(pod)) actions.push(...deletion(set, pod));
    if (!parallel) return actions;
  }
  return actions.length > 0 ? actions : rolled(set, mine, update, now);
}

const isSettled = (set: StatefulSet, pod: Stored<Pod>, now: number): boolean =>
  !isLeaving(pod) && isPodAvailable(pod, set.spec?.minReadySeconds ?? 0, now);

function stepFor(
  view: View,
  set: Stored<StatefulSet>,
  pod: Stored<Pod> | undefined,
  ordinal: number,
  update: string,
): readonly Action[] {
  if (pod === undefined) return creation(view, set, ordinal, update);
  return isPodFinished(pod) && !isLeaving(pod) ? deletion(set, pod) : [];
}

/**
 * A rolling update goes from the last ordinal down to the partition, and leaves no more than maxUnavailable of the Pods
 * unavailable; old ones that are so already do not count twice.
 */
function rolled(
  set: Stored<StatefulSet>,
  mine: readonly Stored<Pod>[],
  update: string,
  now: number,
): readonly Action[] {
  const { updateStrategy, replicas = 1 } = set.spec ?? {};
  if (updateStrategy?.type === 'OnDelete') return [];
  const most = Math.max(1, scaledValue(updateStrategy?.rollingUpdate?.maxUnavailable ?? 1, replicas, 'up'));
  const isDown = (pod: Stored<Pod>): boolean => !isSettled(set, pod, now);
  let room = most - mine.filter(isDown).length;
  const actions: Action[] = [];
  for (const pod of mine.toReversed()) {
    if (isBelowPartition(set, ordinalOf(set, pod))) break;
    if (pod.metadata.labels?.[REVISION_HASH] === update || isLeaving(pod)) continue;
    if (!isDown(pod)) {
      if (room <= 0) break;
      room -= 1;
    }
    actions.push(...deletion(set, pod));
  }
  return actions;
}

function creation(view: View, set: Stored<StatefulSet>, ordinal: number, update: string): readonly Action[] {
  const object = podFor(view, set, ordinal, update);
  const message = `create Pod ${object.metadata.name} in StatefulSet ${set.metadata.name} successful`;
  return [
    ...missingClaims(view, set, ordinal),
    { verb: 'create', ref: REFS.pods, object },
    { verb: 'event', about: set, type: 'Normal', reason: 'SuccessfulCreate', message },
  ];
}

function deletion(set: Stored<StatefulSet>, pod: Stored<Pod>): readonly Action[] {
  const { name, uid, namespace = '' } = pod.metadata;
  const message = `delete Pod ${name} in StatefulSet ${set.metadata.name} successful`;
  return [
    { verb: 'delete', ref: REFS.pods, namespace, name, options: { preconditions: { uid } } },
    { verb: 'event', about: set, type: 'Normal', reason: 'SuccessfulDelete', message },
  ];
}
