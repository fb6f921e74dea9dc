import { badRequest, type KubeObject, unsupportedMediaType, type WriteOptions } from '../../api';
import { isRecord } from '../../base';
import { ProtobufError, UnknownKindError } from '../protobuf/protobuf-error';
import { type KindDefaults, readProtobuf } from '../protobuf/read-protobuf';
import { contentType, OBJECT_TYPES } from './media-type';
import { asWarnings, parseJson, parseYaml, YamlSyntaxError } from './parse-text';
import { readBytes } from './read-bytes';
import { JsonSyntaxError } from './scan-json';

/** A body as an object of some kind, and what strict decoding has against its text. */
export interface ReadObject {
  readonly object: KubeObject;
  readonly strictErrors: readonly string[];
}

/** Refuses a content type that no object comes in, before the body is read. */
export function checkObjectType(request: Request): void {
  const type = contentType(request);
  if (type !== '' && !OBJECT_TYPES.includes(type)) throw unsupportedMediaType(OBJECT_TYPES);
}

/**
 * The body of a create or update; what it does not say of its kind, the path says (`defaults`). A body that cannot be
 * read is refused as transformDecodeError refuses it.
 */
export async function readObject(
  request: Request,
  defaults: KindDefaults,
  validation: WriteOptions['fieldValidation'],
): Promise<ReadObject> {
  const bytes = await readBytes(request);
  try {
    const { value, strictErrors } = parse(contentType(request), bytes, defaults);
    const object = asObject(value, defaults);
    return { object, strictErrors: validation === 'Strict' ? strictErrors : asWarnings(strictErrors) };
  } catch (error) {
    if (error instanceof UnknownKindError) {
      const version = JSON.stringify(error.apiVersion.split('/').at(-1));
      throw badRequest(
        `${error.kind} in version ${version} cannot be handled as a ${defaults.kind}: ${error.message}`,
      );
    }
    if (!(error instanceof Unrecognized)) throw error;
    throw badRequest(
      `the object provided is unrecognized (must be of type ${defaults.kind}): ${error.message} (${summary(bytes)})`,
    );
  }
}

/** Not even its kind can be told; `message` says why. */
class Unrecognized extends Error {}

/** The body of a delete, by the same decoders in the same words; undefined when there is none. */
export async function readOptionsObject(
  request: Request,
  defaults: KindDefaults,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return undefined;
  checkObjectType(request);
  try {
    const { value } = parse(contentType(request), bytes, defaults);
    return asObject(value, defaults) as unknown as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (error instanceof Unrecognized || error instanceof UnknownKindError) throw badRequest(error.message);
    throw error;
  }
}

function parse(
  type: string,
  bytes: Uint8Array,
  defaults: KindDefaults,
): { readonly value: unknown; readonly strictErrors: readonly string[] } {
  try {
    if (type === 'application/vnd.kubernetes.protobuf')
      return { value: readProtobuf(bytes, defaults), strictErrors: [] };
    const text = new TextDecoder().decode(bytes);
    return type === 'application/yaml' ? parseYaml(text) : parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError)
      throw new Unrecognized(`couldn't get version/kind; json parse error: ${error.message}`);
    if (error instanceof UnknownKindError) throw error;
    if (error instanceof YamlSyntaxError || error instanceof ProtobufError)
      throw new Unrecognized(error.message);
    throw error;
  }
}

/** The struct that encoding/json looks for kind and version in. */
const FIND_KIND =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

/** SimpleMetaFactory.Interpret: an object, whose kind and version are text if anything. */
function asObject(value: unknown, defaults: KindDefaults): KubeObject {
  const body = value === null ? {} : value;
  if (!isRecord(body))
    throw unreadable(`json: cannot unmarshal ${goType(body)} into Go value of type ${FIND_KIND}`);
  for (const field of ['apiVersion', 'kind']) {
    const given = body[field] ?? '';
    if (typeof given !== 'string')
      throw unreadable(
        `json: cannot unmarshal ${goType(given)} into Go struct field .${field} of type string`,
      );
  }
  const { apiVersion, kind } = body as { readonly apiVersion?: string; readonly kind?: string };
  if ((apiVersion?.split('/').length ?? 0) > 2)
    throw new Unrecognized(`unexpected GroupVersion string: ${apiVersion}`);
  const { metadata = {} } = body;
  if (metadata !== null && !isRecord(metadata)) {
    const why = `json: cannot unmarshal ${goType(metadata)} into Go struct field ${defaults.kind}.metadata of type v1.ObjectMeta`;
    throw badRequest(
      `${kind || defaults.kind} in version ${JSON.stringify((apiVersion || defaults.apiVersion).split('/').at(-1))} cannot be handled as a ${defaults.kind}: ${why}`,
    );
  }
  return {
    ...body,
    kind: kind || defaults.kind,
    apiVersion: apiVersion || defaults.apiVersion,
    metadata: metadata ?? {},
  } as KubeObject;
}

const unreadable = (why: string) => new Unrecognized(`couldn't get version/kind; json parse error: ${why}`);

function goType(value: unknown): string {
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? 'array' : typeof value;
}

const SUMMARY_BYTES = 30;

/** The beginning of a body, as text when it looks like JSON, else as hexadecimal digits (summarizeData). */
function summary(bytes: Uint8Array): string {
  if (bytes.length === 0) return '<empty>';
  const head = bytes.subarray(0, SUMMARY_BYTES);
  const more = bytes.length > SUMMARY_BYTES ? ' ...' : '';
  const isObject = bytes[0] === '{'.charCodeAt(0);
  return (isObject ? new TextDecoder().decode(head) : hex(head)) + more;
}

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
