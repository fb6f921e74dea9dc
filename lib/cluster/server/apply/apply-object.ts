import {
  type Answer,
  badRequest,
  type KubeObject,
  type ManagedFieldsEntry,
  type PatchOptions,
  StatusError,
  type Stored,
} from '../../../api';
import { deepEqual, formatTime, isRecord } from '../../../base';
import { requireCreate } from '../access';
import type { Request } from '../context';
import { createObject } from '../create';
import { decodeBody } from '../decode';
import { findStored } from '../kind-store';
import { matchName, matchNamespace } from '../metadata';
import { replaceObject } from '../update';
import { type FieldSet, fieldsOf, MEMBER, pathText } from './field-set';
import { entryOf, isOwn, type Manager, managersOf, narrow, type Writer, withManagers } from './managers';
import { mergeApplied, removePath } from './merge-applied';

/** Server-side apply: the applier says what it wants of the fields it names, and of no others. */
export function applyObject(
  request: Request,
  name: string,
  body: unknown,
  options: PatchOptions,
): Answer<Stored> {
  const { context, kind } = request;
  const manager = options.fieldManager ?? '';
  if (manager === '')
    throw badRequest(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
  if (!isRecord(body) || !isRecord(body.metadata ?? {}))
    throw badRequest('error decoding YAML: not an object');
  const sent = { metadata: {}, ...body } as unknown as KubeObject;
  if (sent.metadata.managedFields?.length) throw badRequest('metadata.managedFields must be nil');
  const { object, warnings } = decodeBody(kind, sent, options);
  const applied = matchName(matchNamespace(request, object), name);
  const writer: Writer = {
    manager,
    operation: 'Apply',
    subresource: options.subresource,
    time: formatTime(context.clock.now()),
  };
  const live = findStored(request, name);
  const answer = live
    ? applyOver(request, live, applied, writer, options)
    : createApplied(request, applied, writer, options);
  return { ...answer, warnings: [...warnings, ...answer.warnings] };
}

function createApplied(
  request: Request,
  applied: KubeObject,
  writer: Writer,
  options: PatchOptions,
): Answer<Stored> {
  const { kind } = request;
  requireCreate(request, applied.metadata.name ?? '');
  const owned = withManagers(applied, [entryOf(kind, writer, fieldsOf(kind, applied).keys())]);
  return createObject(request, owned, { ...options, fieldManager: undefined });
}

function applyOver(
  request: Request,
  live: Stored,
  applied: KubeObject,
  writer: Writer,
  options: PatchOptions,
): Answer<Stored> {
  const { kind } = request;
  const wanted = fieldsOf(kind, applied);
  const managers = managersOf(live);
  const own = managers.find((each) => isOwn(each, writer));
  const others = managers.filter((each) => each !== own);
  const conflicts = findConflicts(fieldsOf(kind, live), wanted, others);
  if (conflicts.length > 0 && !options.force) throw conflictError(conflicts);
  const merged = dropAbandoned(
    request,
    mergeApplied(live, applied, kind.schema) as KubeObject,
    wanted,
    own,
    others,
  );
  const taken = new Set(conflicts.map(({ path }) => path));
  const entries = [...narrow(others, (path) => !taken.has(path)), ownEntry(request, writer, wanted, own)];
  return replaceObject(request, live, withManagers(merged, entries), { ...options, fieldManager: undefined });
}

/** An apply that names the same fields again keeps its entry, time and all, so that nothing is written. */
function ownEntry(
  { kind }: Request,
  writer: Writer,
  wanted: FieldSet,
  own: Manager | undefined,
): ManagedFieldsEntry {
  const same =
    own !== undefined &&
    own.paths.size === wanted.size &&
    [...wanted.keys()].every((path) => own.paths.has(path));
  return same ? own.entry : entryOf(kind, writer, wanted.keys());
}

interface Conflict {
  readonly manager: ManagedFieldsEntry;
  readonly path: string;
}

function findConflicts(live: FieldSet, wanted: FieldSet, others: readonly Manager[]): readonly Conflict[] {
  const differing = [...wanted]
    .filter(([path, value]) => value !== MEMBER && live.has(path) && !deepEqual(live.get(path), value))
    .map(([path]) => path);
  return others.flatMap(({ entry, paths }) =>
    differing.filter((path) => paths.has(path)).map((path) => ({ manager: entry, path })),
  );
}

/** Fields that the applier used to name, names no more and shares with nobody go away. */
function dropAbandoned(
  { kind }: Request,
  merged: KubeObject,
  wanted: FieldSet,
  own: Manager | undefined,
  others: readonly Manager[],
): KubeObject {
  const isShared = (path: string) => others.some(({ paths }) => paths.has(path));
  const abandoned = [...(own?.paths ?? [])].filter((path) => !wanted.has(path) && !isShared(path));
  return abandoned.reduce((object, path) => removePath(object, kind.schema, path) as KubeObject, merged);
}

function conflictError(conflicts: readonly Conflict[]): StatusError {
  const causes = conflicts.map(({ manager, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${managerText(manager)}`,
    field: pathText(path),
  }));
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: conflictMessage(conflicts),
    reason: 'Conflict',
    details: { causes },
    code: 409,
  });
}

function conflictMessage(conflicts: readonly Conflict[]): string {
  const [only, ...more] = conflicts;
  if (only && more.length === 0) {
    return `Apply failed with 1 conflict: conflict with ${managerText(only.manager)}: ${pathText(only.path)}`;
  }
  const names = [...new Set(conflicts.map(({ manager }) => managerText(manager)))].sort();
  const lines = names.flatMap((name) => [
    `conflicts with ${name}:`,
    ...conflicts
      .filter(({ manager }) => managerText(manager) === name)
      .map(({ path }) => `- ${pathText(path)}`),
  ]);
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
}

function managerText({ manager = '', operation, apiVersion, subresource }: ManagedFieldsEntry): string {
  const name =
    JSON.stringify(manager) + (subresource ? ` with subresource ${JSON.stringify(subresource)}` : '');
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}
