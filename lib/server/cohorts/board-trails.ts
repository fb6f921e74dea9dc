import { type Lab, taskMet, type Verdict } from '../../labs';
import type { PrismaClient } from '../generated/prisma/client';
import type { BoardAttempt, Trail } from './board-state';
import type { LabContents } from './lab-contents';
import { meaningOf } from './meaning';

/** Where somebody works on an assignment. */
interface Place {
  readonly id: string;
  readonly userId: string;
  readonly seed: number;
  readonly labId: string;
  readonly labVersion: string;
}

/** Remembers what attempts said, so that each is read once. */
export interface BoardTrails {
  /** The trails of everybody who opened the assignment, by user. */
  read(): Promise<ReadonlyMap<string, Trail & { readonly workspaceId: string }>>;
  /** Attempts were judged again: nothing that is remembered counts. */
  forget(): void;
}

/** Attempts are stored a moment after their time was taken; so much before the newest is read again. */
const OVERLAP_MS = 10_000;

/** An assignment's trails over Prisma. */
export function createBoardTrails(
  prisma: PrismaClient,
  contents: LabContents,
  assignmentId: string,
): BoardTrails {
  let known = new Map<string, Map<string, BoardAttempt>>();
  let newest = 0;

  const readNew = async (places: ReadonlyMap<string, Place>) => {
    const rows = await prisma.attempt.findMany({
      where: {
        workspace: { assignmentId, forkedFromId: null },
        imported: false,
        at: { gte: new Date(newest - OVERLAP_MS) },
      },
      orderBy: { at: 'asc' },
      select: { id: true, workspaceId: true, at: true, passed: true, verdicts: true },
    });
    for (const { id, workspaceId, at, passed, verdicts } of rows) {
      const of = known.get(workspaceId) ?? new Map<string, BoardAttempt>();
      known.set(workspaceId, of);
      newest = Math.max(newest, at.getTime());
      const place = places.get(workspaceId);
      if (of.has(id) || place === undefined) continue;
      const lab = await contents.read(place.labId, place.labVersion, place.seed);
      if (lab !== undefined)
        of.set(id, boardAttempt(lab, at.getTime(), passed, verdicts as unknown as readonly Verdict[]));
    }
  };

  return {
    forget() {
      known = new Map();
      newest = 0;
    },
    async read() {
      const rows = await prisma.workspace.findMany({
        where: { assignmentId, forkedFromId: null },
        select: { id: true, userId: true, seed: true, labId: true, labVersion: true },
      });
      const places = new Map(rows.map((row) => [row.id, row]));
      await readNew(places);
      const inputs = await readInputs(prisma, assignmentId);
      const hands = await prisma.helpRequest.findMany({
        where: { endedAt: null, workspace: { assignmentId } },
        select: { workspaceId: true },
      });
      const raised = new Set(hands.map(({ workspaceId }) => workspaceId));
      return new Map(
        rows.map(({ id, userId }) => {
          const attempts = [...(known.get(id)?.values() ?? [])];
          const input = inputs.get(id);
          const since = lastProgress(attempts);
          const resets = (input?.resets ?? []).filter((at) => at > since).length;
          const trail = { attempts, begun: true, lastInputAt: input?.last, resets, hand: raised.has(id) };
          return [userId, { ...trail, workspaceId: id }];
        }),
      );
    },
  };
}

/** What the board remembers of an attempt. */
export function boardAttempt(
  lab: Lab,
  at: number,
  passed: boolean,
  verdicts: readonly Verdict[],
): BoardAttempt {
  return {
    at,
    passed,
    met: lab.tasks.filter((task) => taskMet(task, verdicts)).map(({ id }) => id),
    lacks: verdicts.flatMap((verdict) => {
      const meaning = meaningOf(verdict, lab.values);
      return meaning === undefined || verdict.outcome !== 'not-met'
        ? []
        : [{ ...meaning, reason: verdict.reason }];
    }),
  };
}

/** When an attempt last met more than all before it. */
function lastProgress(attempts: readonly BoardAttempt[]): number {
  let most = 0;
  let since = 0;
  for (const { at, met } of attempts) {
    if (met.length > most) since = at;
    most = Math.max(most, met.length);
  }
  return since;
}

interface Inputs {
  readonly last: number;
  readonly resets: readonly number[];
}

/** When each workspace was last used, and when it was reset. */
async function readInputs(prisma: PrismaClient, assignmentId: string): Promise<ReadonlyMap<string, Inputs>> {
  const where = { workspace: { assignmentId, forkedFromId: null } };
  const [last, resets] = await Promise.all([
    prisma.workspaceEvent.groupBy({ by: ['workspaceId'], where, _max: { createdAt: true } }),
    prisma.workspaceEvent.findMany({
      where: { ...where, input: { path: ['kind'], equals: 'reset' } },
      select: { workspaceId: true, createdAt: true },
    }),
  ]);
  return new Map(
    last.map(({ workspaceId, _max }) => [
      workspaceId,
      {
        last: _max.createdAt?.getTime() ?? 0,
        resets: resets
          .filter((each) => each.workspaceId === workspaceId)
          .map((each) => each.createdAt.getTime()),
      },
    ]),
  );
}
