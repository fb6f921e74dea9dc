import type { ApiResource, KubeObject, Stored } from '../../api';
import { fail, type Session } from '../session';

/** One object that a command works on: named on the command line, listed, or read from a file. */
export interface Info {
  readonly resource: ApiResource;
  readonly namespace: string;
  readonly name: string;
  /** The file it came from, as it was named; '' for none. */
  readonly source: string;
  readonly object?: KubeObject | undefined;
}

/** An `Info` whose object is at hand. */
export type LoadedInfo = Info & { readonly object: KubeObject };

/** Gets the object from the server; an empty name is refused before asking. */
export async function fetchInfo(session: Session, info: Info, subresource?: string): Promise<Stored> {
  if (info.name === '') throw fail('resource name may not be empty');
  return session.client.get(info.resource, info.namespace, info.name, subresource);
}

/** How error texts describe an object (resource.Info.String). */
export function describeInfo(info: Info): string {
  const { group, version, resource, kind } = info.resource;
  return [
    `Resource: "${group}/${version}, Resource=${resource}", GroupVersionKind: "${group}/${version}, Kind=${kind}"`,
    `Name: "${info.name}", Namespace: "${info.namespace}"`,
  ].join('\n');
}
