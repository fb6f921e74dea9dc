import type { PrismaClient } from '../generated/prisma/client';
import type { Guest } from '../guests';
import type { Registry } from '../live';

/** What would go if a learner deleted everything. */
export interface OwnDataCount {
  readonly workspaces: number;
  readonly attempts: number;
  readonly passed: number;
  /** Cohorts that would be left without the learner. */
  readonly cohorts: number;
}

/** Counts what is kept of a learner. */
export async function countOwnData(prisma: PrismaClient, { id: userId }: Guest): Promise<OwnDataCount> {
  const [workspaces, attempts, passed, cohorts] = await Promise.all([
    prisma.workspace.count({ where: { userId } }),
    prisma.attempt.count({ where: { userId } }),
    prisma.progress.count({ where: { userId, status: 'PASSED' } }),
    prisma.membership.count({ where: { userId } }),
  ]);
  return { workspaces, attempts, passed, cohorts };
}

/** Forgets a learner: workspaces in memory are let go, then the row goes and takes all that hangs on it. */
export async function deleteOwnData(
  prisma: PrismaClient,
  registry: Pick<Registry, 'release'>,
  { id }: Guest,
): Promise<void> {
  const own = await prisma.workspace.findMany({ where: { userId: id }, select: { id: true } });
  await registry.release(own.map((workspace) => workspace.id));
  await prisma.user.delete({ where: { id }, select: { id: true } });
}
