import { earnedBy, type Lab, passed, scoreOf, type Verdict } from '../../../labs';
import { AppError } from '../../app-error';
import type { Attempt, Prisma, PrismaClient } from '../../generated/prisma/client';
import { log } from '../../log';
import type { LabContents } from '../assignments/lab-contents';
import { namesOf } from '../cohort-page';
import type { WorkspaceHistory } from '../replay/workspace-history';
import type { Outcome, RegradeLine } from './regrade-views';

/** A change as it is stored: with the verdicts that would take the place of the old ones. */
export interface StoredChange extends RegradeLine {
  readonly verdicts: readonly Verdict[];
}

/** A regrade's rows as they are stored; whoever finds them can go on from there. */
export interface StoredRegrade {
  readonly done: number;
  readonly total: number;
  readonly finished: boolean;
  readonly failed: readonly string[];
  readonly changes: readonly StoredChange[];
  /** Tasks that each workspace has earned by the attempts that are done. */
  readonly earned?: Readonly<Record<string, readonly string[]>>;
  /** When the process that judges last said so, RFC 3339. */
  readonly beatAt?: string;
}

/** What judging needs. */
export interface Judging {
  readonly prisma: PrismaClient;
  readonly contents: LabContents;
  readonly history: WorkspaceHistory;
}

/** So often a regrade that runs is stored, to be seen; after so many attempts, or so much time. */
const STORE_EVERY = 10;
const BEAT_MS = 3_000;
/** A process that has not said for so long that it judges does so no more: one attempt is judged well within. */
const LOST_MS = 30_000;

/** Judges the attempts of regrades that nobody works on: the process that did has ended. */
export async function resumeRegrades(judging: Judging, assignmentId: string): Promise<void> {
  const { prisma } = judging;
  const rows = await prisma.regrade.findMany({ where: { assignmentId, applied: null } });
  for (const row of rows) {
    const stored = row.rows as unknown as StoredRegrade;
    const { finished, beatAt = row.createdAt.toISOString() } = stored;
    if (finished || Date.now() - Date.parse(beatAt) < LOST_MS) continue;
    // Of several who find it, one goes on with it.
    const claimed = await prisma.$executeRaw`
      UPDATE regrade SET rows = jsonb_set(rows::jsonb, '{beatAt}', to_jsonb(${new Date().toISOString()}::text))
      WHERE id = ${row.id} AND coalesce(rows->>'beatAt', '') = ${stored.beatAt ?? ''}`;
    if (claimed === 1) await judgeInBackground(judging, row.id);
  }
}

/** Begins to judge, or goes on, and does not wait for the end of it. */
export async function judgeInBackground(judging: Judging, id: string): Promise<void> {
  const { prisma } = judging;
  const row = await prisma.regrade.findUniqueOrThrow({
    where: { id },
    include: { assignment: { select: { labId: true } } },
  });
  const attempts = await attemptsToJudge(prisma, row.assignmentId, row.createdAt);
  const { labId } = row.assignment;
  const stored = row.rows as unknown as StoredRegrade;
  judgeAll(judging, { id, stored, attempts, labId, version: row.toVersion }).catch((error: unknown) =>
    log('error', 'regrade-failed', { regrade: id, error }),
  );
}

/** The attempts that a regrade is about, in the order in which they are judged: those that were made here by then. */
export function attemptsToJudge(
  prisma: PrismaClient,
  assignmentId: string,
  until: Date,
): Promise<readonly Attempt[]> {
  return prisma.attempt.findMany({
    where: { workspace: { assignmentId, forkedFromId: null }, imported: false, at: { lte: until } },
    orderBy: [{ workspaceId: 'asc' }, { at: 'asc' }, { id: 'asc' }],
  });
}

interface Work {
  readonly id: string;
  readonly stored: StoredRegrade;
  readonly attempts: readonly Attempt[];
  readonly labId: string;
  readonly version: string;
}

async function judgeAll(judging: Judging, { id, stored, attempts, labId, version }: Work): Promise<void> {
  const { prisma, contents, history } = judging;
  const names = await namesOf(
    prisma,
    attempts.map(({ userId }) => userId),
  );
  const failed = [...stored.failed];
  const changes = [...stored.changes];
  const earned = new Map(
    Object.entries(stored.earned ?? {}).map(([place, tasks]) => [place, new Set(tasks)]),
  );
  let storedAt = Date.now();
  const store = async (done: number) => {
    const rows: StoredRegrade = {
      done,
      total: attempts.length,
      finished: done === attempts.length,
      failed,
      changes,
      earned: Object.fromEntries([...earned].map(([place, tasks]) => [place, [...tasks]])),
      beatAt: new Date().toISOString(),
    };
    await prisma.regrade.update({
      where: { id },
      data: { rows: rows as unknown as Prisma.InputJsonObject },
      select: { id: true },
    });
    storedAt = Date.now();
  };
  for (const [index, attempt] of attempts.entries()) {
    if (index < stored.done) continue;
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
    if ((index + 1) % STORE_EVERY === 0 || Date.now() - storedAt > BEAT_MS) await store(index + 1);
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
