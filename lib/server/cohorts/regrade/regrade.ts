import { randomUUID } from 'node:crypto';
import { AppError } from '../../app-error';
import type { Prisma } from '../../generated/prisma/client';
import { ProgressStatus } from '../../generated/prisma/client';
import type { LabLibrary } from '../../lab-library';
import type { Registry } from '../../live';
import { log } from '../../log';
import { type Asker, demandOpen } from '../access';
import { assignmentOf } from '../assignments/assignments';
import { auditRow } from '../audit';
import { type Bus, topics } from '../bus';
import { namesOf } from '../cohort-page';
import {
  attemptsToJudge,
  type Judging,
  judgeInBackground,
  resumeRegrades,
  type StoredRegrade,
} from './judge-attempts';
import type { RegradeView } from './regrade-views';

/** What regrading needs. */
export interface Regrading extends Judging {
  readonly registry: Registry;
  readonly bus: Bus;
  library(): Promise<LabLibrary>;
}

/**
 * Begins to judge every stored attempt of an assignment again, from its log, by the version that the catalogue has now.
 * Nothing changes until it is applied. Resolves to the regrade's id at once.
 */
export async function startRegrade(
  regrading: Regrading,
  asker: Asker,
  cohortId: string,
  assignmentId: string,
): Promise<string> {
  const { prisma, contents, library } = regrading;
  const standing = await demandOpen(prisma, asker, cohortId, 'grade');
  const { labId, labVersion, lab: row } = await assignmentOf(prisma, cohortId, assignmentId);
  const known = await library();
  const current = known.find(row.track, row.slug);
  const source = current && known.source(current);
  if (current === undefined || source === undefined)
    throw new AppError('not-found', 'The catalogue no longer has this lab.');
  await contents.keep(labId, current.version, source);
  const createdAt = new Date();
  const { length: total } = await attemptsToJudge(prisma, assignmentId, createdAt);
  const id = randomUUID();
  const begun: StoredRegrade = { done: 0, total, finished: false, failed: [], changes: [] };
  await prisma.$transaction([
    prisma.regrade.create({
      data: {
        id,
        assignmentId,
        createdAt,
        fromVersion: labVersion,
        toVersion: current.version,
        byId: asker.id,
        rows: begun as unknown as Prisma.InputJsonObject,
      },
    }),
    prisma.auditEntry.create({
      data: auditRow(standing, {
        action: 'judged attempts again',
        details: { lab: row.title, attempts: total },
      }),
    }),
  ]);
  await judgeInBackground(regrading, id);
  return id;
}

/** The regrades of an assignment, newest first; one whose process has ended goes on by being looked at. */
export async function listRegrades(
  regrading: Regrading,
  asker: Asker,
  cohortId: string,
  assignmentId: string,
): Promise<readonly RegradeView[]> {
  const { prisma } = regrading;
  await demandOpen(prisma, asker, cohortId, 'grade');
  await assignmentOf(prisma, cohortId, assignmentId);
  await resumeRegrades(regrading, assignmentId);
  const rows = await prisma.regrade.findMany({
    where: { assignmentId },
    orderBy: { createdAt: 'desc' },
    take: 10,
  });
  const names = await namesOf(
    prisma,
    rows.map(({ byId }) => byId),
  );
  return rows.map(({ id, createdAt, byId, rows: stored, applied }) => {
    const { changes, done, total, finished, failed } = stored as unknown as StoredRegrade;
    return {
      id,
      createdAt: createdAt.toISOString(),
      by: names.get(byId) ?? 'Staff',
      done,
      total,
      finished,
      failed,
      changes: changes.map(({ verdicts: _verdicts, ...line }) => line),
      applied: applied === 'all' || applied === 'upward' ? applied : null,
    };
  });
}

/** Puts the new verdicts in the place of the old: all of them, or only where more is done by them. */
export async function applyRegrade(
  { prisma, bus }: Regrading,
  asker: Asker,
  cohortId: string,
  regradeId: string,
  which: 'all' | 'upward',
): Promise<void> {
  const standing = await demandOpen(prisma, asker, cohortId, 'grade');
  const row = await prisma.regrade.findFirst({
    where: { id: regradeId, assignment: { cohortId } },
    include: { assignment: { include: { lab: true } } },
  });
  const stored = row?.rows as unknown as StoredRegrade | undefined;
  if (!row || !stored) throw new AppError('not-found', 'There is no such regrade in this cohort.');
  if (!stored.finished) throw new AppError('invalid', 'The attempts are still being judged.');
  if (row.applied !== null) throw new AppError('invalid', 'That was applied already.');
  const { assignmentId, toVersion, assignment } = row;
  const chosen = stored.changes.filter(({ before, after }) => which === 'all' || after.score > before.score);
  await prisma.$transaction(async (transaction) => {
    for (const { attemptId, after, verdicts } of chosen) {
      const { userId, labId, at } = await transaction.attempt.update({
        where: { id: attemptId },
        data: {
          passed: after.passed,
          verdicts: verdicts as unknown as Prisma.InputJsonArray,
          labVersion: toVersion,
        },
      });
      if (after.passed)
        await transaction.progress.updateMany({
          where: { userId, labId, status: ProgressStatus.STARTED },
          data: { status: ProgressStatus.PASSED, bestAttemptId: attemptId, passedAt: at },
        });
    }
    await transaction.assignment.update({ where: { id: assignmentId }, data: { labVersion: toVersion } });
    await transaction.workspace.updateMany({
      where: { assignmentId, forkedFromId: null },
      data: { labVersion: toVersion },
    });
    await transaction.regrade.update({
      where: { id: regradeId },
      data: { applied: which, appliedAt: new Date() },
    });
    await transaction.auditEntry.create({
      data: auditRow(standing, {
        action: which === 'all' ? 'applied a regrade' : 'applied a regrade, upward only',
        details: {
          lab: assignment.lab.title,
          attempts: chosen.length,
          learners: new Set(chosen.map(({ learner }) => learner)).size,
        },
      }),
    });
  });
  await Promise.all([
    bus.publish(topics.regraded(assignmentId)),
    bus.publish(topics.labChanged, { assignmentId }),
  ]);
}

/** Whoever works now is judged by the new version from here on: their pages come back to it by themselves. */
export function forgetChangedLabs({
  prisma,
  registry,
  bus,
}: Pick<Regrading, 'prisma' | 'registry' | 'bus'>): void {
  bus.subscribe(topics.labChanged, (body) => {
    if (body === null) return;
    const { assignmentId } = body as { readonly assignmentId: string };
    prisma.workspace
      .findMany({ where: { assignmentId, forkedFromId: null }, select: { id: true } })
      .then((places) => registry.release(places.map(({ id }) => id)))
      .catch((error: unknown) => log('error', 'labs-not-loaded-anew', { assignment: assignmentId, error }));
  });
}
