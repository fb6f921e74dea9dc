import {
  coreVersions,
  groupList,
  groupsOf,
  healthText,
  noSuchPath,
  oneGroup,
  openApiIndex,
  openApiV2,
  openApiV3,
  readRoute,
  resourceList,
  rootPaths,
  SERVER_VERSION,
} from '../../api';
import type { ServerApi } from '../server';

/** GET of a raw path: health, version, discovery, OpenAPI documents, and objects or lists as JSON. */
export function getRaw(api: ServerApi, url: string): string {
  const [path = '', query = ''] = url.split('?');
  const target = readRoute(path);
  if (!target) api.requirePath(path);
  const parameters = parametersOf(query);
  const health = healthText(path, parameters.has('verbose'), parameters.get('exclude') ?? []);
  if (health !== undefined) return health;
  const discovery = discovered(api, path);
  if (discovery) return `${JSON.stringify(discovery)}\n`;
  if (path === '/') return JSON.stringify(rootPaths(), null, 2);
  if (path === '/version' || path === '/version/') return JSON.stringify(SERVER_VERSION, null, 2);
  if (path.startsWith('/openapi/')) return readDocument(path);
  if (!target) throw noSuchPath();
  const { ref, namespace, name, subresource } = target;
  const body =
    name === undefined
      ? api.list(ref, namespace, selectorsOf(parameters))
      : api.get(ref, namespace, name, subresource);
  return `${JSON.stringify(body)}\n`;
}

function readDocument(path: string): string {
  const [version, ...rest] = path.split('/').slice(2);
  const root = rest.join('/');
  const whole = version === 'v3' ? openApiIndex() : version === 'v2' ? openApiV2() : undefined;
  const document = version === 'v3' && root !== '' ? openApiV3(root) : root === '' ? whole : undefined;
  if (!document) throw noSuchPath();
  return document.json;
}

/** /api, /apis, their groups and versions; undefined for a path that is none of these. */
function discovered(api: ServerApi, path: string): object | undefined {
  const [root, first, second, ...more] = path.replace(/^\/|\/+$/g, '').split('/');
  if ((root !== 'api' && root !== 'apis') || more.length > 0) return undefined;
  const all = groupsOf(api.resources());
  if (root === 'api') {
    if (first === undefined) return coreVersions(SERVER_ADDRESS);
    const found = all.find((each) => each.group === '')?.versions.find((each) => each.version === first);
    return second === undefined && found ? resourceList('', first, found.resources) : undefined;
  }
  if (first === undefined) return groupList(all.filter((each) => each.group !== ''));
  const group = all.find((each) => each.group === first);
  if (second === undefined) return group && oneGroup(group);
  const version = group?.versions.find((each) => each.version === second);
  return version && resourceList(first, second, version.resources);
}

/** Where the API server is, as it says it of itself. */
const SERVER_ADDRESS = '192.168.50.10:6443';

function parametersOf(query: string): ReadonlyMap<string, readonly string[]> {
  const parameters = new Map<string, readonly string[]>();
  for (const pair of query.split('&').filter(Boolean)) {
    const [key = '', value = ''] = pair.split('=');
    parameters.set(key, [...(parameters.get(key) ?? []), decodeURIComponent(value)]);
  }
  return parameters;
}

function selectorsOf(parameters: ReturnType<typeof parametersOf>) {
  const labelSelector = parameters.get('labelSelector')?.[0];
  const fieldSelector = parameters.get('fieldSelector')?.[0];
  const limit = parameters.get('limit')?.[0];
  return { labelSelector, fieldSelector, ...(limit === undefined ? {} : { limit: Number(limit) }) };
}
