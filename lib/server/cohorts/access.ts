import { AppError } from '../app-error';
import type { CohortRole, PrismaClient } from '../generated/prisma/client';
import { type CohortAction, may, type Role } from './people/roles';

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

/** A membership with its cohort. */
type StandingRow = Standing['cohort'] & { readonly role: CohortRole; readonly memberName: string };

/** The database's word for each role, and back. */
export const roleOf = (role: CohortRole): Role => role.toLowerCase() as Role;
export const cohortRole = (role: Role): CohortRole => role.toUpperCase() as CohortRole;

const cohortParts = {
  select: { name: true, timeZone: true, archivedAt: true, hints: true, solutions: true },
} as const;

/** Where somebody stands in a cohort, if they may do that there; a cohort of others is as good as none. */
export async function demand(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  action: CohortAction,
): Promise<Standing> {
  // One statement, since everything that anybody does in a cohort begins with it.
  const [found] = await prisma.$queryRaw<readonly StandingRow[]>`
    SELECT membership.role, membership.name AS "memberName",
      cohort.name, cohort."timeZone", cohort."archivedAt", cohort.hints, cohort.solutions
    FROM membership JOIN cohort ON cohort.id = membership."cohortId"
    WHERE membership."cohortId" = ${cohortId} AND membership."userId" = ${asker.id}`;
  if (found === undefined) return standIn(prisma, asker, cohortId);
  const { role: stored, memberName, ...cohort } = found;
  const role = roleOf(stored);
  if (!may(role, action)) throw new AppError('forbidden', `That is not open to a cohort's ${role}s.`);
  return { cohortId, userId: asker.id, role, name: memberName, cohort };
}

/** An administrator stands in for an instructor in every cohort, and the cohort's log says that they came. */
async function standIn(prisma: PrismaClient, asker: Asker, cohortId: string): Promise<Standing> {
  const [administrator, cohort] = await Promise.all([
    findAdministrator(prisma, asker),
    prisma.cohort.findUnique({ where: { id: cohortId }, ...cohortParts }),
  ]);
  if (administrator === undefined || cohort === null)
    throw new AppError('not-found', 'There is no such cohort, or you are not in it.');
  const { id: userId, name } = administrator;
  await noteVisit(prisma, cohortId, userId, name);
  return { cohortId, userId, role: 'instructor', name, cohort };
}

/** Whoever asks, when they run the place. */
export async function findAdministrator(
  prisma: PrismaClient,
  { id }: Asker,
): Promise<{ readonly id: string; readonly name: string } | undefined> {
  const found = await prisma.user.findFirst({
    where: { id, isGuest: false, roles: { has: 'ADMINISTRATOR' } },
    select: { id: true, name: true },
  });
  return found ?? undefined;
}

/** A visit is noted once an hour, however many parts of pages ask at once. */
async function noteVisit(prisma: PrismaClient, cohortId: string, actorId: string, actorName: string) {
  const action = 'came in as an administrator';
  await prisma.$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${cohortId + actorId}, 0))`;
    await transaction.$executeRaw`
      INSERT INTO audit_entry ("cohortId", "actorId", "actorName", action)
      SELECT ${cohortId}, ${actorId}, ${actorName}, ${action} WHERE NOT EXISTS (
        SELECT FROM audit_entry WHERE "cohortId" = ${cohortId} AND "actorId" = ${actorId} AND action = ${action}
          AND at > now() - interval '1 hour')`;
  });
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
