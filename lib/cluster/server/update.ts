import {
  type Answer,
  badRequest,
  conflict,
  type FieldError,
  invalid,
  type KindSpec,
  type KubeObject,
  noSuchPath,
  notFound,
  type Pod,
  type Service,
  type Stored,
  validateEphemeralContainers,
  validatePodResize,
  type WriteOptions,
  withResources,
} from '../../api';
import { deepEqual } from '../../base';
import { checkEscalation, requireCreate } from './access';
import { type Attributes, admit, keepQuotas, validateAdmission } from './admission';
import { recordUpdate } from './apply/record-update';
import { field, type Loose, type Request } from './context';
import { createDecoded, isService, type Origin, writingBy } from './create';
import { decodeBody } from './decode';
import { raiseGeneration, raisesGeneration } from './generation';
import { findStored, putStored } from './kind-store';
import { withOldTimes } from './managed-times';
import {
  carrySystemFields,
  checkStoredUid,
  dedupeOwners,
  MODIFIED,
  matchName,
  matchNamespace,
  metadataErrors,
} from './metadata';
import { resourceKeyOf } from './registry';
import { removeFromStore } from './remove-from-store';
import { holdAddresses, prepareService } from './service';

/** Kinds that a PUT creates when they are missing (AllowCreateOnUpdate). */
const CREATED_BY_UPDATE: ReadonlySet<string> = new Set([
  'services',
  'endpoints',
  'events',
  'events.events.k8s.io',
  'limitranges',
  'leases.coordination.k8s.io',
  'roles.rbac.authorization.k8s.io',
  'rolebindings.rbac.authorization.k8s.io',
  'clusterroles.rbac.authorization.k8s.io',
  'clusterrolebindings.rbac.authorization.k8s.io',
]);

/** Kinds that are updated from a known version only (AllowUnconditionalUpdate is false). */
const FROM_KNOWN_VERSION: ReadonlySet<string> = new Set([
  'csinodes.storage.k8s.io',
  'leases.coordination.k8s.io',
  'poddisruptionbudgets.policy',
]);

/** Replaces an object, or its status when the subresource says so. */
export function updateObject(request: Request, body: KubeObject, options: WriteOptions): Answer<Stored> {
  const { kind } = request;
  const name = body.metadata.name ?? '';
  if (name === '') throw badRequest('name must be provided');
  const decoded = decodeBody(kind, body, options);
  const placed = matchNamespace(request, decoded.object);
  const existing = findStored(request, name);
  const answer = existing
    ? replaceObject(request, checkStoredUid(request, existing, placed), placed, options)
    : createByUpdate(request, name, placed, options);
  return { ...answer, warnings: [...decoded.warnings, ...answer.warnings] };
}

function createByUpdate(
  request: Request,
  name: string,
  object: KubeObject,
  options: WriteOptions,
): Answer<Stored> {
  const { kind } = request;
  const creates = CREATED_BY_UPDATE.has(resourceKeyOf(kind)) && options.subresource === undefined;
  if (!creates) throw notFound(kind.plural, kind.group, name);
  requireCreate(request, name);
  checkStoredUid(request, undefined, object);
  const { resourceVersion: _asked, ...metadata } = object.metadata;
  return createDecoded(request, { ...object, metadata }, options, { recorded: false });
}

/** How an update comes about, beyond what every write says of itself. */
export type Update = Partial<Origin> & {
  /** It was worked out from the stored object by a patch. */
  readonly patched?: boolean;
};

/** The second half of every update and patch: from a decoded object to the store. */
export function replaceObject(
  request: Request,
  existing: Stored,
  decoded: KubeObject,
  options: WriteOptions,
  how: Update = {},
): Answer<Stored> {
  const { kind } = request;
  const named = matchName(matchNamespace(request, decoded), existing.metadata.name);
  const deduped = dedupeOwners(named, how.patched);
  const defaulted = hasDefaultsOf(kind, existing, deduped.object)
    ? deduped.object
    : kind.setDefaults(deduped.object);
  const recorded = how.recorded ? defaulted : recordUpdate(defaulted, existing, writingBy(request, options));
  const subresource = options.subresource ?? '';
  const attributes: Attributes = { ...request, operation: 'UPDATE', subresource, old: existing };
  const admitted = admit(attributes, recorded);
  checkEscalation(request, admitted, existing);
  checkVersion(request, existing, admitted);
  const prepared = prepare(request, existing, admitted, options);
  const next = withOldTimes(carrySystemFields(prepared, existing), existing);
  const errors = [
    ...metadataErrors(next, existing),
    ...validateWritten(request, next, existing, subresource),
  ];
  if (errors.length > 0) throw invalid(kind.kind, kind.group, existing.metadata.name, dedupe(errors));
  const accepted = validateAdmission(attributes, next);
  const own = options.subresource === undefined ? (kind.warnings?.(next, existing) ?? []) : [];
  if (!options.dryRun) keepQuotas(attributes, accepted);
  const object = commit(request, existing, next, options);
  return { object, warnings: [...deduped.warnings, ...own, ...accepted.warnings], code: 200 };
}

