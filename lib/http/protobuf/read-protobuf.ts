import { messageJson } from './message-json';
import { bodyTypeOf } from './notation';
import { ProtobufError, UnknownKindError } from './protobuf-error';
import { wireType } from './wire-types';

/** `k8s\0`: what every body in Kubernetes' own protobuf begins with. */
const PREFIX: readonly number[] = [0x6b, 0x38, 0x73, 0x00];

/** What a body says it is when it does not say so itself. */
export interface KindDefaults {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * A body of type application/vnd.kubernetes.protobuf as the JSON object that Go would have sent in its place
 * (runtime/serializer/protobuf).
 */
export function readProtobuf(
  bytes: Uint8Array,
  defaults?: KindDefaults,
): Record<string, unknown> & KindDefaults {
  if (bytes.length === 0) throw new ProtobufError('empty data');
  if (!PREFIX.every((byte, index) => bytes[index] === byte)) {
    throw new ProtobufError(
      `provided data does not appear to be a protobuf message, expected prefix [${PREFIX.join(' ')}]`,
    );
  }
  if (bytes.length === PREFIX.length) throw new ProtobufError('empty body');
  const envelope = decode('Unknown', bytes.subarray(PREFIX.length)) as Envelope;
  const kind = envelope.typeMeta?.kind || defaults?.kind || '';
  const apiVersion = envelope.typeMeta?.apiVersion || defaults?.apiVersion || '';
  const goType = bodyTypeOf(apiVersion, kind);
  if (goType === undefined) throw new UnknownKindError(apiVersion, kind);
  const message = decode(goType, envelope.raw ?? new Uint8Array());
  return { kind, apiVersion, ...messageJson(goType, message) };
}

interface Envelope {
  readonly typeMeta?: { readonly apiVersion?: string; readonly kind?: string };
  readonly raw?: Uint8Array;
}

/** Bytes that are no message, in the words of Go's generated decoders. */
function decode(type: string, bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    return wireType(type).decode(bytes) as unknown as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (error instanceof RangeError) throw new ProtobufError('unexpected EOF');
    if (!(error instanceof Error)) throw error;
    const [, wire] = /invalid wire type (\d+)/.exec(error.message) ?? [];
    throw new ProtobufError(
      wire === undefined ? `proto: ${type}: ${error.message}` : `proto: illegal wireType ${wire}`,
    );
  }
}
