import type { Ingress, Stored } from '../../api';
import { certificateFor } from './certificates';
import {
  DEFAULT_SERVER,
  DEFAULT_UPSTREAM,
  type Location,
  type Server,
  type Settings,
  type Upstream,
} from './configuration';
import type { Inputs } from './inputs';
import { PLAIN } from './settings';
import { upstreamName, type Warn } from './upstreams';

/** An Ingress of the controller's own with what its annotations say. */
export interface OwnIngress {
  readonly object: Stored<Ingress>;
  readonly settings: Settings;
}

interface Draft {
  server: Server;
  locations: Location[];
}

/** The server blocks of some Ingresses, the oldest first: who is there first keeps a host and a path. */
export function buildServers(
  inputs: Inputs,
  ingresses: readonly OwnIngress[],
  upstreams: Readonly<Record<string, Upstream>>,
  defaults: { readonly chain: string; readonly now: number },
  warn: Warn,
): Readonly<Record<string, Server>> {
  const drafts = new Map<string, Draft>();
  const root: Location = {
    path: '/',
    ingressPath: '/',
    type: 'Prefix',
    upstream: DEFAULT_UPSTREAM,
    isDefault: true,
    settings: PLAIN,
  };
  drafts.set(DEFAULT_SERVER, {
    server: { host: DEFAULT_SERVER, aliases: [], chain: defaults.chain, locations: [] },
    locations: [root],
  });
  for (const ingress of ingresses) openServers(drafts, ingress, root);
  for (const ingress of ingresses) secureServers(drafts, inputs, ingress, defaults, warn);
  for (const ingress of ingresses) addLocations(drafts, ingress);
  const hosts = new Set(drafts.keys());
  return Object.fromEntries(
    [...drafts]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([host, { server, locations }]) => [
        host,
        {
          ...server,
          aliases: server.aliases.filter((alias) => alias !== host && !hosts.has(alias)),
          locations: inOrder(locations)
            .flatMap(blocksOf)
            .map((each) => withFallback(each, upstreams)),
        },
      ]),
  );
}

const hostOf = (host: string | undefined): string => host || DEFAULT_SERVER;

const originOf = ({ metadata }: Stored<Ingress>, field: string): Location['origin'] => ({
  namespace: metadata.namespace ?? '',
  name: metadata.name,
  field,
});

/** Each host gets a server with a root location, which leads to the Ingress' default backend or the controller's. */
function openServers(drafts: Map<string, Draft>, { object, settings }: OwnIngress, root: Location): void {
  const backend = object.spec?.defaultBackend?.service;
  const upstream =
    backend === undefined ? DEFAULT_UPSTREAM : upstreamName(object.metadata.namespace ?? '', backend);
  const rules = object.spec?.rules ?? [];
  const catchAll = drafts.get(DEFAULT_SERVER);
  if (backend !== undefined && rules.length === 0 && catchAll?.locations[0]?.isDefault) {
    const origin = originOf(object, 'spec.defaultBackend');
    const { appRoot: _, redirect: __, rewriteTarget: ___, ...rest } = settings;
    catchAll.locations[0] = { ...root, upstream, isDefault: false, origin, settings: rest };
  }
  for (const { host } of rules) {
    if (drafts.has(hostOf(host))) continue;
    const origin = originOf(object, backend === undefined ? 'spec.rules' : 'spec.defaultBackend');
    drafts.set(hostOf(host), {
      server: { host: hostOf(host), aliases: [], locations: [] },
      locations: [{ ...root, upstream, origin, settings }],
    });
  }
}

function secureServers(
  drafts: Map<string, Draft>,
  inputs: Inputs,
  { object, settings }: OwnIngress,
  { chain, now }: { readonly chain: string; readonly now: number },
  warn: Warn,
): void {
  for (const rule of object.spec?.rules ?? []) {
    const draft = drafts.get(hostOf(rule.host));
    if (draft === undefined) continue;
    if (draft.server.aliases.length === 0) draft.server = { ...draft.server, aliases: settings.aliases };
    if (draft.server.chain !== undefined) continue;
    draft.server = {
      ...draft.server,
      ...certificateFor(inputs, object, draft.server.host, chain, now, warn),
    };
  }
}

function addLocations(drafts: Map<string, Draft>, { object, settings }: OwnIngress): void {
  const namespace = object.metadata.namespace ?? '';
  for (const [index, { host, http }] of (object.spec?.rules ?? []).entries()) {
    const draft = drafts.get(hostOf(host));
    for (const [at, { path, pathType, backend }] of (http?.paths ?? []).entries()) {
      if (backend.service === undefined || draft === undefined) continue;
      const location: Location = {
        path: path || '/',
        ingressPath: path || '/',
        // What is left to the implementation is a prefix here (SetDefaultNGINXPathType).
        type: pathType === 'Exact' ? 'Exact' : 'Prefix',
        upstream: upstreamName(namespace, backend.service),
        isDefault: false,
        origin: originOf(object, `spec.rules[${index}].http.paths[${at}]`),
        settings,
      };
      put(draft.locations, location);
    }
  }
}

/** A path of a type is whose it was first; a server's default gives way. */
function put(locations: Location[], location: Location): void {
  const at = locations.findIndex(({ path, type }) => path === location.path && type === location.type);
  const known = locations[at];
  if (known === undefined) locations.push(location);
  else if (known.isDefault) locations[at] = location;
}

/** nginx tries regular expressions in the order written: the longest paths come first. */
function inOrder(locations: readonly Location[]): readonly Location[] {
  const exact = new Set(locations.filter(({ type }) => type === 'Exact').map(({ path }) => path));
  return locations
    .toSorted(
      (left, right) =>
        right.path.length - left.path.length ||
        (left.path > right.path ? -1 : left.path < right.path ? 1 : 0),
    )
    .map((location) =>
      location.type === 'Prefix' && exact.has(location.path)
        ? { ...location, path: isTouched(location) ? location.path : withSlash(location.path) }
        : location,
    );
}

const withSlash = (path: string): string => (path.endsWith('/') ? path : `${path}/`);

/** Paths of rewrites and regular expressions are left as they are. */
export function isTouched({ settings, path }: Location): boolean {
  const { rewriteTarget, useRegex } = settings;
  return useRegex || (rewriteTarget !== undefined && rewriteTarget !== path);
}

/** "/foo" as a prefix is for "/foo" and all below it, not for "/foobar": two blocks (updateServerLocations). */
function blocksOf(location: Location): readonly Location[] {
  if (location.path === '/' || location.type === 'Exact' || isTouched(location)) return [location];
  if (location.path !== location.ingressPath) return [location];
  const { path } = location;
  return [
    { ...location, path: withSlash(path) },
    { ...location, type: 'Exact' },
  ];
}

/** While an Ingress' Service has no endpoints its annotated default backend answers. */
function withFallback(location: Location, upstreams: Readonly<Record<string, Upstream>>): Location {
  const { defaultBackend } = location.settings;
  if (defaultBackend === undefined || upstreams[location.upstream]?.endpoints.length) return location;
  const name = `custom-default-backend-${location.origin?.namespace ?? ''}-${defaultBackend}`;
  return upstreams[name]?.endpoints.length ? { ...location, upstream: name } : location;
}
