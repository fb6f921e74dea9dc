import { randomUUID } from 'node:crypto';
import { AppError } from '../../app-error';
import type { PrismaClient } from '../../generated/prisma/client';
import { CohortRole } from '../../generated/prisma/client';
import { type Asker, cohortRole, demand, demandOpen, roleOf } from '../access';
import { auditRow } from '../audit';
import type { ExpectedView, InviteView, PersonView } from '../views';
import { byName } from './by-name';
import { newInviteToken, readCode } from './codes';
import { readRoster } from './read-roster';
import { isStaff, type Role } from './roles';

const NAME_LIMIT = 120;

/** Everybody in a cohort and everybody expected, staff first, then by name. */
export async function listPeople(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
): Promise<readonly PersonView[]> {
  await demand(prisma, asker, cohortId, 'help');
  const [members, expected] = await Promise.all([
    prisma.membership.findMany({
      where: { cohortId },
      include: { user: { select: { email: true, rosterEntries: { where: { cohortId } } } } },
    }),
    prisma.rosterEntry.findMany({ where: { cohortId, userId: null } }),
  ]);
  const people = [
    ...members.map(({ userId, name, role, joinedAt, user }) => ({
      id: userId,
      name,
      email: user.email ?? user.rosterEntries[0]?.email ?? '',
      reference: user.rosterEntries[0]?.reference ?? '',
      role: roleOf(role),
      joinedAt: joinedAt.toISOString(),
      invite: null,
    })),
    ...expected.map(({ id, name, email, reference, role, token }) => ({
      id,
      name,
      email,
      reference,
      role: roleOf(role),
      joinedAt: null,
      invite: token,
    })),
  ];
  const rank = ({ role }: PersonView) => Number(!isStaff(role));
  return people.sort((a, b) => rank(a) - rank(b) || byName(a, b));
}

/** Adds everybody on a roster who is not on it yet (by e-mail, else by name). Resolves to how many came new. */
export async function importRoster(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  text: string,
): Promise<number> {
  const standing = await demandOpen(prisma, asker, cohortId, 'manage');
  const lines = readRoster(text);
  const known = await prisma.rosterEntry.findMany({
    where: { cohortId },
    select: { name: true, email: true },
  });
  const keyOf = ({ name, email }: { name: string; email: string }) => email || name.toLowerCase();
  const keys = new Set(known.map(keyOf));
  const fresh = lines.filter((line) => {
    if (keys.has(keyOf(line))) return false;
    keys.add(keyOf(line));
    return true;
  });
  await prisma.$transaction([
    prisma.rosterEntry.createMany({
      data: fresh.map(({ role, ...rest }) => ({
        id: randomUUID(),
        cohortId,
        token: newInviteToken(),
        role: cohortRole(role),
        ...rest,
      })),
    }),
    prisma.auditEntry.create({
      data: auditRow(standing, { action: 'imported a roster', details: { people: fresh.length } }),
    }),
  ]);
  return fresh.length;
}

/** What a code or a personal invitation leads to; undefined when to nothing. */
export async function findInvite(
  prisma: PrismaClient,
  asker: Asker | undefined,
  code: string,
): Promise<InviteView | undefined> {
  const found = await resolveCode(prisma, code);
  if (found === undefined) return undefined;
  const { cohort, entry } = found;
  return {
    cohortId: cohort.id,
    cohort: cohort.name,
    staff: cohort.members.filter(({ role }) => role !== CohortRole.LEARNER).map(({ name }) => name),
    role: entry === undefined ? 'learner' : roleOf(entry.role),
    name: entry?.name ?? '',
    member: cohort.members.some(({ userId }) => userId === asker?.id),
  };
}

/** Cohorts whose roster has the proved address of whoever asks, and which they have not joined: the way into each. */
export async function expectedIn(prisma: PrismaClient, asker: Asker): Promise<readonly ExpectedView[]> {
  const user = await prisma.user.findUnique({ where: { id: asker.id } });
  // Anybody can say that an address is theirs; only a mail proves it.
  if (user === null || user.email === null || !user.emailVerified) return [];
  const rows = await prisma.rosterEntry.findMany({
    where: {
      email: { equals: user.email, mode: 'insensitive' },
      userId: null,
      cohort: { archivedAt: null, members: { none: { userId: asker.id } } },
    },
    include: { cohort: { select: { name: true } } },
    orderBy: { createdAt: 'asc' },
  });
  return rows.map(({ token, name, role, cohort }) => ({
    href: `/join/${token}`,
    cohort: cohort.name,
    name,
    role: roleOf(role),
  }));
}

