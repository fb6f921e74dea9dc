import {
  type Answer,
  badRequest,
  type Client,
  type KubeObject,
  methodNotAllowed,
  type Table,
  type WatchEvent,
} from '../api';
import { jsonResponse } from './answers';
import { patchTypeOf, readBody, readObject } from './body';
import { CONNECTED, openConnection, UPGRADE_REQUIRED } from './channels/upgrade';
import { isWatch, readDeleteOptions, readListOptions, readLogOptions, readWriteOptions } from './query';
import type { Route } from './route';
import { cancelAfter, cancelOf, streamResponse } from './stream';

/** Serves a request for a collection, an object or a subresource. */
export function serveResource(
  client: Client,
  request: Request,
  route: Route,
  query: URLSearchParams,
): Promise<Response> {
  if (isConnection(route)) return refuseConnection(client, request, route, query);
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return read(client, request, route, query);
    case 'POST':
      return create(client, request, route, query);
    case 'PUT':
      return update(client, request, route, query);
    case 'PATCH':
      return patch(client, request, route, query);
    case 'DELETE':
      return remove(client, request, route, query);
    default:
      throw methodNotAllowed();
  }
}

/** Whether a path is one that is upgraded to a connection with a container. */
export const isConnection = ({ ref, name, subresource }: Route): boolean =>
  ref.group === '' && ref.resource === 'pods' && name !== undefined && CONNECTED.has(subresource ?? '');

/** A connection asked for without an upgrade has nothing to be accepted. */
async function refuseConnection(...asked: Parameters<typeof openConnection>): Promise<Response> {
  const upgrade = await openConnection(...asked);
  if (upgrade.kind === 'refused') return upgrade.response;
  throw badRequest(UPGRADE_REQUIRED);
}

const wantsTable = (request: Request): boolean => /as=Table/.test(request.headers.get('accept') ?? '');

async function read(
  client: Client,
  request: Request,
  route: Route,
  query: URLSearchParams,
): Promise<Response> {
  const { ref, namespace, name, subresource } = route;
  if (name !== undefined && subresource === 'log') {
    const cancel = cancelOf(request);
    const pieces = client.logs(namespace, name, readLogOptions(query, cancel));
    return streamResponse(pieces, 'text/plain', cancel);
  }
  if (isWatch(query)) return watch(client, request, route, query);
  const options = readListOptions(query);
  if (wantsTable(request) && subresource === undefined) {
    const table = await client.table(ref, namespace, name === undefined ? options : { name });
    return jsonResponse(trimTable(table, query.get('includeObject')));
  }
  if (name !== undefined) return jsonResponse(await client.get(ref, namespace, name, subresource));
  return jsonResponse(await client.list(ref, namespace, options));
}

/** Rows carry metadata only, unless the whole object or nothing is asked for. */
function trimTable(table: Table, includeObject: string | null): object {
  if (includeObject === 'Object') return table;
  const rows = table.rows.map(({ cells, object }) =>
    includeObject === 'None' ? { cells } : { cells, object: partialMetadata(object) },
  );
  return { ...table, rows };
}

const partialMetadata = ({ metadata }: KubeObject) => ({
  kind: 'PartialObjectMetadata',
  apiVersion: 'meta.k8s.io/v1',
  metadata,
});

function watch(client: Client, request: Request, route: Route, query: URLSearchParams): Promise<Response> {
  const { ref, namespace, name } = route;
  const cancel = cancelOf(request);
  const { timeoutSeconds, ...list } = readListOptions(query);
  cancelAfter(cancel, timeoutSeconds);
  const named = name === undefined ? {} : { fieldSelector: `metadata.name=${name}` };
  const options = { ...list, ...named, cancel };
  const events = wantsTable(request)
    ? tableEvents(client.watchTable(ref, namespace, options), query.get('includeObject'))
    : client.watch(ref, namespace, options);
  return streamResponse(eventLines(events), 'application/json', cancel);
}

async function* tableEvents(
  events: AsyncIterable<WatchEvent<Table>>,
  includeObject: string | null,
): AsyncGenerator<{ readonly type: string; readonly object: object }> {
  for await (const { type, object } of events) {
    yield { type, object: type === 'ERROR' ? object : trimTable(object, includeObject) };
  }
}

async function* eventLines(
  events: AsyncIterable<{ readonly type: string; readonly object: object }>,
): AsyncGenerator<string> {
  for await (const { type, object } of events) yield `${JSON.stringify({ type, object })}\n`;
}

async function create(
  client: Client,
  request: Request,
  route: Route,
  query: URLSearchParams,
): Promise<Response> {
  const { ref, namespace, name, subresource } = route;
  if (name !== undefined && subresource === undefined) throw methodNotAllowed();
  const object = await readObject(request);
  const target = name === undefined ? {} : { name, subresource };
  return answered(
    await client.create(ref, namespace, object, { ...readWriteOptions(query, request.headers), ...target }),
  );
}

async function update(
  client: Client,
  request: Request,
  route: Route,
  query: URLSearchParams,
): Promise<Response> {
  const { ref, namespace, name, subresource } = route;
  if (name === undefined) throw methodNotAllowed();
  const object = await readObject(request);
  const own = object.metadata.name ?? '';
  if (own !== '' && own !== name) {
    throw badRequest(`the name of the object (${own}) does not match the name on the URL (${name})`);
  }
  const named = { ...object, metadata: { ...object.metadata, name } };
  return answered(
    await client.update(ref, namespace, named, { ...readWriteOptions(query, request.headers), subresource }),
  );
}

async function patch(
  client: Client,
  request: Request,
  route: Route,
  query: URLSearchParams,
): Promise<Response> {
  const { ref, namespace, name, subresource } = route;
  if (name === undefined) throw methodNotAllowed();
  const type = patchTypeOf(request);
  const body = await readBody(request);
  const options = { ...readWriteOptions(query, request.headers), subresource };
  return answered(await client.patch(ref, namespace, name, type, body, options));
}

async function remove(
  client: Client,
  request: Request,
  route: Route,
  query: URLSearchParams,
): Promise<Response> {
  const { ref, namespace, name } = route;
  const options = readDeleteOptions(query, await readBody(request));
  if (name !== undefined) return answered(await client.delete(ref, namespace, name, options));
  const { timeoutSeconds: _unused, ...list } = readListOptions(query);
  await client.deleteCollection(ref, namespace, { ...list, ...options });
  return jsonResponse({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 200 });
}

const answered = ({ object, code, warnings }: Answer<KubeObject>): Response =>
  jsonResponse(object, code, warnings);
