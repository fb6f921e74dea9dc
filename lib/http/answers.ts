import { type Status, StatusError } from '../api';

/** A JSON response. */
export function jsonResponse(body: unknown, code = 200, warnings: readonly string[] = []): Response {
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
  for (const warning of warnings) headers.append('warning', `299 - ${quoteWarning(warning)}`);
  return wholeResponse(`${JSON.stringify(body)}\n`, code, headers);
}

/** A response whose length is known: whoever sends it on need not stream it. */
function wholeResponse(text: string, code: number, headers: Headers): Response {
  const bytes = new TextEncoder().encode(text);
  headers.set('content-length', String(bytes.byteLength));
  return new Response(bytes, { status: code, headers });
}

const quoteWarning = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/[\r\n]+/g, ' ')}"`;

/** The texts of `Warning` headers, as `jsonResponse` writes them. */
export function readWarnings(headers: Headers): readonly string[] {
  const header = headers.get('warning') ?? '';
  return [...header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) =>
    text.replace(/\\(.)/g, '$1'),
  );
}

/** Plain text. */
export function textResponse(text: string, code = 200): Response {
  return wholeResponse(text, code, new Headers({ 'content-type': 'text/plain; charset=utf-8' }));
}

/** A refusal as the API server writes it; whatever else was thrown is a bug and goes on. */
export function refusalResponse(error: unknown): Response {
  if (!(error instanceof StatusError)) throw error;
  return jsonResponse(error.status, error.status.code);
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
