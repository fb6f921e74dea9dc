import { type ApiResource, type Group, subresourceKind, subresourceVerbs } from '../../api';
import { base64Url, sha256 } from '../../base';
import type { Target } from '../answer/accept';
import { jsonText } from '../answer/answers';

const GROUP = 'apidiscovery.k8s.io';

/** Whether a client asks for everything in one document, in a version that there is. */
export const isAggregated = (target: Target | undefined): boolean =>
  target?.group === GROUP &&
  target.kind === 'APIGroupDiscoveryList' &&
  (target.version === 'v2' || target.version === 'v2beta1');

/** Groups with all their resources; a client that has it already is told so. */
export function aggregatedDiscovery(
  request: Request,
  { version }: Target,
  groups: readonly Group[],
  pretty: boolean,
): Response {
  const items = groups.map(({ group, versions }) => ({
    metadata: group === '' ? {} : { name: group },
    versions: versions.map((each) => ({
      version: each.version,
      resources: each.resources.map(resourceBody),
      freshness: 'Current',
    })),
  }));
  const text = jsonText(
    { kind: 'APIGroupDiscoveryList', apiVersion: `${GROUP}/${version}`, metadata: {}, items },
    pretty,
  );
  const etag = `"${base64Url(sha256(new TextEncoder().encode(text)))}"`;
  const headers = { etag, vary: 'Accept', 'cache-control': 'public' };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  const type = `application/json;g=${GROUP};v=${version};as=APIGroupDiscoveryList`;
  const bytes = new TextEncoder().encode(text);
  return new Response(bytes, {
    headers: { ...headers, 'content-type': type, 'content-length': String(bytes.length) },
  });
}

function resourceBody(resource: ApiResource): object {
  const { group, version, kind, singular, namespaced, verbs, shortNames, categories } = resource;
  const subresources = [...resource.subresources].sort().map((name) => ({
    subresource: name,
    responseKind: subresourceKind(resource, name),
    verbs: subresourceVerbs(name),
  }));
  return {
    resource: resource.resource,
    responseKind: { group, version, kind },
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs,
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(categories.length > 0 ? { categories } : {}),
    ...(subresources.length > 0 ? { subresources } : {}),
  };
}
