import type { Deployment, Json, Pod, ReplicaSet, Stored, View } from '../../../api';
import type { Action, Controller, Plan } from '../../seams';
import { selects } from '../adopt';
import { type Condition, conditionsOf, findCondition, setCondition } from '../conditions';
import { controllerKey, ownKey, splitKey } from '../keys';
import { controllerOf, controllerRef, isControlledBy } from '../owners';
import { patchObject, patchStatus } from '../patch-status';
import { planOf, REST } from '../plan';
import { isPodFinished } from '../pod-state';
import { REFS } from '../refs';
import { copyRevision, createNewSet, freshenSet, newSetName, nextRevision } from './new-set';
import { findNewSet, type PlannedSet, revisionOf, setReplicas } from './replica-sets';
import { roll } from './roll';
import { isScaled, scale, scaleSet } from './scale-sets';
import { conditionNow, hasDeadline, isComplete, nextStatus } from './status';

/** Rolls Deployments out through ReplicaSets. */
export const deploymentController: Controller = {
  name: 'deployment-controller',
  watches: [
    ownKey('deployments.apps'),
    controllerKey('replicasets.apps', 'Deployment'),
    orphanRule(),
    recreateRule(),
  ],
  reconcile(view, key, now) {
    const { namespace, name } = splitKey(key);
    const deployment = view.get<Deployment>('deployments.apps', namespace, name);
    return deployment === undefined ? REST : reconcile(view, deployment, now);
  },
};

/** A ReplicaSet without a controller wakes every Deployment that could adopt it. */
function orphanRule(): Controller['watches'][number] {
  return {
    resource: 'replicasets.apps',
    keys(object, _previous, view) {
      if (object === undefined || controllerOf(object) !== undefined) return [];
      return view
        .list<Deployment>('deployments.apps', object.metadata.namespace ?? '')
        .filter((deployment) => selects(deployment, object))
        .map((deployment) => `${deployment.metadata.namespace ?? ''}/${deployment.metadata.name}`);
    },
  };
}

/** A Recreate rollout waits for old Pods to be gone: each that goes wakes the Deployment. */
function recreateRule(): Controller['watches'][number] {
  return {
    resource: 'pods',
    keys(object, previous, view) {
      const owner = previous === undefined ? undefined : controllerOf(previous);
      if (object !== undefined || owner?.kind !== 'ReplicaSet') return [];
      const namespace = previous?.metadata.namespace ?? '';
      const set = view.get<ReplicaSet>('replicasets.apps', namespace, owner.name);
      const above = set === undefined ? undefined : controllerOf(set);
      return above?.kind === 'Deployment' ? [`${namespace}/${above.name}`] : [];
    },
  };
}

function reconcile(view: View, deployment: Stored<Deployment>, now: number): Plan {
  const selector = deployment.spec?.selector;
  if (!selector?.matchLabels && !selector?.matchExpressions) return selectsAll(deployment);
  const inNamespace = view.list<ReplicaSet>('replicasets.apps', deployment.metadata.namespace ?? '');
  const claims = deployment.metadata.deletionTimestamp === undefined ? claim(deployment, inNamespace) : [];
  if (claims.length > 0) return { actions: claims };
  const sets = inNamespace.filter((set) => isControlledBy(set, deployment));
  const newSet = findNewSet(deployment, sets);
  const oldSets = sets.filter((set) => set !== newSet);
  const conditions = pauseConditions(deployment, conditionsOf(deployment.status), now);
  if (deployment.metadata.deletionTimestamp !== undefined) {
    return withStatus(deployment, [], newSet, oldSets, conditions, false, now);
  }
  if (deployment.spec?.paused || isScaled(deployment, sets)) {
    return resize(deployment, newSet, oldSets, conditions, now);
  }
  if (newSet === undefined) return firstStep(view, deployment, oldSets, conditions, now);
  return rollOut(view, deployment, newSet, oldSets, conditions, now);
}

