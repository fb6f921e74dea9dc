import { randomUUID } from 'node:crypto';
import { Prisma, type PrismaClient } from '../generated/prisma/client';
import type { Auth } from './auth';
import type { Role } from './person';

/** An account to be made. */
export interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** The guest who becomes somebody; everything kept for the guest stays where it is. */
  readonly guestId?: string | undefined;
  readonly roles?: readonly Role[];
}

/** Makes an account in one transaction; its id, or undefined when the address has one already. */
export async function createAccount(
  { prisma, auth }: { readonly prisma: PrismaClient; readonly auth: Auth },
  { name, email, password, guestId, roles = [] }: NewAccount,
): Promise<string | undefined> {
  const context = await auth.$context;
  const hash = await context.password.hash(password);
  const facts = { name, email, isGuest: false, roles: roles.map((role) => ROLE_NAMES[role]) };
  try {
    return await prisma.$transaction(async (transaction) => {
      const id = randomUUID();
      const became =
        guestId === undefined
          ? { count: 0 }
          : await transaction.user.updateMany({
              where: { id: guestId, isGuest: true, claimedById: null },
              data: facts,
            });
      const userId = guestId !== undefined && became.count === 1 ? guestId : id;
      if (userId === id) await transaction.user.create({ data: { id, ...facts }, select: { id: true } });
      const account = {
        id: randomUUID(),
        accountId: userId,
        providerId: 'credential',
        userId,
        password: hash,
      };
      await transaction.account.create({ data: account, select: { id: true } });
      // From now on the password is the way in.
      await transaction.guestSession.deleteMany({ where: { userId } });
      return userId;
    });
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return undefined;
    throw error;
  }
}

/** The database's names of roles. */
export const ROLE_NAMES = {
  author: 'AUTHOR',
  instructor: 'INSTRUCTOR',
  administrator: 'ADMINISTRATOR',
} as const satisfies Readonly<Record<Role, string>>;
