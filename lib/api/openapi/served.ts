import { assert } from '../../base';
import type { KindSpec } from '../kind-spec';
import { apiResource, kinds } from '../kinds';
import { groupWords, rootPath } from './group-words';
import { type GroupVersionKind, JSON_ONLY, type Route } from './operation';
import { resourceRoutes } from './routes';
import { SPOKEN } from './subresources';

/** What one document is about. */
export interface Part {
  /** As the index calls it: "api", "api/v1", "apis", "apis/apps", "apis/apps/v1". */
  readonly root: string;
  readonly routes: readonly Route[];
}

/** Every part of the API, in discovery's order. */
export function servedParts(): readonly Part[] {
  const groups = [...new Set(kinds.map(({ group }) => group))];
  const versions = 'get available API versions';
  return [
    lookUp('/api/', 'getCoreAPIVersions', versions, 'APIVersions', 'core'),
    lookUp('/apis/', 'getAPIVersions', versions, 'APIGroupList', 'apis'),
    ...groups.flatMap((group) => [...(group === '' ? [] : [groupPart(group)]), ...versionParts(group)]),
  ];
}

function groupPart(group: string): Part {
  const { id, tag } = groupWords(group);
  return lookUp(`/apis/${group}/`, `get${id}APIGroup`, 'get information of a group', 'APIGroup', tag);
}

function versionParts(group: string): readonly Part[] {
  const own = kinds.filter((kind) => kind.group === group);
  return [...new Set(own.map(({ version }) => version))].map((version) => {
    const { id, tag } = groupWords(group, version);
    const path = `${rootPath({ group, version })}/`;
    const list = lookUp(path, `get${id}APIResources`, 'get available resources', 'APIResourceList', tag);
    const served = own.filter((kind) => kind.version === version);
    return {
      ...list,
      routes: [...list.routes, ...served.flatMap((spec) => resourceRoutes(apiResource(spec), typeOf(spec)))],
    };
  });
}

/** A path of discovery. */
function lookUp(path: string, id: string, description: string, type: string, tag: string): Part {
  const operation = { id, description, parameters: [], consumes: JSON_ONLY, produces: JSON_ONLY };
  const get = { ...operation, method: 'get' as const, answers: { 200: type } };
  return { root: path.slice(1, -1), routes: [{ path, kind: '', tag, operations: [get] }] };
}

const typeOf = ({ kind, schema }: KindSpec): string => {
  assert(schema.type === 'object', `${kind} is a struct`);
  return schema.name;
};

/** Types of apimachinery that are kinds of the core group, and those that are kinds of every group. */
const EVERYWHERE: readonly string[] = ['DeleteOptions', 'WatchEvent'];
const CORE: readonly string[] = ['APIGroup', 'APIGroupList', 'APIResourceList', 'APIVersions', 'Status'];

/** The kinds that a type is, for `x-kubernetes-group-version-kind`. */
export function kindsByType(): ReadonlyMap<string, readonly GroupVersionKind[]> {
  const versions = new Map(kinds.map(({ group, version }) => [`${group}/${version}`, { group, version }]));
  const own = kinds.flatMap((spec): readonly (readonly [string, GroupVersionKind])[] => {
    const { group, version, kind } = spec;
    return [
      [typeOf(spec), { group, kind, version }],
      [`${typeOf(spec)}List`, { group, kind: `${kind}List`, version }],
    ];
  });
  const everywhere = (kind: string) => [...versions.values()].map((each) => ({ ...each, kind }));
  return new Map<string, readonly GroupVersionKind[]>([
    ...own.map(([type, kind]) => [type, [kind]] as const),
    ...Object.values(SPOKEN).map(({ type, gvk }) => [type, [gvk]] as const),
    ...CORE.map((kind) => [kind, [{ group: '', kind, version: 'v1' }]] as const),
    ...EVERYWHERE.map((kind) => [kind, everywhere(kind)] as const),
  ]);
}
