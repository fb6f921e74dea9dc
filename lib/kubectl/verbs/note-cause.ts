import type { LoadedInfo } from '../resources';
import { causeAnnotation, type Session, writeOptions } from '../session';

/** `--record`: notes why on an object that was changed otherwise than as a whole. */
export async function noteCause(session: Session, { resource, namespace, name }: LoadedInfo): Promise<void> {
  if (session.changeCause === undefined) return;
  const body = { metadata: { annotations: causeAnnotation(session.changeCause) } };
  await session.heed(
    await session.client.patch(
      resource,
      namespace,
      name,
      'merge',
      body,
      writeOptions(session, 'kubectl-record'),
    ),
  );
}
