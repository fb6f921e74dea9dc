import type { Said } from '../accounts';

/** The cookie by which a page learns, once, what came of a form. */
export const SAID_COOKIE = 'portside_said';
/** The page that is shown next reads it; a minute is for slow lines. */
const LIFETIME_SECONDS = 60;
/** Browsers drop cookies that are longer. */
const LONGEST = 3_000;

/** The Set-Cookie header that tells the next page something. */
export function saidCookie(said: Said, secure: boolean): string {
  const whole = encode(said);
  const { typed: _tooLong, ...rest } = said;
  const value = whole.length > LONGEST ? encode(rest) : whole;
  return `${SAID_COOKIE}=${value}; Path=/; Max-Age=${LIFETIME_SECONDS}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

/** The Set-Cookie header after which it is not told again. */
export const FORGOTTEN_SAID = `${SAID_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`;

/** What a cookie's value tells; undefined for anything that we did not write. */
export function readSaid(value: string | undefined): Said | undefined {
  if (value === undefined || value === '') return undefined;
  try {
    const found: unknown = JSON.parse(Buffer.from(value, 'base64url').toString('utf8'));
    return isSaid(found) ? found : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function encode(said: Said): string {
  return Buffer.from(JSON.stringify(said)).toString('base64url');
}

function isSaid(value: unknown): value is Said {
  if (typeof value !== 'object' || value === null) return false;
  const { form, problem, field, done, typed } = value as Record<string, unknown>;
  const optional = [problem, field, done].every((each) => each === undefined || typeof each === 'string');
  const fields = typed === undefined || (typeof typed === 'object' && typed !== null);
  return (
    typeof form === 'string' &&
    optional &&
    fields &&
    Object.values(typed ?? {}).every((each) => typeof each === 'string')
  );
}
