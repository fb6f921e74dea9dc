import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../app-error';
import type { Prisma, PrismaClient } from '../../generated/prisma/client';
import { type LabLibrary, labKey } from '../../lab-library';
import { type Asker, demandOpen } from '../access';
import { auditRow } from '../audit';
import { parsed } from '../cohort-fields';
import { localTime, readLocalTime } from '../time-zone';
import type { AssignmentFields } from '../views';
import type { LabContents } from './lab-contents';
import { type LateRule, lateRuleSchema } from './late-rule';

const POINTS_LIMIT = 1_000;

const fieldsSchema = z.object({
  points: z.coerce
    .number()
    .int('Points are a whole number.')
    .min(0, 'Points cannot be less than none.')
    .max(POINTS_LIMIT, `A lab has at most ${POINTS_LIMIT} points.`),
  late: z.enum(['full', 'nothing', 'per-day']),
  percent: z.coerce.number(),
  atLeast: z.coerce.number(),
});

function readAssignmentFields(fields: AssignmentFields, timeZone: string) {
  const { points, late, percent, atLeast } = parsed(fieldsSchema, fields);
  const rule: LateRule = late === 'per-day' ? { kind: 'per-day', percent, atLeast } : { kind: late };
  const lateRule = lateRuleSchema.safeParse(rule);
  if (!lateRule.success)
    throw new AppError('invalid', 'A day late takes from 1 to 100 percent, and leaves from 0 to 100.');
  const opensAt = readLocalTime(fields.opens, timeZone) ?? null;
  const dueAt = readLocalTime(fields.due, timeZone) ?? null;
  if (opensAt !== null && dueAt !== null && dueAt <= opensAt)
    throw new AppError('invalid', 'A lab is due after it opens.');
  return { points, lateRule: lateRule.data, opensAt, dueAt };
}

/** Gives a lab, at the version that the catalogue has now, to a cohort. Resolves to the assignment's id. */
export async function assignLab(
  { prisma, contents, library }: Assigning,
  asker: Asker,
  cohortId: string,
  lab: string,
  fields: AssignmentFields,
): Promise<string> {
  const standing = await demandOpen(prisma, asker, cohortId, 'manage');
  const data = readAssignmentFields(fields, standing.cohort.timeZone);
  const known = await library();
  const found = known.labs.find((each) => labKey(each) === lab);
  const source = found && known.source(found);
  if (found === undefined || source === undefined)
    throw new AppError('not-found', `There is no lab "${lab}" to assign.`);
  const last = await prisma.assignment.aggregate({ where: { cohortId }, _max: { position: true } });
  const id = randomUUID();
  await contents.keep(lab, found.version, source);
  await prisma.$transaction([
    prisma.assignment.create({
      data: {
        id,
        cohortId,
        labId: lab,
        labVersion: found.version,
        position: (last._max.position ?? 0) + 1,
        ...data,
      },
    }),
    prisma.auditEntry.create({
      data: auditRow(standing, { action: 'assigned a lab', details: { lab: found.title, ...told(fields) } }),
    }),
  ]);
  return id;
}

/** What assigning needs beside the database. */
export interface Assigning {
  readonly prisma: PrismaClient;
  readonly contents: LabContents;
  library(): Promise<LabLibrary>;
}

const told = ({ opens, due, points, late, percent, atLeast }: AssignmentFields): Prisma.InputJsonObject => ({
  ...(opens === '' ? {} : { opens }),
  ...(due === '' ? {} : { due }),
  points,
  late,
  // Of a rule that is changed afterwards the log tells from when on it was which.
  ...(late === 'per-day' ? { percent, atLeast } : {}),
});

/** An assignment by id; "not-found" when the cohort has none such. */
export async function assignmentOf(prisma: PrismaClient, cohortId: string, id: string) {
  const found = await prisma.assignment.findFirst({ where: { id, cohortId }, include: { lab: true } });
  if (found === null) throw new AppError('not-found', 'There is no such assignment in this cohort.');
  return found;
}

/** An assignment as its form has it. */
export async function assignmentFields(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  id: string,
): Promise<AssignmentFields & { readonly title: string }> {
  const standing = await demandOpen(prisma, asker, cohortId, 'manage');
  const { lab, opensAt, dueAt, points, lateRule } = await assignmentOf(prisma, cohortId, id);
  const rule = lateRuleSchema.parse(lateRule);
  const { timeZone } = standing.cohort;
  return {
    title: lab.title,
    opens: localTime(opensAt ?? undefined, timeZone),
    due: localTime(dueAt ?? undefined, timeZone),
    points: String(points),
    late: rule.kind,
    percent: rule.kind === 'per-day' ? String(rule.percent) : '10',
    atLeast: rule.kind === 'per-day' ? String(rule.atLeast) : '0',
  };
}

/** Changes dates, points and the late rule. The lab's version stays. */
export async function editAssignment(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  id: string,
  fields: AssignmentFields,
): Promise<void> {
  const standing = await demandOpen(prisma, asker, cohortId, 'manage');
  const { lab } = await assignmentOf(prisma, cohortId, id);
  const data = readAssignmentFields(fields, standing.cohort.timeZone);
  await prisma.$transaction([
    prisma.assignment.update({ where: { id }, data }),
    prisma.auditEntry.create({
      data: auditRow(standing, {
        action: 'changed an assignment',
        details: { lab: lab.title, ...told(fields) },
      }),
    }),
  ]);
}

/** Takes an assignment away, with its grades. Learners keep their workspaces and attempts. */
export async function removeAssignment(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  id: string,
): Promise<void> {
  const standing = await demandOpen(prisma, asker, cohortId, 'manage');
  const { lab } = await assignmentOf(prisma, cohortId, id);
  await prisma.$transaction([
    prisma.assignment.delete({ where: { id } }),
    prisma.auditEntry.create({
      data: auditRow(standing, { action: 'took an assignment away', details: { lab: lab.title } }),
    }),
  ]);
}
