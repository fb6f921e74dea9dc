import { AppError } from '../app-error';
import type { CohortRole, PrismaClient } from '../generated/prisma/client';
import { type CohortAction, may, type Role } from './roles';

/** Who is asking. This and `demand` are the one place where cohorts meet sign-in. */
export interface Asker {
  readonly id: string;
}

/** Where somebody stands in a cohort. */
export interface Standing {
  readonly cohortId: string;
  readonly userId: string;
  readonly role: Role;
  /** The name by which the class knows them. */
  readonly name: string;
  readonly cohort: {
    readonly name: string;
    readonly timeZone: string;
    readonly archivedAt: Date | null;
    readonly hints: string;
    readonly solutions: string;
  };
}

/** The database's word for each role, and back. */
export const roleOf = (role: CohortRole): Role => role.toLowerCase() as Role;
export const cohortRole = (role: Role): CohortRole => role.toUpperCase() as CohortRole;

/** Where somebody stands in a cohort, if they may do that there; a cohort of others is as good as none. */
export async function demand(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  action: CohortAction,
): Promise<Standing> {
  const found = await prisma.membership.findUnique({
    where: { cohortId_userId: { cohortId, userId: asker.id } },
    include: {
      cohort: { select: { name: true, timeZone: true, archivedAt: true, hints: true, solutions: true } },
    },
  });
  if (found === null) throw new AppError('not-found', 'There is no such cohort, or you are not in it.');
  const role = roleOf(found.role);
  if (!may(role, action)) throw new AppError('forbidden', `That is not open to a cohort's ${role}s.`);
  const { userId, name, cohort } = found;
  return { cohortId, userId, role, name, cohort };
}

/** The same, for what changes the cohort: one that is archived stays as it is. */
export async function demandOpen(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  action: CohortAction,
): Promise<Standing> {
  const standing = await demand(prisma, asker, cohortId, action);
  if (standing.cohort.archivedAt !== null)
    throw new AppError('invalid', 'This cohort is archived; open it again to change it.');
  return standing;
}
