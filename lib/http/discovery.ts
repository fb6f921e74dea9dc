import type { ApiResource } from '../api';
import { jsonResponse } from './answers';

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

interface Group {
  readonly group: string;
  readonly versions: readonly { readonly version: string; readonly resources: readonly ApiResource[] }[];
}

function groupsOf(resources: readonly ApiResource[]): readonly Group[] {
  const names = [...new Set(resources.map((each) => each.group))];
  return names.map((group) => {
    const own = resources.filter((each) => each.group === group);
    const versions = [...new Set(own.map((each) => each.version))];
    return {
      group,
      versions: versions.map((version) => ({
        version,
        resources: own.filter((each) => each.version === version),
      })),
    };
  });
}

const wantsAggregated = (request: Request): boolean =>
  (request.headers.get('accept') ?? '').includes('g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList');

const groupVersion = (group: string, version: string): string =>
  group === '' ? version : `${group}/${version}`;

/** GET /api: the core group. */
export function coreDiscovery(request: Request, resources: readonly ApiResource[]): Response {
  const core = groupsOf(resources).filter((each) => each.group === '');
  if (wantsAggregated(request)) return aggregated(core);
  return jsonResponse({
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: new URL(request.url).host }],
  });
}

/** GET /apis: all other groups. */
export function groupDiscovery(request: Request, resources: readonly ApiResource[]): Response {
  const groups = groupsOf(resources).filter((each) => each.group !== '');
  if (wantsAggregated(request)) return aggregated(groups);
  return jsonResponse({ kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupBody) });
}

/** GET /apis/<group>. */
export function oneGroup(resources: readonly ApiResource[], name: string): Response | undefined {
  const group = groupsOf(resources).find((each) => each.group === name && name !== '');
  return group && jsonResponse({ kind: 'APIGroup', apiVersion: 'v1', ...groupBody(group) });
}

function groupBody({ group, versions }: Group) {
  const listed = versions.map(({ version }) => ({ groupVersion: groupVersion(group, version), version }));
  return { name: group, versions: listed, preferredVersion: listed[0] };
}

/** GET /api/v1, /apis/<group>/<version>. */
export function resourceDiscovery(
  resources: readonly ApiResource[],
  group: string,
  version: string,
): Response | undefined {
  const own = resources.filter((each) => each.group === group && each.version === version);
  if (own.length === 0) return undefined;
  return jsonResponse({
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: groupVersion(group, version),
    resources: own.flatMap(listed),
  });
}

function listed(resource: ApiResource): readonly object[] {
  const { singular, namespaced, kind, verbs, shortNames, categories } = resource;
  const own = {
    name: resource.resource,
    singularName: singular,
    namespaced,
    kind,
    verbs,
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(categories.length > 0 ? { categories } : {}),
  };
  const subresources = resource.subresources.map((name) => ({
    name: `${resource.resource}/${name}`,
    singularName: '',
    namespaced,
    ...responseKind(resource, name),
    verbs: subresourceVerbs(name),
  }));
  return [own, ...subresources];
}

/** What a subresource speaks, where that is not the kind itself. */
const SUBRESOURCE_KINDS: Readonly<Record<string, { group: string; version: string; kind: string }>> = {
  scale: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
  eviction: { group: 'policy', version: 'v1', kind: 'Eviction' },
  binding: { group: '', version: 'v1', kind: 'Binding' },
  token: { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest' },
  exec: { group: '', version: 'v1', kind: 'PodExecOptions' },
  attach: { group: '', version: 'v1', kind: 'PodAttachOptions' },
  portforward: { group: '', version: 'v1', kind: 'PodPortForwardOptions' },
};

const responseKind = ({ group, version, kind }: ApiResource, name: string) =>
  SUBRESOURCE_KINDS[name] ?? { group, version, kind };

function subresourceVerbs(name: string): readonly string[] {
  switch (name) {
    case 'log':
      return ['get'];
    case 'binding':
    case 'eviction':
    case 'token':
      return ['create'];
    case 'exec':
    case 'attach':
    case 'portforward':
    case 'proxy':
      return ['create', 'get'];
    case 'finalize':
      return ['update'];
    default:
      return ['get', 'patch', 'update'];
  }
}

function aggregated(groups: readonly Group[]): Response {
  const items = groups.map(({ group, versions }) => ({
    metadata: { ...(group === '' ? {} : { name: group }), creationTimestamp: null },
    versions: versions.map(({ version, resources }) => ({
      version,
      freshness: 'Current',
      resources: resources.map(aggregatedResource),
    })),
  }));
  const body = { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items };
  return new Response(JSON.stringify(body), { headers: { 'content-type': AGGREGATED } });
}

function aggregatedResource(resource: ApiResource): object {
  const { group, version, kind, singular, namespaced, verbs, shortNames, categories, subresources } =
    resource;
  return {
    resource: resource.resource,
    responseKind: { group, version, kind },
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs,
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(categories.length > 0 ? { categories } : {}),
    ...(subresources.length > 0
      ? {
          subresources: subresources.map((name) => ({
            subresource: name,
            responseKind: responseKind(resource, name),
            verbs: subresourceVerbs(name),
          })),
        }
      : {}),
  };
}
