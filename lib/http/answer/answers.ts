import { type Status, StatusError } from '../../api';
import { printYaml } from '../../base';
import { type Form, formOf } from './accept';

const HEADERS = { 'cache-control': 'no-cache, private' };

/** An object in the form agreed on. */
export function objectResponse(
  form: Form,
  body: unknown,
  code = 200,
  warnings: readonly string[] = [],
): Response {
  const headers = new Headers({ ...HEADERS, 'content-type': `application/${form.media}` });
  addWarnings(headers, warnings);
  return wholeResponse(form.media === 'yaml' ? printYaml(body) : jsonText(body, form.pretty), code, headers);
}

/** JSON that is a text already. */
export const jsonResponse = (text: string): Response =>
  wholeResponse(text, 200, new Headers({ ...HEADERS, 'content-type': 'application/json' }));

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON as Go's encoder writes it: some characters are escaped for the sake of HTML; pretty has no newline at the end. */
export function jsonText(body: unknown, pretty: boolean): string {
  const text = JSON.stringify(body, null, pretty ? 2 : undefined);
  const escaped = text.replace(/[<>&\u2028\u2029]/g, (char) => ESCAPES[char] ?? char);
  return pretty ? escaped : `${escaped}\n`;
}

/** A response whose length is known: whoever sends it on need not stream it. */
function wholeResponse(text: string, code: number, headers: Headers): Response {
  const bytes = new TextEncoder().encode(text);
  headers.set('content-length', String(bytes.byteLength));
  return new Response(bytes, { status: code, headers });
}

/** Adds a `Warning` header for each text; one with control characters is not told (apimachinery's NewWarningHeader). */
export function addWarnings(headers: Headers, warnings: readonly string[]): void {
  for (const warning of warnings) {
    if (!/\p{Cc}/u.test(warning)) headers.append('warning', `299 - ${quoteWarning(warning)}`);
  }
}

const quoteWarning = (text: string): string => `"${latin1Of(text).replace(/[\\"]/g, '\\$&')}"`;

/** fetch's headers hold a byte a character; Go writes and reads them as UTF-8. */
const latin1Of = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');

const textOfLatin1 = (bytes: string): string =>
  new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));

/** The texts of `Warning` headers, as `objectResponse` writes them. */
export function readWarnings(headers: Headers): readonly string[] {
  const header = headers.get('warning') ?? '';
  return [...header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) =>
    textOfLatin1(text.replace(/\\(.)/g, '$1')),
  );
}

/** Plain text, which no browser shall take for anything else. */
export function textResponse(text: string, code = 200): Response {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
  return wholeResponse(text, code, new Headers({ ...HEADERS, ...headers }));
}

/** Go's http.NotFound: what there is at a path that no part of the API has ever heard of. */
export const pageNotFound = (): Response => textResponse('404 page not found\n', 404);

/** A refusal as the API server writes it; whatever else was thrown is a bug and goes on. */
export function refusalResponse(request: Request, error: unknown): Response {
  if (!(error instanceof StatusError)) throw error;
  const { status } = error;
  const response = objectResponse(formOf(request), status, status.code);
  const retry = status.details?.retryAfterSeconds;
  if (retry !== undefined) response.headers.set('retry-after', String(retry));
  return response;
}

/** The failure of a response that was not a success. */
export async function readRefusal(response: Response): Promise<StatusError> {
  const text = await response.text();
  const status = parseStatus(text);
  if (status) return new StatusError(status);
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: text.trim() || response.statusText,
    code: response.status,
  });
}

function parseStatus(text: string): Status | undefined {
  if (!text.startsWith('{')) return undefined;
  const value = JSON.parse(text) as Partial<Status>;
  return value.kind === 'Status' && typeof value.code === 'number' ? (value as Status) : undefined;
}
