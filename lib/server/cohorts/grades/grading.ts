import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../app-error';
import type { PrismaClient } from '../../generated/prisma/client';
import { type Asker, demandOpen } from '../access';
import { assignmentOf } from '../assignments/assignments';
import { auditRow } from '../audit';
import { parsed } from '../cohort-fields';
import { memberOf } from '../people/people';
import type { CohortAction } from '../people/roles';
import { readLocalTime } from '../time-zone';

const REASON = z
  .string()
  .trim()
  .min(1, 'Give a reason: it is kept, and the learner sees it.')
  .max(1_000, 'That reason is too long.');
const COMMENT = z
  .string()
  .trim()
  .min(1, 'A comment has to say something.')
  .max(4_000, 'That comment is too long.');

/** Whom and what a grader speaks of. */
async function about(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  assignmentId: string,
  userId: string,
  action: CohortAction,
) {
  const standing = await demandOpen(prisma, asker, cohortId, action);
  const [assignment, member] = await Promise.all([
    assignmentOf(prisma, cohortId, assignmentId),
    memberOf(prisma, cohortId, userId),
  ]);
  return { standing, assignment, member, key: { assignmentId_userId: { assignmentId, userId } } };
}

/** Gives points in place of the grader's; an empty field takes them back. */
export async function overridePoints(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  assignmentId: string,
  userId: string,
  fields: { readonly points: string; readonly reason: string },
): Promise<void> {
  const found = await about(prisma, asker, cohortId, assignmentId, userId, 'grade');
  const { standing, assignment, member, key } = found;
  const details = { lab: assignment.lab.title };
  const subject = member.name;
  if (fields.points.trim() === '') {
    await prisma.$transaction([
      prisma.gradeOverride.deleteMany({ where: { assignmentId, userId } }),
      prisma.auditEntry.create({
        data: auditRow(standing, { action: 'took an override back', subject, details }),
      }),
    ]);
    return;
  }
  const points = Number(fields.points);
  if (!Number.isFinite(points) || points < 0)
    throw new AppError('invalid', 'Points are a number, 0 or more.');
  const data = { points, reason: parsed(REASON, fields.reason), byId: asker.id };
  await prisma.$transaction([
    prisma.gradeOverride.upsert({
      where: key,
      create: { assignmentId, userId, ...data },
      update: { ...data, createdAt: new Date() },
    }),
    prisma.auditEntry.create({
      data: auditRow(standing, {
        action: 'set points',
        subject,
        details: { ...details, points, reason: data.reason },
      }),
    }),
  ]);
}

/** Gives a deadline of one's own, in the cohort's time zone; an empty field takes it back. */
export async function extendDeadline(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  assignmentId: string,
  userId: string,
  fields: { readonly due: string; readonly reason: string },
): Promise<void> {
  const found = await about(prisma, asker, cohortId, assignmentId, userId, 'grade');
  const { standing, assignment, member, key } = found;
  const dueAt = readLocalTime(fields.due, standing.cohort.timeZone);
  const details = { lab: assignment.lab.title };
  const subject = member.name;
  if (dueAt !== undefined && (assignment.dueAt === null || dueAt <= assignment.dueAt))
    throw new AppError(
      'invalid',
      assignment.dueAt === null
        ? 'There is no deadline to extend.'
        : "An extension is later than the class's own deadline.",
    );
  if (dueAt === undefined) {
    await prisma.$transaction([
      prisma.extension.deleteMany({ where: { assignmentId, userId } }),
      prisma.auditEntry.create({
        data: auditRow(standing, { action: 'took an extension back', subject, details }),
      }),
    ]);
    return;
  }
  const data = { dueAt, reason: parsed(REASON, fields.reason), byId: asker.id };
  await prisma.$transaction([
    prisma.extension.upsert({ where: key, create: { assignmentId, userId, ...data }, update: data }),
    prisma.auditEntry.create({
      data: auditRow(standing, {
        action: 'extended a deadline',
        subject,
        details: { ...details, until: dueAt.toISOString(), reason: data.reason },
      }),
    }),
  ]);
}

/** Says something to a learner about their result. */
export async function commentOn(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  assignmentId: string,
  userId: string,
  text: string,
): Promise<void> {
  const found = await about(prisma, asker, cohortId, assignmentId, userId, 'help');
  const said = parsed(COMMENT, text);
  await prisma.$transaction([
    prisma.gradeComment.create({
      data: { id: randomUUID(), assignmentId, userId, text: said, byId: asker.id },
    }),
    prisma.auditEntry.create({
      data: auditRow(found.standing, {
        action: 'commented',
        subject: found.member.name,
        details: { lab: found.assignment.lab.title },
      }),
    }),
  ]);
}
