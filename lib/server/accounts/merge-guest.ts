import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { ProgressStatus } from '../generated/prisma/client';
import { asidePlace } from './set-aside';

/** Tables that point at a person and are merged row by row, or are the guest's own way in. */
const BY_HAND: readonly string[] = ['user', 'session', 'account', 'guest_session', 'workspace', 'progress'];

/**
 * An account takes over what a guest did in a browser, in one transaction. Labs that only the guest had begun become
 * the account's. Where both have work, the account's stays in place and the guest's is set aside, for the account to
 * bring back; a lab that either has passed is passed. Returns how many workspaces are set aside.
 */
export async function mergeGuest(prisma: PrismaClient, guestId: string, accountId: string): Promise<number> {
  return prisma.$transaction(async (transaction) => {
    // Whoever comes second, from another tab, finds nothing to do.
    const claimed = await transaction.user.updateMany({
      where: { id: guestId, isGuest: true, claimedById: null },
      data: { claimedById: accountId },
    });
    if (claimed.count === 0) return 0;
    await transaction.guestSession.deleteMany({ where: { userId: guestId } });
    const setAside = await mergeWorkspaces(transaction, guestId, accountId);
    await mergeProgress(transaction, guestId, accountId);
    await moveTheRest(transaction, guestId, accountId);
    return setAside;
  });
}

async function mergeWorkspaces(
  transaction: Prisma.TransactionClient,
  guestId: string,
  accountId: string,
): Promise<number> {
  const places = await transaction.workspace.findMany({
    where: { userId: { in: [guestId, accountId] } },
    select: { id: true, userId: true, labId: true, place: true },
  });
  const spot = ({ labId, place }: { readonly labId: string; readonly place: string }) => `${labId} ${place}`;
  const taken = new Set(places.filter(({ userId }) => userId === accountId).map(spot));
  let setAside = 0;
  for (const workspace of places.filter(({ userId }) => userId === guestId)) {
    const isTaken = taken.has(spot(workspace));
    if (isTaken) setAside += 1;
    await transaction.workspace.update({
      where: { id: workspace.id },
      data: { userId: accountId, ...(isTaken ? { place: asidePlace(workspace) } : {}) },
      select: { id: true },
    });
  }
  return setAside;
}

/** Passed is passed, by whichever of the two; the earlier moment counts. */
async function mergeProgress(
  transaction: Prisma.TransactionClient,
  guestId: string,
  accountId: string,
): Promise<void> {
  const rows = await transaction.progress.findMany({ where: { userId: { in: [guestId, accountId] } } });
  for (const { userId, labId, ...theirs } of rows.filter((row) => row.userId === guestId)) {
    const own = rows.find((row) => row.userId === accountId && row.labId === labId);
    const where = { userId_labId: { userId, labId } };
    if (own === undefined) {
      await transaction.progress.update({ where, data: { userId: accountId } });
    } else if (theirs.status === ProgressStatus.PASSED && isEarlier(theirs.passedAt, own.passedAt)) {
      const { status, passedAt, bestAttemptId } = theirs;
      await transaction.progress.update({
        where: { userId_labId: { userId: accountId, labId } },
        data: { status, passedAt, bestAttemptId },
      });
    }
  }
}

function isEarlier(one: Date | null, other: Date | null): boolean {
  return other === null || (one !== null && one < other);
}

interface Pointer {
  readonly table: string;
  readonly column: string;
}

/**
 * Whatever else points at the guest points at the account from now on: attempts, memberships, raised hands. Where the
 * account has a row of its own that there can be only one of, the guest's stays with the guest.
 */
async function moveTheRest(
  transaction: Prisma.TransactionClient,
  guestId: string,
  accountId: string,
): Promise<void> {
  const pointers = await transaction.$queryRaw<Pointer[]>`
    SELECT child.relname AS "table", attribute.attname AS "column"
    FROM pg_constraint AS link
    JOIN pg_class AS child ON child.oid = link.conrelid
    JOIN pg_attribute AS attribute ON attribute.attrelid = link.conrelid AND attribute.attnum = link.conkey[1]
    WHERE link.contype = 'f' AND link.confrelid = '"user"'::regclass`;
  for (const { table, column } of pointers.filter((pointer) => !BY_HAND.includes(pointer.table))) {
    await transaction.$executeRawUnsafe('SAVEPOINT merge_table');
    try {
      await transaction.$executeRawUnsafe(
        `UPDATE "${table}" SET "${column}" = $1 WHERE "${column}" = $2`,
        accountId,
        guestId,
      );
      await transaction.$executeRawUnsafe('RELEASE SAVEPOINT merge_table');
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      await transaction.$executeRawUnsafe('ROLLBACK TO SAVEPOINT merge_table');
    }
  }
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && /23505|unique constraint/i.test(error.message);
}
