import type { PersistentVolume, PersistentVolumeClaim, Pod, Stored, View } from '../../../api';
import type { Controller } from '../../seams';
import { keyOf, ownKey, splitKey } from '../keys';
import { REST } from '../plan';
import { BIND_COMPLETED, claimNames } from './classes';
import { syncClaim } from './sync-claim';
import { syncVolume } from './sync-volume';

/** Binds claims and volumes to each other, and reclaims volumes. Keys with a namespace are claims'. */
export const volumeBinder: Controller = {
  name: 'persistentvolume-controller',
  account: 'persistent-volume-binder',
  watches: [
    { resource: 'persistentvolumeclaims', keys: (object, previous) => claimKeys(object, previous) },
    { ...ownKey('persistentvolumes'), keys: volumeKeys },
    { resource: 'storageclasses.storage.k8s.io', keys: (_object, _previous, view) => unbound(view) },
    { resource: 'pods', keys: podKeys },
  ],
  reconcile(view, key) {
    const { namespace, name } = splitKey(key);
    if (namespace === '') {
      const volume = view.get<PersistentVolume>('persistentvolumes', '', name);
      return volume === undefined ? REST : syncVolume(view, volume);
    }
    const claim = view.get<PersistentVolumeClaim>('persistentvolumeclaims', namespace, name);
    return claim === undefined ? REST : syncClaim(view, claim);
  },
};

/** A claim, and the volume it names or that it leaves behind. */
function claimKeys(object: Stored | undefined, previous: Stored | undefined): readonly string[] {
  const claims = [object, previous] as (Stored<PersistentVolumeClaim> | undefined)[];
  const keys = claims.flatMap((claim) => (claim ? [keyOf(claim), claim.spec?.volumeName ?? ''] : []));
  return [...new Set(keys)].filter((key) => key !== '');
}

/** A volume, the claim it is kept for, and every claim that may have waited for one like it. */
function volumeKeys(object: Stored | undefined, previous: Stored | undefined, view: View): readonly string[] {
  const volumes = [object, previous] as (Stored<PersistentVolume> | undefined)[];
  const claims = volumes.flatMap((volume) => {
    const ref = volume?.spec?.claimRef;
    return ref ? [`${ref.namespace ?? ''}/${ref.name ?? ''}`] : [];
  });
  const own = (object ?? previous)?.metadata.name ?? '';
  const free = (object as Stored<PersistentVolume> | undefined)?.status?.phase === 'Available';
  return [...new Set([own, ...claims, ...(free ? unbound(view) : [])])];
}

const unbound = (view: View): readonly string[] =>
  view
    .list<PersistentVolumeClaim>('persistentvolumeclaims', '')
    .filter(({ metadata }) => metadata.annotations?.[BIND_COMPLETED] === undefined)
    .map((claim) => keyOf(claim));

/** Claims that wait for a consumer hear of Pods that come. */
function podKeys(object: Stored | undefined, previous: Stored | undefined, view: View): readonly string[] {
  if (object === undefined || previous !== undefined) return [];
  const { namespace = '' } = object.metadata;
  const names = claimNames(object as Stored<Pod>);
  const waiting = unbound(view);
  return names.map((name) => `${namespace}/${name}`).filter((key) => waiting.includes(key));
}
