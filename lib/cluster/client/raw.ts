import { noSuchPath, openApiIndex, openApiV2, openApiV3, readRoute, SERVER_VERSION } from '../../api';
import type { ServerApi } from '../server';

const HEALTH: ReadonlySet<string> = new Set(['/healthz', '/livez', '/readyz']);

/** GET of a raw path: health, version, OpenAPI documents, and objects or lists as JSON. */
export function getRaw(api: ServerApi, url: string): string {
  const [path = '', query = ''] = url.split('?');
  const target = readRoute(path);
  if (!target) api.requirePath(path);
  if (HEALTH.has(path)) return 'ok';
  if (path === '/version') return JSON.stringify(SERVER_VERSION, null, 2);
  if (path.startsWith('/openapi/')) return readDocument(path);
  if (!target) throw noSuchPath();
  const { ref, namespace, name, subresource } = target;
  const body =
    name === undefined
      ? api.list(ref, namespace, selectorsOf(query))
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

function selectorsOf(query: string) {
  const parameters = new Map(
    query.split('&').map((pair) => {
      const [key = '', value = ''] = pair.split('=');
      return [key, decodeURIComponent(value)] as const;
    }),
  );
  const labelSelector = parameters.get('labelSelector');
  const fieldSelector = parameters.get('fieldSelector');
  return { labelSelector, fieldSelector };
}
