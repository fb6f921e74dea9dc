import type { PersistentVolume, PersistentVolumeClaim, Stored, View } from '../../../api';
import type { Action, Plan } from '../../seams';
import { planOf } from '../plan';
import { REFS } from '../refs';
import { unbindVolume, volumePhase } from './bind';
import { PROVISIONED_BY } from './classes';

type Claim = Stored<PersistentVolumeClaim>;
type Volume = Stored<PersistentVolume>;
type Actions = readonly (Action | undefined)[];

/** What is to be done for a volume (syncVolume); binding is done from the claim's side. */
export function syncVolume(view: View, volume: Volume): Plan {
  const ref = volume.spec?.claimRef;
  // Kept for a claim, and not yet bound to it, a volume is as available as one that nobody wants.
  if (!ref?.uid) return planOf([volumePhase(volume, 'Available')]);
  const found = view.get<PersistentVolumeClaim>(
    'persistentvolumeclaims',
    ref.namespace ?? '',
    ref.name ?? '',
  );
  const claim = found?.metadata.uid === ref.uid ? found : undefined;
  if (!claim) return planOf([...release(volume), ...reclaim(volume)]);
  const bound = claim.spec?.volumeName ?? '';
  if (bound === '') return planOf(modesDiffer(volume, claim) ? tellOfModes(volume, claim) : []);
  if (bound === volume.metadata.name) return planOf([volumePhase(volume, 'Bound')]);
  return boundElsewhere(volume);
}

const isOver = ({ status }: Volume): boolean => status?.phase === 'Released' || status?.phase === 'Failed';

/** A failure is not forgotten when the volume is looked at again. */
const release = (volume: Volume): Actions => (isOver(volume) ? [] : [volumePhase(volume, 'Released')]);

function boundElsewhere(volume: Volume): Plan {
  const made = volume.metadata.annotations?.[PROVISIONED_BY] !== undefined;
  if (made && volume.spec?.persistentVolumeReclaimPolicy === 'Delete') {
    return planOf([...release(volume), ...reclaim(volume)]);
  }
  return planOf(unbindVolume(volume));
}

const modesDiffer = (volume: Volume, claim: Claim): boolean =>
  (volume.spec?.volumeMode ?? 'Filesystem') !== (claim.spec?.volumeMode ?? 'Filesystem');

function tellOfModes(volume: Volume, claim: Claim): Actions {
  const why = 'due to incompatible volumeMode.';
  const [volumeName, claimName] = [volume.metadata.name, claim.metadata.name].map((each) =>
    JSON.stringify(each),
  );
  return [
    tell(
      volume,
      'VolumeMismatch',
      `Cannot bind PersistentVolume to requested PersistentVolumeClaim ${claimName} ${why}`,
    ),
    tell(
      claim,
      'VolumeMismatch',
      `Cannot bind PersistentVolume ${volumeName} to requested PersistentVolumeClaim ${why}`,
    ),
  ];
}

const tell = (about: Volume | Claim, reason: string, message: string): Action => ({
  verb: 'event',
  about,
  type: 'Warning',
  reason,
  message,
});

/** reclaimVolume. */
function reclaim(volume: Volume): Actions {
  switch (volume.spec?.persistentVolumeReclaimPolicy) {
    case 'Retain':
      return [];
    case 'Delete':
      return deleteVolume(volume);
    case 'Recycle':
      return fail(volume, 'VolumeFailedRecycle', 'No recycler plugin found for the volume!');
    default:
      return fail(
        volume,
        'VolumeUnknownReclaimPolicy',
        'Volume has unrecognized PersistentVolumeReclaimPolicy',
      );
  }
}

/** What an outside provisioner made, it also deletes; of hand-made volumes only those below /tmp can be deleted. */
function deleteVolume(volume: Volume): Actions {
  const { annotations, name, deletionTimestamp } = volume.metadata;
  if (annotations?.[PROVISIONED_BY] || deletionTimestamp !== undefined) return [];
  const path = volume.spec?.hostPath?.path;
  if (path === undefined) {
    const why = `error getting deleter volume plugin for volume ${JSON.stringify(name)}: no deletable volume plugin matched`;
    return fail(volume, 'VolumeFailedDelete', why);
  }
  if (/^\/tmp\/.+/.test(path)) return [{ verb: 'delete', ref: REFS.persistentVolumes, namespace: '', name }];
  const why = `host_path deleter only supports /tmp/.+ but received provided ${path}`;
  return fail(volume, 'VolumeFailedDelete', why);
}

/** updateVolumePhaseWithEvent: told once. */
function fail(volume: Volume, reason: string, message: string): Actions {
  if (volume.status?.phase === 'Failed') return [];
  return [volumePhase(volume, 'Failed', message), tell(volume, reason, message)];
}