function selectsAll(deployment: Stored<Deployment>): Plan {
  const message = 'This deployment is selecting all pods. A non-empty selector is required.';
  return planOf([{ verb: 'event', about: deployment, type: 'Warning', reason: 'SelectingAll', message }]);
}

/** Adopts matching ReplicaSets without a controller; releases those that match no longer. */
function claim(deployment: Stored<Deployment>, sets: readonly Stored<ReplicaSet>[]): readonly Action[] {
  return sets.flatMap((set) => {
    const owner = controllerOf(set);
    const owners = set.metadata.ownerReferences ?? [];
    const matches = selects(deployment, set);
    if (owner === undefined && matches && set.metadata.deletionTimestamp === undefined) {
      return [ownersPatch(set, [...owners, controllerRef(deployment)])];
    }
    if (owner?.uid !== deployment.metadata.uid || matches) return [];
    const rest = owners.filter((each) => each.uid !== deployment.metadata.uid);
    return [ownersPatch(set, rest)];
  });
}

const ownersPatch = (set: Stored<ReplicaSet>, owners: readonly object[]): Action =>
  patchObject(REFS.replicaSets, set, {
    metadata: { ownerReferences: owners.length === 0 ? null : (owners as Json) },
  });

/** The Progressing condition tells of a pause, so that its deadline does not run meanwhile. */
function pauseConditions(
  deployment: Deployment,
  conditions: readonly Condition[],
  now: number,
): readonly Condition[] {
  if (!hasDeadline(deployment)) return conditions;
  const current = findCondition(conditions, 'Progressing');
  if (current?.reason === 'ProgressDeadlineExceeded') return conditions;
  const paused = deployment.spec?.paused === true;
  const toldPaused = current?.reason === 'DeploymentPaused';
  if (paused && !toldPaused) {
    return setCondition(
      conditions,
      conditionNow('Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused', now),
    );
  }
  if (paused || !toldPaused) return conditions;
  return setCondition(
    conditions,
    conditionNow('Progressing', 'Unknown', 'DeploymentResumed', 'Deployment is resumed', now),
  );
}

function withStatus(
  deployment: Stored<Deployment>,
  actions: readonly Action[],
  newSet: Stored<ReplicaSet> | undefined,
  oldSets: readonly Stored<ReplicaSet>[],
  conditions: readonly Condition[],
  rollout: boolean,
  now: number,
): Plan {
  const next = nextStatus(deployment, newSet, oldSets, conditions, rollout, now);
  return planOf([...actions, patchStatus(REFS.deployments, deployment, next.status)], next.recheckMs);
}

const plan = (set: Stored<ReplicaSet>): PlannedSet => ({ set, replicas: setReplicas(set) });

function resize(
  deployment: Stored<Deployment>,
  newSet: Stored<ReplicaSet> | undefined,
  oldSets: readonly Stored<ReplicaSet>[],
  conditions: readonly Condition[],
  now: number,
): Plan {
  const scaled = scale(deployment, newSet && plan(newSet), oldSets.map(plan));
  const cleaned = deployment.spec?.paused ? cleanUp(deployment, oldSets) : [];
  return withStatus(deployment, [...scaled, ...cleaned], newSet, oldSets, conditions, false, now);
}

/** Before there is a ReplicaSet of the current template: makes room if need be, then makes one. */
function firstStep(
  view: View,
  deployment: Stored<Deployment>,
  oldSets: readonly Stored<ReplicaSet>[],
  conditions: readonly Condition[],
  now: number,
): Plan {
  if (deployment.spec?.strategy?.type === 'Recreate') {
    const emptied = oldSets.map(plan).filter((each) => each.replicas > 0);
    const scaled = emptied.flatMap((each) => scaleSet(deployment, each, 0));
    if (scaled.length > 0 || hasPods(view, oldSets)) {
      return withStatus(deployment, scaled, undefined, oldSets, conditions, true, now);
    }
  }
  const created = createNewSet(deployment, oldSets);
  const told = hasDeadline(deployment)
    ? setCondition(
        conditions,
        conditionNow(
          'Progressing',
          'True',
          'NewReplicaSetCreated',
          `Created new replica set "${newSetName(deployment)}"`,
          now,
        ),
      )
    : conditions;
  const revision = copyRevision(deployment, nextRevision(oldSets));
  return withStatus(deployment, [...created, ...revision], undefined, oldSets, told, false, now);
}

