import type { Deployment, ReplicaSet, Stored } from '../../../api';
import type { Action } from '../../seams';
import { controllerRef } from '../owners';
import { patchObject, updateObject } from '../patch-status';
import { REFS } from '../refs';
import { hashOf } from '../template-hash';
import {
  copiedAnnotations,
  REVISION,
  REVISION_HISTORY,
  replicasOf,
  revisionOf,
  setReplicas,
} from './replica-sets';
import { newSetSize } from './roll';
import { scalingEvent, sizeAnnotations } from './scale-sets';
import { TEMPLATE_HASH_LABEL } from './template-hash';

/** The name that the Deployment's next ReplicaSet gets. */
export function newSetName(deployment: Stored<Deployment>): string {
  const hash = hashOf(deployment.spec?.template, deployment.status?.collisionCount ?? 0);
  return `${deployment.metadata.name}-${hash}`;
}

/** Creates the ReplicaSet of the Deployment's template, as large as the update strategy lets it be at once. */
export function createNewSet(
  deployment: Stored<Deployment>,
  oldSets: readonly Stored<ReplicaSet>[],
): readonly Action[] {
  const name = newSetName(deployment);
  const hash = name.slice(deployment.metadata.name.length + 1);
  const total = oldSets.reduce((sum, set) => sum + setReplicas(set), 0);
  const replicas =
    deployment.spec?.strategy?.type === 'Recreate'
      ? replicasOf(deployment)
      : newSetSize(deployment, 0, total);
  const template = deployment.spec?.template;
  const labels = { ...template?.metadata?.labels, [TEMPLATE_HASH_LABEL]: hash };
  const selector = deployment.spec?.selector;
  const set = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name,
      namespace: deployment.metadata.namespace,
      labels,
      annotations: {
        ...copiedAnnotations(deployment),
        ...sizeAnnotations(deployment),
        [REVISION]: String(nextRevision(oldSets)),
      },
      ownerReferences: [controllerRef(deployment)],
    },
    spec: {
      replicas,
      ...(deployment.spec?.minReadySeconds ? { minReadySeconds: deployment.spec.minReadySeconds } : {}),
      selector: {
        ...selector,
        matchLabels: { ...selector?.matchLabels, [TEMPLATE_HASH_LABEL]: hash },
      },
      template: { ...template, metadata: { ...template?.metadata, labels } },
    },
  } as ReplicaSet;
  const create: Action = { verb: 'create', ref: REFS.replicaSets, object: set };
  return replicas > 0 ? [create, scalingEvent(deployment, name, 0, replicas)] : [create];
}

/** One more than the highest revision among the old ReplicaSets. */
export function nextRevision(oldSets: readonly Stored<ReplicaSet>[]): number {
  return Math.max(0, ...oldSets.map((set) => revisionOf(set))) + 1;
}

/** Brings the annotations of the current ReplicaSet up to date: a rollback makes an old one the newest revision. */
export function freshenSet(
  deployment: Stored<Deployment>,
  set: Stored<ReplicaSet>,
  oldSets: readonly Stored<ReplicaSet>[],
): readonly Action[] {
  const revision = revisionOf(set);
  const next = nextRevision(oldSets);
  const annotations: Record<string, string> = { ...copiedAnnotations(deployment) };
  if (revision < next) {
    annotations[REVISION] = String(next);
    const history = set.metadata.annotations?.[REVISION_HISTORY];
    if (revision > 0) {
      annotations[REVISION_HISTORY] = history === undefined ? String(revision) : `${history},${revision}`;
    }
  }
  const changed = Object.entries(annotations).some(
    ([key, value]) => set.metadata.annotations?.[key] !== value,
  );
  const minReady = deployment.spec?.minReadySeconds ?? 0;
  const sameMinReady = (set.spec?.minReadySeconds ?? 0) === minReady;
  if (!changed && sameMinReady) return [];
  const spec = sameMinReady ? {} : { spec: { minReadySeconds: minReady } };
  return [patchObject(REFS.replicaSets, set, { metadata: { annotations }, ...spec })];
}

/** Tells the Deployment the revision of its current ReplicaSet. */
export function copyRevision(deployment: Stored<Deployment>, revision: number): readonly Action[] {
  if (revisionOf(deployment) === revision) return [];
  const annotations = { [REVISION]: String(revision) };
  const patch = updateObject(REFS.deployments, deployment, { metadata: { annotations } });
  // Through /status, so that the generation, which counts annotations too, stays.
  return [{ ...patch, subresource: 'status' }];
}
