import type { IncomingMessage } from 'node:http';

/** Names, addresses and passwords are short. */
const LONGEST_BYTES = 16 * 1024;

/** The fields of a form as a browser sends it; undefined when it is too long. The last of several values counts. */
export async function readForm(
  request: IncomingMessage,
): Promise<Readonly<Record<string, string>> | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > LONGEST_BYTES) return undefined;
    parts.push(part);
  }
  return Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString('utf8')));
}
