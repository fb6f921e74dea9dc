import type {
  KubeObject,
  OwnerReference,
  PersistentVolumeClaim,
  Pod,
  StatefulSet,
  Stored,
  View,
} from '../../../api';
import { deepEqual } from '../../../base';
import type { Action } from '../../seams';
import { controllerRef } from '../owners';
import { updateObject } from '../patch-status';
import { REFS } from '../refs';
import { isWanted, ordinalOf } from './ordinals';

const CLAIMS = 'persistentvolumeclaims';

const claimNames = (set: Stored<StatefulSet>, ordinal: number): readonly string[] =>
  (set.spec?.volumeClaimTemplates ?? []).map(
    ({ metadata }) => `${metadata?.name ?? ''}-${set.metadata.name}-${ordinal}`,
  );

/** The claims that a Pod of the set lacks. */
export function missingClaims(view: View, set: Stored<StatefulSet>, ordinal: number): readonly Action[] {
  const { namespace = '', name: owner } = set.metadata;
  const names = claimNames(set, ordinal);
  return (set.spec?.volumeClaimTemplates ?? []).flatMap((template, index): readonly Action[] => {
    const name = names[index] ?? '';
    if (view.get(CLAIMS, namespace, name) !== undefined) return [];
    const labels = { ...template.metadata?.labels, ...set.spec?.selector.matchLabels };
    const owners = set.spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete';
    const object = {
      ...template,
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        ...template.metadata,
        name,
        namespace,
        labels,
        ...(owners ? { ownerReferences: [controllerRef(set)] } : {}),
      },
    } as unknown as KubeObject;
    const message = `create Claim ${name} Pod ${owner}-${ordinal} in StatefulSet ${owner} success`;
    return [
      { verb: 'create', ref: REFS.persistentVolumeClaims, object },
      { verb: 'event', about: set, type: 'Normal', reason: 'SuccessfulCreate', message },
    ];
  });
}

/** Whose claims a Pod's are, so that they go with the set, or with a Pod too many (updateClaimOwnerRefForSetAndPod). */
export function retainedClaims(
  view: View,
  set: Stored<StatefulSet>,
  pods: readonly Stored<Pod>[],
): readonly Action[] {
  return pods.flatMap((pod) =>
    claimNames(set, ordinalOf(set, pod)).flatMap((name) => {
      const claim = view.get<PersistentVolumeClaim>(CLAIMS, set.metadata.namespace ?? '', name);
      return claim === undefined || claim.metadata.deletionTimestamp !== undefined
        ? []
        : owned(set, pod, claim);
    }),
  );
}

function owned(set: Stored<StatefulSet>, pod: Stored<Pod>, claim: Stored): readonly Action[] {
  const before = claim.metadata.ownerReferences ?? [];
  const others = before.filter(({ uid }) => uid !== set.metadata.uid && uid !== pod.metadata.uid);
  // Somebody else's claim is left alone.
  if (others.some(({ controller }) => controller === true)) return [];
  const owners = [...others, ...ownersOf(set, pod)];
  if (deepEqual(before, owners)) return [];
  const ownerReferences = owners.length === 0 ? null : owners.map((each) => ({ ...each }));
  return [updateObject(REFS.persistentVolumeClaims, claim, { metadata: { ownerReferences } })];
}

function ownersOf(set: Stored<StatefulSet>, pod: Stored<Pod>): readonly OwnerReference[] {
  const { whenDeleted, whenScaled } = set.spec?.persistentVolumeClaimRetentionPolicy ?? {};
  const isExtra = !isWanted(set, ordinalOf(set, pod));
  if (whenScaled === 'Delete' && isExtra) return [controllerRef({ ...pod, apiVersion: 'v1', kind: 'Pod' })];
  return whenDeleted === 'Delete' && (whenScaled !== 'Delete' || !isExtra) ? [controllerRef(set)] : [];
}
