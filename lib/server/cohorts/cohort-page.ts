import type { PrismaClient } from '../generated/prisma/client';
import { CohortRole } from '../generated/prisma/client';
import { type Asker, demand } from './access';
import { readWork, type Work } from './assignments/course-work';
import type { LabContents } from './assignments/lab-contents';
import { lateRuleWords } from './assignments/late-rule';
import { ownDue } from './assignments/own-due';
import { resultOf } from './grades/result';
import { type AssignedAttempt, readAttempts } from './grades/scored-attempts';
import { isStaff } from './people/roles';
import type { AssignmentView, CohortView, OwnResult } from './views';

/** A cohort as one of its members sees it: the assignments, and how they stand for whoever asks. */
export async function cohortPage(
  prisma: PrismaClient,
  contents: LabContents,
  asker: Asker,
  cohortId: string,
): Promise<CohortView> {
  const { role } = await demand(prisma, asker, cohortId, 'see');
  const [cohort, work] = await Promise.all([
    prisma.cohort.findUniqueOrThrow({
      where: { id: cohortId },
      include: { members: { select: { name: true, role: true } } },
    }),
    readWork(prisma, contents, { cohortId }),
  ]);
  const own = await ownParts(prisma, asker, work);
  const staff = cohort.members.filter((member) => member.role !== CohortRole.LEARNER);
  const shown = work.map((each) => assignmentView(each, own(each)));
  return {
    id: cohort.id,
    name: cohort.name,
    role,
    startsAt: cohort.startsAt?.toISOString() ?? null,
    endsAt: cohort.endsAt?.toISOString() ?? null,
    archived: cohort.archivedAt !== null,
    learners: cohort.members.length - staff.length,
    assignments: work.length,
    timeZone: cohort.timeZone,
    hints: cohort.hints,
    solutions: cohort.solutions,
    code: isStaff(role) ? cohort.code : null,
    staff: staff.map(({ name }) => name),
    work: shown,
  };
}

interface OwnPart {
  readonly dueAt: Date | undefined;
  readonly result: OwnResult;
}

/** What concerns one learner of these assignments. */
async function ownParts(
  prisma: PrismaClient,
  { id: userId }: Asker,
  work: readonly Work[],
): Promise<(each: Work) => OwnPart> {
  const of = { assignmentId: { in: work.map(({ id }) => id) }, userId };
  const labs = new Map(work.map(({ id, lab }) => [id, lab]));
  const [extensions, overrides, comments, places, attempts] = await Promise.all([
    prisma.extension.findMany({ where: of }),
    prisma.gradeOverride.findMany({ where: of }),
    prisma.gradeComment.findMany({ where: of, orderBy: { createdAt: 'asc' } }),
    prisma.workspace.findMany({ where: of, select: { assignmentId: true } }),
    readAttempts(prisma, (id) => labs.get(id), { userId, workspace: { assignmentId: of.assignmentId } }),
  ]);
  const names = await namesOf(
    prisma,
    comments.map(({ byId }) => byId),
  );
  return ({ id, points, dueAt, lateRule }) => {
    const mine = <T extends { readonly assignmentId: string | null }>(all: readonly T[]) =>
      all.filter(({ assignmentId }) => assignmentId === id);
    const extended = mine(extensions)[0]?.dueAt;
    const override = mine(overrides)[0];
    const tried = mine(attempts) as readonly AssignedAttempt[];
    const due = ownDue(dueAt, extended);
    const found = resultOf(tried, {
      points,
      dueAt: due?.getTime(),
      lateRule,
      override: override?.points,
    });
    const passed = tried.some((attempt) => attempt.passed);
    return {
      dueAt: due,
      result: {
        state: passed ? 'passed' : mine(places).length > 0 ? 'begun' : 'not begun',
        points: found.points ?? null,
        late: found.late,
        extended: extended !== undefined,
        override: override?.reason ?? null,
        comments: mine(comments).map(({ text, byId, createdAt }) => ({
          text,
          by: names.get(byId) ?? 'Staff',
          at: createdAt.toISOString(),
        })),
        attempts: tried.map((attempt) => ({
          id: attempt.id,
          at: new Date(attempt.at).toISOString(),
          passed: attempt.passed,
          counts: attempt.id === found.attempt?.id,
        })),
      },
    };
  };
}

/** The names by which classes know these people. */
export async function namesOf(
  prisma: PrismaClient,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await prisma.membership.findMany({
    where: { userId: { in: [...new Set(ids)] } },
    select: { userId: true, name: true },
  });
  return new Map(rows.map(({ userId, name }) => [userId, name]));
}

function assignmentView(work: Work, { dueAt, result }: OwnPart): AssignmentView {
  const { id, lab, opensAt, points, lateRule, labVersion, current } = work;
  const { track, slug, title, minutes, tasks } = lab;
  return {
    id,
    track,
    slug,
    title,
    minutes,
    tasks: tasks.length,
    opensAt: opensAt?.toISOString() ?? null,
    dueAt: dueAt?.toISOString() ?? null,
    points,
    late: lateRuleWords(lateRule),
    open: opensAt === undefined || opensAt.getTime() <= Date.now(),
    newer: current !== labVersion,
    own: result,
  };
}
