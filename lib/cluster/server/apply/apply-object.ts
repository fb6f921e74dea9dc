import {
  type Answer,
  badRequest,
  conflict,
  type KindSpec,
  type KubeObject,
  noSuchPath,
  notFound,
  type PatchOptions,
  type Stored,
  unclassified,
} from '../../../api';
import { formatTime, isRecord, jsonType } from '../../../base';
import { requireCreate } from '../access';
import type { Request } from '../context';
import { conversionError } from '../conversion-error';
import { createDecoded } from '../create';
import { decode } from '../decode';
import { findStored } from '../kind-store';
import { matchName, matchNamespace } from '../metadata';
import { apiVersionOf } from '../registry';
import { replaceObject } from '../update';
import { type Applied, applyFields, type Conflict } from './apply-fields';
import { checkApplied } from './check-applied';
import { conflictError } from './conflict-error';
import { hasPath } from './field-set';
import { fieldsOfLastApply, KUBECTL, withLastApplied } from './last-applied';
import { type Managers, NO_MANAGERS, readManagers, withManagers } from './managers';
import { updateManagers } from './record-update';
import { type Writing, withoutManagers, writingOf } from './writing';

/** Server-side apply: the applier says what it wants of the fields it names, and of no others. */
export function applyObject(
  request: Request,
  name: string,
  body: unknown,
  options: PatchOptions,
): Answer<Stored> {
  const { context, kind } = request;
  if (options.subresource !== undefined && options.subresource !== 'status') throw noSuchPath();
  if (!kind.subresources.includes('status') && options.subresource === 'status') throw noSuchPath();
  const live = findStored(request, name);
  if (!live && options.subresource === 'status') throw notFound(kind.plural, kind.group, name);
  const time = formatTime(context.clock.now());
  const writing = writingOf(kind, 'Apply', options.fieldManager, options.subresource, time);
  const configuration = readConfiguration(kind, body);
  const applied = applyTo(kind, live, configuration, writing, options.force ?? false);
  const decoded = decodeApplied(kind, applied);
  const answer = live
    ? replaceObject(request, live, decoded, options, { recorded: true })
    : createByApply(request, name, decoded, options);
  const told = options.fieldValidation === 'Ignore' ? [] : (options.strictErrors ?? []);
  return { ...answer, warnings: [...told, ...answer.warnings] };
}

/** What became of the configuration as its Go type: what looks right to the schema may still be no time, no quantity. */
function decodeApplied(kind: KindSpec, applied: KubeObject): KubeObject {
  const { object, wrongType } = decode(kind, applied);
  if (wrongType === undefined) return object;
  const expected = groupVersionKind(`${apiVersionOf(kind)}, Kind=${kind.kind}`);
  const at = `${applied.metadata.namespace ?? ''}/${applied.metadata.name ?? ''}`;
  throw unclassified(
    `failed to convert new object (${at}; ${expected}) to proper version: unable to convert unstructured object to ${expected}: ${conversionError(wrongType)}`,
  );
}

function createByApply(
  request: Request,
  name: string,
  decoded: KubeObject,
  options: PatchOptions,
): Answer<Stored> {
  const { kind } = request;
  const uid = decoded.metadata.uid;
  if (uid) {
    const why = `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`;
    throw conflict(kind.plural, kind.group, name, why);
  }
  const named = matchName(matchNamespace(request, decoded), name);
  requireCreate(request, name);
  return createDecoded(request, named, options, { recorded: true });
}

/** What is applied, if it is of the kind and says nothing that its type does not know. */
export function readConfiguration(
  kind: Pick<KindSpec, 'group' | 'version' | 'kind' | 'schema'>,
  text: unknown,
): KubeObject {
  const body = text ?? {};
  if (!isRecord(body)) {
    throw badRequest(
      `error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${jsonType(body)} into Go value of type map[string]interface {}`,
    );
  }
  const expected = `${apiVersionOf(kind)}, Kind=${kind.kind}`;
  const given = `${textOf(body.apiVersion)}, Kind=${textOf(body.kind)}`;
  if (given !== expected) throw badRequest(`invalid object type: ${groupVersionKind(given)}`);
  const metadata = isRecord(body.metadata) ? body.metadata : {};
  if (metadata.managedFields !== undefined && metadata.managedFields !== null) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const wrong = checkApplied(body, kind.schema);
  if (wrong === undefined) return { ...body, metadata } as unknown as KubeObject;
  const at = `${textOf(metadata.namespace)}/${textOf(metadata.name)}`;
  throw unclassified(`failed to create typed patch object (${at}; ${groupVersionKind(expected)}): ${wrong}`);
}

/** What is no text counts as none (unstructured's accessors). */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** schema.GroupVersionKind's String(): the core group is written before its slash, as nothing. */
const groupVersionKind = (text: string): string => (/^[^,]*\//.test(text) ? text : `/${text}`);

/** The live object with the configuration laid over it and its managers brought up to date, or 409. */
function applyTo(
  kind: KindSpec,
  live: Stored | undefined,
  configuration: KubeObject,
  writing: Writing,
  force: boolean,
): KubeObject {
  const there = live ?? { apiVersion: apiVersionOf(kind), kind: kind.kind, metadata: {} };
  const known = managersOf(there, writing);
  const apply = (forced: boolean) => applyFields(there, configuration, known, writing, forced);
  const outcome = resolveConflicts(kind, there, apply(force), writing, () => apply(true));
  const { object, managers } = outcome;
  const current = writing.manager === KUBECTL ? withLastApplied(object, configuration) : object;
  return { ...current, metadata: withManagers(current.metadata, managers) };
}

/** Where nobody owns anything yet, all that is there was there before the first apply. */
function managersOf(live: KubeObject, writing: Writing): Managers {
  const known = readManagers(live.metadata.managedFields ?? []) ?? NO_MANAGERS;
  if (known.size > 0) return known;
  const before: Writing = { ...writing, manager: 'before-first-apply', operation: 'Update' };
  const nothing: KubeObject = { apiVersion: live.apiVersion, kind: live.kind, metadata: {} };
  return updateManagers(NO_MANAGERS, withoutManagers(live), nothing, before);
}

type Done = Exclude<Applied, { readonly conflicts: readonly Conflict[] }>;

/** kubectl takes over what its client-side apply set; whatever else stands in the way is told. */
function resolveConflicts(
  kind: KindSpec,
  live: KubeObject,
  outcome: Applied,
  writing: Writing,
  again: () => Applied,
): Done {
  if (!('conflicts' in outcome)) return outcome;
  const allowed = writing.manager === KUBECTL ? fieldsOfLastApply(kind, live) : undefined;
  const left = outcome.conflicts.filter(({ path }) => allowed === undefined || !hasPath(allowed, path));
  if (left.length > 0) throw conflictError(left);
  const forced = again();
  if ('conflicts' in forced) throw conflictError(forced.conflicts);
  return forced;
}
