import type { PersistentVolume, PersistentVolumeClaim, Pod, Stored } from '../../../api';
import type { Action, Controller } from '../../seams';
import { ownKey, splitKey } from '../keys';
import { updateObject } from '../patch-status';
import { planOf } from '../plan';
import { REFS } from '../refs';
import { claimNames } from './classes';

const CLAIM_FINALIZER = 'kubernetes.io/pvc-protection';
const VOLUME_FINALIZER = 'kubernetes.io/pv-protection';

/** Lets a claim that is being deleted go once no Pod on a node uses it, finished or not. */
export const claimProtection: Controller = {
  name: 'pvc-protection-controller',
  watches: [
    ownKey('persistentvolumeclaims'),
    {
      resource: 'pods',
      keys(object, previous) {
        if (object !== undefined || previous === undefined) return [];
        const { namespace = '' } = previous.metadata;
        return claimNames(previous as Stored<Pod>).map((name) => `${namespace}/${name}`);
      },
    },
  ],
  reconcile(view, key) {
    const { namespace, name } = splitKey(key);
    const claim = view.get<PersistentVolumeClaim>('persistentvolumeclaims', namespace, name);
    const used = view
      .list<Pod>('pods', namespace)
      .some((pod) => Boolean(pod.spec?.nodeName) && claimNames(pod).includes(name));
    return planOf(used ? [] : [letGo(REFS.persistentVolumeClaims, claim, CLAIM_FINALIZER)]);
  },
};

/** Lets a volume that is being deleted go once it is bound to nobody. */
export const volumeProtection: Controller = {
  name: 'pv-protection-controller',
  watches: [ownKey('persistentvolumes')],
  reconcile(view, key) {
    const volume = view.get<PersistentVolume>('persistentvolumes', '', key);
    const used = volume?.status?.phase === 'Bound';
    return planOf(used ? [] : [letGo(REFS.persistentVolumes, volume, VOLUME_FINALIZER)]);
  },
};

function letGo(
  ref: (typeof REFS)['persistentVolumes' | 'persistentVolumeClaims'],
  object: Stored | undefined,
  finalizer: string,
): Action | undefined {
  const finalizers = object?.metadata.finalizers ?? [];
  if (!object?.metadata.deletionTimestamp || !finalizers.includes(finalizer)) return undefined;
  const rest = finalizers.filter((each) => each !== finalizer);
  return updateObject(ref, object, { metadata: { finalizers: rest.length === 0 ? null : rest } });
}
