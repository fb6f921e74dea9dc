import type { Json, ResourceRef, Stored } from '../../api';
import { isRecord, semanticEqual } from '../../base';
import type { Action } from '../seams';

/** A merge patch among actions. */
export type PatchAction = Extract<Action, { readonly verb: 'patch' }>;

/** What turns the status an object has into `status`; undefined when they mean the same. */
export function patchStatus(ref: ResourceRef, object: Stored, status: object): Action | undefined {
  const current = (object as { readonly status?: unknown }).status;
  if (semanticEqual(current ?? {}, status)) return undefined;
  const body = { status: leadingTo(current, status as Readonly<Record<string, unknown>>) };
  return {
    verb: 'patch',
    ref,
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
    body: body as Json,
    subresource: 'status',
    asUpdate: true,
  };
}

/** The merge patch from one record to another: what is to go is null, at every depth. */
function leadingTo(current: unknown, wanted: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const known = isRecord(current) ? current : {};
  const dropped = Object.keys(known).filter((key) => !(key in wanted));
  const kept = Object.entries(wanted).map(([key, value]) => [
    key,
    isRecord(value) ? leadingTo(known[key], value) : value,
  ]);
  return { ...Object.fromEntries(dropped.map((key) => [key, null])), ...Object.fromEntries(kept) };
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

/** The same, sent as an update: many roles may update what they may not patch. */
export function updateObject(ref: ResourceRef, object: Stored, body: Json): PatchAction {
  return { ...patchObject(ref, object, body), asUpdate: true };
}
