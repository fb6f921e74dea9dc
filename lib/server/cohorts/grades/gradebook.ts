import type { PrismaClient } from '../../generated/prisma/client';
import { CohortRole } from '../../generated/prisma/client';
import { type Asker, demand } from '../access';
import { readWork, type Work } from '../assignments/course-work';
import type { LabContents } from '../assignments/lab-contents';
import { ownDue } from '../assignments/own-due';
import { byName } from '../people/by-name';
import type { GradebookView, GradeCell, GradeLine } from './grade-views';
import { resultOf } from './result';
import { type AssignedAttempt, readAttempts } from './scored-attempts';

/** A cohort's gradebook, for staff. */
export async function gradebook(
  prisma: PrismaClient,
  contents: LabContents,
  asker: Asker,
  cohortId: string,
): Promise<GradebookView> {
  const { cohort } = await demand(prisma, asker, cohortId, 'help');
  const work = await readWork(prisma, contents, { cohortId });
  const labs = new Map(work.map(({ id, lab }) => [id, lab]));
  const of = { assignmentId: { in: [...labs.keys()] } };
  const [members, attempts, extensions, overrides, comments] = await Promise.all([
    prisma.membership.findMany({
      where: { cohortId, role: CohortRole.LEARNER },
      include: { user: { select: { email: true, rosterEntries: { where: { cohortId } } } } },
    }),
    readAttempts(prisma, (id) => labs.get(id), { workspace: { ...of, forkedFromId: null } }),
    prisma.extension.findMany({ where: of }),
    prisma.gradeOverride.findMany({ where: of }),
    prisma.gradeComment.findMany({ where: of, orderBy: { createdAt: 'asc' } }),
  ]);
  const keyOf = (each: { assignmentId: string; userId: string }) => `${each.assignmentId} ${each.userId}`;
  const tried = groupBy(attempts, keyOf);
  const longer = groupBy(extensions, keyOf);
  const given = groupBy(overrides, keyOf);
  const said = groupBy(comments, keyOf);
  const cellOf = (each: Work, userId: string): GradeCell => {
    const key = keyOf({ assignmentId: each.id, userId });
    const own: readonly AssignedAttempt[] = tried.get(key) ?? [];
    const extension = longer.get(key)?.[0];
    const override = given.get(key)?.[0];
    const due = ownDue(each.dueAt, extension?.dueAt);
    const { points, lateRule } = each;
    const found = resultOf(own, { points, dueAt: due?.getTime(), lateRule, override: override?.points });
    return {
      assignmentId: each.id,
      points: found.points ?? null,
      earned: found.earned ?? null,
      score: found.attempt?.score ?? null,
      factor: found.factor,
      late: found.late,
      attempts: own.length,
      passed: own.some(({ passed }) => passed),
      attemptId: found.attempt?.id ?? null,
      at: found.attempt === undefined ? null : new Date(found.attempt.at).toISOString(),
      dueAt: due?.toISOString() ?? null,
      extension: extension?.reason ?? null,
      override: override?.reason ?? null,
      comments: (said.get(key) ?? []).map(({ text }) => text),
    };
  };
  return {
    cohort: cohort.name,
    work: work.map(({ id, lab, points }) => ({ id, title: lab.title, points })),
    lines: members.sort(byName).map(({ userId, name, user }): GradeLine => {
      const cells = work.map((each) => cellOf(each, userId));
      const [entry] = user.rosterEntries;
      return {
        userId,
        name,
        email: user.email ?? entry?.email ?? '',
        reference: entry?.reference ?? '',
        cells,
        total: Math.round(cells.reduce((sum, { points }) => sum + (points ?? 0), 0) * 100) / 100,
      };
    }),
    possible: work.reduce((sum, { points }) => sum + points, 0),
  };
}

function groupBy<T>(all: readonly T[], keyOf: (each: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const known = groups.get(keyOf(each));
    if (known === undefined) groups.set(keyOf(each), [each]);
    else known.push(each);
  }
  return groups;
}
