import {
  type KindSpec,
  type PersistentVolumeClaim,
  type Pod,
  type ResourceQuota,
  resourceKey,
  type Service,
  type Stored,
  storedKinds,
  type View,
} from '../../api';
import { deepEqual } from '../../base';
import type { Controller, WatchRule } from '../seams';
import { calculateUsage, evaluatorOf, isCounted, writeAmounts } from '../server';
import { ownKey, splitKey } from './keys';
import { patchStatus } from './patch-status';
import { planOf, REST } from './plan';
import { REFS } from './refs';

/** Changes by which an object comes to use less, by resource. */
const FREES: Readonly<Record<string, (object: Stored, previous: Stored) => boolean>> = {
  pods: (object, previous) => isCounted(previous as Stored<Pod>, 0) && !isCounted(object as Stored<Pod>, 0),
  services: (object, previous) =>
    (object as Stored<Service>).spec?.type !== (previous as Stored<Service>).spec?.type,
  persistentvolumeclaims: (object, previous) => {
    const size = (claim: Stored): unknown =>
      (claim as Stored<PersistentVolumeClaim>).spec?.resources?.requests;
    return !deepEqual(size(object), size(previous));
  },
};

/** Keeps what quotas allow and what is used of them in their status, counted afresh when something is given back. */
export const resourceQuotaController: Controller = {
  name: 'resourcequota-controller',
  watches: [ownKey('resourcequotas'), ...storedKinds.filter((kind) => evaluatorOf(kind)).map(replenishment)],
  reconcile(view, key, now) {
    const { namespace, name } = splitKey(key);
    const quota = view.get<ResourceQuota>('resourcequotas', namespace, name);
    if (quota === undefined || quota.metadata.deletionTimestamp !== undefined) return REST;
    const used = writeAmounts(calculateUsage(storedKinds, view, quota, now));
    const status = { hard: quota.spec?.hard ?? {}, used };
    return planOf([patchStatus(REFS.resourceQuotas, quota, status)]);
  },
};

/** Wakes the quotas of a namespace when an object of the kind goes, or comes to use less (quota's update filters). */
function replenishment(kind: KindSpec): WatchRule {
  const frees = FREES[resourceKey(kind)];
  return {
    resource: resourceKey(kind),
    keys(object, previous, view) {
      if (previous === undefined) return [];
      const gives = object === undefined || (frees?.(object, previous) ?? false);
      return gives ? quotasOf(view, previous.metadata.namespace ?? '') : [];
    },
  };
}

const quotasOf = (view: View, namespace: string): readonly string[] =>
  view.list<ResourceQuota>('resourcequotas', namespace).map((quota) => `${namespace}/${quota.metadata.name}`);
