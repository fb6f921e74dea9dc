import {
  badRequest,
  findResource,
  type KindSpec,
  methodNotAllowed,
  noSuchPath,
  type ResourceRoute,
  subresourceVerbs,
} from '../../api';
import { addWarnings, readWarnings } from '../answer/answers';
import { openConnection, UPGRADE_REQUIRED } from '../channels/upgrade';
import type { Call, NamedCall } from './call';
import { getCollection, getObject } from './read';
import { remove, removeCollection } from './remove';
import { refuseUnknown } from './unknown';
import { create, patch, update } from './write';

/** Serves a request for a collection, an object or a subresource (endpoints.APIInstaller's routes). */
export async function serveResource(call: Omit<Call, 'spec'>): Promise<Response> {
  const { route } = call;
  const { group, version, resource } = route.ref;
  const spec = findResource(group, version, resource);
  if (!spec) return refuseUnknown(call);
  if (!isPlaced(spec, route)) throw noSuchPath();
  const known = { ...call, spec };
  return warned(spec, await (isNamed(known) ? serveNamed(known) : serveCollection(known)));
}

/** An answer that warns of a deprecated kind; those to writes do so already. */
function warned({ deprecated }: KindSpec, response: Response): Response {
  if (deprecated !== undefined && !readWarnings(response.headers).includes(deprecated)) {
    addWarnings(response.headers, [deprecated]);
  }
  return response;
}

const isNamed = (call: Call): call is NamedCall => call.route.name !== undefined;

/** Whether there is a route of this shape for the kind at all. */
function isPlaced(spec: KindSpec, { namespace, name, subresource }: ResourceRoute): boolean {
  if (!spec.namespaced && namespace !== '') return false;
  if (name === undefined) return true;
  if (spec.namespaced && namespace === '') return false;
  if (subresource !== undefined) return spec.subresources.includes(subresource);
  return !spec.verbs || spec.verbs.some((verb) => OBJECT_VERBS.has(verb));
}

const OBJECT_VERBS: ReadonlySet<string> = new Set(['get', 'update', 'patch', 'delete']);

const COLLECTION_METHODS: Readonly<
  Record<string, readonly [verb: string, serve: (call: Call) => Promise<Response>]>
> = {
  GET: ['list', getCollection],
  POST: ['create', create],
  DELETE: ['deletecollection', removeCollection],
};

async function serveCollection(call: Call): Promise<Response> {
  const { spec, route, request } = call;
  const [verb, serve] = COLLECTION_METHODS[request.method] ?? [];
  const isAcrossNamespaces = spec.namespaced && route.namespace === '';
  if (!verb || !serve || (isAcrossNamespaces && verb !== 'list') || !isServed(spec, verb))
    throw methodNotAllowed();
  return serve(call);
}

const OBJECT_METHODS: Readonly<
  Record<string, readonly [verb: string, serve: (call: NamedCall) => Promise<Response>]>
> = {
  GET: ['get', getObject],
  POST: ['create', create],
  PUT: ['update', update],
  PATCH: ['patch', patch],
  DELETE: ['delete', remove],
};

async function serveNamed(call: NamedCall): Promise<Response> {
  const { spec, route, request } = call;
  const { subresource, name } = route;
  checkName(name);
  if (isConnection(route)) return refuseConnection(call);
  const [verb, serve] = OBJECT_METHODS[request.method] ?? [];
  if (!verb || !serve) throw methodNotAllowed();
  const isAllowed =
    subresource === undefined
      ? verb !== 'create' && isServed(spec, verb)
      : subresourceVerbs(subresource).includes(verb);
  if (!isAllowed) throw methodNotAllowed();
  // Proxies lead out of the API; none is served.
  if (subresource === 'proxy') throw noSuchPath();
  return serve(call);
}

const isServed = ({ verbs }: KindSpec, verb: string): boolean => !verbs || verbs.includes(verb);

/** path.IsValidPathSegmentName. */
function checkName(name: string): void {
  const wrong = [
    ...(name === '.' || name === '..' ? [`may not be '${name}'`] : []),
    ...['/', '%'].filter((char) => name.includes(char)).map((char) => `may not contain '${char}'`),
  ];
  if (wrong.length > 0)
    throw badRequest(`Name parameter invalid: ${JSON.stringify(name)}: ${wrong.join(';')}`);
}

const CONNECTED: ReadonlySet<string> = new Set(['exec', 'attach', 'portforward']);

/** Whether a path is one that is upgraded to a connection with a container. */
export const isConnection = ({ ref, namespace, name, subresource }: ResourceRoute): boolean =>
  ref.group === '' &&
  ref.version === 'v1' &&
  ref.resource === 'pods' &&
  namespace !== '' &&
  name !== undefined &&
  CONNECTED.has(subresource ?? '');

/** A connection asked for without an upgrade has nothing to be accepted. */
async function refuseConnection(call: NamedCall): Promise<Response> {
  const upgrade = await openConnection(call);
  if (upgrade.kind === 'refused') return upgrade.response;
  throw badRequest(UPGRADE_REQUIRED);
}
