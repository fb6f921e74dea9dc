import { randomUUID } from 'node:crypto';
import type { PrismaClient } from './generated/prisma/client';
import { GUEST_LIFETIME_MS, hashToken, newToken } from './guest-token';

/** Somebody who learns here, known by a cookie. */
export interface Guest {
  readonly id: string;
  readonly isGuest: boolean;
}

/** Knows guests by their tokens. */
export interface Guests {
  find(token: string | undefined): Promise<Guest | undefined>;
  /** A new guest; the token exists nowhere else. */
  create(): Promise<{ readonly guest: Guest; readonly token: string }>;
}

interface Known extends Guest {
  readonly claimedById: string | null;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

/** "Last seen" need not be truer than this, and a write per request would be waste. */
const SEEN_EVERY_MS = 10 * 60_000;

/** Guests over Prisma. */
export function createGuests(prisma: PrismaClient): Guests {
  return {
    async find(token) {
      if (token === undefined) return undefined;
      // One statement, since every request and every line begins with it.
      const [found] = await prisma.$queryRaw<readonly Known[]>`
        SELECT person.id, person."isGuest", person."claimedById", person."lastSeenAt", session."expiresAt"
        FROM guest_session AS session JOIN "user" AS person ON person.id = session."userId"
        WHERE session."tokenHash" = ${hashToken(token)}`;
      if (found === undefined || found.expiresAt.getTime() < Date.now()) return undefined;
      const { id, isGuest, claimedById, lastSeenAt } = found;
      // An account is entered by its password, and so is what one took over.
      if (!isGuest || claimedById !== null) return undefined;
      if (Date.now() - lastSeenAt.getTime() > SEEN_EVERY_MS) {
        await prisma.user.update({ where: { id }, data: { lastSeenAt: new Date() }, select: { id: true } });
      }
      return { id, isGuest };
    },
    async create() {
      const token = newToken();
      const id = randomUUID();
      const expiresAt = new Date(Date.now() + GUEST_LIFETIME_MS);
      const session = { id: randomUUID(), tokenHash: hashToken(token), expiresAt };
      await prisma.user.create({ data: { id, guestSessions: { create: session } }, select: { id: true } });
      return { guest: { id, isGuest: true }, token };
    },
  };
}
