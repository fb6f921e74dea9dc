import { type Client, methodNotAllowed, noSuchPath, type Status, StatusError } from '../api';
import { jsonResponse, refusalResponse, textResponse } from './answers';
import { openConnection, type Upgrade } from './channels/upgrade';
import { coreDiscovery, groupDiscovery, oneGroup, resourceDiscovery } from './discovery';
import { serveOpenApi } from './openapi';
import { isConnection, serveResource } from './resource-handler';
import { readRoute } from './route';

/** Who may speak: the client of the request's identity, why there is none, or undefined for 401. */
export type Authenticate = (request: Request) => Client | StatusError | undefined;

/** The Kubernetes REST API over a `Client`. Paths are taken as they are: a mount strips its prefix first. */
export function createHandler(authenticate: Authenticate): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      const client = authenticate(request);
      if (!client) throw unauthorized();
      if (client instanceof StatusError) throw client;
      return await serve(client, request);
    } catch (error) {
      return refusalResponse(error);
    }
  };
}

/** The same for requests that ask for an upgrade: what is refused is answered in the ordinary way. */
export function createUpgradeHandler(authenticate: Authenticate): (request: Request) => Promise<Upgrade> {
  const handle = createHandler(authenticate);
  return async (request) => {
    try {
      const client = authenticate(request);
      const { pathname, searchParams } = new URL(request.url);
      const route = readRoute(pathname);
      if (client instanceof StatusError) throw client;
      if (client && route && isConnection(route)) {
        return await openConnection(client, request, route, searchParams);
      }
    } catch (error) {
      return { kind: 'refused', response: refusalResponse(error) };
    }
    return { kind: 'refused', response: await handle(request) };
  };
}

const HEALTH: ReadonlySet<string> = new Set(['/healthz', '/livez', '/readyz']);

async function serve(client: Client, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const path = url.pathname.replace(/\/+$/, '');
  if (HEALTH.has(path)) return textResponse('ok');
  if (path === '/version') return jsonResponse(await versionBody(client));
  if (path.startsWith('/openapi/')) return serveOpenApi(client, request, path, url.searchParams);
  const found = await discover(client, request, path);
  if (found) return found;
  const route = readRoute(path);
  if (!route) throw noSuchPath();
  return serveResource(client, request, route, url.searchParams);
}

async function discover(client: Client, request: Request, path: string): Promise<Response | undefined> {
  const parts = path.split('/').slice(1);
  const [root, first, second] = parts;
  const isDiscovery = (root === 'api' && parts.length <= 2) || (root === 'apis' && parts.length <= 3);
  if (!isDiscovery) return undefined;
  if (request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed();
  const resources = await client.resources();
  if (parts.length === 1)
    return root === 'api' ? coreDiscovery(request, resources) : groupDiscovery(request, resources);
  const answer =
    root === 'api'
      ? resourceDiscovery(resources, '', first ?? '')
      : second === undefined
        ? oneGroup(resources, first ?? '')
        : resourceDiscovery(resources, first ?? '', second);
  if (!answer) throw noSuchPath();
  return answer;
}

async function versionBody(client: Client): Promise<object> {
  const { gitVersion, platform, goVersion } = await client.version();
  const [, major = '', minor = ''] = /^v(\d+)\.(\d+)/.exec(gitVersion) ?? [];
  return { major, minor, gitVersion, gitTreeState: 'clean', goVersion, compiler: 'gc', platform };
}

function unauthorized(): StatusError {
  const status: Status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: 'Unauthorized',
    reason: 'Unauthorized',
    code: 401,
  };
  return new StatusError(status);
}
