import { badRequest, methodNotAllowed } from '../../api';
import { type Agreed, negotiate, RESOURCE_FORMS } from '../answer/accept';
import { jsonResponse, objectResponse } from '../answer/answers';
import { listItem, listText } from '../answer/kept-text';
import { asPartial, asPartialList, asTable, readIncludeObject } from '../answer/transform';
import { readListOptions } from '../options/list-options';
import { readLogOptions } from '../options/log-options';
import { readBool } from '../request/parameters';
import type { Call, NamedCall } from './call';
import { cancelOf, startStream, streamResponse } from './stream';
import { watchCollection } from './watch';

/** GET of an object or of one of its subresources. */
export async function getObject(call: NamedCall): Promise<Response> {
  const { client, request, route, query } = call;
  const { ref, namespace, name, subresource } = route;
  const form = negotiate(request, RESOURCE_FORMS);
  if (subresource === 'log') return sendLog(call);
  if (readBool(query, 'export'))
    throw badRequest('the export parameter, deprecated since v1.14, is no longer supported');
  const isWhole = subresource === undefined || subresource === 'status';
  if (form.target?.kind === 'Table' && (isWhole || subresource === 'scale')) {
    const include = readIncludeObject(query);
    const table = await client.table(ref, namespace, { name, ...(isWhole ? {} : { subresource }) });
    return objectResponse(form, asTable(table, form.target, include));
  }
  const object = await client.get(ref, namespace, name, subresource);
  return objectResponse(form, form.target && isWhole ? asPartial(object, form.target) : object);
}

function sendLog({ client, request, route: { namespace, name }, query }: NamedCall): Promise<Response> {
  const cancel = cancelOf(request);
  const options = readLogOptions(query, name, cancel);
  const log = startStream((onStart) => client.logs(namespace, name, { ...options, onStart }));
  return streamResponse(log, 'text/plain', cancel);
}

/** GET of a collection: a list, or a watch of it. */
export async function getCollection(call: Call): Promise<Response> {
  const { client, request, route, query, spec } = call;
  const { ref, namespace } = route;
  const options = readListOptions(query);
  const form = negotiate(request, RESOURCE_FORMS, options.watch);
  const verb = options.watch ? 'watch' : 'list';
  if (spec.verbs && !spec.verbs.includes(verb)) throw methodNotAllowed();
  if (options.watch) return watchCollection(call, options, form);
  if (form.target?.kind !== 'Table')
    return listResponse(form, await client.list(ref, namespace, options.list));
  const include = readIncludeObject(query);
  return objectResponse(
    form,
    asTable(await client.table(ref, namespace, options.list), form.target, include),
  );
}

/** A list, whole or as metadata alone. */
export function listResponse(form: Agreed, list: Parameters<typeof asPartialList>[0]): Response {
  if (form.target) return objectResponse(form, asPartialList(list, form.target));
  const isCompact = form.media === 'json' && !form.pretty;
  return isCompact
    ? jsonResponse(listText(list))
    : objectResponse(form, { ...list, items: list.items.map(listItem) });
}
