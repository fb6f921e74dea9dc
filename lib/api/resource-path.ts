import type { ResourceRef } from './resources';

/** What a path below /api or /apis means. */
export interface ResourceRoute {
  readonly ref: ResourceRef;
  readonly namespace: string;
  /** undefined: the collection. */
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

/** Subresources of a Namespace, which its path would else take for resources inside it. */
const NAMESPACE_SUBRESOURCES: ReadonlySet<string> = new Set(['status', 'finalize']);

/** A URL's path as it is meant; undefined when its percent-encoding is broken. */
export function decodePath(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** Reads a decoded resource path (request.RequestInfoFactory); undefined when it is none. */
export function readRoute(path: string): ResourceRoute | undefined {
  const [root, ...parts] = path.replace(/^\/|\/+$/g, '').split('/');
  if ((root !== 'api' && root !== 'apis') || parts.includes('')) return undefined;
  const [group, version, ...segments] = root === 'api' ? ['', ...parts] : parts;
  if (group === undefined || version === undefined) return undefined;
  const inside =
    segments[0] === 'namespaces' && segments.length > 2 && !NAMESPACE_SUBRESOURCES.has(segments[2] ?? '');
  const [namespace, target] = inside ? [segments[1] ?? '', segments.slice(2)] : ['', segments];
  const [resource, name, ...rest] = target;
  if (resource === undefined) return undefined;
  const subresource = rest.length > 0 ? rest.join('/') : undefined;
  return { ref: { group, version, resource }, namespace, name, subresource };
}

/** The path of a resource, an object or a subresource. */
export function pathOf(ref: ResourceRef, namespace: string, name?: string, subresource?: string): string {
  const root = ref.group === '' ? `/api/${ref.version}` : `/apis/${ref.group}/${ref.version}`;
  const scope =
    namespace === '' || ref.resource === 'namespaces' ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  const tail = [name, subresource].filter((part) => part !== undefined && part !== '');
  return [`${root}${scope}/${ref.resource}`, ...tail.map((part) => encodeURIComponent(part ?? ''))].join('/');
}
