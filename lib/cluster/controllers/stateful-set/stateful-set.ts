import type { KubeObject, Pod, StatefulSet, Stored, View } from '../../../api';
import type { Action, Controller, Plan } from '../../seams';
import { adoptRevisions, claimPods, orphanKey } from '../adopt';
import { controllerKey, ownKey, splitKey } from '../keys';
import { isControlledBy } from '../owners';
import { patchStatus } from '../patch-status';
import { planOf, REST } from '../plan';
import { untilAvailable } from '../pod-state';
import { REFS } from '../refs';
import { REVISION_HASH, reviseHistory } from '../revisions';
import { retainedClaims } from './claims';
import { move } from './move';
import { byOrdinal, ordinalOf } from './ordinals';
import { statusOf } from './status';

/** Gives a StatefulSet its numbered Pods, one after the other. */
export const statefulSetController: Controller = {
  name: 'statefulset-controller',
  watches: [
    ownKey('statefulsets.apps'),
    controllerKey('pods', 'StatefulSet'),
    orphanKey('statefulsets.apps'),
  ],
  reconcile(view, key, now) {
    const { namespace, name } = splitKey(key);
    const set = view.get<StatefulSet>('statefulsets.apps', namespace, name);
    return set === undefined ? REST : reconcile(view, set, now);
  },
  refused(view, key, action, refusal) {
    const { namespace, name } = splitKey(key);
    const set = view.get<StatefulSet>('statefulsets.apps', namespace, name);
    return set === undefined || action.verb !== 'create'
      ? []
      : failedCreate(set, action.object, refusal.message ?? '');
  },
};

/** recordPodEvent and recordClaimEvent of a failure; without its claims a Pod is not tried. */
function failedCreate(set: Stored<StatefulSet>, object: KubeObject, why: string): readonly Action[] {
  const { name = '' } = object.metadata;
  const event = (message: string): Action => ({
    verb: 'event',
    about: set,
    type: 'Warning',
    reason: 'FailedCreate',
    message,
  });
  const failed = (pod: string, error: string): Action =>
    event(`create Pod ${pod} in StatefulSet ${set.metadata.name} failed error: ${error}`);
  if (object.kind === 'Pod') return [failed(name, why)];
  if (object.kind !== 'PersistentVolumeClaim') return [];
  const pod = name.slice(name.lastIndexOf(`${set.metadata.name}-`));
  const claim = `create Claim ${name} Pod ${pod} in StatefulSet ${set.metadata.name} failed error: ${why}`;
  return [event(claim), failed(pod, `failed to create PVC ${name}: ${why}`)];
}

function reconcile(view: View, set: Stored<StatefulSet>, now: number): Plan {
  const all = view.list<Pod>('pods', set.metadata.namespace ?? '');
  if (set.metadata.deletionTimestamp === undefined) {
    const claims = [...adoptRevisions(view, set), ...claimPods(set, all, (pod) => ordinalOf(set, pod) >= 0)];
    if (claims.length > 0) return { actions: claims };
  }
  const mine = byOrdinal(
    set,
    all.filter((pod) => isControlledBy(pod, set)),
  );
  const current = set.status?.currentRevision;
  const inUse = new Set([
    ...mine.map((pod) => pod.metadata.labels?.[REVISION_HASH] ?? ''),
    ...(current ? [current] : []),
  ]);
  const limit = set.spec?.revisionHistoryLimit;
  const revision = reviseHistory(view, set, set.spec?.template, limit, inUse);
  if (set.metadata.deletionTimestamp !== undefined) return REST;
  const status = statusOf(set, mine, revision.name, now);
  return planOf(
    [
      ...revision.actions,
      ...retainedClaims(view, set, mine),
      patchStatus(REFS.statefulSets, set, status),
      ...move(view, set, mine, revision.name, now),
    ],
    untilAvailable(mine, set.spec?.minReadySeconds ?? 0, now),
  );
}
