import { coversHost } from '../../api';
import { type Configuration, DEFAULT_SERVER, type Location, type Server } from './configuration';
import { isTouched } from './servers';

/** The server block of a Host header: by name, by alias, by a wildcard of one label, else the default one. */
export function serverFor({ servers }: Configuration, host: string): Server | undefined {
  const name = hostName(host);
  return (
    servers[name] ??
    Object.values(servers).find(({ aliases }) => aliases.includes(name)) ??
    Object.values(servers).find((server) => server.host.startsWith('*.') && coversHost(server.host, name)) ??
    servers[DEFAULT_SERVER]
  );
}

/** A Host header's name: no port, no capitals. */
export const hostName = (host: string): string => host.replace(/:\d+$/, '').replace(/\.$/, '').toLowerCase();

/** The server whose certificate answers a TLS greeting, by SNI (certificate.lua). */
export function securedServer({ servers }: Configuration, serverName: string): Server | undefined {
  const name = serverName.toLowerCase();
  const dot = name.indexOf('.');
  const own = [
    name,
    ...Object.values(servers)
      .filter(({ aliases }) => aliases.includes(name))
      .map(({ host }) => host),
    dot < 0 ? '' : `*${name.slice(dot)}`,
  ];
  return own.map((host) => servers[host]).find((server) => server?.chain !== undefined);
}

/** Whether one rewrite or regular expression makes all paths of a server regular expressions (enforceRegexModifier). */
export function usesRegex({ locations }: Server): boolean {
  return locations.some(isTouched);
}

/** The location of a request's path: exact, then the longest prefix; or the first expression that matches. */
export function locationFor(server: Server, path: string): Location | undefined {
  const { locations } = server;
  if (usesRegex(server)) return locations.find((each) => expression(`^${each.path}`)?.test(path));
  return (
    locations.find(({ type, path: own }) => type === 'Exact' && own === path) ??
    locations
      .filter(({ type, path: own }) => type === 'Prefix' && path.startsWith(own))
      .toSorted((left, right) => right.path.length - left.path.length)[0]
  );
}

/** A regular expression of nginx, which minds no capitals here; undefined for one that makes no sense. */
export function expression(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'i');
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The path as locations see it: decoded, without its query, with single slashes and no dots. */
export function normalPath(target: string): string {
  const raw = target.replace(/[?#].*$/, '');
  const parts: string[] = [];
  for (const part of decoded(raw).split('/').slice(1)) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`.replace(/\/{2,}/g, '/');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** The path that goes to the upstream: rewritten where the location says so. */
export function rewritten(location: Location, target: string): string {
  const { rewriteTarget } = location.settings;
  if (rewriteTarget === undefined || rewriteTarget === location.path) return target;
  const path = normalPath(target);
  const match = expression(location.path)?.exec(path);
  if (match === null || match === undefined) return target;
  const query = /\?.*$/.exec(target)?.[0] ?? '';
  const filled = rewriteTarget.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '');
  return query === '' ? filled : `${filled}${filled.includes('?') ? '&' : '?'}${query.slice(1)}`;
}
