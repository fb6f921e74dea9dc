import type { ConfigMap, Namespace } from '../../api';
import { deepEqual } from '../../base';
import { ROOT_CA } from '../root-ca';
import type { Controller } from '../seams';
import { keyOf } from './keys';
import { planOf, REST } from './plan';
import { REFS } from './refs';

const NAME = 'kube-root-ca.crt';
const DESCRIPTION =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

/** Publishes the cluster's root certificate in every namespace. */
export const rootCaPublisher: Controller = {
  name: 'root-ca-certificate-publisher',
  account: 'root-ca-cert-publisher',
  watches: [
    { resource: 'namespaces', keys: (object) => (object === undefined ? [] : [keyOf(object)]) },
    {
      resource: 'configmaps',
      keys(object, previous) {
        const either = object ?? previous;
        return either?.metadata.name === NAME ? [either.metadata.namespace ?? ''] : [];
      },
    },
  ],
  reconcile(view, key) {
    const namespace = view.get<Namespace>('namespaces', '', key);
    if (namespace === undefined || namespace.metadata.deletionTimestamp !== undefined) return REST;
    const data = { 'ca.crt': ROOT_CA };
    const found = view.get<ConfigMap>('configmaps', key, NAME);
    if (found === undefined) {
      const metadata = {
        name: NAME,
        namespace: key,
        annotations: { 'kubernetes.io/description': DESCRIPTION },
      };
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data } as ConfigMap;
      return planOf([{ verb: 'create', ref: REFS.configMaps, object }]);
    }
    if (deepEqual(found.data, data)) return REST;
    return planOf([{ verb: 'update', ref: REFS.configMaps, object: { ...found, data } as ConfigMap }]);
  },
};
