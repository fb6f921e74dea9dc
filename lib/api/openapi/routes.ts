import type { ApiResource } from '../resources';
import { groupWords, rootPath } from './group-words';
import {
  creating,
  deleting,
  deletingMany,
  listing,
  type Operation,
  patching,
  type Route,
  reading,
  replacing,
  withArticle,
} from './operation';
import { subresourceRoutes } from './subresources';

/** Everything that can be done with a resource, path by path. `type` is the kind's Go type. */
export function resourceRoutes(resource: ApiResource, type: string): readonly Route[] {
  const { group, version, kind, namespaced, verbs } = resource;
  const root = rootPath(resource);
  const collection = `${root}${namespaced ? '/namespaces/{namespace}' : ''}/${resource.resource}`;
  const named = { group, version, kind };
  const noun = `${namespaced ? 'Namespaced' : ''}${kind}`;
  const { id: prefix, tag } = groupWords(group, version);
  const make = (operation: Operation): Operation => ({ ...operation, gvk: operation.gvk ?? named });
  const can = (verb: string) => verbs.includes(verb);
  const routes: Route[] = [];
  const list = can('list') ? [listing(`list${prefix}${noun}`, kind, type)] : [];
  const single = [
    ...(can('get') ? [reading(`read${prefix}${noun}`, `read the specified ${kind}`, type)] : []),
    ...(can('update') ? [replacing(`replace${prefix}${noun}`, `replace the specified ${kind}`, type)] : []),
    ...(can('patch')
      ? [patching(`patch${prefix}${noun}`, `partially update the specified ${kind}`, type)]
      : []),
    ...(can('delete') ? [deleting(`delete${prefix}${noun}`, kind, type)] : []),
  ];
  const many = [
    ...list,
    ...(can('create') ? [creating(`create${prefix}${noun}`, `create ${withArticle(kind)}`, type)] : []),
    ...(can('deletecollection') ? [deletingMany(`delete${prefix}Collection${noun}`, kind)] : []),
  ];
  routes.push({ path: collection, kind, tag, operations: many.map(make) });
  routes.push({ path: `${collection}/{name}`, kind, tag, operations: single.map(make) });
  if (namespaced && list.length > 0) {
    const everywhere = listing(`list${prefix}${kind}ForAllNamespaces`, kind, type);
    routes.push({ path: `${root}/${resource.resource}`, kind, tag, operations: [make(everywhere)] });
  }
  routes.push(...subresourceRoutes(resource, `${collection}/{name}`, noun, type));
  return routes.filter(({ operations }) => operations.length > 0);
}
