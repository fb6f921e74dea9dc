import { requestEntityTooLarge } from '../../api';

/** Largest body taken: what a real API server takes. */
export const BODY_LIMIT_BYTES = 3 * 1024 * 1024;

/** The request's body; one that is too long is read no further than it may be, whatever it says of its length. */
export async function readBytes(request: Request): Promise<Uint8Array> {
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return join(chunks, length);
    chunks.push(value);
    length += value.length;
    if (length <= BODY_LIMIT_BYTES) continue;
    await reader.cancel();
    throw requestEntityTooLarge(`limit is ${BODY_LIMIT_BYTES}`);
  }
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
