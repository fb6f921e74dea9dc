import type { PrismaClient } from '../generated/prisma/client';

/** Everything that is kept of one person, as plain JSON; secrets and their hashes are left out. */
export async function exportPerson(prisma: PrismaClient, userId: string): Promise<unknown> {
  const owner = { OR: [{ id: userId }, { claimedById: userId }] };
  const [user, sessions, workspaces, progress] = await Promise.all([
    prisma.user.findUniqueOrThrow({ where: { id: userId } }),
    prisma.session.findMany({ where: { userId }, omit: { token: true } }),
    prisma.workspace.findMany({
      where: { user: owner },
      include: {
        events: { orderBy: { seq: 'asc' }, omit: { workspaceId: true } },
        attempts: { orderBy: { at: 'asc' }, omit: { workspaceId: true } },
      },
    }),
    prisma.progress.findMany({ where: { user: owner } }),
  ]);
  return plain({ format: 1, exportedAt: new Date(), user, sessions, progress, workspaces });
}

/** Whole numbers of the database as JSON's. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? Number(each) : each)),
  );
}
