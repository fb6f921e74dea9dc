import type { Lab } from '../../../labs';
import { AppError } from '../../app-error';
import type { PrismaClient } from '../../generated/prisma/client';
import { type Asker, demand } from '../access';
import { isStaff } from '../people/roles';
import type { AssignedView, ForkedView } from '../views';
import type { LabContents } from './lab-contents';
import { ownDue } from './own-due';
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
  // With what is the asker's own of it: a whole class asks this in the same second.
  const [found] = await prisma.$queryRaw<readonly AskedAssignment[]>`
    SELECT assignment.id, assignment."cohortId", assignment."labId", assignment."labVersion", assignment."opensAt",
      assignment.points, assignment."dueAt", extension."dueAt" AS "extendedTo",
      workspace.id AS "workspaceId", workspace.seed
    FROM assignment
    LEFT JOIN extension ON extension."assignmentId" = assignment.id AND extension."userId" = ${asker.id}
    LEFT JOIN workspace ON workspace."userId" = ${asker.id} AND workspace."labId" = assignment."labId"
      AND workspace.place = assignment.id
    WHERE assignment.id = ${assignmentId}`;
  if (found === undefined) throw new AppError('not-found', 'There is no such assignment.');
  const { role, cohort } = await demand(prisma, asker, found.cohortId, 'see');
  if (!isStaff(role) && found.opensAt !== null && found.opensAt.getTime() > Date.now())
    throw new AppError('forbidden', 'This lab is not open yet.');
  if (!isStaff(role) && cohort.archivedAt !== null)
    throw new AppError('forbidden', 'This cohort is archived; its labs can be read but not worked on.');
  const { workspaceId, seed, dueAt, extendedTo, ...assignment } = found;
  const due = ownDue(dueAt ?? undefined, extendedTo ?? undefined);
  return { ...assignment, due, cohort, place: placeOf(workspaceId, seed) };
}

/** An assignment with the extension of whoever asks, and their workspace of it, if there are such. */
interface AskedAssignment {
  readonly id: string;
  readonly cohortId: string;
  readonly labId: string;
  readonly labVersion: string;
  readonly opensAt: Date | null;
  readonly dueAt: Date | null;
  readonly extendedTo: Date | null;
  readonly points: number;
  readonly workspaceId: string | null;
  readonly seed: number | null;
}

const placeOf = (id: string | null, seed: number | null) =>
  id === null || seed === null ? undefined : { id, seed };

/** When an assignment is due for a learner. */
async function dueFor(
  prisma: PrismaClient,
  assignment: { readonly id: string; readonly dueAt: Date | null },
  userId: string,
): Promise<Date | undefined> {
  const key = { assignmentId_userId: { assignmentId: assignment.id, userId } };
  const extension = await prisma.extension.findUnique({ where: key, select: { dueAt: true } });
  return ownDue(assignment.dueAt ?? undefined, extension?.dueAt);
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
export function assignedView(found: Awaited<ReturnType<typeof openAssignment>>): AssignedView {
  const { id: assignmentId, cohort, cohortId, points, due } = found;
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
