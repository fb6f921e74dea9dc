import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from '../bus';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { log } from '../log';

/** Whatever can run a statement: the client itself, or a transaction of its. */
type Statements = PrismaClient | Prisma.TransactionClient;

/** Somebody else writes this workspace now: what was to be written is not. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

/** Which workspaces this process alone may write. */
export interface Leases {
  /**
   * Takes a workspace; the address of the process that has it and keeps it, or undefined when it is ours. Whoever asked may have
   * `gone` meanwhile: then nothing is taken any more, and the promise is rejected with the signal's reason.
   */
  take(workspaceId: string, gone?: AbortSignal): Promise<string | undefined>;
  /** The same, but whoever has it gives it up whoever looks at it there; its pages come back by themselves. */
  fetch(workspaceId: string): Promise<string | undefined>;
  /**
   * Takes a workspace from the process at `dead`, which does not answer any more, when its lease has run out; the address of
   * whoever was faster, or still has it. `gone` as with `take`.
   */
  outlive(workspaceId: string, dead: string, gone?: AbortSignal): Promise<string | undefined>;
  /** Within a transaction: makes sure, until it is committed, that the workspace is still ours; `LeaseLost` otherwise. */
  hold(transaction: Statements, workspaceId: string): Promise<void>;
  /** The number that every write of ours shows; `LeaseLost` when the workspace is not ours. */
  fence(workspaceId: string): { readonly holder: string; readonly fence: bigint };
  release(workspaceId: string): Promise<void>;
  /** Whether no other process serves this database just now. */
  readonly alone: boolean;
  /** Asked when another process wants a workspace of ours: gives it up if nobody here needs it, and when it is urgent in any case. */
  onWanted(giveUp: GiveUp): void;
  close(): Promise<void>;
}

/** Resolves to whether it was given up. */
type GiveUp = (workspaceId: string, urgent: boolean) => Promise<boolean>;

/** Who this process is, and whether it is known to be the only one. */
export interface LeaseOptions {
  readonly prisma: PrismaClient;
  readonly bus: Pick<Bus, 'publish' | 'subscribe'>;
  readonly processId: string;
  readonly address: string;
  /** No other process can serve this database (it is embedded): whoever is in the table is dead. */
  readonly only: boolean;
}

/** How a workspace is waited for. */
interface Waiting {
  readonly limitMs: number;
  readonly pollMs?: number;
  /** Whoever has it gives it up in any case. */
  readonly urgent?: boolean;
  /** Where a process was that does not answer. */
  readonly dead?: string;
  readonly gone?: AbortSignal | undefined;
}

/** A dead process is taken over after the second of these; three beats may be late. */
const BEAT_MS = 1_500;
const LIFE_MS = 5_000;
/** How long another process is waited for, to give up a workspace that nobody uses there. */
const HANDOVER_MS = 1_200;
const POLL_MS = 60;
/** A dead process leaves many pages waiting at once, each of which asks so often. */
const OUTLIVE_POLL_MS = 400;
/** The same where it gives it up in any case, and may have a good deal to store before. */
const FETCH_MS = 6_000;
/** Where a workspace is written is remembered for so long, so that requests are handed on at once. */
const ELSEWHERE_MS = 2_000;

