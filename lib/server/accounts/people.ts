import type { PrismaClient } from '../generated/prisma/client';
import { tokenFromCookies } from '../guest-token';
import { createGuests, type Guests } from '../guests';
import type { Auth } from './auth';
import { type Person, readRoles } from './person';

/** Who sent a request, and what their browser is to be told. */
export interface Identity {
  readonly person: Person | undefined;
  /** The session of somebody who is signed in. */
  readonly session: { readonly id: string; readonly token: string } | undefined;
  /** Set-Cookie lines that keep the session fresh. */
  readonly cookies: readonly string[];
}

/** Knows people by their cookies. */
export interface People {
  /** Who is asking: by session, else as a guest. */
  find(cookies: string | undefined): Promise<Person | undefined>;
  identify(cookies: string | undefined): Promise<Identity>;
  /** A new guest; the token exists nowhere else. */
  createGuest: Guests['create'];
}

/** better-auth's name for its cookie, after our prefix. */
const SESSION_COOKIE = /(^|;\s*)portside\.session_token=/;
const NOBODY: Identity = { person: undefined, session: undefined, cookies: [] };

/** People over Prisma and better-auth. */
export function createPeople(prisma: PrismaClient, auth: Auth): People {
  const guests = createGuests(prisma);

  const bySession = async (cookies: string): Promise<Identity> => {
    const { headers, response } = await auth.api.getSession({
      headers: new Headers({ cookie: cookies }),
      returnHeaders: true,
    });
    if (response === null || response.user.isGuest) return NOBODY;
    const { user, session } = response;
    const { id, name, email, emailVerified } = user;
    return {
      person: { id, isGuest: false, name, email, emailVerified, roles: readRoles(user.roles) },
      session: { id: session.id, token: session.token },
      cookies: headers.getSetCookie(),
    };
  };

  const identify = async (cookies: string | undefined): Promise<Identity> => {
    if (cookies !== undefined && SESSION_COOKIE.test(cookies)) {
      const found = await bySession(cookies);
      if (found.person !== undefined) return found;
    }
    const guest = await guests.find(tokenFromCookies(cookies));
    if (guest === undefined) return NOBODY;
    const unnamed = { name: '', email: undefined, emailVerified: false, roles: [] };
    return { ...NOBODY, person: { ...guest, ...unnamed } };
  };

  return {
    identify,
    find: async (cookies) => (await identify(cookies)).person,
    createGuest: () => guests.create(),
  };
}
