import type { PersistentVolume, PersistentVolumeClaim, Pod, StorageClass, Stored, View } from '../../../api';
import type { Action, Plan } from '../../seams';
import { findDefaultStorageClass } from '../../server';
import { updateObject } from '../patch-status';
import { planOf } from '../plan';
import { isPodFinished } from '../pod-state';
import { REFS } from '../refs';
import { bind, claimPhase } from './bind';
import {
  BETA_PROVISIONER,
  BIND_COMPLETED,
  claimNames,
  classOf,
  findClass,
  PROVISIONER,
  SELECTED_NODE,
  waitsForConsumer,
} from './classes';
import { findVolume, isVolumeFor, mismatch } from './match-volume';

type Claim = Stored<PersistentVolumeClaim>;
type Volume = Stored<PersistentVolume>;

/** Claims that wait are looked at again so often, and tell again (--pvclaimbinder-sync-period). */
const RESYNC_MS = 15_000;
/** Provisioners of this domain were part of Kubernetes itself; none of them is left. */
const IN_TREE = 'kubernetes.io/';

/** What is to be done for a claim (syncClaim). */
export function syncClaim(view: View, claim: Claim): Plan {
  if (claim.metadata.annotations?.[BIND_COMPLETED] !== undefined) return planOf(syncBound(view, claim));
  return claim.spec?.volumeName ? syncNamed(view, claim, claim.spec.volumeName) : syncUnbound(view, claim);
}

const findVolumeByName = (view: View, name: string): Volume | undefined =>
  view.get<PersistentVolume>('persistentvolumes', '', name);

const tell = (about: Claim, type: 'Normal' | 'Warning', reason: string, message: string): Action => ({
  verb: 'event',
  about,
  type,
  reason,
  message,
});

function syncUnbound(view: View, claim: Claim): Plan {
  const delayed = waitsForConsumer(view, claim);
  const volumes = view.list<PersistentVolume>('persistentvolumes', '');
  const found = findVolume(claim, volumes, { delayed });
  if (found) return planOf(bind(found, claim));
  const assigned = assignDefaultClass(view, claim);
  if (assigned) return planOf([assigned]);
  if (delayed && claim.metadata.annotations?.[SELECTED_NODE] === undefined) {
    return planOf([waiting(view, claim), claimPhase(claim, 'Pending')], RESYNC_MS);
  }
  if (classOf(claim) !== '') return planOf(provision(view, claim), RESYNC_MS);
  const message = 'no persistent volumes available for this claim and no storage class is set';
  return planOf([tell(claim, 'Normal', 'FailedBinding', message), claimPhase(claim, 'Pending')], RESYNC_MS);
}

/** A claim that came before any class was the default gets it now (assignDefaultStorageClass). */
function assignDefaultClass(view: View, claim: Claim): Action | undefined {
  const hasClass = classOf(claim) !== '' || claim.spec?.storageClassName !== undefined;
  const classes = hasClass ? [] : view.list<StorageClass>('storageclasses.storage.k8s.io', '');
  const storageClassName = findDefaultStorageClass(classes);
  if (storageClassName === undefined) return undefined;
  return updateObject(REFS.persistentVolumeClaims, claim, { spec: { storageClassName } });
}

/** emitEventForUnboundDelayBindingClaim. */
function waiting(view: View, claim: Claim): Action {
  const pods = view
    .list<Pod>('pods', claim.metadata.namespace ?? '')
    .filter(
      (pod) => !pod.spec?.nodeName && !isPodFinished(pod) && claimNames(pod).includes(claim.metadata.name),
    )
    .map((pod) => pod.metadata.name);
  if (pods.length === 0) {
    const message = 'waiting for first consumer to be created before binding';
    return tell(claim, 'Normal', 'WaitForFirstConsumer', message);
  }
  const names = pods.length > 1 ? `pods ${pods.join(',')}` : `pod ${pods[0] ?? ''}`;
  return tell(claim, 'Normal', 'WaitForPodScheduled', `waiting for ${names} to be scheduled`);
}

/** provisionClaim: marks the claim for its class' provisioner, which runs outside of this controller. */
function provision(view: View, claim: Claim): readonly (Action | undefined)[] {
  const found = findClass(view, claim);
  if (!found) {
    const why = `storageclass.storage.k8s.io ${JSON.stringify(classOf(claim))} not found`;
    return [tell(claim, 'Warning', 'ProvisioningFailed', why)];
  }
  const { provisioner } = found;
  if (provisioner.startsWith(IN_TREE)) {
    const why = `no volume plugin matched name: ${provisioner}`;
    return [tell(claim, 'Warning', 'ProvisioningFailed', why)];
  }
  const message = `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`;
  return [setProvisioner(claim, provisioner), tell(claim, 'Normal', 'ExternalProvisioning', message)];
}

function setProvisioner(claim: Claim, provisioner: string): Action | undefined {
  const { annotations = {} } = claim.metadata;
  if (annotations[PROVISIONER] === provisioner && annotations[BETA_PROVISIONER] === provisioner)
    return undefined;
  return updateObject(REFS.persistentVolumeClaims, claim, {
    metadata: { annotations: { [BETA_PROVISIONER]: provisioner, [PROVISIONER]: provisioner } },
  });
}

/** The user asked for one volume. */
function syncNamed(view: View, claim: Claim, name: string): Plan {
  const volume = findVolumeByName(view, name);
  if (!volume) return planOf([claimPhase(claim, 'Pending')]);
  if (volume.spec?.claimRef === undefined) {
    const why = mismatch(volume, claim);
    if (why === undefined) return planOf(bind(volume, claim));
    const message = `Cannot bind to requested volume ${JSON.stringify(name)}: ${why}`;
    return planOf(
      [tell(claim, 'Warning', 'VolumeMismatch', message), claimPhase(claim, 'Pending')],
      RESYNC_MS,
    );
  }
  if (isVolumeFor(volume, claim)) return planOf(bind(volume, claim));
  const message = `volume ${JSON.stringify(name)} already bound to a different claim.`;
  return planOf([tell(claim, 'Warning', 'FailedBinding', message), claimPhase(claim, 'Pending')], RESYNC_MS);
}

/** A claim that was bound once: all is well, or its data is lost. */
function syncBound(view: View, claim: Claim): readonly (Action | undefined)[] {
  const name = claim.spec?.volumeName ?? '';
  if (name === '') {
    return lost(
      claim,
      'ClaimLost',
      'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!',
    );
  }
  const volume = findVolumeByName(view, name);
  if (!volume) {
    return lost(claim, 'ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!');
  }
  const ref = volume.spec?.claimRef;
  if (ref === undefined || ref.uid === claim.metadata.uid) return bind(volume, claim);
  return lost(
    claim,
    'ClaimMisbound',
    'Two claims are bound to the same volume, this one is bound incorrectly',
  );
}

function lost(claim: Claim, reason: string, message: string): readonly (Action | undefined)[] {
  if (claim.status?.phase === 'Lost') return [];
  return [claimPhase(claim, 'Lost'), tell(claim, 'Warning', reason, message)];
}
