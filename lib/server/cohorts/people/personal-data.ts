import { AppError } from '../../app-error';
import type { PrismaClient } from '../../generated/prisma/client';
import { type Asker, demand } from '../access';
import type { LabContents } from '../assignments/lab-contents';
import { noteDown } from '../audit';
import { gradebook } from '../grades/gradebook';
import { memberOf } from './people';

/** Everything that a cohort keeps of one of its people. */
async function ofPerson(prisma: PrismaClient, cohortId: string, userId: string) {
  const here = { assignment: { cohortId } };
  const [membership, roster, workspaces, extensions, overrides, comments] = await Promise.all([
    prisma.membership.findUnique({ where: { cohortId_userId: { cohortId, userId } } }),
    prisma.rosterEntry.findMany({
      where: { cohortId, userId },
      select: { name: true, email: true, reference: true, createdAt: true },
    }),
    prisma.workspace.findMany({
      where: { userId, ...here },
      select: {
        id: true,
        labId: true,
        labVersion: true,
        seed: true,
        assignmentId: true,
        forkedFromId: true,
        createdAt: true,
        events: { orderBy: { seq: 'asc' }, select: { seq: true, at: true, createdAt: true, input: true } },
        attempts: {
          orderBy: { at: 'asc' },
          select: { id: true, at: true, seq: true, passed: true, labVersion: true, verdicts: true },
        },
        helpRequests: { select: { text: true, raisedAt: true, endedAt: true } },
        helpReplies: { select: { text: true, patch: true, at: true, appliedAt: true } },
      },
    }),
    prisma.extension.findMany({ where: { userId, ...here } }),
    prisma.gradeOverride.findMany({ where: { userId, ...here } }),
    prisma.gradeComment.findMany({ where: { userId, ...here } }),
  ]);
  return { membership, roster, workspaces, extensions, overrides, comments };
}

/** What the database counts beyond what JSON can. */
const plain = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);

/** Everything that a cohort keeps of one person, as JSON: of oneself, or for an instructor. */
export async function exportPerson(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  userId: string,
): Promise<string> {
  const standing = await demand(prisma, asker, cohortId, userId === asker.id ? 'see' : 'manage');
  const { name } = await memberOf(prisma, cohortId, userId);
  if (userId !== asker.id) await noteDown(prisma, standing, { action: 'exported a person', subject: name });
  return `${JSON.stringify(await ofPerson(prisma, cohortId, userId), plain, 2)}\n`;
}

/** A whole cohort as JSON: people, assignments, results and the audit log. */
export async function exportCohort(
  prisma: PrismaClient,
  contents: LabContents,
  asker: Asker,
  cohortId: string,
): Promise<string> {
  const standing = await demand(prisma, asker, cohortId, 'manage');
  await noteDown(prisma, standing, { action: 'exported the cohort' });
  const [cohort, grades] = await Promise.all([
    prisma.cohort.findUniqueOrThrow({
      where: { id: cohortId },
      include: {
        members: { select: { userId: true, name: true, role: true, joinedAt: true } },
        roster: { select: { name: true, email: true, reference: true, role: true, userId: true } },
        assignments: { include: { extensions: true, overrides: true, comments: true, hints: true } },
        audit: { orderBy: { id: 'asc' } },
      },
    }),
    gradebook(prisma, contents, asker, cohortId),
  ]);
  const { code: _secret, ...rest } = cohort;
  return `${JSON.stringify({ ...rest, grades }, plain, 2)}\n`;
}

/** What a deletion would remove, thing by thing; what there is none of is left out. */
export type Removal = readonly { readonly what: string; readonly count: number }[];

const listed = (counts: Readonly<Record<string, number>>): Removal =>
  Object.entries(counts).flatMap(([what, count]) => (count === 0 ? [] : [{ what, count }]));

/** What would go with one person's part in a cohort. */
export async function personRemoval(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  userId: string,
): Promise<Removal> {
  await demand(prisma, asker, cohortId, 'manage');
  await memberOf(prisma, cohortId, userId);
  return removalOf(prisma, { cohortId, userId });
}

