import type { Reply, Request } from '../../api';
import { utf8Bytes, utf8Text } from '../../base';

/** What the bytes heard so far begin with: not yet enough, a request of HTTP/1.1, or something else. */
export type Heard =
  | { readonly kind: 'more' }
  | {
      readonly kind: 'http';
      readonly request: Request & { readonly kind: 'http' };
      readonly rest: string;
      /** The client wants nothing after it. */
      readonly isLast: boolean;
    }
  | { readonly kind: 'bytes'; readonly text: string };

const MORE: Heard = { kind: 'more' };

/** Reads a request from the front of a text with a character for each byte. */
export function readRequest(heard: string): Heard {
  if (heard === '') return MORE;
  const [line = '', ...more] = heard.split('\n', 2);
  const couldBe =
    more.length === 0
      ? /^[A-Z]{1,20}( [^ ]*( (H(T(T(P(\/(1(\.([01]\r?)?)?)?)?)?)?)?)?)?)?$/
      : /^[A-Z]{1,20} [^ ]+ HTTP\/1\.[01]\r$/;
  if (!couldBe.test(line)) return { kind: 'bytes', text: fromBytes(heard) };
  const end = heard.indexOf('\r\n\r\n');
  if (end < 0) return MORE;
  const [first = '', ...lines] = heard.slice(0, end).split('\r\n');
  const [method = '', path = '', version = ''] = first.split(' ');
  const headers: Record<string, string> = {};
  for (const each of lines) {
    const colon = each.indexOf(':');
    if (colon > 0) headers[each.slice(0, colon)] = fromBytes(each.slice(colon + 1).trim());
  }
  const header = (name: string) =>
    Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1] ?? '';
  const after = heard.slice(end + 4);
  const body = /\bchunked\b/i.test(header('transfer-encoding'))
    ? readChunks(after)
    : readLength(after, Number(header('content-length')) || 0);
  if (body === undefined) return MORE;
  const { host = '', ...others } = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase() === 'host' ? 'host' : name, value]),
  );
  return {
    kind: 'http',
    request: { kind: 'http', method, path, host, headers: others, body: fromBytes(body.text) },
    rest: body.rest,
    isLast: version === 'HTTP/1.0' || /\bclose\b/i.test(header('connection')),
  };
}

interface Body {
  readonly text: string;
  readonly rest: string;
}

function readLength(after: string, length: number): Body | undefined {
  return after.length < length ? undefined : { text: after.slice(0, length), rest: after.slice(length) };
}

function readChunks(after: string): Body | undefined {
  let text = '';
  let at = 0;
  for (;;) {
    const end = after.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const size = Number.parseInt(after.slice(at, end), 16) || 0;
    if (after.length < end + 2 + size + 2) return undefined;
    text += after.slice(end + 2, end + 2 + size);
    at = end + 2 + size + 2;
    if (size === 0) return { text, rest: after.slice(at) };
  }
}

/** An answer as HTTP/1.1 writes it, and whether the connection ends with it. */
export function answerText(
  reply: Reply & { readonly kind: 'http' },
  { method }: { readonly method: string },
): { readonly text: string; readonly isLast: boolean } {
  const has = (name: string) => reply.headers.some(([each]) => each.toLowerCase() === name);
  const body = toBytes(reply.body);
  const isBodiless = method === 'HEAD' || reply.status === 204 || reply.status === 304;
  const headers = reply.headers.filter(([name]) => name.toLowerCase() !== 'transfer-encoding');
  const length =
    has('content-length') || isBodiless ? [] : [['Content-Length', String(body.length)] as const];
  const lines = [...headers, ...length].map(([name, value]) => `${name}: ${toBytes(value)}\r\n`);
  const isLast = reply.headers.some(
    ([name, value]) => name.toLowerCase() === 'connection' && value === 'close',
  );
  const head = `HTTP/1.1 ${reply.status} ${reply.reason}\r\n${lines.join('')}\r\n`;
  return { text: isBodiless ? head : `${head}${body}`, isLast };
}

const fromBytes = (bytes: string): string => utf8Text(Array.from(bytes, (char) => char.charCodeAt(0)));
const toBytes = (text: string): string =>
  Array.from(utf8Bytes(text), (byte) => String.fromCharCode(byte)).join('');
