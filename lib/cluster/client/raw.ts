import { noSuchPath, openApiIndex, openApiV2, openApiV3, type ResourceRef, SERVER_VERSION } from '../../api';
import type { ServerApi } from '../server';

const HEALTH: ReadonlySet<string> = new Set(['/healthz', '/livez', '/readyz']);

/** GET of a raw path: health, version, OpenAPI documents, and objects or lists as JSON. */
export function getRaw(api: ServerApi, url: string): string {
  const [path = '', query = ''] = url.split('?');
  const target = readPath(path);
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

interface Target {
  readonly ref: ResourceRef;
  readonly namespace: string;
  readonly name: string | undefined;
  readonly subresource?: string;
}

function readPath(path: string): Target | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const rest = parts[0] === 'api' ? ['', ...parts.slice(1)] : parts[0] === 'apis' ? parts.slice(1) : [];
  const [group, version, ...segments] = rest;
  if (group === undefined || version === undefined || segments.length === 0) return undefined;
  const inNamespace = segments[0] === 'namespaces' && segments.length > 2 && segments[2] !== 'status';
  const [namespace, [resource, name, subresource]] = inNamespace
    ? [segments[1] ?? '', segments.slice(2)]
    : ['', segments];
  if (resource === undefined) return undefined;
  const target = { ref: { group, version, resource }, namespace, name };
  return subresource === undefined ? target : { ...target, subresource };
}
