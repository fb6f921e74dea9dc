import {
  type Answer,
  badRequest,
  type FieldError,
  invalid,
  type KubeObject,
  type PatchOptions,
  type PatchType,
  StatusError,
  type Stored,
} from '../../api';
import { isRecord, jsonPatch, mergePatch, PatchError } from '../../base';
import type { Request } from './context';
import { decode, decodeBody } from './decode';
import { goJsonType, goPrint } from './go-print';
import { getObject } from './read';
import { strategicMerge } from './strategic-merge';
import { replaceObject } from './update';

/** Patches an object: the patched whole goes the way of an update. */
export function patchObject(
  request: Request,
  name: string,
  type: Exclude<PatchType, 'apply'>,
  body: unknown,
  options: PatchOptions,
): Answer<Stored> {
  const existing = getObject(request, name);
  const patched = applyPatch(request, existing, type, body) as KubeObject;
  checkKindKept(existing, patched);
  const { object, warnings } =
    type === 'strategic'
      ? decodeStrategic(request, patched, body, options)
      : decodeBody(request.kind, patched, options);
  const answer = replaceObject(request, existing, object, options);
  return { ...answer, warnings: [...warnings, ...answer.warnings] };
}

/** Any JSON document after a patch; what cannot be applied is refused as the API server refuses it. */
export function applyPatch(
  request: Request,
  document: unknown,
  type: Exclude<PatchType, 'apply'>,
  body: unknown,
): unknown {
  if (type === 'json') {
    if (Array.isArray(body)) return guarded(() => jsonPatch(document, body));
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${goJsonType(body)} into Go value of type []handlers.jsonPatchOp`,
    );
  }
  if (!isRecord(body)) {
    const why = `json: cannot unmarshal ${goJsonType(body)} into Go value of type map[string]interface {}`;
    throw badRequest(type === 'merge' ? `error decoding patch: ${why}` : why);
  }
  if (type === 'merge') return mergePatch(document, body);
  return strategicMerge(document, body, request.kind.schema);
}

function guarded(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    throw new StatusError({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'the server rejected our request due to an error in our request',
      reason: 'Invalid',
      details: {},
      code: 422,
    });
  }
}

function checkKindKept(existing: Stored, patched: KubeObject): void {
  if (patched.kind === existing.kind && patched.apiVersion === existing.apiVersion) return;
  throw badRequest(
    patched.kind === existing.kind
      ? `the API version in the data (${patched.apiVersion}) does not match the expected API version (${existing.apiVersion})`
      : `no kind "${patched.kind}" is registered for version "${patched.apiVersion}" in scheme "pkg/api/legacyscheme/scheme.go:30"`,
  );
}

/** A strategic patch is converted, not decoded: what is wrong is said of the patch. */
function decodeStrategic(request: Request, patched: KubeObject, body: unknown, options: PatchOptions) {
  const { object, unknownFields, wrongType } = decode(request.kind, patched);
  const problems = [...(options.strictErrors ?? []), ...unknownFields];
  const problem =
    wrongType !== undefined
      ? conversionError(wrongType)
      : options.fieldValidation === 'Strict' && problems.length > 0
        ? `strict decoding error: ${problems.join(', ')}`
        : undefined;
  if (problem !== undefined) {
    const badValue = JSON.stringify(goPrint(body));
    const error: FieldError = { type: 'Invalid', field: 'patch', badValue, detail: problem };
    throw invalid('', '', '', [error]);
  }
  return { object, warnings: options.fieldValidation === 'Ignore' ? [] : problems };
}

/** The converter's words for what the decoder calls "cannot unmarshal". */
function conversionError(wrongType: string): string {
  const match = /^json: cannot unmarshal (\S+).* of type (\S+)$/.exec(wrongType);
  if (!match) return wrongType;
  const [, from = '', to = ''] = match;
  const goFrom = { number: 'int64', object: 'map', array: 'slice' }[from] ?? from;
  if (to.startsWith('[]')) return `cannot restore slice from ${goFrom}`;
  if (to.startsWith('map[')) return `cannot restore map from ${goFrom}`;
  if (to.startsWith('v1.')) return `cannot restore struct from: ${goFrom}`;
  return from === 'object' || from === 'array'
    ? `cannot convert ${goFrom} to ${to}`
    : `unrecognized type: ${to}`;
}
