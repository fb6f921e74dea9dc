import type { PrismaClient } from '../generated/prisma/client';

/** Everything that is kept of one person, as plain JSON; secrets and their hashes are left out. */
export async function exportPerson(prisma: PrismaClient, userId: string): Promise<unknown> {
  const owner = { OR: [{ id: userId }, { claimedById: userId }] };
  const by = { byId: userId };
  const [user, sessions, workspaces, progress, cohorts, said] = await Promise.all([
    prisma.user.findUniqueOrThrow({ where: { id: userId } }),
    prisma.session.findMany({ where: { userId }, omit: { token: true } }),
    prisma.workspace.findMany({
      where: { user: owner },
      include: {
        events: { orderBy: { seq: 'asc' }, omit: { workspaceId: true } },
        attempts: { orderBy: { at: 'asc' }, omit: { workspaceId: true } },
        helpRequests: { orderBy: { raisedAt: 'asc' }, omit: { workspaceId: true } },
        helpReplies: { orderBy: { at: 'asc' }, omit: { workspaceId: true } },
        following: true,
      },
    }),
    prisma.progress.findMany({ where: { user: owner } }),
    cohortsOf(prisma, userId),
    Promise.all([
      prisma.auditEntry.findMany({ where: { actorId: userId }, orderBy: { id: 'asc' } }),
      prisma.helpReply.findMany({ where: by }),
      prisma.groupHint.findMany({ where: by }),
      prisma.gradeComment.findMany({ where: by }),
    ]),
  ]);
  const [deeds, replies, hints, comments] = said;
  const asStaff = { deeds, replies, hints, comments };
  return plain({ format: 2, exportedAt: new Date(), user, sessions, progress, workspaces, cohorts, asStaff });
}

/** What cohorts keep of somebody: as whom they are in, and how they were graded. */
async function cohortsOf(prisma: PrismaClient, userId: string): Promise<unknown> {
  const of = { where: { userId } };
  const [memberships, roster, extensions, overrides, comments] = await Promise.all([
    prisma.membership.findMany({ ...of, include: { cohort: { select: { name: true } } } }),
    prisma.rosterEntry.findMany({ ...of, omit: { token: true } }),
    prisma.extension.findMany(of),
    prisma.gradeOverride.findMany(of),
    prisma.gradeComment.findMany(of),
  ]);
  return { memberships, roster, extensions, overrides, comments };
}

/** Whole numbers of the database as JSON's. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? Number(each) : each)),
  );
}
