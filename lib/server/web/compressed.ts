import type { IncomingMessage } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** How an answer may be packed. */
export type Encoding = 'br' | 'gzip';

/** A page of 150 kB is packed in 2 ms like this; more effort saves little. */
const QUALITY = 4;

/** What the browser unpacks best; undefined when it wants the answer as it is. */
export function encodingFor(request: IncomingMessage): Encoding | undefined {
  const accepted = String(request.headers['accept-encoding'] ?? '')
    .split(',')
    .filter((each) => !/;\s*q=0(\.0*)?\s*$/.test(each))
    .map((each) => each.split(';')[0]?.trim());
  return (['br', 'gzip'] as const).find((each) => accepted.includes(each));
}

/** `body` as `encoding` packs it. */
export function compressed(body: Buffer, encoding: Encoding | undefined, quality = QUALITY): Buffer {
  if (encoding === 'br')
    return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
  return encoding === 'gzip' ? gzipSync(body) : body;
}
