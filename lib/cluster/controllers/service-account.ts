import type { Namespace } from '../../api';
import type { Controller } from '../seams';
import { keyOf } from './keys';
import { planOf, REST } from './plan';
import { REFS } from './refs';

const NAME = 'default';

/** Gives every namespace its `default` service account, and gives it back when somebody deletes it. */
export const serviceAccountController: Controller = {
  name: 'service-account-controller',
  watches: [
    { resource: 'namespaces', keys: (object) => (object === undefined ? [] : [keyOf(object)]) },
    {
      resource: 'serviceaccounts',
      keys: (object, previous) =>
        object === undefined && previous?.metadata.name === NAME ? [previous.metadata.namespace ?? ''] : [],
    },
  ],
  reconcile(view, key) {
    const namespace = view.get<Namespace>('namespaces', '', key);
    if (namespace === undefined || namespace.metadata.deletionTimestamp !== undefined) return REST;
    if (view.get('serviceaccounts', key, NAME) !== undefined) return REST;
    const object = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: NAME, namespace: key } };
    return planOf([{ verb: 'create', ref: REFS.serviceAccounts, object }]);
  },
};
