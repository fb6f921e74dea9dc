import type { PrismaClient } from '../generated/prisma/client';
import type { Guest } from '../guests';
import type { VerdictView } from '../protocol';
import type { PastAttempt } from '../views';

/** Attempts that a page of history shows; all of them are in the export. */
const HISTORY_LIMIT = 100;

/** A learner's attempts, newest first. */
export async function attemptsOf(
  prisma: PrismaClient,
  { id: userId }: Guest,
): Promise<{ readonly shown: readonly PastAttempt[]; readonly all: number }> {
  const [all, rows] = await Promise.all([
    prisma.attempt.count({ where: { userId } }),
    prisma.attempt.findMany({
      where: { userId },
      orderBy: { at: 'desc' },
      take: HISTORY_LIMIT,
      include: { lab: { select: { track: true, slug: true, title: true } } },
    }),
  ]);
  const shown = rows.map(({ id, at, passed, imported, verdicts, lab }) => ({
    id,
    at: at.toISOString(),
    passed,
    imported,
    ...lab,
    verdicts: verdicts as unknown as readonly VerdictView[],
  }));
  return { shown, all };
}
