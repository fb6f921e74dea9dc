import type { KindSpec, ResourceRef } from '../../../api';
import type { Identity } from '../../seams';
import type { Request, ServerContext } from '../context';
import type { Attributes } from './attributes';
import { decide } from './decide';
import { forbiddenBy } from './forbidden-by';

/** What of a resource is asked for; '' where nothing is said. */
export interface Aim {
  readonly namespace: string;
  readonly name?: string | undefined;
  readonly subresource?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

/** A request's attributes as request.RequestInfo finds them in its path. */
export function attributesOf(
  user: Identity,
  verb: string,
  ref: ResourceRef,
  kind: KindSpec | undefined,
  aim: Aim,
): Attributes {
  const { fieldSelector, subresource = '' } = aim;
  const name = aim.name || nameIn(fieldSelector);
  const isNamespace = ref.group === '' && ref.resource === 'namespaces';
  // A Namespace is said to be inside itself, so that roles in it may speak of it.
  const namespace = isNamespace ? (aim.name ?? '') : kind && !kind.namespaced ? '' : aim.namespace;
  return {
    user,
    verb,
    group: ref.group,
    resource: ref.resource,
    subresource,
    namespace,
    name,
    fieldSelector,
  };
}

/** A list of the one object of a name is about that name. */
function nameIn(fieldSelector: string | undefined): string {
  return /(?:^|,)metadata\.name==?([^,]+)(?:,|$)/.exec(fieldSelector ?? '')?.[1] ?? '';
}

/** Refuses what the authorizers do not allow. */
export function requireAccess(context: ServerContext, attributes: Attributes): void {
  const { allowed, reason } = decide(context.policy(), attributes);
  if (!allowed) throw forbiddenBy(attributes, reason);
}

/** Refuses a request that turns out to create (an update or apply of what is not there) without the right to. */
export function requireCreate({ context, identity, kind, namespace }: Request, name: string): void {
  const { group, plural: resource } = kind;
  const attributes = { user: identity, verb: 'create', group, resource, subresource: '', namespace, name };
  requireAccess(context, attributes);
}
