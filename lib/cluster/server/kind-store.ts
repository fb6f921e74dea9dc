import type { KubeObject, Stored } from '../../api';
import type { Request } from './context';
import { storeKey, storePrefix } from './registry';

/** A stored object as a request sees it: in the version that it speaks, and as renewed as its owner keeps it by now. */
export function present({ context, kind }: Pick<Request, 'context' | 'kind'>, stored: Stored): Stored {
  return context.renewed(kind.storage ? kind.storage.decode(stored) : stored);
}

/** The object of that name, if there is one. */
export function findStored(request: Request, name: string): Stored | undefined {
  const { context, kind, namespace } = request;
  const found = context.store.get(storeKey(kind, namespace, name));
  return found && present(request, found);
}

/** All objects of the request's kind and namespace, in key order, from `after` on. */
export function listStored(request: Request, after?: string): readonly Stored[] {
  const { context, kind, namespace } = request;
  const found = context.store.list(storePrefix(kind, namespace), after === undefined ? {} : { after });
  return kind.storage || context.renews(kind) ? found.map((stored) => present(request, stored)) : found;
}

/** Writes an object at the next revision; what is stored now. */
export function putStored(request: Request, name: string, object: KubeObject): Stored {
  const { context, kind, namespace } = request;
  const encoded = kind.storage ? kind.storage.encode(object) : object;
  return present(request, context.store.put(storeKey(kind, namespace, name), encoded));
}
