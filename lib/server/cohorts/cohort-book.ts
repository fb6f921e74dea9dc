import { randomUUID } from 'node:crypto';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { CohortRole } from '../generated/prisma/client';
import { type Asker, cohortRole, demand, demandOpen, findAdministrator, roleOf } from './access';
import { auditRow } from './audit';
import { readCohortFields } from './cohort-fields';
import { newCode } from './people/codes';
import type { Role } from './people/roles';
import { localTime } from './time-zone';
import type { CohortCard, CohortFields } from './views';

const cardParts = {
  _count: { select: { members: { where: { role: CohortRole.LEARNER } }, assignments: true } },
  members: {
    where: { role: { not: CohortRole.LEARNER } },
    orderBy: { joinedAt: 'asc' },
    select: { name: true },
  },
} as const;

type CardRow = Prisma.CohortGetPayload<{ include: typeof cardParts }>;

/** The cohorts that somebody is in; those that go on first, the newest of them first. */
export async function listCohorts(prisma: PrismaClient, asker: Asker): Promise<readonly CohortCard[]> {
  const rows = await prisma.membership.findMany({
    where: { userId: asker.id },
    include: { cohort: { include: cardParts } },
    orderBy: { cohort: { createdAt: 'desc' } },
  });
  return archivedLast(rows.map(({ role, cohort }) => cohortCard(cohort, roleOf(role))));
}

/** Cohorts that an administrator is not in, and may come into; nothing for anybody else. */
export async function listOthersCohorts(prisma: PrismaClient, asker: Asker): Promise<readonly CohortCard[]> {
  if ((await findAdministrator(prisma, asker)) === undefined) return [];
  const rows = await prisma.cohort.findMany({
    where: { members: { none: { userId: asker.id } } },
    include: cardParts,
    orderBy: { createdAt: 'desc' },
  });
  return archivedLast(rows.map((cohort) => cohortCard(cohort, 'instructor')));
}

function cohortCard(cohort: CardRow, role: Role): CohortCard {
  return {
    id: cohort.id,
    name: cohort.name,
    role,
    startsAt: cohort.startsAt?.toISOString() ?? null,
    endsAt: cohort.endsAt?.toISOString() ?? null,
    archived: cohort.archivedAt !== null,
    learners: cohort._count.members,
    assignments: cohort._count.assignments,
    staff: cohort.members.map(({ name }) => name),
  };
}

function archivedLast(cards: readonly CohortCard[]): readonly CohortCard[] {
  return [...cards.filter(({ archived }) => !archived), ...cards.filter(({ archived }) => archived)];
}

/** Makes a cohort; whoever makes it is its first instructor. Resolves to its id. */
export async function createCohort(
  prisma: PrismaClient,
  asker: Asker,
  fields: CohortFields,
  instructor: string,
): Promise<string> {
  const data = readCohortFields(fields);
  const id = randomUUID();
  const name = instructor.trim() || 'Instructor';
  await prisma.cohort.create({
    data: {
      id,
      code: newCode(),
      ...data,
      members: { create: { userId: asker.id, role: cohortRole('instructor'), name } },
      audit: { create: { actorId: asker.id, actorName: name, action: 'made the cohort' } },
    },
  });
  return id;
}

/** Changes what the form says. */
export async function editCohort(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  fields: CohortFields,
): Promise<void> {
  const standing = await demandOpen(prisma, asker, cohortId, 'manage');
  const data = readCohortFields(fields);
  await prisma.$transaction([
    prisma.cohort.update({ where: { id: cohortId }, data }),
    prisma.auditEntry.create({
      data: auditRow(standing, { action: 'changed the cohort', details: fields as never }),
    }),
  ]);
}

/** Puts a cohort away, or takes it out again. */
export async function archiveCohort(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  archived: boolean,
): Promise<void> {
  const standing = await demand(prisma, asker, cohortId, 'manage');
  const action = archived ? 'archived the cohort' : 'opened the cohort again';
  await prisma.$transaction([
    prisma.cohort.update({ where: { id: cohortId }, data: { archivedAt: archived ? new Date() : null } }),
    prisma.auditEntry.create({ data: auditRow(standing, { action }) }),
  ]);
}

/** A new code; links and codes given out before are of no more use. */
export async function renewCode(prisma: PrismaClient, asker: Asker, cohortId: string): Promise<void> {
  const standing = await demandOpen(prisma, asker, cohortId, 'manage');
  await prisma.$transaction([
    prisma.cohort.update({ where: { id: cohortId }, data: { code: newCode() } }),
    prisma.auditEntry.create({ data: auditRow(standing, { action: 'renewed the code' }) }),
  ]);
}

/**
 * The next term: the same rules, staff and labs at the versions they have, without learners, and every date moved on by
 * `days`. Resolves to the new cohort's id.
 */
export async function copyCohort(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  name: string,
  days: number,
): Promise<string> {
  const standing = await demand(prisma, asker, cohortId, 'manage');
  const from = await prisma.cohort.findUniqueOrThrow({
    where: { id: cohortId },
    include: { assignments: true, members: { where: { role: { not: CohortRole.LEARNER } } } },
  });
  const id = randomUUID();
  const later = (at: Date | null) => at && new Date(at.getTime() + days * DAY_MS);
  const { timeZone, hints, solutions } = from;
  await prisma.cohort.create({
    data: {
      id,
      name: name.trim() || `${from.name} (copy)`,
      code: newCode(),
      timeZone,
      hints,
      solutions,
      startsAt: later(from.startsAt),
      endsAt: later(from.endsAt),
      members: { create: from.members.map(({ userId, role, name: own }) => ({ userId, role, name: own })) },
      assignments: {
        create: from.assignments.map((each) => ({
          id: randomUUID(),
          labId: each.labId,
          labVersion: each.labVersion,
          position: each.position,
          opensAt: later(each.opensAt),
          dueAt: later(each.dueAt),
          points: each.points,
          lateRule: each.lateRule as never,
        })),
      },
      audit: {
        create: {
          actorId: standing.userId,
          actorName: standing.name,
          action: 'copied the cohort',
          details: { from: from.name },
        },
      },
    },
  });
  return id;
}

const DAY_MS = 24 * 3_600_000;

/** A cohort as its form has it. */
export async function cohortSettings(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
): Promise<CohortFields> {
  await demand(prisma, asker, cohortId, 'manage');
  const found = await prisma.cohort.findUniqueOrThrow({ where: { id: cohortId } });
  const { name, timeZone, startsAt, endsAt, hints, solutions } = found;
  const starts = localTime(startsAt ?? undefined, timeZone);
  return { name, timeZone, starts, ends: localTime(endsAt ?? undefined, timeZone), hints, solutions };
}