/** Some ways to write a Pod have rules of their own. */
function validateWritten(
  { kind }: Request,
  next: KubeObject,
  existing: Stored,
  subresource: string,
): readonly FieldError[] {
  if (subresource === 'ephemeralcontainers') return validateEphemeralContainers(next as Pod, existing as Pod);
  if (subresource === 'resize') return validatePodResize(next as Pod, existing as Pod);
  return kind.validate(next, existing);
}

/**
 * Whether an object shares all but metadata and status with one that is stored, and so has its defaults: most writes are
 * of a status. Labels are looked at because some kinds take their own from their template, and a status must still have
 * each field that the stored one has, for some of them are defaults as well.
 */
function hasDefaultsOf(kind: KindSpec, existing: Loose, object: Loose): boolean {
  if (object.metadata.labels !== existing.metadata.labels) return false;
  if (kind.defaultsDeepInStatus && object.status !== existing.status) return false;
  const [was, is] = [fieldsOf(existing), fieldsOf(object)];
  const shares = (key: string) => key === 'metadata' || key === 'status' || is[key] === was[key];
  return (
    Object.keys(was).every(shares) &&
    Object.keys(is).every(shares) &&
    Object.keys(existing.status ?? {}).every((key) => object.status?.[key] !== undefined)
  );
}

const fieldsOf = (object: object): Readonly<Record<string, unknown>> => ({ ...object });

function dedupe(errors: readonly FieldError[]): readonly FieldError[] {
  return errors.filter((error, index) => errors.findIndex((each) => deepEqual(each, error)) === index);
}

/**
 * An update is made from the version it names; most kinds can also be updated from whatever there is. What is no version
 * at all is not the current one either (upstream: an error of code 500 that only says so).
 */
function checkVersion({ kind }: Request, existing: Stored, next: KubeObject): void {
  const { name, resourceVersion: current } = existing.metadata;
  const text = next.metadata.resourceVersion ?? '';
  if (text !== '' && !/^0+$/.test(text)) {
    if (text.replace(/^0+/, '') !== current) throw conflict(kind.plural, kind.group, name, MODIFIED);
    return;
  }
  if (!FROM_KNOWN_VERSION.has(resourceKeyOf(kind))) return;
  throw invalid(kind.plural, kind.group, name, [
    {
      type: 'Invalid',
      field: 'metadata.resourceVersion',
      badValue: '0',
      detail: 'must be specified for an update',
    },
  ]);
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
    case 'ephemeralcontainers':
      if (kind.kind !== 'Pod') throw noSuchPath();
      return keepAllButEphemeral(next, existing);
    case 'resize': {
      if (kind.kind !== 'Pod') throw noSuchPath();
      const { managedFields } = next.metadata;
      const metadata = { ...existing.metadata, managedFields };
      return withResources({ ...existing, metadata } as unknown as Pod, next as Pod);
    }
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

/** Containers for debugging are all that is written by that way (podEphemeralContainersStrategy). */
function keepAllButEphemeral(next: Loose, existing: Loose): KubeObject {
  const { managedFields } = next.metadata;
  const spec = { ...existing.spec, ephemeralContainers: field(next, 'spec', 'ephemeralContainers') ?? [] };
  return { ...existing, metadata: { ...existing.metadata, managedFields }, spec } as unknown as KubeObject;
}

function keepAllButFinalizers(next: Loose, existing: Loose): KubeObject {
  const spec = { ...existing.spec, finalizers: field(next, 'spec', 'finalizers') ?? [] };
  return { ...existing, metadata: next.metadata, spec } as KubeObject;
}

/** Stores the object unless nothing changed, raising its generation; the last finalizer gone, the object goes. */
function commit(request: Request, existing: Stored, next: KubeObject, options: WriteOptions): Stored {
  const final = raisesGeneration(request, existing, next, options) ? raiseGeneration(next) : next;
  if (deletionIsComplete(final)) {
    if (options.dryRun) return final as Stored;
    removeFromStore(request, existing);
    // Whoever takes away the last finalizer is shown the object as it would have been.
    return final as Stored;
  }
  if (deepEqual(final, existing)) return existing;
  if (options.dryRun) return final as Stored;
  if (isService(request)) holdAddresses(request, final as Service, existing as Service);
  return putStored(request, existing.metadata.name, final);
}

/** Nothing holds an object that is going (ShouldDeleteDuringUpdate). */
function deletionIsComplete(object: Loose): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } = object.metadata;
  if (!deletionTimestamp || (deletionGracePeriodSeconds ?? 0) > 0 || (finalizers ?? []).length > 0)
    return false;
  const own = field(object, 'spec', 'finalizers');
  return object.kind !== 'Namespace' || !Array.isArray(own) || own.length === 0;
}
