import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Lab, Verdict } from '../../../labs';
import { AppError } from '../../app-error';
import type { PrismaClient } from '../../generated/prisma/client';
import { renderMarkdown } from '../../markdown';
import type { NoteView } from '../../protocol';
import { type Asker, demandOpen } from '../access';
import { assignmentOf } from '../assignments/assignments';
import { auditRow } from '../audit';
import { type Bus, topics } from '../bus';
import { parsed } from '../cohort-fields';
import { namesOf } from '../cohort-page';
import { meaningKey, meaningOf } from './meaning';

const TEXT_LIMIT = 4_000;
const MEANING_LIMIT = 4_000;

const schema = z.object({
  task: z.string().min(1),
  check: z.string().min(1),
  says: z.string().max(MEANING_LIMIT),
  text: z.string().trim().min(1, 'A hint has to say something.').max(TEXT_LIMIT, 'That hint is too long.'),
});

/** A hint for a group of the board. */
export type GroupHintFields = z.infer<typeof schema>;

/** Writes a hint for everybody who stands there, now and later. */
export async function writeGroupHint(
  prisma: PrismaClient,
  bus: Bus,
  asker: Asker,
  cohortId: string,
  assignmentId: string,
  fields: GroupHintFields,
): Promise<void> {
  const standing = await demandOpen(prisma, asker, cohortId, 'help');
  const { lab } = await assignmentOf(prisma, cohortId, assignmentId);
  const { task, check, says, text } = parsed(schema, fields);
  await prisma.$transaction([
    prisma.groupHint.create({
      data: { id: randomUUID(), assignmentId, task, check, meaning: says, text, byId: asker.id },
    }),
    prisma.auditEntry.create({
      data: auditRow(standing, { action: 'wrote a hint', details: { lab: lab.title, task, check } }),
    }),
  ]);
  bus.publish(topics.assignment(assignmentId));
  bus.publish(topics.hints(assignmentId));
}

/** Takes a hint back. */
export async function withdrawGroupHint(
  prisma: PrismaClient,
  bus: Bus,
  asker: Asker,
  cohortId: string,
  hintId: string,
): Promise<void> {
  const standing = await demandOpen(prisma, asker, cohortId, 'help');
  const hint = await prisma.groupHint.findFirst({ where: { id: hintId, assignment: { cohortId } } });
  if (hint === null) throw new AppError('not-found', 'There is no such hint.');
  await prisma.$transaction([
    prisma.groupHint.update({ where: { id: hintId }, data: { withdrawnAt: new Date() } }),
    prisma.auditEntry.create({
      data: auditRow(standing, {
        action: 'took a hint back',
        details: { task: hint.task, check: hint.check },
      }),
    }),
  ]);
  bus.publish(topics.assignment(hint.assignmentId));
  bus.publish(topics.hints(hint.assignmentId));
}

/** The hints that staff wrote for what these verdicts mean. */
export async function notesFor(
  prisma: PrismaClient,
  assignmentId: string,
  lab: Lab,
  verdicts: readonly Verdict[],
): Promise<readonly NoteView[]> {
  const keys = new Set(
    verdicts.flatMap((verdict) => {
      const meaning = meaningOf(verdict, lab.values);
      return meaning === undefined ? [] : [meaningKey(meaning)];
    }),
  );
  if (keys.size === 0) return [];
  const rows = await prisma.groupHint.findMany({
    where: { assignmentId, withdrawnAt: null },
    orderBy: { createdAt: 'asc' },
  });
  const fitting = rows.filter(({ task, check, meaning }) =>
    keys.has(meaningKey({ task, check, says: meaning })),
  );
  const names = await namesOf(
    prisma,
    fitting.map(({ byId }) => byId),
  );
  return Promise.all(
    fitting.map(async ({ id, task, text, byId }) => ({
      id,
      task,
      by: names.get(byId) ?? 'Staff',
      html: await renderMarkdown(text),
    })),
  );
}
