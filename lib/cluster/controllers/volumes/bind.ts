import type { Json, PersistentVolume, PersistentVolumeClaim, Stored } from '../../../api';
import type { Action } from '../../seams';
import { patchStatus, updateObject } from '../patch-status';
import { REFS } from '../refs';
import { BIND_COMPLETED, BOUND_BY_CONTROLLER } from './classes';
import { isVolumeFor } from './match-volume';

type Claim = Stored<PersistentVolumeClaim>;
type Volume = Stored<PersistentVolume>;

/** The four writes that bind a volume and a claim to each other, as far as they are still needed (ctrl.bind). */
export function bind(volume: Volume, claim: Claim): readonly (Action | undefined)[] {
  return [
    bindVolume(volume, claim),
    volumePhase(volume, 'Bound'),
    bindClaim(volume, claim),
    claimBound(volume, claim),
  ];
}

/** bindVolumeToClaim: also what the scheduler writes to keep a volume for a claim. */
export function bindVolume(volume: Volume, claim: Claim): Action | undefined {
  const ref = volume.spec?.claimRef;
  const { name, namespace = '', uid, resourceVersion } = claim.metadata;
  if (ref?.uid === uid) return undefined;
  const byController = ref === undefined || !isVolumeFor(volume, claim);
  const claimRef = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    name,
    namespace,
    uid,
    resourceVersion,
  };
  const annotations = { [BOUND_BY_CONTROLLER]: 'yes' };
  return updateObject(REFS.persistentVolumes, volume, {
    ...(byController ? { metadata: { annotations } } : {}),
    spec: { claimRef },
  });
}

function bindClaim(volume: Volume, claim: Claim): Action | undefined {
  const { annotations = {} } = claim.metadata;
  const named = claim.spec?.volumeName === volume.metadata.name;
  if (named && annotations[BIND_COMPLETED] !== undefined) return undefined;
  const added = {
    ...(named ? {} : { [BOUND_BY_CONTROLLER]: 'yes' }),
    [BIND_COMPLETED]: 'yes',
  };
  return updateObject(REFS.persistentVolumeClaims, claim, {
    metadata: { annotations: added },
    ...(named ? {} : { spec: { volumeName: volume.metadata.name } }),
  });
}

/** updateVolumePhase. */
export function volumePhase(volume: Volume, phase: string, message = ''): Action | undefined {
  const { status } = volume;
  if (status?.phase === phase && (status.reason ?? '') === '' && (status.message ?? '') === message) {
    return undefined;
  }
  return patchStatus(REFS.persistentVolumes, volume, { phase, ...(message === '' ? {} : { message }) });
}

/** updateClaimStatus: a claim takes over its volume's size as it becomes bound; later sizes are others' business. */
function claimBound({ spec }: Volume, claim: Claim): Action | undefined {
  const isNew = claim.status?.phase !== 'Bound';
  const capacity = isNew ? spec?.capacity : claim.status?.capacity;
  const current = spec?.volumeAttributesClassName;
  return patchStatus(REFS.persistentVolumeClaims, claim, {
    ...claim.status,
    phase: 'Bound',
    accessModes: spec?.accessModes ?? [],
    ...(capacity ? { capacity } : {}),
    ...(isNew && current ? { currentVolumeAttributesClassName: current } : {}),
  });
}

/** A claim without a volume has neither size nor modes. */
export function claimPhase(claim: Claim, phase: 'Pending' | 'Lost'): Action | undefined {
  const { accessModes: _, capacity: __, ...rest } = claim.status ?? {};
  return patchStatus(REFS.persistentVolumeClaims, claim, { ...rest, phase });
}

/** unbindVolume: back to the pool if the controller had taken it, else kept for whom the user named. */
export function unbindVolume(volume: Volume): readonly (Action | undefined)[] {
  const byController = volume.metadata.annotations?.[BOUND_BY_CONTROLLER] !== undefined;
  const body: Json = byController
    ? { metadata: { annotations: { [BOUND_BY_CONTROLLER]: null } }, spec: { claimRef: null } }
    : { spec: { claimRef: { uid: null } } };
  return [updateObject(REFS.persistentVolumes, volume, body), volumePhase(volume, 'Available')];
}
