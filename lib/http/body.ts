import { parse } from 'yaml';
import { badRequest, type KubeObject, type PatchType, StatusError } from '../api';
import { isRecord } from '../base';
import { ProtobufError } from './protobuf/protobuf-error';
import { readProtobuf } from './protobuf/read-protobuf';

/** Largest body taken: what a real API server takes. */
export const BODY_LIMIT_BYTES = 3 * 1024 * 1024;

const PATCH_TYPES: Readonly<Record<string, PatchType>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
  'application/apply-patch+cbor': 'apply',
};

/** The content type that says how a patch is meant. */
export const PATCH_CONTENT_TYPES: Readonly<Record<PatchType, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

const contentType = (request: Request): string =>
  (request.headers.get('content-type') ?? 'application/json').split(';')[0]?.trim() ?? '';

/** How a PATCH is meant, by its content type. */
export function patchTypeOf(request: Request): PatchType {
  const type = PATCH_TYPES[contentType(request)];
  if (type) return type;
  const accepted = Object.keys(PATCH_TYPES).filter((each) => !each.endsWith('cbor'));
  throw unsupported(
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  );
}

const PROTOBUF = 'application/vnd.kubernetes.protobuf';

/** The request's body as JSON; YAML and Kubernetes' protobuf are taken where they are sent. */
export async function readBody(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  const type = contentType(request);
  if (bytes.length === 0) return undefined;
  if (type === PROTOBUF) return parseProtobuf(bytes);
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === '') return undefined;
  return type.includes('yaml') ? parseYaml(text) : parseJson(text);
}

/** The request's body as an object of some kind. */
export async function readObject(request: Request): Promise<KubeObject> {
  const body = await readBody(request);
  if (!isRecord(body) || typeof body.kind !== 'string')
    throw badRequest("Object 'Kind' is missing in request body");
  return (isRecord(body.metadata) ? body : { ...body, metadata: {} }) as unknown as KubeObject;
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const length = Number(request.headers.get('content-length') ?? 0);
  const bytes = length > BODY_LIMIT_BYTES ? new Uint8Array() : new Uint8Array(await request.arrayBuffer());
  if (length <= BODY_LIMIT_BYTES && bytes.length <= BODY_LIMIT_BYTES) return bytes;
  throw failure(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${BODY_LIMIT_BYTES}`);
}

function parseProtobuf(bytes: Uint8Array): unknown {
  try {
    return readProtobuf(bytes);
  } catch (error) {
    if (error instanceof ProtobufError) throw badRequest(error.message);
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badRequest(`error decoding body: ${error instanceof SyntaxError ? error.message : 'not JSON'}`);
  }
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw badRequest(`error decoding body: ${error instanceof Error ? error.message : 'not YAML'}`);
  }
}

const unsupported = (message: string): StatusError => failure(415, 'UnsupportedMediaType', message);

function failure(code: number, reason: string, message: string): StatusError {
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
  });
}
