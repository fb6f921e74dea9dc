import type { KindSpec, KubeObject, Stored } from '../../api';
import type { Request } from './context';
import { storeKey, storePrefix } from './registry';

/** A stored object in the version that a request speaks. */
export function present(kind: KindSpec, stored: Stored): Stored {
  return kind.storage ? kind.storage.decode(stored) : stored;
}

/** The object of that name, if there is one. */
export function findStored({ context, kind, namespace }: Request, name: string): Stored | undefined {
  const found = context.store.get(storeKey(kind, namespace, name));
  return found && present(kind, found);
}

/** All objects of the request's kind and namespace, in key order, from `after` on. */
export function listStored({ context, kind, namespace }: Request, after?: string): readonly Stored[] {
  const found = context.store.list(storePrefix(kind, namespace), after === undefined ? {} : { after });
  return kind.storage ? found.map((stored) => present(kind, stored)) : found;
}

/** Writes an object at the next revision; what is stored now. */
export function putStored({ context, kind, namespace }: Request, name: string, object: KubeObject): Stored {
  const encoded = kind.storage ? kind.storage.encode(object) : object;
  return present(kind, context.store.put(storeKey(kind, namespace, name), encoded));
}
