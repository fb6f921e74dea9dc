import type { JsonObject } from '../objects';
import type { Route } from './operation';

/** What both versions of the documents begin with. */
export const INFO: JsonObject = { title: 'Kubernetes', version: 'v1.35.0' };

/** Query parameters that all operations of a path take; they are told once. */
export function sharedParameters({ operations }: Route): readonly string[] {
  const [first, ...others] = operations;
  const shared = first?.parameters.filter((name) =>
    others.every(({ parameters }) => parameters.includes(name)),
  );
  return shared ?? [];
}

/** What a status means, as responses say it. */
export const MEANINGS: Readonly<Record<string, string>> = { 200: 'OK', 201: 'Created', 202: 'Accepted' };
