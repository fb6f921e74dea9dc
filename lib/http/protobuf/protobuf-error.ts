/** A body that cannot be read; `message` is what the API server's own decoder says. */
export class ProtobufError extends Error {
  override name = 'ProtobufError';
}
