import { earnedBy, type LabSource, passed, readLab, type Verdict } from '../../labs';
import type { Attempt, PrismaClient } from '../generated/prisma/client';
import { labKey } from '../lab-library';
import { createLabStarts, createWorkspaceStore } from '../live';
import { labOptions } from '../live/lab-starts';
import { type Loaded, type Loading, loadUpTo } from '../live/load-workspace';

/** An attempt that the lab as it is now judges otherwise. */
export interface ChangedAttempt {
  readonly id: string;
  /** "passed", or "task/check" of the first verdict that was not met. */
  readonly before: string;
  readonly now: string;
  readonly lost: boolean;
}

/** What judging stored attempts anew found. */
export interface AttemptsDiff {
  readonly judged: number;
  readonly changes: readonly ChangedAttempt[];
}

const PASSED = 'passed';

/** Judges the newest attempts at a lab by the lab as it is now, each in the state in which it was made. Nothing is stored. */
export async function diffAttempts(
  prisma: PrismaClient,
  source: LabSource,
  limit: number,
): Promise<AttemptsDiff> {
  const newest = await prisma.attempt.findMany({
    where: { labId: labKey(source), imported: false },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit,
  });
  const starts = createLabStarts(prisma);
  const store = createWorkspaceStore(prisma);
  const earned = new Map<string, Set<string>>();
  const changes: ChangedAttempt[] = [];
  let judged = 0;
  // Oldest first: what a task earned once counts for the attempts after it.
  for (const attempt of newest.toReversed()) {
    const row = await store.row(attempt.workspaceId);
    if (row === undefined) continue;
    const lab = readLab(source, row.seed);
    const options = labOptions(lab, row.seed, row.startAt);
    const start = () => starts.byId(row.startId, options);
    const { workspace } = await stateOf({ row, store, options, start }, attempt);
    const kept = earned.get(row.id) ?? new Set<string>();
    earned.set(row.id, kept);
    const verdicts = await workspace.grade(lab, kept);
    workspace.close();
    for (const task of earnedBy(lab, verdicts)) kept.add(task);
    judged += 1;
    const before = attempt.passed ? PASSED : stoppedAt(attempt.verdicts as unknown as readonly Verdict[]);
    const now = passed(lab, verdicts) ? PASSED : stoppedAt(verdicts);
    if (now !== before) changes.push({ id: attempt.id, before, now, lost: attempt.passed });
  }
  return { judged, changes };
}

/** The state in which an attempt was made: between the last line and the check time passed, and Pods became ready. */
async function stateOf(loading: Loading, attempt: Attempt): Promise<Loaded> {
  const loaded = await loadUpTo(loading, attempt.seq);
  const { store, row } = loading;
  const [next] = await store.events(row.id, loaded.seq, loaded.seq + 1);
  const at = attempt.virtualAt === null ? (next?.at ?? row.reachedAt) : Number(attempt.virtualAt);
  if (at > loaded.workspace.now) await loaded.workspace.advanceTo(at);
  return loaded;
}

/** "task/check" of the first verdict that is not met. */
function stoppedAt(verdicts: readonly Verdict[]): string {
  const wrong = verdicts.find(({ outcome }) => outcome !== 'met');
  return wrong ? `${wrong.task}/${wrong.check}` : 'all judged tasks met';
}
