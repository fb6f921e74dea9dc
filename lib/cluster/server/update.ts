import {
  type Answer,
  badRequest,
  conflict,
  type FieldError,
  invalid,
  type KubeObject,
  noSuchPath,
  notFound,
  type Service,
  type Stored,
  type WriteOptions,
} from '../../api';
import { deepEqual, semanticEqual } from '../../base';
import { checkEscalation, requireCreate } from './access';
import { type Attributes, admit, keepQuotas, validateAdmission } from './admission';
import { trackUpdate } from './apply/managers';
import { field, type Loose, type Request } from './context';
import { createObject, isService, writerOf } from './create';
import { decodeBody } from './decode';
import { findStored, putStored } from './kind-store';
import {
  carrySystemFields,
  checkPreconditions,
  MODIFIED,
  matchName,
  matchNamespace,
  metadataErrors,
} from './metadata';
import { removeFromStore } from './remove-from-store';
import { prepareService } from './service';

/** Kinds that a PUT creates when they are missing (AllowCreateOnUpdate). */
const CREATED_BY_UPDATE: ReadonlySet<string> = new Set(['services', 'endpoints', 'events', 'leases']);

/** Replaces an object, or its status when the subresource says so. */
export function updateObject(request: Request, body: KubeObject, options: WriteOptions): Answer<Stored> {
  const { kind } = request;
  const name = body.metadata.name ?? '';
  if (name === '') throw badRequest('name is required');
  const existing = findStored(request, name);
  if (!existing) {
    const creates = CREATED_BY_UPDATE.has(kind.plural) && options.subresource === undefined;
    if (creates) {
      requireCreate(request, name);
      return createObject(request, body, options);
    }
    throw notFound(kind.plural, kind.group, name);
  }
  const decoded = decodeBody(kind, body, options);
  const answer = replaceObject(request, existing, decoded.object, options);
  return { ...answer, warnings: [...decoded.warnings, ...answer.warnings] };
}

/** The second half of every update and patch: from a decoded object to the store. */
export function replaceObject(
  request: Request,
  existing: Stored,
  decoded: KubeObject,
  options: WriteOptions,
): Answer<Stored> {
  const { kind } = request;
  const named = matchName(matchNamespace(request, decoded), existing.metadata.name);
  checkVersion(request, existing, named);
  const subresource = options.subresource ?? '';
  const attributes: Attributes = { ...request, operation: 'UPDATE', subresource, old: existing };
  const admitted = admit(attributes, kind.setDefaults(named));
  checkEscalation(request, admitted, existing);
  const next = carrySystemFields(prepare(request, existing, admitted, options), existing);
  const errors = [...metadataErrors(next, existing), ...kind.validate(next, existing)];
  if (errors.length > 0) throw invalid(kind.kind, kind.group, existing.metadata.name, dedupe(errors));
  const accepted = validateAdmission(attributes, next);
  const own = options.subresource === undefined ? (kind.warnings?.(next, existing) ?? []) : [];
  if (!options.dryRun) keepQuotas(attributes, accepted);
  const object = commit(request, existing, next, options);
  return { object, warnings: [...own, ...accepted.warnings], code: 200 };
}

function dedupe(errors: readonly FieldError[]): readonly FieldError[] {
  return errors.filter((error, index) => errors.findIndex((each) => deepEqual(each, error)) === index);
}

function checkVersion(request: Request, existing: Stored, next: KubeObject): void {
  const { kind } = request;
  const { uid, resourceVersion } = next.metadata;
  if (uid) checkPreconditions(request, existing, { uid });
  if (resourceVersion && resourceVersion !== existing.metadata.resourceVersion) {
    throw conflict(kind.plural, kind.group, existing.metadata.name, MODIFIED);
  }
}

function prepare(request: Request, existing: Stored, next: KubeObject, options: WriteOptions): KubeObject {
  const { context, kind } = request;
  switch (options.subresource) {
    case undefined: {
      const prepared = kind.prepareForUpdate(next, existing);
      if (!isService(request)) return prepared;
      const dryRun = options.dryRun ?? false;
      return prepareService(context, kind, prepared as Service, existing as Stored<Service>, dryRun);
    }
    case 'status':
      if (!kind.subresources.includes('status')) throw noSuchPath();
      return kind.prepareForStatusUpdate?.(next, existing) ?? keepAllButStatus(next, existing);
    case 'scale':
      return kind.prepareForUpdate(next, existing);
    case 'finalize':
      return keepAllButFinalizers(next, existing);
    default:
      throw noSuchPath();
  }
}

/** Metadata may be written through `/status`, all else but the status stays. */
function keepAllButStatus(next: Loose, existing: Loose): KubeObject {
  const { status } = next;
  const result: Loose = { ...existing, metadata: next.metadata };
  return status === undefined ? result : ({ ...result, status } as Loose);
}

function keepAllButFinalizers(next: Loose, existing: Loose): KubeObject {
  const spec = { ...existing.spec, finalizers: field(next, 'spec', 'finalizers') ?? [] };
  return { ...existing, metadata: next.metadata, spec } as KubeObject;
}

/** Stores the object unless nothing changed, raising its generation; the last finalizer gone, the object goes. */
function commit(request: Request, existing: Stored, next: KubeObject, options: WriteOptions): Stored {
  const { kind } = request;
  if (deepEqual(next, existing)) return existing;
  const tracked = track(request, existing, next, options);
  // Status strategies leave the generation alone, even when annotations come along.
  const counts = kind.hasGeneration && options.subresource !== 'status';
  const final = counts && isNewGeneration(request, existing, next) ? raiseGeneration(tracked) : tracked;
  if (options.dryRun) return final as Stored;
  if (deletionIsComplete(final)) return removeFromStore(request, existing) ?? (final as Stored);
  return putStored(request, existing.metadata.name, final);
}

/** Only writers that name themselves are recorded: controllers own nothing that an applier could take from them. */
function track(request: Request, existing: Stored, next: KubeObject, options: WriteOptions): KubeObject {
  return options.fieldManager ? trackUpdate(request.kind, next, existing, writerOf(request, options)) : next;
}

/** Deployments count a change of annotations too, because a rollout copies them. */
function isNewGeneration({ kind }: Request, existing: Loose, next: Loose): boolean {
  if (!semanticEqual(existing.spec, next.spec)) return true;
  if (kind.kind === 'EndpointSlice') return !semanticEqual(withoutMeta(existing), withoutMeta(next));
  return (
    kind.kind === 'Deployment' && !semanticEqual(existing.metadata.annotations, next.metadata.annotations)
  );
}

/** An EndpointSlice has no spec: its endpoints and ports count, and its labels. */
const withoutMeta = (object: KubeObject) => ({ ...object, metadata: { labels: object.metadata.labels } });

export function raiseGeneration<T extends KubeObject>(object: T): T {
  const generation = (object.metadata.generation ?? 0) + 1;
  return { ...object, metadata: { ...object.metadata, generation } };
}

function deletionIsComplete(object: Loose): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } = object.metadata;
  if (!deletionTimestamp || (deletionGracePeriodSeconds ?? 0) > 0 || (finalizers ?? []).length > 0)
    return false;
  const own = field(object, 'spec', 'finalizers');
  return object.kind !== 'Namespace' || !Array.isArray(own) || own.length === 0;
}
