import { randomUUID } from 'node:crypto';
import type { PrismaClient } from '../generated/prisma/client';
import { hashToken, newToken } from '../guest-token';

const PREFIX = 'first-administrator:';
/** The link is printed at each start, so it need not live long. */
const LIFETIME_MS = 24 * 3_600_000;

/** A secret by which whoever reads the server's output becomes its administrator; undefined when there is one. */
export async function offerAdministrator(prisma: PrismaClient): Promise<string | undefined> {
  if (await hasAdministrator(prisma)) return undefined;
  const token = newToken();
  const identifier = `${PREFIX}${hashToken(token)}`;
  const expiresAt = new Date(Date.now() + LIFETIME_MS);
  await prisma.verification.create({
    data: { id: randomUUID(), identifier, value: '', expiresAt },
    select: { id: true },
  });
  return token;
}

/** Whether a secret is one that was offered, and there still is no administrator. */
export async function isFirstLink(prisma: PrismaClient, token: string): Promise<boolean> {
  if (token === '') return false;
  const identifier = `${PREFIX}${hashToken(token)}`;
  const found = await prisma.verification.findFirst({ where: { identifier, expiresAt: { gt: new Date() } } });
  return found !== null && !(await hasAdministrator(prisma));
}

/** Ends every such offer. */
export async function forgetFirstLinks(prisma: PrismaClient): Promise<void> {
  await prisma.verification.deleteMany({ where: { identifier: { startsWith: PREFIX } } });
}

async function hasAdministrator(prisma: PrismaClient): Promise<boolean> {
  const found = await prisma.user.findFirst({
    where: { roles: { has: 'ADMINISTRATOR' } },
    select: { id: true },
  });
  return found !== null;
}
