import { parse } from 'yaml';
import { isRecord } from '../../base';

/** Answers that Go's own server and the API server's plain pages give, which are no Status. */
const PLAIN: Readonly<Record<number, RegExp>> = {
  400: /^(400 Bad Request|)$/,
  404: /^404 page not found\n$/,
  405: /^405 method not allowed\n$/,
};

/** What a real API server, too, answers with more than 499. */
const REAL: readonly RegExp[] = [/without impersonating a user/, /Timeout: Too large resource version: /];

/** What came back of a request. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

interface Asked {
  readonly method: string;
  readonly path: string;
}

/** What is wrong with an answer as such, whatever was asked; undefined when nothing is. */
export function answerProblem(
  { method, path }: Asked,
  { status, contentType, text }: Answer,
): string | undefined {
  if (status >= 500 && !REAL.some((each) => each.test(text))) return `${status}: ${text}`;
  if (status < 400 || method === 'HEAD') return undefined;
  // Its handler sets a code and says nothing.
  if (status === 406 && path.startsWith('/openapi/')) return undefined;
  if (contentType.startsWith('text/plain')) {
    return PLAIN[status]?.test(text) ? undefined : `${status} with a plain text of its own: ${text}`;
  }
  const body = statusOf(contentType, text);
  if (!isRecord(body)) return `${status} that is no object: ${text}`;
  if (body.kind !== 'Status' || body.apiVersion !== 'v1' || body.status !== 'Failure')
    return `${status} that is no Status: ${text}`;
  if (body.code !== status) return `${status} whose Status says ${String(body.code)}`;
  return typeof body.message === 'string' && body.message !== ''
    ? undefined
    : `${status} without a word: ${text}`;
}

function statusOf(contentType: string, text: string): unknown {
  try {
    return contentType.endsWith('yaml') ? parse(text) : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && error.name === 'YAMLParseError'))
      return undefined;
    throw error;
  }
}
