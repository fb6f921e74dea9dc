import { type ApiResource, StatusError } from '../../../api';
import { findResource, otherMeanings } from '../../resources';
import { DiscoveryFailure, type Session } from '../../session';

/** What is asked about: a URL's path, or a resource and perhaps one object of it. */
export type Target =
  | { readonly path: string }
  | {
      readonly path?: undefined;
      readonly resource: string;
      readonly group: string;
      readonly name: string;
      /** False only of what is known to be cluster scoped. */
      readonly namespaced: boolean;
    };

/** Resources that nobody can discover: whom one may impersonate. */
const UNDISCOVERED = new Set(['users', 'groups']);

/** How often it is told that the server cannot say what it serves, before the question is asked all the same. */
const DISCOVERY_TRIES = 2;

/** Reads `TYPE`, `TYPE/NAME` or `/url`, and warns of a type that the server does not have. */
export async function readTarget(session: Session, word: string): Promise<Target> {
  if (word.startsWith('/')) return { path: word };
  const [type = '', name = ''] = word.split(/\/(.*)/s);
  const unknown = { resource: type, group: '', name, namespaced: true };
  if (type === '*') return unknown;
  const known = await resourcesIfAllowed(session);
  await session.warn(otherMeanings(known, type.toLowerCase()));
  const found = findResource(known, type.toLowerCase());
  if (found) return { resource: found.resource, group: found.group, name, namespaced: found.namespaced };
  const [resource = '', group = ''] = type.toLowerCase().split(/\.(.*)/s);
  if (!UNDISCOVERED.has(type.toLowerCase())) {
    const where = group === '' ? '' : ` in group '${group}'`;
    await session.err(`Warning: the server doesn't have a resource type '${resource}'${where}\n\n`);
  }
  return unknown;
}

/** Whoever may not read discovery knows no resources; the question itself can still be asked. */
async function resourcesIfAllowed(session: Session): Promise<readonly ApiResource[]> {
  try {
    return await session.resources(DISCOVERY_TRIES);
  } catch (error) {
    if (error instanceof StatusError && error.reason === 'Forbidden') return [];
    if (error instanceof DiscoveryFailure) {
      await session.err(error.line.repeat(DISCOVERY_TRIES));
      return [];
    }
    throw error;
  }
}
