import {
  base64Url,
  canonicalJson,
  fromBase64Url,
  hmacSha256,
  isRecord,
  sha256,
  utf8Bytes,
  utf8Text,
} from '../../../../base';

/** The claims of a token, as its middle part says them. */
export type Claims = Readonly<Record<string, unknown>>;

/** A key that a cluster signs tokens with, and the header that goes with it. */
export interface TokenKey {
  readonly secret: Uint8Array;
  readonly header: string;
}

const encode = (value: unknown): string => base64Url(utf8Bytes(canonicalJson(value)));

/** A key from its secret; the header names it by its hash, as kid. */
export function tokenKey(secret: Uint8Array): TokenKey {
  return { secret, header: encode({ alg: 'HS256', kid: base64Url(sha256(secret)) }) };
}

/** A signed JSON web token (RFC 7519) with HMAC-SHA-256. */
export function signToken(key: TokenKey, claims: Claims): string {
  const signed = `${key.header}.${encode(claims)}`;
  return `${signed}.${signatureOf(key, signed)}`;
}

const signatureOf = (key: TokenKey, text: string): string =>
  base64Url(hmacSha256(key.secret, utf8Bytes(text)));

/** What a text that looks like a token claims, whoever signed it; undefined when it does not look like one. */
export function readToken(token: string): Claims | undefined {
  const parts = token.split('.');
  const bytes = parts.length === 3 ? fromBase64Url(parts[1] ?? '') : undefined;
  if (!bytes) return undefined;
  try {
    const claims: unknown = JSON.parse(utf8Text(bytes));
    return isRecord(claims) ? claims : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether the cluster's key signed a token. */
export function isSignedBy(key: TokenKey, token: string): boolean {
  const dot = token.lastIndexOf('.');
  const [header] = token.split('.');
  return header === key.header && token.slice(dot + 1) === signatureOf(key, token.slice(0, dot));
}
