import { createHash, randomBytes } from 'node:crypto';

/** The cookie by which a browser is remembered. */
export const GUEST_COOKIE = 'portside_guest';
/** A year: browsers keep no cookie much longer. */
export const GUEST_LIFETIME_MS = 365 * 24 * 3_600_000;

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** A token that cannot be guessed: 256 bits of chance. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What is stored of a token: whoever reads the database cannot be anybody by it. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The token in a Cookie header, if there is a well-formed one. */
export function tokenFromCookies(header: string | undefined): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='));
  const value = pairs.find(([name]) => name === GUEST_COOKIE)?.[1];
  return value !== undefined && TOKEN.test(value) ? value : undefined;
}

/** The Set-Cookie header for a token; scripts of a page cannot read it, other sites cannot send it along. */
export function guestCookie(token: string, secure: boolean): string {
  const maxAge = Math.floor(GUEST_LIFETIME_MS / 1000);
  const parts = [`${GUEST_COOKIE}=${token}`, 'Path=/', `Max-Age=${maxAge}`, 'HttpOnly', 'SameSite=Lax'];
  return [...parts, ...(secure ? ['Secure'] : [])].join('; ');
}

/** The Set-Cookie header after which a browser is no guest any more. */
export function forgottenGuestCookie(): string {
  return `${GUEST_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`;
}
