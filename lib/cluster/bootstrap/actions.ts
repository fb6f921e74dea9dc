import { apiResource, findKindOf, type Json, type KubeObject } from '../../api';
import { assert } from '../../base';
import type { DirectAction } from '../loop';

/** Creates an object, and then writes its status where it has one: a create drops it. */
export function put(object: KubeObject & { readonly status?: unknown }): readonly DirectAction[] {
  const kind = findKindOf(object);
  assert(kind !== undefined, `a served kind: ${object.apiVersion} ${object.kind}`);
  const { group, version, resource } = apiResource(kind);
  const ref = { group, version, resource };
  const { status, ...rest } = object;
  const create: DirectAction = { verb: 'create', ref, object: rest };
  if (status === undefined) return [create];
  const { namespace = '', name = '' } = object.metadata;
  const body = { status } as unknown as Json;
  return [create, { verb: 'patch', ref, namespace, name, body, subresource: 'status' }];
}
