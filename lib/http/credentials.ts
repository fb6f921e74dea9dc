import type { Credentials, Impersonation } from '../api';

const EXTRA = 'impersonate-extra-';

/** What a request's headers say of its sender: `Authorization: Bearer`, `Impersonate-User` and the like. */
export function readCredentials(headers: Headers): Credentials {
  const [scheme = '', token = ''] = (headers.get('authorization') ?? '').trim().split(' ');
  const impersonate = readImpersonation(headers);
  return {
    ...(scheme.toLowerCase() === 'bearer' && token !== '' ? { token } : {}),
    ...(impersonate ? { impersonate } : {}),
  };
}

function readImpersonation(headers: Headers): Impersonation | undefined {
  const user = headers.get('impersonate-user') ?? '';
  const uid = headers.get('impersonate-uid') ?? '';
  const groups = list(headers.get('impersonate-group'));
  const extra = Object.fromEntries(
    [...headers.keys()]
      .filter((name) => name.startsWith(EXTRA))
      .map((name) => [unescapeKey(name.slice(EXTRA.length)), list(headers.get(name))]),
  );
  const asked = user !== '' || uid !== '' || groups.length > 0 || Object.keys(extra).length > 0;
  return asked ? { user, uid, groups, extra } : undefined;
}

/** Repeated headers arrive joined by commas. */
const list = (value: string | null): readonly string[] => (value === null ? [] : value.split(', '));

/** Keys of extras are percent-encoded where a header's name could not hold them; what does not decode stays. */
function unescapeKey(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch (error) {
    if (error instanceof URIError) return key;
    throw error;
  }
}

/** Writes the same headers. */
export function writeImpersonation(headers: Headers, { user, uid, groups, extra }: Impersonation): void {
  if (user) headers.set('impersonate-user', user);
  if (uid) headers.set('impersonate-uid', uid);
  for (const group of groups ?? []) headers.append('impersonate-group', group);
  for (const [key, values] of Object.entries(extra ?? {})) {
    for (const value of values) headers.append(`${EXTRA}${encodeURIComponent(key)}`, value);
  }
}
