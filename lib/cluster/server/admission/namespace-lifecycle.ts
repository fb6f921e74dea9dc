import { forbidden, notFound, StatusError } from '../../../api';
import { field, type Request } from '../context';

/** Nothing is made in a namespace that is missing or going (plugin NamespaceLifecycle). */
export function checkNamespace({ context, kind, namespace }: Request, name: string): void {
  if (!kind.namespaced) return;
  const found = context.store.get(`/namespaces//${namespace}`);
  if (!found) throw notFound('namespaces', '', namespace);
  if (field(found, 'status', 'phase') !== 'Terminating' && !found.metadata.deletionTimestamp) return;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const { status } = forbidden(kind.plural, kind.group, name, why);
  const cause = {
    reason: 'NamespaceTerminating',
    message: `namespace ${namespace} is being terminated`,
    field: 'metadata.namespace',
  };
  throw new StatusError({ ...status, details: { ...status.details, causes: [cause] } });
}
