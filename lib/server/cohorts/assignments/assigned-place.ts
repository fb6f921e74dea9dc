import type { Lab } from '../../../labs';
import { AppError } from '../../app-error';
import type { PrismaClient } from '../../generated/prisma/client';
import { type Asker, demand } from '../access';
import { isStaff } from '../people/roles';
import type { AssignedView, ForkedView } from '../views';
import type { LabContents } from './lab-contents';
import { type HintPolicy, type SolutionPolicy, solutionLock, underPolicies } from './policies';

/** What a workspace's row says of where it belongs. */
export interface PlacedRow {
  readonly id: string;
  readonly userId: string;
  readonly labId: string;
  readonly labVersion: string;
  readonly seed: number;
  readonly assignmentId: string | null;
  readonly forkedFromId: string | null;
}

/** The lab that a placed workspace is about: at its version, under its cohort's policies; undefined when it is not kept. */
export async function placedLab(
  prisma: PrismaClient,
  contents: LabContents,
  row: PlacedRow,
): Promise<Lab | undefined> {
  const lab = await contents.read(row.labId, row.labVersion, row.seed);
  if (lab === undefined || row.assignmentId === null || row.forkedFromId !== null) return lab;
  const assignment = await prisma.assignment.findUnique({
    where: { id: row.assignmentId },
    select: { cohort: { select: { hints: true, solutions: true } } },
  });
  if (assignment === null) return lab;
  const { hints, solutions } = assignment.cohort;
  return underPolicies(lab, hints as HintPolicy, solutions as SolutionPolicy);
}

/** An assignment as somebody who may work on it finds it; says why not when they may not, or not yet. */
export async function openAssignment(prisma: PrismaClient, asker: Asker, assignmentId: string) {
  const found = await prisma.assignment.findUnique({ where: { id: assignmentId } });
  if (found === null) throw new AppError('not-found', 'There is no such assignment.');
  const { role, cohort } = await demand(prisma, asker, found.cohortId, 'see');
  if (!isStaff(role) && found.opensAt !== null && found.opensAt.getTime() > Date.now())
    throw new AppError('forbidden', 'This lab is not open yet.');
  if (!isStaff(role) && cohort.archivedAt !== null)
    throw new AppError('forbidden', 'This cohort is archived; its labs can be read but not worked on.');
  return { ...found, cohort };
}

/** When an assignment is due for a learner. */
export async function dueFor(
  prisma: PrismaClient,
  assignment: { readonly id: string; readonly dueAt: Date | null },
  userId: string,
): Promise<Date | undefined> {
  const key = { assignmentId_userId: { assignmentId: assignment.id, userId } };
  const extension = await prisma.extension.findUnique({ where: key, select: { dueAt: true } });
  return extension?.dueAt ?? assignment.dueAt ?? undefined;
}

/** Why a placed workspace's learner may not see solutions now, where the cohort says so. */
export async function lockOn(prisma: PrismaClient, row: PlacedRow): Promise<string | undefined> {
  if (row.assignmentId === null) return undefined;
  const assignment = await prisma.assignment.findUnique({
    where: { id: row.assignmentId },
    include: { cohort: { select: { solutions: true } } },
  });
  if (assignment === null) return undefined;
  const due = await dueFor(prisma, assignment, row.userId);
  return solutionLock(assignment.cohort.solutions as SolutionPolicy, due?.getTime(), Date.now());
}

/** What a lab page says of the assignment that it belongs to. */
export async function assignedView(
  prisma: PrismaClient,
  asker: Asker,
  found: Awaited<ReturnType<typeof openAssignment>>,
): Promise<AssignedView> {
  const due = await dueFor(prisma, found, asker.id);
  const { id: assignmentId, cohort, cohortId, points } = found;
  return {
    assignmentId,
    cohortId,
    cohort: cohort.name,
    dueAt: due?.toISOString() ?? null,
    timeZone: cohort.timeZone,
    points,
  };
}

/** Whose work a fork is of. */
export async function forkedView(
  prisma: PrismaClient,
  { forkedFromId, assignmentId }: Pick<PlacedRow, 'forkedFromId' | 'assignmentId'>,
): Promise<ForkedView> {
  const [source, assignment] = await Promise.all([
    prisma.workspace.findUnique({ where: { id: forkedFromId ?? '' }, select: { userId: true } }),
    prisma.assignment.findUnique({ where: { id: assignmentId ?? '' }, select: { cohortId: true } }),
  ]);
  const member = await prisma.membership.findFirst({
    where: { cohortId: assignment?.cohortId ?? '', userId: source?.userId ?? '' },
  });
  const href = assignment === null ? '/cohorts' : `/cohorts/${assignment.cohortId}/work/${forkedFromId}`;
  return { learner: member?.name ?? 'a learner', href };
}
