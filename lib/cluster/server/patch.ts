import {
  type Answer,
  badRequest,
  type FieldError,
  invalid,
  type KubeObject,
  type PatchOptions,
  type PatchType,
  requestEntityTooLarge,
  type StatusError,
  type Stored,
} from '../../api';
import { canonicalJson, isRecord, jsonPatch, jsonType, mergePatch, PatchError } from '../../base';
import type { Request } from './context';
import { conversionError } from './conversion-error';
import { decode, kindRefusal } from './decode';
import { goPrint } from './go-print';
import { getObject } from './read';
import { apiVersionOf } from './registry';
import { rejected } from './strategic/patch-errors';
import { strategicMerge } from './strategic/strategic-merge';
import { replaceObject } from './update';

type Ordinary = Exclude<PatchType, 'apply'>;

/** Patches an object: the patched whole goes the way of an update. */
export function patchObject(
  request: Request,
  name: string,
  type: Ordinary,
  body: unknown,
  options: PatchOptions,
): Answer<Stored> {
  const existing = getObject(request, name);
  const patched = applyPatch(request, existing, type, body, options);
  const { object, warnings } =
    type === 'strategic'
      ? readStrategic(request, existing, patched.document, body, options)
      : readPatched(request, patched.document, patched.unknown, options);
  const answer = replaceObject(request, existing, object, options, { patched: true });
  return { ...answer, warnings: [...warnings, ...answer.warnings] };
}

/** A document after a patch, and fields of the patch that mean nothing. */
interface Patched {
  readonly document: unknown;
  readonly unknown: readonly string[];
}

/** Any JSON document after a patch; what cannot be applied is refused as the API server refuses it. */
export function applyPatch(
  request: Request,
  document: unknown,
  type: Ordinary,
  body: unknown,
  options: PatchOptions,
): Patched {
  switch (type) {
    case 'json':
      return applyJsonPatch(document, body, options);
    case 'merge':
      return { document: mergePatch(document, readMergePatch(body)), unknown: [] };
    default:
      if (body === null) return { document, unknown: [] };
      if (!isRecord(body)) throw badRequest(cannotUnmarshal(body, 'map[string]interface {}'));
      return { document: strategicMerge(document, body, request.kind.schema), unknown: [] };
  }
}

const cannotUnmarshal = (value: unknown, type: string): string =>
  `json: cannot unmarshal ${jsonType(value)} into Go value of type ${type}`;

function readMergePatch(body: unknown): unknown {
  if (isRecord(body)) return body;
  if (body === null || body === undefined) throw badRequest('Invalid JSON Patch');
  throw badRequest(`error decoding patch: ${cannotUnmarshal(body, 'map[string]interface {}')}`);
}

/** How many operations one patch may have. */
const MAX_OPERATIONS = 10_000;
const OPERATION_FIELDS: ReadonlySet<string> = new Set(['op', 'path', 'from', 'value']);

function applyJsonPatch(document: unknown, body: unknown, { fieldValidation }: PatchOptions): Patched {
  const operations = body ?? [];
  const unknown = fieldValidation === 'Ignore' ? [] : checkOperations(operations);
  if (Array.isArray(operations) && operations.length > MAX_OPERATIONS) {
    throw requestEntityTooLarge(
      `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${operations.length}`,
    );
  }
  try {
    return { document: jsonPatch(document, operations), unknown };
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    if (error.message.startsWith('json: ')) throw badRequest(error.message);
    throw rejected();
  }
}

/** Operations are what they are to be, or 400; fields they do not have are named. */
function checkOperations(operations: unknown): readonly string[] {
  const refuse = (why: string) => badRequest(`error decoding patch: ${why}`);
  if (!Array.isArray(operations)) throw refuse(cannotUnmarshal(operations, '[]handlers.jsonPatchOp'));
  return operations.flatMap((operation: unknown, index) => {
    if (operation === null) return [];
    if (!isRecord(operation)) throw refuse(cannotUnmarshal(operation, 'handlers.jsonPatchOp'));
    for (const field of ['op', 'path', 'from']) {
      const value = operation[field] ?? '';
      if (typeof value === 'string') continue;
      throw refuse(
        `json: cannot unmarshal ${jsonType(value)} into Go struct field jsonPatchOp.${field} of type string`,
      );
    }
    return Object.keys(operation)
      .filter((field) => !OPERATION_FIELDS.has(field))
      .map((field) => `json patch unknown field ${JSON.stringify(`[${index}].${field}`)}`);
  });
}

interface Read {
  readonly object: KubeObject;
  readonly warnings: readonly string[];
}

/** 422 that shows the patch, or what came of it, as its bad value. */
function badPatch(shown: string, detail: string): StatusError {
  const error: FieldError = { type: 'Invalid', field: 'patch', badValue: JSON.stringify(shown), detail };
  return invalid('', '', '', [error]);
}

/** The type that the decoder first looks for the kind with, as Go prints it. */
const TYPE_META =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

const strictly = (unknown: readonly string[]) => `strict decoding error: ${unknown.join(', ')}`;

/** What a JSON or merge patch made is decoded anew. */
function readPatched(
  { kind }: Request,
  patched: unknown,
  unknownOperationFields: readonly string[],
  { fieldValidation, strictErrors = [] }: PatchOptions,
): Read {
  const refuse = (detail: string) => badPatch(canonicalJson(patched), detail);
  if (!isRecord(patched)) {
    throw refuse(`couldn't get version/kind; json parse error: ${cannotUnmarshal(patched, TYPE_META)}`);
  }
  const wrongKind = kindRefusal(kind, patched);
  if (wrongKind !== undefined) throw refuse(wrongKind);
  const typed = { ...withMetadata(patched as unknown as KubeObject), apiVersion: apiVersionOf(kind) };
  const { object, unknownFields, wrongType } = decode(kind, { ...typed, kind: kind.kind });
  if (wrongType !== undefined) throw refuse(wrongType);
  const unknown = [...strictErrors, ...unknownOperationFields, ...unknownFields];
  if (fieldValidation === 'Strict' && unknown.length > 0) throw refuse(strictly(unknown));
  return { object, warnings: fieldValidation === 'Ignore' ? [] : unknown };
}

/** A patch may have taken all metadata away. */
const withMetadata = (object: KubeObject): KubeObject =>
  isRecord(object.metadata) || (object.metadata !== undefined && object.metadata !== null)
    ? object
    : { ...object, metadata: {} };

/** A strategic patch is converted, not decoded: what is wrong is said of the patch, and the kind is what it was. */
function readStrategic(
  { kind }: Request,
  { apiVersion, kind: name }: Stored,
  patched: unknown,
  body: unknown,
  { fieldValidation, strictErrors = [] }: PatchOptions,
): Read {
  const document = { ...withMetadata(patched as KubeObject), apiVersion, kind: name };
  const { object, unknownFields, wrongType } = decode(kind, document);
  if (wrongType !== undefined) throw badPatch(goPrint(body), conversionError(wrongType));
  const problems = [...strictErrors, ...unknownFields];
  if (fieldValidation === 'Strict' && problems.length > 0) throw badPatch(goPrint(body), strictly(problems));
  return { object, warnings: fieldValidation === 'Ignore' ? [] : problems };
}