function hasPods(view: View, sets: readonly Stored<ReplicaSet>[]): boolean {
  const namespace = sets[0]?.metadata.namespace ?? '';
  return (
    sets.length > 0 &&
    view
      .list<Pod>('pods', namespace)
      .some((pod) => !isPodFinished(pod) && sets.some((set) => isControlledBy(pod, set)))
  );
}

function rollOut(
  view: View,
  deployment: Stored<Deployment>,
  newSet: Stored<ReplicaSet>,
  oldSets: readonly Stored<ReplicaSet>[],
  start: readonly Condition[],
  now: number,
): Plan {
  const freshened = freshenSet(deployment, newSet, oldSets);
  const revision = Math.max(revisionOf(newSet), nextRevision(oldSets));
  const conditions = found(deployment, newSet, start, now);
  const copied = copyRevision(deployment, revision);
  if (freshened.length > 0) {
    return withStatus(deployment, [...freshened, ...copied], newSet, oldSets, conditions, false, now);
  }
  const rolled = rolling(view, deployment, newSet, oldSets);
  const cleaned = isComplete(deployment) && rolled.length === 0 ? cleanUp(deployment, oldSets) : [];
  return withStatus(deployment, [...copied, ...rolled, ...cleaned], newSet, oldSets, conditions, true, now);
}

function found(
  deployment: Stored<Deployment>,
  newSet: Stored<ReplicaSet>,
  conditions: readonly Condition[],
  now: number,
): readonly Condition[] {
  if (!hasDeadline(deployment) || findCondition(conditions, 'Progressing') !== undefined) return conditions;
  const message = `Found new replica set "${newSet.metadata.name}"`;
  return setCondition(conditions, conditionNow('Progressing', 'True', 'FoundNewReplicaSet', message, now));
}

function rolling(
  view: View,
  deployment: Stored<Deployment>,
  newSet: Stored<ReplicaSet>,
  oldSets: readonly Stored<ReplicaSet>[],
): readonly Action[] {
  if (deployment.spec?.strategy?.type !== 'Recreate') {
    return roll(deployment, plan(newSet), oldSets.map(plan));
  }
  const old = oldSets.map(plan).filter((each) => each.replicas > 0);
  if (old.length > 0) return old.flatMap((each) => scaleSet(deployment, each, 0));
  if (hasPods(view, oldSets)) return [];
  return scaleSet(deployment, plan(newSet), deployment.spec?.replicas ?? 1);
}

/** Deletes the oldest empty ReplicaSets beyond the history that is kept. */
function cleanUp(deployment: Stored<Deployment>, oldSets: readonly Stored<ReplicaSet>[]): readonly Action[] {
  const limit = deployment.spec?.revisionHistoryLimit;
  if (limit === undefined) return [];
  const cleanable = oldSets.filter((set) => set.metadata.deletionTimestamp === undefined);
  const excess = cleanable
    .toSorted((a, b) => revisionOf(a) - revisionOf(b))
    .slice(0, Math.max(0, cleanable.length - limit));
  return excess.filter(isEmpty).map((set) => ({
    verb: 'delete',
    ref: REFS.replicaSets,
    namespace: set.metadata.namespace ?? '',
    name: set.metadata.name,
    options: { propagationPolicy: 'Background' },
  }));
}

const isEmpty = (set: Stored<ReplicaSet>): boolean =>
  setReplicas(set) === 0 &&
  (set.status?.replicas ?? 0) === 0 &&
  (set.metadata.generation ?? 1) <= (set.status?.observedGeneration ?? 0);
