import { kinds, noSuchPath, StatusError } from '../../api';
import { pageNotFound } from '../answer/answers';
import type { Call } from './call';
import { isCustomResourceList, listNone } from './custom-resources';

/**
 * Refuses a request for what is not served: those who may not ask are told so first. A path below a group that is known
 * gets a Status, any other the plain page of Go's server, as it has left the API's own routes.
 */
export async function refuseUnknown(call: Omit<Call, 'spec'>): Promise<Response> {
  try {
    await ask(call);
  } catch (error) {
    const isMissing = error instanceof StatusError && error.code === 404;
    if (!isMissing) throw error;
  }
  if (isCustomResourceList(call)) return listNone(call.request);
  const { ref } = call.route;
  if (ref.group === '' || kinds.some(({ group }) => group === ref.group)) throw noSuchPath();
  return pageNotFound();
}

/** The same request with nothing in it: whether it may be made is decided before anything is looked at. */
async function ask({ client, request, route }: Omit<Call, 'spec'>): Promise<void> {
  const { ref, namespace, name, subresource } = route;
  const object = { apiVersion: '', kind: '', metadata: name === undefined ? {} : { name } };
  const dryRun = { dryRun: true, subresource };
  switch (request.method) {
    case 'POST':
      await client.create(ref, namespace, object, name === undefined ? dryRun : { ...dryRun, name });
      return;
    case 'PUT':
      await client.update(ref, namespace, object, dryRun);
      return;
    case 'PATCH':
      await client.patch(ref, namespace, name ?? '', 'merge', {}, dryRun);
      return;
    case 'DELETE':
      if (name !== undefined) await client.delete(ref, namespace, name, { dryRun: true });
      else await client.deleteCollection(ref, namespace, { dryRun: true });
      return;
    default:
      if (name !== undefined) await client.get(ref, namespace, name, subresource);
      else await client.list(ref, namespace, { limit: 1 });
  }
}
