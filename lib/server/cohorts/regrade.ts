import { randomUUID } from 'node:crypto';
import { earnedBy, type Lab, passed, scoreOf, type Verdict } from '../../labs';
import { AppError } from '../app-error';
import type { Attempt, Prisma, PrismaClient } from '../generated/prisma/client';
import { ProgressStatus } from '../generated/prisma/client';
import type { LabLibrary } from '../lab-library';
import type { Registry } from '../live';
import { log } from '../log';
import { type Asker, demandOpen } from './access';
import { assignmentOf } from './assignments';
import { auditRow } from './audit';
import { type Bus, topics } from './bus';
import { namesOf } from './cohort-page';
import type { LabContents } from './lab-contents';
import type { Outcome, RegradeLine, RegradeView } from './regrade-views';
import type { WorkspaceHistory } from './workspace-history';

/** What regrading needs. */
export interface Regrading {
  readonly prisma: PrismaClient;
  readonly contents: LabContents;
  readonly history: WorkspaceHistory;
  readonly registry: Registry;
  readonly bus: Bus;
  library(): Promise<LabLibrary>;
}

/** A change as it is stored: with the verdicts that would take the place of the old ones. */
interface StoredChange extends RegradeLine {
  readonly verdicts: readonly Verdict[];
}

/** A regrade's rows as they are stored. */
interface StoredRegrade {
  readonly done: number;
  readonly total: number;
  readonly finished: boolean;
  readonly failed: readonly string[];
  readonly changes: readonly StoredChange[];
}

/** So often a regrade that runs is stored, to be seen. */
const STORE_EVERY = 10;

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
  const attempts = await prisma.attempt.findMany({
    where: { workspace: { assignmentId, forkedFromId: null } },
    orderBy: [{ workspaceId: 'asc' }, { at: 'asc' }],
  });
  const id = randomUUID();
  const begun: StoredRegrade = { done: 0, total: attempts.length, finished: false, failed: [], changes: [] };
  await prisma.$transaction([
    prisma.regrade.create({
      data: {
        id,
        assignmentId,
        fromVersion: labVersion,
        toVersion: current.version,
        byId: asker.id,
        rows: begun as unknown as Prisma.InputJsonObject,
      },
    }),
    prisma.auditEntry.create({
      data: auditRow(standing, {
        action: 'judged attempts again',
        details: { lab: row.title, attempts: attempts.length },
      }),
    }),
  ]);
  judgeAll(regrading, id, attempts, labId, current.version).catch((error: unknown) =>
    log('error', 'regrade-failed', { regrade: id, error }),
  );
  return id;
}

async function judgeAll(
  { prisma, contents, history }: Regrading,
  id: string,
  attempts: readonly Attempt[],
  labId: string,
  version: string,
): Promise<void> {
  const names = await namesOf(
    prisma,
    attempts.map(({ userId }) => userId),
  );
  const failed: string[] = [];
  const changes: StoredChange[] = [];
  const earned = new Map<string, Set<string>>();
  const store = async (done: number) => {
    const rows: StoredRegrade = {
      done,
      total: attempts.length,
      finished: done === attempts.length,
      failed,
      changes,
    };
    await prisma.regrade.update({
      where: { id },
      data: { rows: rows as unknown as Prisma.InputJsonObject },
      select: { id: true },
    });
  };
  for (const [index, attempt] of attempts.entries()) {
    const learner = names.get(attempt.userId) ?? 'A learner';
    const kept = earned.get(attempt.workspaceId) ?? new Set<string>();
    earned.set(attempt.workspaceId, kept);
    try {
      const { lab, before, verdicts } = await judgeAgain(contents, history, attempt, labId, version, kept);
      for (const task of earnedBy(lab, verdicts)) kept.add(task);
      const now = outcomeOf(lab, passed(lab, verdicts), verdicts);
      const then = outcomeOf(before, attempt.passed, attempt.verdicts as unknown as readonly Verdict[]);
      if (JSON.stringify(now) !== JSON.stringify(then))
        changes.push({
          attemptId: attempt.id,
          learner,
          at: attempt.at.toISOString(),
          before: then,
          after: now,
          verdicts,
        });
    } catch (error) {
      log('error', 'attempt-not-regraded', { attempt: attempt.id, error });
      failed.push(
        `${learner}, ${attempt.at.toISOString()}: ${error instanceof Error ? error.message : 'failed'}`,
      );
    }
    if (index % STORE_EVERY === 0) await store(index);
    // Learners type meanwhile.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await store(attempts.length);
}

/** One attempt: the workspace as it was then, by the lab as it is now. */
async function judgeAgain(
  contents: LabContents,
  history: WorkspaceHistory,
  attempt: Attempt,
  labId: string,
  version: string,
  earned: ReadonlySet<string>,
) {
  const virtualAt = attempt.virtualAt === null ? undefined : Number(attempt.virtualAt);
  const moment = await history.at(attempt.workspaceId, attempt.seq, virtualAt);
  try {
    const lab = await contents.read(labId, version, moment.loading.row.seed);
    const before = await contents.read(labId, attempt.labVersion, moment.loading.row.seed);
    if (lab === undefined) throw new AppError('unavailable', 'the version to judge by is not kept');
    const verdicts = await moment.workspace.grade(lab, earned);
    const unjudged = verdicts.find(({ outcome }) => outcome === 'cannot-judge');
    if (unjudged?.outcome === 'cannot-judge') throw new AppError('unavailable', unjudged.reason);
    return { lab, before: before ?? lab, verdicts };
  } finally {
    moment.workspace.close();
  }
}

function outcomeOf(lab: Lab, isPassed: boolean, verdicts: readonly Verdict[]): Outcome {
  const first = verdicts.find(({ outcome }) => outcome === 'not-met');
  const why = first?.outcome === 'not-met' ? `${first.check}: ${first.reason}` : '';
  return { passed: isPassed, score: Math.round(scoreOf(lab, verdicts) * 1_000) / 1_000, why };
}

/** The regrades of an assignment, newest first. */
export async function listRegrades(
  { prisma }: Regrading,
  asker: Asker,
  cohortId: string,
  assignmentId: string,
): Promise<readonly RegradeView[]> {
  await demandOpen(prisma, asker, cohortId, 'grade');
  await assignmentOf(prisma, cohortId, assignmentId);
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
    const { changes, ...rest } = stored as unknown as StoredRegrade;
    return {
      id,
      createdAt: createdAt.toISOString(),
      by: names.get(byId) ?? 'Staff',
      ...rest,
      changes: changes.map(({ verdicts: _verdicts, ...line }) => line),
      applied: applied === 'all' || applied === 'upward' ? applied : null,
    };
  });
}

/** Puts the new verdicts in the place of the old: all of them, or only where more is done by them. */
export async function applyRegrade(
  { prisma, registry, bus }: Regrading,
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
  const places = await prisma.workspace.findMany({
    where: { assignmentId, forkedFromId: null },
    select: { id: true },
  });
  // Whoever works now is judged by the new version from here on.
  for (const { id } of places) await registry.forget(id);
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
  bus.publish(topics.regraded(assignmentId));
}
