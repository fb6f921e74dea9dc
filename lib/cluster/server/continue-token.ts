import { badRequest } from '../../api';
import { base64Url, fromBase64Url, isRecord, utf8Bytes, utf8Text } from '../../base';

/** Where a list goes on: in which state (-1: the present one), and from which key below the list's own prefix. */
export interface ContinueToken {
  readonly revision: number;
  /** The last key seen, relative to the prefix. */
  readonly after: string;
}

/** The least key that comes after one; the token names the first key that may still be shown. */
const NEXT = '\0';

/** A token as upstream writes it (storage.EncodeContinue). */
export function encodeContinue({ revision, after }: ContinueToken): string {
  const token = { v: 'meta.k8s.io/v1', rv: revision, start: after + NEXT };
  return base64Url(utf8Bytes(JSON.stringify(token)));
}

/** Reads such a token; refuses others in upstream's words (storage.DecodeContinue). */
export function decodeContinue(text: string): ContinueToken {
  const { v, rv, start } = parse(text);
  if (v !== 'meta.k8s.io/v1')
    throw invalid(`server does not recognize this encoded version ${typeof v === 'string' ? v : ''}`);
  if (typeof rv !== 'number' || rv === 0)
    throw invalid('incorrect encoded start resourceVersion (version meta.k8s.io/v1)');
  if (typeof start !== 'string' || start === '')
    throw invalid('encoded start key empty (version meta.k8s.io/v1)');
  if (/(^|\/)(\.\.?)?(\/|$)/.test(start.replace(/^\//, ''))) throw invalid(start);
  return { revision: rv, after: start.endsWith(NEXT) ? start.slice(0, -1) : start };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  const bytes = fromBase64Url(text);
  if (bytes === undefined) throw invalid('illegal base64 data at input byte 0');
  try {
    const token: unknown = JSON.parse(utf8Text(bytes));
    if (isRecord(token)) return token;
  } catch {
    // Told below: it is not a token, whatever else it may be.
  }
  throw invalid('invalid character looking for beginning of value');
}

const invalid = (why: string) => badRequest(`invalid continue token: continue key is not valid: ${why}`);
