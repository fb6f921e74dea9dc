import {
  type Answer,
  alreadyExists,
  invalid,
  type KubeObject,
  type Service,
  type Stored,
  storageFull,
  type WriteOptions,
} from '../../api';
import { formatTime } from '../../base';
import { checkEscalation } from './access';
import { type Attributes, admit, keepQuotas, validateAdmission } from './admission';
import { trackUpdate, type Writer } from './apply/managers';
import type { Request } from './context';
import { decodeBody } from './decode';
import { findStored, putStored } from './kind-store';
import { fillSystemFields, matchNamespace } from './metadata';
import { prepareService } from './service';

/** Creates an object: decode, default, admit, allocate, prepare, validate, store. */
export function createObject(request: Request, body: KubeObject, options: WriteOptions): Answer<Stored> {
  const { context, kind } = request;
  const decoded = decodeBody(kind, body, options);
  const placed = matchNamespace(request, decoded.object);
  const named = fillSystemFields(request, kind.setDefaults(placed));
  const attributes: Attributes = { ...request, operation: 'CREATE', subresource: '', old: undefined };
  const admitted = admit(attributes, named);
  checkEscalation(request, admitted, undefined);
  const allocated = isService(request)
    ? prepareService(context, kind, admitted as Service, undefined, options.dryRun ?? false)
    : admitted;
  const prepared = kind.prepareForCreate(allocated);
  const name = prepared.metadata.name ?? '';
  const errors = kind.validate(prepared);
  if (errors.length > 0) throw invalid(kind.kind, kind.group, name, errors);
  const accepted = validateAdmission(attributes, prepared);
  if (findStored(request, name)) throw alreadyExists(kind.plural, kind.group, name);
  const tracked = options.fieldManager
    ? trackUpdate(kind, prepared, undefined, writerOf(request, options))
    : prepared;
  if (context.store.size >= context.objectLimit) throw storageFull();
  if (!options.dryRun) keepQuotas(attributes, accepted);
  const stored = options.dryRun ? (tracked as Stored) : putStored(request, name, tracked);
  const warnings = [...decoded.warnings, ...(kind.warnings?.(prepared) ?? []), ...accepted.warnings];
  return { object: stored, warnings, code: 201 };
}

/** The manager that an ordinary write is recorded for. */
export function writerOf({ context }: Request, { fieldManager, subresource }: WriteOptions): Writer {
  const time = formatTime(context.clock.now());
  return { manager: fieldManager ?? '', operation: 'Update', subresource, time };
}

/** Services alone hold numbers that no two of them may share. */
export const isService = ({ kind }: Request): boolean => kind.group === '' && kind.plural === 'services';
