import { type Lab, taskMet, type Verdict } from '../../../labs';
import type { PrismaClient } from '../../generated/prisma/client';
import type { LabContents } from '../assignments/lab-contents';
import type { BoardAttempt, Trail } from './board-state';
import { meaningOf } from './meaning';

/** Where somebody works on an assignment. */
interface Place {
  readonly id: string;
  readonly userId: string;
  readonly seed: number;
  readonly labId: string;
  readonly labVersion: string;
}

/** A trail, and where it is. */
export interface PlacedTrail extends Trail {
  readonly workspaceId: string;
}

/** Remembers what attempts and inputs said, so that each is read once. */
export interface BoardTrails {
  /** The trails of everybody who opened the assignment, by user. */
  read(): Promise<ReadonlyMap<string, PlacedTrail>>;
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
  const inputs = new Map<string, Inputs>();
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
      await readInputs(prisma, inputs, [...places.keys()]);
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

/** What was read of a workspace's inputs so far. */
interface Inputs {
  /** The newest that was read. */
  readonly seq: number;
  readonly last: number;
  readonly resets: readonly number[];
}

interface NewInputs {
  readonly id: string;
  readonly seq: number;
  readonly last: Date;
  readonly resets: readonly Date[] | null;
}

/** Reads what came since the last time: when each workspace was last used, and when it was reset. */
async function readInputs(
  prisma: PrismaClient,
  known: Map<string, Inputs>,
  ids: readonly string[],
): Promise<void> {
  const seqs = ids.map((id) => known.get(id)?.seq ?? 0);
  const rows = await prisma.$queryRaw<readonly NewInputs[]>`
    SELECT known.id, max(event.seq) AS seq, max(event."createdAt") AS last,
      array_agg(event."createdAt") FILTER (WHERE event.input ->> 'kind' = 'reset') AS resets
    FROM unnest(${ids}::text[], ${seqs}::int[]) AS known (id, seq)
    JOIN workspace_event AS event ON event."workspaceId" = known.id AND event.seq > known.seq
    GROUP BY known.id`;
  for (const { id, seq, last, resets } of rows) {
    const before = known.get(id)?.resets ?? [];
    const news = (resets ?? []).map((at) => at.getTime());
    known.set(id, { seq, last: last.getTime(), resets: [...before, ...news] });
  }
}
