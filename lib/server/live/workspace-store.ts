import { randomUUID } from 'node:crypto';
import type { Verdict } from '../../labs';
import type { StampedInput, WorkspaceSnapshot } from '../../workspace';
import { type Prisma, type PrismaClient, ProgressStatus } from '../generated/prisma/client';
import { LeaseLost, type Leases } from '../lease';
import type { AttemptView, Layout } from '../protocol';
import { createReachedMarks } from './reached-marks';
import { packSnapshot, unpackSnapshot } from './snapshot-bytes';
import { storable } from './storable';
import { type OutlineRow, outlineOf } from './timeline';

/** How many of the newest unpinned snapshots a workspace keeps. */
const KEPT_SNAPSHOTS = 3;
/** Of older ones, one in so many events: to go back to any moment is to replay no more than these. */
const SPARSE_EVENTS = 100;
/** Attempts that a page is shown. */
const SHOWN_ATTEMPTS = 30;

/** What a workspace is, apart from its state. */
export interface WorkspaceRow {
  readonly id: string;
  readonly userId: string;
  readonly labId: string;
  readonly labVersion: string;
  /** "" for one's own study, else the assignment's or the fork's id. */
  readonly place: string;
  readonly assignmentId: string | null;
  readonly forkedFromId: string | null;
  readonly startId: string;
  readonly seed: number;
  readonly startAt: number;
  readonly reachedAt: number;
  readonly paused: boolean;
  readonly layout: Layout;
  /** The newest event and snapshot that there were when the row was read; null for none. */
  readonly lastEvent: number | null;
  readonly lastSnapshot: number | null;
}

/** A stored snapshot and the event after which it was taken. */
export interface StoredSnapshot {
  readonly seq: number;
  readonly snapshot: WorkspaceSnapshot;
}

/** Keeps one workspace's events, snapshots and attempts. */
export interface WorkspaceStore {
  row(id: string): Promise<WorkspaceRow | undefined>;
  /** Resolves when the event is committed. */
  append(id: string, seq: number, stamped: StampedInput, begins: boolean): Promise<void>;
  /** Notes that these events' commands changed something. */
  markChanged(id: string, seqs: readonly number[]): Promise<void>;
  /** Every event in outline, in order. */
  outline(id: string): Promise<readonly OutlineRow[]>;
  /** An event and the state after it, both or neither. */
  appendWithSnapshot(
    id: string,
    seq: number,
    stamped: StampedInput,
    snapshot: WorkspaceSnapshot,
  ): Promise<void>;
  /** A reset, and that time stands at `now` again, both or neither. */
  appendReset(id: string, seq: number, stamped: StampedInput, now: number): Promise<void>;
  saveSnapshot(id: string, seq: number, snapshot: WorkspaceSnapshot): Promise<void>;
  newestSnapshot(id: string, upTo?: number): Promise<StoredSnapshot | undefined>;
  events(id: string, after: number, upTo?: number): Promise<readonly StampedInput[]>;
  /** Notes how far virtual time has come, so that a killed server's clusters go on from there. */
  markReached(id: string, at: number): Promise<void>;
  savePaused(id: string, paused: boolean): Promise<void>;
  saveLayout(id: string, layout: Layout): Promise<void>;
  attempts(id: string): Promise<readonly StoredAttempt[]>;
  /** Stores an attempt and what it means for the learner's progress. */
  saveAttempt(row: WorkspaceRow, attempt: NewAttempt): Promise<StoredAttempt>;
}

/** An attempt and the last event before it. */
export type StoredAttempt = AttemptView & { readonly seq: number };

/** An attempt that was just judged. */
export interface NewAttempt {
  readonly seq: number;
  /** Virtual ms since the epoch. */
  readonly virtualAt: number;
  readonly labVersion: string;
  readonly passed: boolean;
  readonly verdicts: readonly Verdict[];
}

/** Whatever can run a statement. */
type Statements = PrismaClient | Prisma.TransactionClient;

/**
 * The store over Prisma. With leases nothing is written to a workspace that another process has taken meanwhile: the
 * write and the look at the lease are one transaction.
 */
