import {
  type Client,
  coreVersions,
  groupList,
  groupsOf,
  methodNotAllowed,
  noSuchPath,
  oneGroup,
  resourceList,
} from '../../api';
import { AS_IT_IS, negotiate } from '../answer/accept';
import { objectResponse, pageNotFound } from '../answer/answers';
import { aggregatedDiscovery, isAggregated } from './aggregated';

/** GET of /api, /apis and their groups and versions; undefined for a path that is none of these. */
export async function discover(
  client: Client,
  request: Request,
  path: string,
): Promise<Response | undefined> {
  const [root, first, second, ...more] = path.replace(/^\/|\/+$/g, '').split('/');
  if (root === 'api' && second === undefined) return core(client, request, first);
  if (root !== 'apis' || more.length > 0) return undefined;
  if (first === undefined) return groups(client, request);
  return oneOf(client, request, first, second);
}

async function resourcesFor(client: Client, request: Request) {
  if (request.method !== 'GET') throw methodNotAllowed();
  return groupsOf(await client.resources());
}

async function core(client: Client, request: Request, version: string | undefined): Promise<Response> {
  const all = await resourcesFor(client, request);
  const own = all.filter((each) => each.group === '');
  if (version !== undefined) {
    const found = own[0]?.versions.find((each) => each.version === version);
    if (!found) throw noSuchPath();
    return objectResponse(negotiate(request, AS_IT_IS), resourceList('', version, found.resources));
  }
  const form = negotiate(request, (target) => target === undefined || isAggregated(target));
  if (form.target) return aggregatedDiscovery(request, form.target, own, form.pretty);
  return objectResponse(form, coreVersions(new URL(request.url).host));
}

async function groups(client: Client, request: Request): Promise<Response> {
  const named = (await resourcesFor(client, request)).filter((each) => each.group !== '');
  const form = negotiate(request, (target) => target === undefined || isAggregated(target));
  if (form.target) return aggregatedDiscovery(request, form.target, named, form.pretty);
  return objectResponse(form, groupList(named));
}

async function oneOf(
  client: Client,
  request: Request,
  name: string,
  version: string | undefined,
): Promise<Response> {
  const all = await resourcesFor(client, request);
  const group = name === '' ? undefined : all.find((each) => each.group === name);
  if (!group) return pageNotFound();
  const form = negotiate(request, AS_IT_IS);
  if (version === undefined) return objectResponse(form, oneGroup(group));
  const found = group.versions.find((each) => each.version === version);
  if (!found) throw noSuchPath();
  return objectResponse(form, resourceList(name, version, found.resources));
}
