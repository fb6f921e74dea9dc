import { type KubeObject, notFound, StatusError } from '../../../api';
import { field } from '../context';
import { type Attributes, type Plugin, refuseEarly } from './plugin';

/** Nothing is made in a namespace that is missing or going. */
export const namespaceLifecycle: Plugin = {
  name: 'NamespaceLifecycle',
  admit(attributes, object) {
    if (attributes.operation === 'CREATE') checkNamespace(attributes, object);
    return object;
  },
};

function checkNamespace(attributes: Attributes, object: KubeObject): void {
  const { context, kind, namespace } = attributes;
  if (!kind.namespaced) return;
  const found = context.store.get(`/namespaces//${namespace}`);
  if (!found) throw notFound('namespaces', '', namespace);
  if (field(found, 'status', 'phase') !== 'Terminating' && !found.metadata.deletionTimestamp) return;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const { status } = refuseEarly(attributes, object, why);
  const cause = {
    reason: 'NamespaceTerminating',
    message: `namespace ${namespace} is being terminated`,
    field: 'metadata.namespace',
  };
  throw new StatusError({ ...status, details: { ...status.details, causes: [cause] } });
}