export function createWorkspaceStore(
  prisma: PrismaClient,
  leases?: Pick<Leases, 'hold' | 'fence'>,
): WorkspaceStore {
  const guarded = <T>(id: string, write: (statements: Statements) => Promise<T>): Promise<T> =>
    prisma.$transaction(async (transaction) => {
      await leases?.hold(transaction, id);
      return write(transaction);
    });
  const marks = createReachedMarks(prisma, leases);
  return {
    async row(id) {
      // With what there is to load beside it: of a fresh workspace that is nothing, and need not be asked for.
      const [found] = await prisma.$queryRaw<readonly StoredRow[]>`
        SELECT workspace.*,
          (SELECT max(seq) FROM workspace_event WHERE "workspaceId" = workspace.id) AS "lastEvent",
          (SELECT max(seq) FROM workspace_snapshot WHERE "workspaceId" = workspace.id) AS "lastSnapshot"
        FROM workspace WHERE id = ${id}`;
      if (found === undefined) return undefined;
      const { startAt, reachedAt, layout, ...rest } = found;
      return { ...rest, startAt: Number(startAt), reachedAt: Number(reachedAt), layout: readLayout(layout) };
    },
    async append(id, seq, stamped, begins) {
      const row = { ...eventRow(id, seq, stamped), begins };
      if (leases === undefined) {
        await prisma.workspaceEvent.create({ data: row, select: { seq: true } });
        return;
      }
      // One statement, since this is what every Enter waits for.
      const { holder, fence } = leases.fence(id);
      const { at, breath, busy, input } = row;
      const written = await prisma.$executeRaw`
        INSERT INTO workspace_event ("workspaceId", seq, at, breath, busy, input, begins)
        SELECT "workspaceId", ${seq}::int, ${at}::bigint, ${breath}::bigint, ${busy}::boolean, ${JSON.stringify(input)}::jsonb, ${begins}::boolean
        FROM workspace_lease
        WHERE "workspaceId" = ${id} AND holder = ${holder} AND fence = ${fence} FOR SHARE`;
      if (written === 0) throw new LeaseLost(`the workspace ${id} has another writer`);
    },
    async markChanged(id, seqs) {
      const where = { workspaceId: id, seq: { in: [...seqs] }, changed: false };
      await prisma.workspaceEvent.updateMany({ where, data: { changed: true } });
    },
    async outline(id) {
      // Texts of files and bodies of objects stay in the database.
      const rows = await prisma.$queryRaw<readonly StoredOutline[]>`
        SELECT seq, at, "createdAt", begins, changed, input - 'text' #- '{call,object}' #- '{call,body}' AS input
        FROM workspace_event WHERE "workspaceId" = ${id} ORDER BY seq`;
      return rows.map(({ seq, at, createdAt, begins, changed, input }) =>
        outlineOf({ seq, at: Number(at), wall: createdAt.getTime(), changed }, input, begins),
      );
    },
    async appendWithSnapshot(id, seq, stamped, snapshot) {
      const { format } = snapshot;
      const bytes = await packSnapshot(snapshot);
      await guarded(id, async (statements) => {
        await statements.workspaceEvent.create({ data: eventRow(id, seq, stamped) });
        await statements.workspaceSnapshot.create({
          data: { workspaceId: id, seq, format, bytes, pinned: true },
        });
        // Time itself goes back with an undo.
        await statements.workspace.update({ where: { id }, data: { reachedAt: BigInt(snapshot.now) } });
      });
    },
    async appendReset(id, seq, stamped, now) {
      await guarded(id, async (statements) => {
        await statements.workspaceEvent.create({ data: eventRow(id, seq, stamped) });
        await statements.workspace.update({ where: { id }, data: { reachedAt: BigInt(now) } });
      });
    },
    async saveSnapshot(id, seq, snapshot) {
      const { format } = snapshot;
      const bytes = await packSnapshot(snapshot);
      const where = { workspaceId_seq: { workspaceId: id, seq } };
      await guarded(id, (statements) =>
        statements.workspaceSnapshot.upsert({
          where,
          create: { workspaceId: id, seq, format, bytes },
          update: { format, bytes },
          select: { seq: true },
        }),
      );
      const kept = await prisma.workspaceSnapshot.findMany({
        where: { workspaceId: id, pinned: false },
        orderBy: { seq: 'desc' },
        select: { seq: true },
      });
      const seqs = superfluous(kept.map(({ seq: each }) => each));
      if (seqs.length === 0) return;
      await prisma.workspaceSnapshot.deleteMany({
        where: { workspaceId: id, pinned: false, seq: { in: [...seqs] } },
      });
    },
    async newestSnapshot(id, upTo) {
      const found = await prisma.workspaceSnapshot.findFirst({
        where: { workspaceId: id, ...(upTo === undefined ? {} : { seq: { lte: upTo } }) },
        orderBy: { seq: 'desc' },
      });
      return found === null ? undefined : { seq: found.seq, snapshot: await unpackSnapshot(found.bytes) };
    },
    async events(id, after, upTo) {
      const rows = await prisma.workspaceEvent.findMany({
        where: { workspaceId: id, seq: { gt: after, ...(upTo === undefined ? {} : { lte: upTo }) } },
        orderBy: { seq: 'asc' },
      });
      return rows.map(({ at, breath, busy, input }) => ({
        at: Number(at),
        breath: Number(breath),
        busy,
        input: input as unknown as StampedInput['input'],
      }));
    },
    markReached: (id, at) => marks.mark(id, at),
    async savePaused(id, paused) {
      await prisma.workspace.update({ where: { id }, data: { paused }, select: { id: true } });
    },
    async saveLayout(id, layout) {
      await prisma.workspace.update({
        where: { id },
        data: { layout: toJson(layout) },
        select: { id: true },
      });
    },
    async attempts(id) {
      const rows = await prisma.attempt.findMany({
        where: { workspaceId: id },
        orderBy: { at: 'desc' },
        take: SHOWN_ATTEMPTS,
      });
      return rows.reverse().map(attemptView);
    },
    async saveAttempt({ id: workspaceId, labId }, { seq, virtualAt, labVersion, passed, verdicts }) {
      return guarded(workspaceId, async (transaction) => {
        // Whose it is may have changed while it was in memory: a guest became an account.
        const { userId } = await transaction.workspace.findUniqueOrThrow({
          where: { id: workspaceId },
          select: { userId: true },
        });
        const judged = { seq, virtualAt: BigInt(virtualAt), passed };
        const attempt = { id: randomUUID(), workspaceId, userId, labId, labVersion, ...judged };
        const stored = await transaction.attempt.create({ data: { ...attempt, verdicts: toJson(verdicts) } });
        const key = { userId_labId: { userId, labId } };
        const known = await transaction.progress.findUnique({ where: key });
        const news = passed && known?.status !== ProgressStatus.PASSED;
        const state = news
          ? { status: ProgressStatus.PASSED, bestAttemptId: stored.id, passedAt: stored.at }
          : { status: known?.status ?? ProgressStatus.STARTED };
        await transaction.progress.upsert({ where: key, create: { userId, labId, ...state }, update: state });
        return attemptView(stored);
      });
    },
  };
}

