import type { Identity } from '../../seams';

export type { PolicyRule } from '../../../api';

/** What an authorizer is asked (authorizer.Attributes). */
export interface Attributes {
  readonly user: Identity;
  /** "get", "list", "deletecollection", "impersonate" …; for paths the HTTP method in lower case. */
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  /** '' at the cluster scope. */
  readonly namespace: string;
  /** '' for a collection. */
  readonly name: string;
  readonly fieldSelector?: string | undefined;
  /** Set when no resource but a path ("/metrics") is asked for; the fields above are '' then. */
  readonly path?: string | undefined;
}

/** Whether a request is allowed, and why or why not, as far as anybody can say. */
export interface Decision {
  readonly allowed: boolean;
  readonly reason: string;
}

/** A verb on a path that is no resource. */
export function pathAttributes(user: Identity, verb: string, path: string): Attributes {
  return { user, verb, path, group: '', resource: '', subresource: '', namespace: '', name: '' };
}

/** "pods", "pods/log". */
export function fullResource({
  resource,
  subresource,
}: Pick<Attributes, 'resource' | 'subresource'>): string {
  return subresource === '' ? resource : `${resource}/${subresource}`;
}
