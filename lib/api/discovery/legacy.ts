import { base64Url, sha256, utf8Bytes } from '../../base';
import type { ApiResource } from '../resources';
import { type Group, groupVersion } from './groups';
import { subresourceKind, subresourceVerbs } from './subresources';

/** GET /api: metav1.APIVersions; the documents of the core group say no version of their own. */
export const coreVersions = (host: string): object => ({
  kind: 'APIVersions',
  versions: ['v1'],
  serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: host }],
});

/** GET /apis: metav1.APIGroupList. */
export const groupList = (groups: readonly Group[]): object => ({
  kind: 'APIGroupList',
  apiVersion: 'v1',
  groups: groups.map(groupBody),
});

/** GET /apis/<group>: metav1.APIGroup. */
export const oneGroup = (group: Group): object => ({
  kind: 'APIGroup',
  apiVersion: 'v1',
  ...groupBody(group),
});

function groupBody({ group, versions }: Group) {
  const listed = versions.map(({ version }) => ({ groupVersion: groupVersion(group, version), version }));
  return { name: group, versions: listed, preferredVersion: listed[0] };
}

/** GET /api/v1, /apis/<group>/<version>: metav1.APIResourceList. */
export function resourceList(group: string, version: string, resources: readonly ApiResource[]): object {
  const listed = resources.flatMap(entriesOf);
  return {
    kind: 'APIResourceList',
    ...(group === '' ? {} : { apiVersion: 'v1' }),
    groupVersion: groupVersion(group, version),
    resources: listed.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function entriesOf(resource: ApiResource) {
  const { group, version, singular, namespaced, kind, verbs, shortNames, categories } = resource;
  const isStored = verbs.includes('get');
  const own = {
    name: resource.resource,
    singularName: singular,
    namespaced,
    kind,
    verbs,
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(categories.length > 0 ? { categories } : {}),
    ...(isStored ? { storageVersionHash: storageVersionHash(group, version, kind) } : {}),
  };
  const subresources = resource.subresources.map((name) => {
    const spoken = subresourceKind(resource, name);
    const isOwn = spoken.group === group && spoken.version === version;
    return {
      name: `${resource.resource}/${name}`,
      singularName: '',
      namespaced,
      ...(isOwn ? {} : { group: spoken.group, version: spoken.version }),
      kind: spoken.kind,
      verbs: subresourceVerbs(name),
    };
  });
  return [own, ...subresources];
}

const HASH_BYTES = 8;

/** By which clients could tell that a resource is stored otherwise than before (discovery.StorageVersionHash). */
function storageVersionHash(group: string, version: string, kind: string): string {
  const digest = sha256(utf8Bytes(`${group}/${version}/${kind}`)).slice(0, HASH_BYTES);
  return `${base64Url(digest).replaceAll('-', '+').replaceAll('_', '/')}=`;
}
