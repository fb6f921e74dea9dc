import {
  type Answer,
  alreadyExists,
  invalid,
  type KubeObject,
  type Service,
  StatusError,
  type Stored,
  storageFull,
  unclassified,
  type WriteOptions,
} from '../../api';
import { formatTime } from '../../base';
import { checkEscalation } from './access';
import { type Attributes, admit, keepQuotas, validateAdmission } from './admission';
import { recordUpdate } from './apply/record-update';
import { type Writing, writingOf } from './apply/writing';
import type { Request } from './context';
import { decodeBody } from './decode';
import { findStored, putStored } from './kind-store';
import {
  dedupeOwners,
  fillSystemFields,
  generatedNameConflict,
  matchNamespace,
  withoutSystemFields,
} from './metadata';
import { holdAddresses, prepareService } from './service';

/** How an object comes to be written. */
export interface Origin {
  /** Its managers are what they are to be: server-side apply has seen to them. */
  readonly recorded: boolean;
}

/** Creates an object as a POST does. */
export function createObject(request: Request, body: KubeObject, options: WriteOptions): Answer<Stored> {
  const decoded = decodeBody(request.kind, body, options);
  const placed = matchNamespace(request, withoutSystemFields(decoded.object));
  const answer = createDecoded(request, placed, options, { recorded: false });
  return { ...answer, warnings: [...decoded.warnings, ...answer.warnings] };
}

/** More tries would hardly help: eight suffice for a million names from one generateName. */
const MAX_NAME_TRIES = 8;

/** From a decoded object to the store: default, record, admit, name, allocate, prepare, validate, store. */
export function createDecoded(
  request: Request,
  decoded: KubeObject,
  options: WriteOptions,
  origin: Origin,
): Answer<Stored> {
  const { kind } = request;
  const deduped = dedupeOwners(decoded);
  const defaulted = kind.setDefaults(deduped.object);
  const recorded = origin.recorded
    ? defaulted
    : recordUpdate(defaulted, undefined, writingBy(request, options));
  const attributes: Attributes = { ...request, operation: 'CREATE', subresource: '', old: undefined };
  const admitted = admit(attributes, recorded);
  checkEscalation(request, admitted, undefined);
  const isGenerated = !admitted.metadata.name && Boolean(admitted.metadata.generateName);
  for (let tries = 1; ; tries += 1) {
    try {
      const { object, warnings } = storeNew(attributes, admitted, options);
      return { object, warnings: [...deduped.warnings, ...warnings], code: 201 };
    } catch (error) {
      const isTaken = error instanceof StatusError && error.reason === 'AlreadyExists';
      if (!isTaken || !isGenerated || tries === MAX_NAME_TRIES) throw error;
    }
  }
}

/** One try at storing: with a name of its own, where it is to be generated (registry.Store create). */
function storeNew(
  request: Attributes,
  admitted: KubeObject,
  options: WriteOptions,
): { readonly object: Stored; readonly warnings: readonly string[] } {
  const { context, kind } = request;
  const named = fillSystemFields(request, admitted);
  const dryRun = options.dryRun ?? false;
  const allocated = isService(request)
    ? prepareService(context, kind, named as Service, undefined, dryRun)
    : named;
  const prepared = kind.prepareForCreate(allocated);
  const name = prepared.metadata.name ?? '';
  const errors = kind.validate(prepared);
  if (errors.length > 0) throw invalid(kind.kind, kind.group, name, errors);
  const accepted = validateAdmission(request, prepared);
  if (!dryRun) refuseVersion(admitted);
  const existing = findStored(request, name);
  if (existing) throw taken(request, prepared, existing);
  if (context.store.size >= context.objectLimit) throw storageFull();
  if (!dryRun) keepQuotas(request, accepted);
  if (!dryRun && isService(request)) holdAddresses(request, prepared as Service);
  const object = dryRun ? (prepared as Stored) : putStored(request, name, prepared);
  return { object, warnings: [...(kind.warnings?.(prepared) ?? []), ...accepted.warnings] };
}

/** A version is given by the store, never to it. */
function refuseVersion({ metadata }: KubeObject): void {
  if (!/^\d+$/.test(metadata.resourceVersion ?? '') || Number(metadata.resourceVersion) === 0) return;
  throw unclassified('resourceVersion should not be set on objects to be created');
}

/** 409; a name that was generated is no fault of the client's, and one that is going will soon be free. */
function taken({ kind }: Request, object: KubeObject, existing: Stored): StatusError {
  const { name = '', generateName } = object.metadata;
  const refusal = generateName
    ? generatedNameConflict(kind.plural, kind.group, name)
    : alreadyExists(kind.plural, kind.group, name);
  if (!existing.metadata.deletionTimestamp) return refusal;
  return new StatusError({
    ...refusal.status,
    message: `object is being deleted: ${refusal.status.message ?? ''}`,
  });
}

/** The manager that an ordinary write is recorded for. */
export function writingBy({ context, kind }: Request, { fieldManager, subresource }: WriteOptions): Writing {
  return writingOf(kind, 'Update', fieldManager, subresource, formatTime(context.clock.now()));
}

/** Services alone hold numbers that no two of them may share. */
export const isService = ({ kind }: Request): boolean => kind.group === '' && kind.plural === 'services';