async function resolveCode(prisma: PrismaClient, code: string) {
  const members = { select: { userId: true, name: true, role: true } } as const;
  const entry = await prisma.rosterEntry.findUnique({
    where: { token: code },
    include: { cohort: { include: { members } } },
  });
  const cohort =
    entry?.cohort ??
    (await prisma.cohort.findUnique({ where: { code: readCode(code) }, include: { members } }));
  if (cohort === null || cohort === undefined || cohort.archivedAt !== null) return undefined;
  return { cohort, entry: entry ?? undefined };
}

/** Joins the cohort that a code leads to. Resolves to its id. */
export async function joinCohort(
  prisma: PrismaClient,
  asker: Asker,
  code: string,
  name: string,
): Promise<string> {
  const found = await resolveCode(prisma, code);
  if (found === undefined)
    throw new AppError('not-found', 'That code leads to no cohort that can be joined. Ask for it again.');
  const { cohort, entry } = found;
  if (cohort.members.some(({ userId }) => userId === asker.id)) return cohort.id;
  if (entry !== undefined && entry.userId !== null)
    throw new AppError(
      'invalid',
      'That invitation was used already; ask for another, or use the class code.',
    );
  const called = (entry?.name ?? name).trim().slice(0, NAME_LIMIT);
  if (called === '') throw new AppError('invalid', 'Say by which name the class knows you.');
  const role = entry?.role ?? CohortRole.LEARNER;
  await prisma.$transaction([
    prisma.membership.createMany({
      data: [{ cohortId: cohort.id, userId: asker.id, role, name: called }],
      skipDuplicates: true,
    }),
    prisma.rosterEntry.updateMany({
      where: { id: entry?.id ?? '', userId: null },
      data: { userId: asker.id },
    }),
    prisma.auditEntry.create({
      data: {
        cohortId: cohort.id,
        actorId: asker.id,
        actorName: called,
        action: `joined as ${roleOf(role)}`,
      },
    }),
  ]);
  return cohort.id;
}

/** Gives a member another role. A cohort keeps at least one instructor. */
export async function changeRole(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  userId: string,
  role: Role,
): Promise<void> {
  const standing = await demandOpen(prisma, asker, cohortId, 'manage');
  const member = await memberOf(prisma, cohortId, userId);
  if (role !== 'instructor') await keepAnInstructor(prisma, cohortId, userId);
  await prisma.$transaction([
    prisma.membership.update({
      where: { cohortId_userId: { cohortId, userId } },
      data: { role: cohortRole(role) },
    }),
    prisma.auditEntry.create({
      data: auditRow(standing, { action: `made ${role}`, subject: member.name }),
    }),
  ]);
}

/** Takes a member, or somebody expected, off the cohort. Their work stays with them. */
export async function removePerson(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  id: string,
): Promise<void> {
  const standing = await demandOpen(prisma, asker, cohortId, 'manage');
  const expected = await prisma.rosterEntry.findFirst({ where: { id, cohortId } });
  const name = expected?.name ?? (await memberOf(prisma, cohortId, id)).name;
  if (expected === null) await keepAnInstructor(prisma, cohortId, id);
  await prisma.$transaction([
    prisma.rosterEntry.deleteMany({ where: { cohortId, OR: [{ id }, { userId: id }] } }),
    prisma.membership.deleteMany({ where: { cohortId, userId: id } }),
    prisma.auditEntry.create({ data: auditRow(standing, { action: 'took off the cohort', subject: name }) }),
  ]);
}

/** A member by id; "not-found" when they are none. */
export async function memberOf(prisma: PrismaClient, cohortId: string, userId: string) {
  const found = await prisma.membership.findUnique({ where: { cohortId_userId: { cohortId, userId } } });
  if (found === null) throw new AppError('not-found', 'There is no such person in this cohort.');
  return found;
}

async function keepAnInstructor(prisma: PrismaClient, cohortId: string, without: string): Promise<void> {
  const others = await prisma.membership.count({
    where: { cohortId, role: CohortRole.INSTRUCTOR, userId: { not: without } },
  });
  if (others === 0)
    throw new AppError('invalid', 'A cohort needs an instructor: make somebody else one first.');
}
