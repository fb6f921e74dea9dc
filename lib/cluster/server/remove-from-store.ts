import type { Service, Stored } from '../../api';
import type { Request } from './context';
import { isService } from './create';
import { present } from './kind-store';
import { storeKey } from './registry';
import { holdAddresses } from './service';

/** Takes an object out of the store for good, with what the registry keeps beside it. */
export function removeFromStore(request: Request, existing: Stored): Stored | undefined {
  const { context, kind, namespace } = request;
  const { name } = existing.metadata;
  const removed = context.store.delete(storeKey(kind, namespace, name));
  // A Service's addresses and Endpoints go with it at once; its slices are left to the garbage collector.
  if (isService(request)) {
    holdAddresses(request, undefined, existing as Service);
    context.store.delete(`/endpoints/${namespace}/${name}`);
  }
  return removed && present(request, removed);
}
