import { createHash, randomUUID } from 'node:crypto';
import type { Lab } from '../labs';
import {
  assignedView,
  forkedView,
  type HintPolicy,
  type LabContents,
  openAssignment,
  type SolutionPolicy,
  underPolicies,
} from './cohorts';
import type { PrismaClient } from './generated/prisma/client';
import { ProgressStatus } from './generated/prisma/client';
import type { Guest } from './guests';
import type { LabLibrary } from './lab-library';
import { labKey } from './lab-library';
import { labView } from './lab-view';
import type { LabStarts, Registry } from './live';
import { SANDBOX_TRACK } from './sandbox-lab';
import type { OpenLab, ProgressView } from './views';

/** What learners' places are kept in and opened with. */
export interface Learning {
  readonly prisma: PrismaClient;
  readonly starts: LabStarts;
  readonly registry: Registry;
  readonly contents: LabContents;
  library(): Promise<LabLibrary>;
}

/** Opens a lab for a learner: the workspace there is, or a new one at the lab's start; undefined for no such lab. */
export async function openLabFor(
  learning: Learning,
  guest: Guest,
  track: string,
  slug: string,
): Promise<OpenLab | undefined> {
  const library = await learning.library();
  const plain = library.find(track, slug);
  if (plain === undefined) return undefined;
  const labId = labKey(plain);
  const key = { userId_labId_place: { userId: guest.id, labId, place: '' } };
  const known = await learning.prisma.workspace.findUnique({
    where: key,
    select: { id: true, seed: true },
  });
  const lab = library.vary(plain, known?.seed ?? seedOf(guest, labId));
  const place = known ?? (await createWorkspaceRow(learning, guest, lab));
  return enter(learning, place, lab);
}

/** Opens an assigned lab, at the version that was assigned, in a place of its own; undefined when it is not kept. */
export async function openAssignedFor(
  learning: Learning,
  guest: Guest,
  assignmentId: string,
): Promise<OpenLab | undefined> {
  const assignment = await openAssignment(learning.prisma, guest, assignmentId);
  const { labId, labVersion, cohort, place: known } = assignment;
  const plain = await learning.contents.read(labId, labVersion, known?.seed ?? seedOf(guest, labId));
  if (plain === undefined) return undefined;
  const lab = underPolicies(plain, cohort.hints as HintPolicy, cohort.solutions as SolutionPolicy);
  const place = known ?? (await createWorkspaceRow(learning, guest, lab, assignmentId));
  return { ...(await enter(learning, place, lab)), assigned: assignedView(assignment) };
}

/** Opens a fork that somebody made of a learner's workspace; undefined when they have none of that id. */
export async function openForkFor(
  learning: Learning,
  guest: Guest,
  workspaceId: string,
): Promise<OpenLab | undefined> {
  const row = await learning.prisma.workspace.findFirst({
    where: { id: workspaceId, userId: guest.id, forkedFromId: { not: null } },
  });
  const lab = row && (await learning.contents.read(row.labId, row.labVersion, row.seed));
  if (!row || !lab) return undefined;
  return { ...(await enter(learning, row, lab)), forked: await forkedView(learning.prisma, row) };
}

/** A workspace's row: of one that was made a moment ago it is known that it is at this version of the lab. */
interface Place {
  readonly id: string;
  readonly isNew?: boolean;
}

async function enter(learning: Learning, { id, isNew }: Place, lab: Lab): Promise<OpenLab> {
  // The page's socket follows in a moment; meanwhile the state is already being loaded.
  learning.registry.warm(id, isNew ? lab : undefined);
  return { workspaceId: id, lab: await labView(lab) };
}

/** As many variants of a lab as are proved, so that neighbours seldom share one. */
const VARIANTS = 50;

/** Which variant of a lab a learner gets: the same one ever after. */
function seedOf({ id }: Guest, labId: string): number {
  return 1 + (createHash('sha256').update(`${id} ${labId}`).digest().readUInt32BE(0) % VARIANTS);
}

async function createWorkspaceRow(
  { prisma, starts }: Learning,
  { id: userId }: Guest,
  lab: Lab,
  assignmentId?: string,
): Promise<Place> {
  const labId = labKey(lab);
  if (lab.track === SANDBOX_TRACK) await keepSandbox(prisma, lab);
  const start = await starts.current(lab);
  const id = randomUUID();
  const place = assignmentId ?? '';
  const at = BigInt(start.startAt);
  // One statement, since a whole class does this in the same second.
  const [made] = await prisma.$queryRaw<readonly { readonly id: string }[]>`
    WITH begun AS (
      INSERT INTO progress ("userId", "labId", status) VALUES (${userId}, ${labId}, 'STARTED') ON CONFLICT DO NOTHING)
    INSERT INTO workspace (id, "userId", "labId", "labVersion", seed, "startId", "startAt", "reachedAt", place, "assignmentId")
    VALUES (${id}, ${userId}, ${labId}, ${lab.version}, ${start.seed}, ${start.id}, ${at}, ${at}, ${place}, ${assignmentId ?? null})
    ON CONFLICT ("userId", "labId", place) DO NOTHING RETURNING id`;
  if (made !== undefined) return { id, isNew: true };
  // Two tabs opened at once: the other one was first.
  return prisma.workspace.findUniqueOrThrow({
    where: { userId_labId_place: { userId, labId, place } },
    select: { id: true },
  });
}

/** Labs of the course are in the database from the start; a sandbox is put there when somebody opens it. */
async function keepSandbox(prisma: PrismaClient, lab: Lab): Promise<void> {
  const { track, slug, title, version } = lab;
  const id = labKey(lab);
  await prisma.lab.upsert({
    where: { id },
    create: { id, track, slug, title, version },
    update: { version },
  });
}

/** How far a learner is with every lab begun. */
export async function progressOf(prisma: PrismaClient, guest: Guest): Promise<readonly ProgressView[]> {
  const [rows, workspaces] = await Promise.all([
    prisma.progress.findMany({ where: { userId: guest.id }, include: { lab: true } }),
    prisma.workspace.findMany({ where: { userId: guest.id }, select: { labId: true, updatedAt: true } }),
  ]);
  const touched = new Map(workspaces.map(({ labId, updatedAt }) => [labId, updatedAt]));
  return rows.map(({ lab: { track, slug }, labId, status, passedAt, updatedAt }) => ({
    track,
    slug,
    status: status === ProgressStatus.PASSED ? 'passed' : 'started',
    passedAt: passedAt?.toISOString(),
    touchedAt: (touched.get(labId) ?? updatedAt).toISOString(),
  }));
}
