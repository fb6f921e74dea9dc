import type { PrismaClient } from '../generated/prisma/client';
import { LeaseLost, type Leases } from '../lease';

/** Notes how far workspaces' time has come; of all that ask within a moment it makes one statement. */
export interface ReachedMarks {
  /** Resolves when it is committed; `LeaseLost` when the workspace has another writer. */
  mark(id: string, at: number): Promise<void>;
}

/** A mark is no promise to anybody, so that it may wait for others: a class of five hundred asks a few hundred times a second. */
const GATHER_MS = 100;

interface Waiting {
  at: number;
  readonly done: (() => void)[];
  readonly failed: ((error: unknown) => void)[];
}

/** Marks over Prisma, one statement at a time. */
export function createReachedMarks(prisma: PrismaClient, leases?: Pick<Leases, 'fence'>): ReachedMarks {
  let waiting = new Map<string, Waiting>();
  let writing = false;

  /** The workspaces that were still ours. */
  const write = async (marks: ReadonlyMap<string, Waiting>): Promise<ReadonlySet<string>> => {
    const shown = [...marks].flatMap(([id, { at }]) => {
      const fence = leases === undefined ? 0n : fenceOf(leases, id);
      return fence === undefined ? [] : [{ id, at: BigInt(at), fence }];
    });
    const [first] = shown;
    if (first === undefined) return new Set();
    const ids = shown.map(({ id }) => id);
    const ats = shown.map(({ at }) => at);
    if (leases === undefined) {
      await prisma.$executeRaw`
        UPDATE workspace SET "reachedAt" = mark.at, "updatedAt" = now()
        FROM unnest(${ids}::text[], ${ats}::bigint[]) AS mark (id, at) WHERE workspace.id = mark.id`;
      return new Set(ids);
    }
    const { holder } = leases.fence(first.id);
    const fences = shown.map(({ fence }) => fence);
    const rows = await prisma.$queryRaw<readonly { readonly id: string }[]>`
      WITH held AS (
        SELECT mark.id, mark.at
        FROM unnest(${ids}::text[], ${ats}::bigint[], ${fences}::bigint[]) AS mark (id, at, fence)
        JOIN workspace_lease AS lease ON lease."workspaceId" = mark.id AND lease.fence = mark.fence
        WHERE lease.holder = ${holder} FOR SHARE OF lease)
      UPDATE workspace SET "reachedAt" = held.at, "updatedAt" = now()
      FROM held WHERE workspace.id = held.id RETURNING workspace.id`;
    return new Set(rows.map(({ id }) => id));
  };

  const flush = async () => {
    const marks = waiting;
    waiting = new Map();
    try {
      const written = await write(marks);
      for (const [id, { done, failed }] of marks) {
        if (written.has(id)) for (const each of done) each();
        else for (const each of failed) each(new LeaseLost(`the workspace ${id} has another writer`));
      }
    } catch (error) {
      for (const { failed } of marks.values()) for (const each of failed) each(error);
    }
    writing = false;
    if (waiting.size > 0) soon();
  };
  const soon = () => {
    if (writing) return;
    writing = true;
    setTimeout(() => void flush(), GATHER_MS);
  };

  return {
    mark: (id, at) =>
      new Promise((done, failed) => {
        const known = waiting.get(id) ?? { at, done: [], failed: [] };
        known.at = at;
        known.done.push(done);
        known.failed.push(failed);
        waiting.set(id, known);
        soon();
      }),
  };
}

/** The number that a write of ours shows; undefined when the workspace is not ours any more. */
function fenceOf(leases: Pick<Leases, 'fence'>, id: string): bigint | undefined {
  try {
    return leases.fence(id).fence;
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw error;
    return undefined;
  }
}
