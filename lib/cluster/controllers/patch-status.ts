import type { Json, ResourceRef, Stored } from '../../api';
import { isRecord, semanticEqual } from '../../base';
import type { Action } from '../seams';

/** A merge patch among actions. */
export type PatchAction = Extract<Action, { readonly verb: 'patch' }>;

/** The merge patch that turns the status an object has into `status`; undefined when they mean the same. */
export function patchStatus(ref: ResourceRef, object: Stored, status: object): Action | undefined {
  const current = (object as { readonly status?: unknown }).status;
  if (semanticEqual(current ?? {}, status)) return undefined;
  const dropped = isRecord(current) ? Object.keys(current).filter((key) => !(key in status)) : [];
  const body = { status: { ...Object.fromEntries(dropped.map((key) => [key, null])), ...status } };
  return {
    verb: 'patch',
    ref,
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
    body: body as Json,
    subresource: 'status',
  };
}

/** A merge patch of one object. */
export function patchObject(ref: ResourceRef, object: Stored, body: Json): PatchAction {
  return {
    verb: 'patch',
    ref,
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
    body,
  };
}
