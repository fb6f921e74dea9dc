import { type Lab, scoreOf, type Verdict } from '../../../labs';
import type { Prisma, PrismaClient } from '../../generated/prisma/client';
import type { ScoredAttempt } from './result';

/** A stored attempt at an assignment, with what it says. */
export interface AssignedAttempt extends ScoredAttempt {
  readonly assignmentId: string;
  readonly userId: string;
  readonly workspaceId: string;
  readonly seq: number;
  readonly labVersion: string;
  readonly verdicts: readonly Verdict[];
}

/** Every attempt at these assignments, oldest first; of one learner when `userId` is given. */
export async function readAttempts(
  prisma: PrismaClient,
  labOf: (assignmentId: string) => Pick<Lab, 'tasks'> | undefined,
  where: Prisma.AttemptWhereInput,
): Promise<readonly AssignedAttempt[]> {
  const rows = await prisma.attempt.findMany({
    // What came in a file nobody has seen happen.
    where: { ...where, imported: false },
    include: { workspace: { select: { assignmentId: true } } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  return rows.flatMap(({ id, at, passed, verdicts, userId, workspaceId, seq, labVersion, workspace }) => {
    const { assignmentId } = workspace;
    const lab = assignmentId === null ? undefined : labOf(assignmentId);
    if (assignmentId === null || lab === undefined) return [];
    const judged = verdicts as unknown as readonly Verdict[];
    const score = passed ? 1 : scoreOf(lab, judged);
    const facts = { id, at: at.getTime(), passed, userId, workspaceId, seq, labVersion };
    return [{ ...facts, score, assignmentId, verdicts: judged }];
  });
}
