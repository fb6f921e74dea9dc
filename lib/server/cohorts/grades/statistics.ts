import type { Verdict } from '../../../labs';
import type { PrismaClient } from '../../generated/prisma/client';
import { CohortRole } from '../../generated/prisma/client';
import { type Asker, demand } from '../access';
import { readWork } from '../assignments/course-work';
import type { LabContents } from '../assignments/lab-contents';
import { boardAttempt } from '../board/board-trails';
import type { WorkStatistics } from './grade-views';
import { attemptsUntil, type LearnerLog, minutesUntilPassed, taskStatistics } from './statistics-rules';

/** Every assignment of a cohort in figures. */
export async function cohortStatistics(
  prisma: PrismaClient,
  contents: LabContents,
  asker: Asker,
  cohortId: string,
): Promise<readonly WorkStatistics[]> {
  await demand(prisma, asker, cohortId, 'help');
  const [work, learners] = await Promise.all([
    readWork(prisma, contents, { cohortId }),
    prisma.membership.findMany({ where: { cohortId, role: CohortRole.LEARNER }, select: { userId: true } }),
  ]);
  const among = learners.map(({ userId }) => userId);
  const all: WorkStatistics[] = [];
  for (const { id, lab } of work) {
    const logs = await readLogs(prisma, contents, id, among);
    all.push({
      id,
      title: lab.title,
      learners: among.length,
      begun: logs.length,
      passed: logs.filter(({ attempts }) => attempts.some(({ passed }) => passed)).length,
      minutes: logs.flatMap((log) => minutesUntilPassed(log) ?? []).sort((a, b) => a - b),
      attempts: attemptsUntil(logs, ({ passed }) => passed),
      tasks: lab.tasks.map(({ id: task, title }) => taskStatistics({ id: task, title }, logs)),
    });
  }
  return all;
}

async function readLogs(
  prisma: PrismaClient,
  contents: LabContents,
  assignmentId: string,
  among: readonly string[],
): Promise<readonly LearnerLog[]> {
  const places = await prisma.workspace.findMany({
    where: { assignmentId, forkedFromId: null, userId: { in: [...among] } },
    select: {
      labId: true,
      labVersion: true,
      seed: true,
      attempts: { orderBy: { at: 'asc' }, select: { at: true, passed: true, verdicts: true } },
      events: { orderBy: { seq: 'asc' }, select: { createdAt: true } },
    },
  });
  return Promise.all(
    places.map(async ({ labId, labVersion, seed, attempts, events }) => {
      const lab = await contents.read(labId, labVersion, seed);
      return {
        inputs: events.map(({ createdAt }) => createdAt.getTime()),
        attempts:
          lab === undefined
            ? []
            : attempts.map(({ at, passed, verdicts }) =>
                boardAttempt(lab, at.getTime(), passed, verdicts as unknown as readonly Verdict[]),
              ),
      };
    }),
  );
}