/** Joins the processes that serve a database. */
export async function joinProcesses(options: LeaseOptions): Promise<Leases> {
  const { prisma, bus, processId, address, only } = options;
  const held = new Map<string, bigint>();
  const elsewhere = new Map<string, { readonly address: string; readonly until: number }>();
  const kept = new Set<string>();
  const taking = new Map<string, Promise<string | undefined>>();
  let alone = true;
  let giveUp: GiveUp = async () => false;

  const beat = async () => {
    await prisma.$executeRaw`
      INSERT INTO server_process (id, address, "expiresAt")
      VALUES (${processId}, ${address}, now() + ${LIFE_MS} * interval '1 millisecond')
      ON CONFLICT (id) DO UPDATE SET "expiresAt" = excluded."expiresAt"`;
    const [row] = await prisma.$queryRaw<{ others: bigint }[]>`
      SELECT count(*) AS others FROM server_process WHERE id <> ${processId} AND "expiresAt" > now()`;
    alone = row?.others === 0n;
  };
  // A process that had this address before cannot live any more: the port is ours.
  await prisma.$executeRaw`DELETE FROM server_process WHERE ${only} OR address = ${address} OR "expiresAt" < now() - interval '1 hour'`;
  await beat();
  const beating = setInterval(() => {
    beat().catch((error: unknown) => log('warn', 'heartbeat-failed', { error }));
  }, BEAT_MS);

  const stops = [
    bus.subscribe('lease-wanted', (body) => {
      const { workspaceId, urgent } = body as { readonly workspaceId: string; readonly urgent: boolean };
      if (!held.has(workspaceId)) return;
      giveUp(workspaceId, urgent).then(
        (given) => (given ? undefined : bus.publish('lease-kept', { workspaceId })),
        (error: unknown) => log('warn', 'lease-not-given-up', { workspace: workspaceId, error }),
      );
    }),
    bus.subscribe('lease-kept', (body) => {
      kept.add((body as { readonly workspaceId: string }).workspaceId);
    }),
  ];

  const takeNow = async (workspaceId: string): Promise<string | undefined> => {
    const [row] = await prisma.$queryRaw<{ fence: bigint | null; address: string | null }[]>`
      WITH taken AS (
        INSERT INTO workspace_lease AS lease ("workspaceId", holder, fence) VALUES (${workspaceId}, ${processId}, 1)
        ON CONFLICT ("workspaceId") DO UPDATE SET holder = ${processId}, fence = lease.fence + 1
        WHERE lease.holder IS NULL OR lease.holder = ${processId} OR NOT EXISTS (
          SELECT FROM server_process AS process WHERE process.id = lease.holder AND process."expiresAt" > now())
        RETURNING fence)
      SELECT fence, NULL AS address FROM taken
      UNION ALL
      SELECT NULL, process.address FROM workspace_lease AS lease JOIN server_process AS process ON process.id = lease.holder
      WHERE lease."workspaceId" = ${workspaceId} AND NOT EXISTS (SELECT FROM taken)`;
    if (row?.fence == null) return row?.address ?? '';
    held.set(workspaceId, row.fence);
    elsewhere.delete(workspaceId);
    return undefined;
  };

  /** All who ask here at once share one answer: taken twice, it would have a new fence while the first already writes. */
  const tryTake = async (workspaceId: string): Promise<string | undefined> => {
    if (held.has(workspaceId)) return undefined;
    const known = taking.get(workspaceId);
    if (known !== undefined) return known;
    const asking = takeNow(workspaceId).finally(() => taking.delete(workspaceId));
    taking.set(workspaceId, asking);
    return asking;
  };

  const takeWithin = async (
    workspaceId: string,
    { limitMs, pollMs = POLL_MS, urgent = false, dead, gone }: Waiting,
  ): Promise<string | undefined> => {
    kept.delete(workspaceId);
    let asked = false;
    for (const until = Date.now() + limitMs; ; await delay(pollMs, undefined, { signal: gone })) {
      gone?.throwIfAborted();
      const other = await tryTake(workspaceId);
      if (other === undefined) return undefined;
      // Of many that wait for the dead one's lease the first gets it, and the others go there at once.
      const isHeir = dead !== undefined && other !== '' && other !== dead;
      if (isHeir || (!urgent && kept.has(workspaceId)) || Date.now() > until) {
        elsewhere.set(workspaceId, { address: other, until: Date.now() + ELSEWHERE_MS });
        return other;
      }
      if (!asked) await bus.publish('lease-wanted', { workspaceId, urgent });
      asked = true;
    }
  };

  const fence = (workspaceId: string) => {
    const found = held.get(workspaceId);
    if (found === undefined) throw new LeaseLost(`the workspace ${workspaceId} is not ours`);
    return { holder: processId, fence: found };
  };

  return {
    fence,
    get alone() {
      return alone;
    },
    async take(workspaceId, gone) {
      if (held.has(workspaceId)) return undefined;
      const known = elsewhere.get(workspaceId);
      if (known !== undefined && known.until > Date.now()) return known.address;
      return takeWithin(workspaceId, { limitMs: HANDOVER_MS, gone });
    },
    async fetch(workspaceId) {
      return takeWithin(workspaceId, { limitMs: FETCH_MS, urgent: true });
    },
    async outlive(workspaceId, dead, gone) {
      elsewhere.delete(workspaceId);
      return takeWithin(workspaceId, { limitMs: LIFE_MS + BEAT_MS, pollMs: OUTLIVE_POLL_MS, dead, gone });
    },
    async hold(transaction, workspaceId) {
      const { fence: shown } = fence(workspaceId);
      const found = await transaction.$queryRaw<unknown[]>`
        SELECT 1 FROM workspace_lease
        WHERE "workspaceId" = ${workspaceId} AND holder = ${processId} AND fence = ${shown} FOR SHARE`;
      if (found.length === 0) throw new LeaseLost(`the workspace ${workspaceId} has another writer`);
    },
    async release(workspaceId) {
      const shown = held.get(workspaceId);
      held.delete(workspaceId);
      if (shown === undefined) return;
      await prisma.$executeRaw`
        UPDATE workspace_lease SET holder = NULL
        WHERE "workspaceId" = ${workspaceId} AND holder = ${processId} AND fence = ${shown}`;
    },
    onWanted(listener) {
      giveUp = listener;
    },
    async close() {
      clearInterval(beating);
      for (const stop of stops) stop();
      await prisma.$executeRaw`UPDATE workspace_lease SET holder = NULL WHERE holder = ${processId}`;
      await prisma.$executeRaw`DELETE FROM server_process WHERE id = ${processId}`;
    },
  };
}