function eventRow(workspaceId: string, seq: number, { at, breath, busy, input }: StampedInput) {
  return { workspaceId, seq, at: BigInt(at), breath: BigInt(breath), busy, input: toJson(input) };
}

/** A workspace's row as the database gives it. */
type StoredRow = Omit<WorkspaceRow, 'startAt' | 'reachedAt' | 'layout'> & {
  readonly startAt: bigint;
  readonly reachedAt: bigint;
  readonly layout: Prisma.JsonValue;
};

/** What `outline` reads of an event. */
interface StoredOutline {
  readonly seq: number;
  readonly at: bigint;
  readonly createdAt: Date;
  readonly begins: boolean;
  readonly changed: boolean;
  readonly input: StampedInput['input'];
}

/** Of these snapshots (newest first), those that others stand for. */
export function superfluous(seqs: readonly number[]): readonly number[] {
  const stretch = (seq: number) => Math.floor(seq / SPARSE_EVENTS);
  return seqs.filter(
    (seq, index) =>
      index >= KEPT_SNAPSHOTS && seqs.some((other) => other < seq && stretch(other) === stretch(seq)),
  );
}

function attemptView(row: {
  id: string;
  seq: number;
  at: Date;
  passed: boolean;
  verdicts: Prisma.JsonValue;
}): StoredAttempt {
  const verdicts = row.verdicts as unknown as AttemptView['verdicts'];
  return { id: row.id, seq: row.seq, at: row.at.toISOString(), passed: row.passed, verdicts };
}

function readLayout(json: Prisma.JsonValue): Layout {
  const found = json as unknown as Partial<Layout>;
  return { ...found, openFiles: found.openFiles ?? [] };
}

function toJson(value: unknown): Prisma.InputJsonValue {
  return storable(value) as Prisma.InputJsonValue;
}
