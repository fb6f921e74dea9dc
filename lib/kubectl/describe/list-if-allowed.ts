import { type ListOptions, type ResourceRef, StatusError } from '../../api';
import type { Session } from '../session';

/** What there is beside the object that a page is about; a page whose reader may not list it shows none, and says nothing of it. */
export async function listIfAllowed<T>(
  session: Session,
  resource: ResourceRef,
  namespace: string,
  options: ListOptions,
): Promise<readonly T[]> {
  try {
    return (await session.client.list(resource, namespace, options)).items as unknown as readonly T[];
  } catch (error) {
    if (error instanceof StatusError) return [];
    throw error;
  }
}
