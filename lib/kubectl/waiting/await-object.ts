import { type Status, StatusError, type Stored } from '../../api';
import type { Cancel } from '../../base';
import type { Info } from '../resources';
import { isNotFound, type Session } from '../session';

/** Watches one object until `settled` says so of its state (undefined: it does not exist); false when cancelled first. */
export async function awaitObject(
  session: Session,
  info: Pick<Info, 'resource' | 'namespace' | 'name'>,
  cancel: Cancel,
  settled: (object: Stored | undefined) => boolean,
): Promise<boolean> {
  const selector = { fieldSelector: `metadata.name=${info.name}` };
  while (!cancel.cancelled) {
    const list = await session.client.list(info.resource, info.namespace, selector);
    if (settled(list.items[0])) return true;
    const watch = session.client.watch(info.resource, info.namespace, {
      ...selector,
      resourceVersion: list.metadata.resourceVersion,
      cancel,
    });
    for await (const event of watch) {
      if (event.type === 'ERROR') {
        const failure = new StatusError(event.object as unknown as Status);
        if (failure.code === 410) break;
        throw failure;
      }
      if (event.type === 'BOOKMARK') continue;
      if (settled(event.type === 'DELETED' ? undefined : (event.object as Stored))) return true;
    }
  }
  return false;
}

/** Gets an object, or undefined when there is none. */
export async function findObject(
  session: Session,
  info: Pick<Info, 'resource' | 'namespace' | 'name'>,
): Promise<Stored | undefined> {
  try {
    return await session.client.get(info.resource, info.namespace, info.name);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
