import {
  type Client,
  decodePath,
  healthText,
  methodNotAllowed,
  readRoute,
  rootPaths,
  StatusError,
  unauthorized,
} from '../api';
import type { Form } from './answer/accept';
import { objectResponse, pageNotFound, refusalResponse, textResponse } from './answer/answers';
import { openConnection, type Upgrade } from './channels/upgrade';
import { discover } from './discovery';
import { serveOpenApi } from './openapi';
import { readAll, readQuery } from './request/parameters';
import type { Timers } from './verbs/call';
import { isConnection, serveResource } from './verbs/serve-resource';

/** Who may speak: the client of the request's identity, why there is none, or undefined for 401. */
export type Authenticate = (request: Request) => Client | StatusError | undefined;

const WALL: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * The Kubernetes REST API over a `Client`. Paths are taken as they are: a mount strips its prefix first. What waits for
 * wall time (a watch's end, bookmarks) does so by `timers`.
 */
export function createHandler(
  authenticate: Authenticate,
  timers: Timers = WALL,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const response = await answer(authenticate, request, timers);
    response.headers.set('audit-id', request.headers.get('audit-id') ?? crypto.randomUUID());
    return response;
  };
}

async function answer(authenticate: Authenticate, request: Request, timers: Timers): Promise<Response> {
  try {
    return await serve(clientOf(authenticate, request), request, timers);
  } catch (error) {
    return refusalResponse(request, error);
  }
}

function clientOf(authenticate: Authenticate, request: Request): Client {
  const client = authenticate(request);
  if (!client) throw unauthorized();
  if (client instanceof StatusError) throw client;
  return client;
}

/** The same for requests that ask for an upgrade: what is refused is answered in the ordinary way. */
export function createUpgradeHandler(authenticate: Authenticate): (request: Request) => Promise<Upgrade> {
  const handle = createHandler(authenticate);
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const path = decodePath(pathname);
    const route = path === undefined ? undefined : readRoute(path);
    if (!route || !isConnection(route)) return { kind: 'refused', response: await handle(request) };
    try {
      const client = clientOf(authenticate, request);
      return await openConnection({ client, request, route, query: readQuery(search) });
    } catch (error) {
      return { kind: 'refused', response: refusalResponse(request, error) };
    }
  };
}

async function serve(client: Client, request: Request, timers: Timers): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const path = decodePath(pathname);
  // Go's server refuses such a request before anybody has seen it.
  if (path === undefined) return textResponse('400 Bad Request', 400);
  const query = readQuery(search);
  const found = await discover(client, request, path);
  if (found) return found;
  const route = readRoute(path);
  if (route) return serveResource({ client, request, route, query, timers });
  return servePath(client, request, path, search);
}

/** Some answers are indented for everybody (responsewriters.WriteRawJSON). */
const FOR_HUMANS: Form = { media: 'json', pretty: true };

/** Paths that are no part of the API's resources. */
async function servePath(client: Client, request: Request, path: string, search: string): Promise<Response> {
  const query = readQuery(search);
  const bare = path === '/' ? path : path.replace(/\/+$/, '');
  if (bare.startsWith('/openapi/')) return serveOpenApi(client, request, bare, new URLSearchParams(search));
  await mayHave(client, bare);
  const health = healthText(bare, query.has('verbose'), readAll(query, 'exclude'));
  if (health !== undefined) return textResponse(health);
  const isRead = request.method === 'GET';
  if (bare === '/version') {
    if (!isRead) throw methodNotAllowed();
    return objectResponse(FOR_HUMANS, await client.version());
  }
  if (bare === '/' || bare === '/index.html') return objectResponse(FOR_HUMANS, rootPaths());
  return pageNotFound();
}

/** Whether a path that is no resource may be had is a question of its own; that it is not there comes after. */
async function mayHave(client: Client, path: string): Promise<void> {
  try {
    await client.raw(path);
  } catch (error) {
    if (!(error instanceof StatusError) || error.code !== 404) throw error;
  }
}
