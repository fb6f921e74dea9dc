import type { ApiResource, KubeObject, Stored } from '../../api';
import { fail, isNotFound, type Session } from '../session';

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

const NAMESPACES = { group: '', version: 'v1', resource: 'namespaces' };

/** Gets the object from the server; an empty name is refused before asking. */
export async function fetchInfo(session: Session, info: Info, subresource?: string): Promise<Stored> {
  const { resource, namespace, name } = info;
  if (name === '') throw fail('resource name may not be empty');
  return inNamespace(session, namespace, () => session.client.get(resource, namespace, name, subresource));
}

/** Asks for something in a namespace. When that is what is missing, the error says so (resource.Info.Get). */
export async function inNamespace<T>(session: Session, namespace: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (isNotFound(error) && namespace !== '' && namespace !== 'default')
      await refuseMissing(session, namespace);
    throw error;
  }
}

async function refuseMissing(session: Session, namespace: string): Promise<void> {
  try {
    await session.client.get(NAMESPACES, '', namespace);
  } catch (error) {
    if (isNotFound(error)) throw error;
  }
}

/** How error texts describe an object (resource.Info.String). */
export function describeInfo(info: Info): string {
  const { group, version, resource, kind } = info.resource;
  return [
    `Resource: "${group}/${version}, Resource=${resource}", GroupVersionKind: "${group}/${version}, Kind=${kind}"`,
    `Name: "${info.name}", Namespace: "${info.namespace}"`,
  ].join('\n');
}