async function removalOf(
  prisma: PrismaClient,
  { cohortId, userId }: { readonly cohortId: string; readonly userId?: string },
): Promise<Removal> {
  const person = userId === undefined ? {} : { userId };
  const here = { assignment: { cohortId } };
  const places = { ...person, ...here };
  const within = { workspace: places };
  const [members, roster, workspaces, events, attempts, hands, replies, extensions, overrides, comments] =
    await Promise.all([
      prisma.membership.count({ where: { cohortId, ...person } }),
      prisma.rosterEntry.count({ where: { cohortId, ...person } }),
      prisma.workspace.count({ where: places }),
      prisma.workspaceEvent.count({ where: within }),
      prisma.attempt.count({ where: within }),
      prisma.helpRequest.count({ where: within }),
      prisma.helpReply.count({ where: within }),
      prisma.extension.count({ where: { ...person, ...here } }),
      prisma.gradeOverride.count({ where: { ...person, ...here } }),
      prisma.gradeComment.count({ where: { ...person, ...here } }),
    ]);
  return listed({
    memberships: members,
    'roster entries': roster,
    'clusters in assigned labs': workspaces,
    'inputs in their logs': events,
    attempts,
    'raised hands': hands,
    'notes and patches': replies,
    extensions,
    overrides,
    comments,
  });
}

/** Removes one person's part in a cohort: their work in its labs, results, and the membership. */
export async function deletePerson(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  userId: string,
  confirmed: string,
): Promise<void> {
  const standing = await demand(prisma, asker, cohortId, 'manage');
  const { name } = await memberOf(prisma, cohortId, userId);
  if (userId === asker.id)
    throw new AppError('invalid', 'You cannot remove yourself; another instructor can.');
  if (confirmed.trim() !== name)
    throw new AppError('invalid', `Type the name, "${name}", to remove all this.`);
  const removal = await removalOf(prisma, { cohortId, userId });
  const here = { assignment: { cohortId } };
  await prisma.$transaction([
    prisma.workspace.deleteMany({
      where: {
        OR: [
          { userId, ...here },
          { ...here, forkedFromId: { in: await placesOf(prisma, cohortId, userId) } },
        ],
      },
    }),
    prisma.extension.deleteMany({ where: { userId, ...here } }),
    prisma.gradeOverride.deleteMany({ where: { userId, ...here } }),
    prisma.gradeComment.deleteMany({ where: { userId, ...here } }),
    prisma.rosterEntry.deleteMany({ where: { cohortId, userId } }),
    prisma.membership.deleteMany({ where: { cohortId, userId } }),
    // The log tells that somebody was removed, and no longer who it had told of.
    prisma.auditEntry.updateMany({
      where: { cohortId, subjectName: name },
      data: { subjectName: 'a removed person' },
    }),
    prisma.auditEntry.updateMany({
      where: { cohortId, actorId: userId },
      data: { actorName: 'a removed person', actorId: '' },
    }),
    prisma.auditEntry.create({
      data: {
        cohortId,
        actorId: standing.userId,
        actorName: standing.name,
        action: 'removed a person and their work',
        details: Object.fromEntries(removal.map(({ what, count }) => [what, count])),
      },
    }),
  ]);
}

async function placesOf(prisma: PrismaClient, cohortId: string, userId: string): Promise<string[]> {
  const rows = await prisma.workspace.findMany({
    where: { userId, assignment: { cohortId } },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** What would go with a whole cohort. */
export async function cohortRemoval(prisma: PrismaClient, asker: Asker, cohortId: string): Promise<Removal> {
  await demand(prisma, asker, cohortId, 'manage');
  const [assignments, audit, rest] = await Promise.all([
    prisma.assignment.count({ where: { cohortId } }),
    prisma.auditEntry.count({ where: { cohortId } }),
    removalOf(prisma, { cohortId }),
  ]);
  return [...listed({ assignments }), ...rest, ...listed({ 'lines of the audit log': audit })];
}

/** Removes a cohort with all the work that was done for it. */
export async function deleteCohort(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  confirmed: string,
): Promise<void> {
  const { cohort } = await demand(prisma, asker, cohortId, 'manage');
  if (confirmed.trim() !== cohort.name)
    throw new AppError('invalid', `Type the cohort's name, "${cohort.name}", to remove all this.`);
  await prisma.$transaction([
    prisma.workspace.deleteMany({ where: { assignment: { cohortId } } }),
    prisma.cohort.delete({ where: { id: cohortId } }),
  ]);
}
