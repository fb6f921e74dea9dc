import { negotiate, RESOURCE_FORMS } from '../answer/accept';
import { objectResponse } from '../answer/answers';
import { asPartial, asTable, readIncludeObject } from '../answer/transform';
import { readDeleteOptions } from '../options/delete-options';
import { readListOptions } from '../options/list-options';
import { readOptionsObject } from '../request/read-object';
import type { Call, NamedCall } from './call';
import { listResponse } from './read';

/** What a delete's body is when it does not say so itself. */
const DELETE_OPTIONS = { apiVersion: 'meta.k8s.io/v1', kind: 'DeleteOptions' };

const ACCEPTED = 202;

/** DELETE of an object. */
export async function remove({ client, request, route, query }: NamedCall): Promise<Response> {
  const { ref, namespace, name } = route;
  const form = negotiate(request, RESOURCE_FORMS);
  const body = await readOptionsObject(request, DELETE_OPTIONS);
  const { orphanDependents, ...options } = readDeleteOptions(query, body);
  const { object, code, warnings } = await client.delete(ref, namespace, name, options);
  // Only who asks for a cascade in the old way is told that it is not over yet.
  const isGoing = orphanDependents === false && object.metadata.deletionTimestamp !== undefined;
  const isPartial = form.target?.kind === 'PartialObjectMetadata' && object.kind !== 'Status';
  const shown = isPartial ? asPartial(object, form.target) : object;
  return objectResponse(form, shown, isGoing ? ACCEPTED : code, warnings);
}

/** DELETE of a collection. */
export async function removeCollection({ client, request, route, query }: Call): Promise<Response> {
  const { ref, namespace } = route;
  const form = negotiate(request, RESOURCE_FORMS);
  const { list } = readListOptions(query);
  const body = await readOptionsObject(request, DELETE_OPTIONS);
  const { orphanDependents: _unused, ...options } = readDeleteOptions(query, body);
  // Rows are printed from what there is, so before it goes.
  const table =
    form.target?.kind === 'Table'
      ? asTable(await client.table(ref, namespace, list), form.target, readIncludeObject(query))
      : undefined;
  const deleted = await client.deleteCollection(ref, namespace, { ...list, ...options });
  return table ? objectResponse(form, table) : listResponse(form, deleted);
}
