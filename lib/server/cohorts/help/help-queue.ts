import { randomUUID } from 'node:crypto';
import { AppError } from '../../app-error';
import type { PrismaClient } from '../../generated/prisma/client';
import { type Asker, demand, demandOpen } from '../access';
import type { PlacedRow } from '../assignments/assigned-place';
import { auditRow } from '../audit';
import { type Bus, topics } from '../bus';
import { namesOf } from '../cohort-page';
import type { HandView } from './help-views';

/** Raises a learner's hand at a moment of the workspace, changes what it says, or (without text) takes it down. */
export async function setHand(
  prisma: PrismaClient,
  bus: Bus,
  { id: workspaceId, userId, assignmentId }: PlacedRow,
  seq: number,
  text: string | undefined,
): Promise<void> {
  const up = await prisma.helpRequest.findFirst({ where: { workspaceId, endedAt: null } });
  if (text === undefined) {
    const ended = { endedAt: new Date(), endedBy: 'the learner' };
    await prisma.helpRequest.updateMany({ where: { workspaceId, endedAt: null }, data: ended });
  } else if (up !== null) await prisma.helpRequest.update({ where: { id: up.id }, data: { text, seq } });
  else await prisma.helpRequest.create({ data: { id: randomUUID(), workspaceId, userId, text, seq } });
  bus.publish(topics.workspace(workspaceId));
  if (assignmentId !== null) bus.publish(topics.assignment(assignmentId));
}

/** Hands that were settled stay to be seen for a while. */
const SHOWN_ENDED = 20;

/** Raised hands, the longest wait first; then those that were settled last. */
export async function helpQueue(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
): Promise<readonly HandView[]> {
  await demand(prisma, asker, cohortId, 'help');
  const of = { workspace: { assignment: { cohortId } } };
  const include = { workspace: { select: { lab: { select: { title: true } } } } } as const;
  const [up, ended] = await Promise.all([
    prisma.helpRequest.findMany({ where: { ...of, endedAt: null }, include, orderBy: { raisedAt: 'asc' } }),
    prisma.helpRequest.findMany({
      where: { ...of, endedAt: { not: null } },
      include,
      orderBy: { endedAt: 'desc' },
      take: SHOWN_ENDED,
    }),
  ]);
  const rows = [...up, ...ended];
  const names = await namesOf(
    prisma,
    rows.flatMap(({ userId, claimedById }) => [userId, claimedById ?? userId]),
  );
  return rows.map((row) => ({
    id: row.id,
    workspaceId: row.workspaceId,
    learner: names.get(row.userId) ?? 'A learner',
    lab: row.workspace.lab.title,
    text: row.text,
    seq: row.seq,
    raisedAt: row.raisedAt.toISOString(),
    claimedBy: row.claimedById && (names.get(row.claimedById) ?? 'Staff'),
    mine: row.claimedById === asker.id,
    endedAt: row.endedAt?.toISOString() ?? null,
    endedBy: row.endedBy,
  }));
}

/** Takes a hand up: the others see that somebody is there. */
export async function claimHand(
  prisma: PrismaClient,
  bus: Bus,
  asker: Asker,
  cohortId: string,
  id: string,
): Promise<void> {
  const standing = await demandOpen(prisma, asker, cohortId, 'help');
  const hand = await handOf(prisma, cohortId, id);
  const { count } = await prisma.helpRequest.updateMany({
    where: { id, endedAt: null, OR: [{ claimedById: null }, { claimedById: asker.id }] },
    data: { claimedById: asker.id, claimedAt: new Date() },
  });
  if (count === 0) throw new AppError('invalid', 'Somebody else has taken this up, or it is settled.');
  await prisma.auditEntry.create({
    data: auditRow(standing, { action: 'took up a hand', subject: hand.name }),
  });
  bus.publish(topics.workspace(hand.workspaceId));
}

/** Settles a hand. */
export async function resolveHand(
  prisma: PrismaClient,
  bus: Bus,
  asker: Asker,
  cohortId: string,
  id: string,
): Promise<void> {
  const standing = await demandOpen(prisma, asker, cohortId, 'help');
  const hand = await handOf(prisma, cohortId, id);
  await prisma.$transaction([
    prisma.helpRequest.updateMany({
      where: { id, endedAt: null },
      data: { endedAt: new Date(), endedBy: standing.name },
    }),
    prisma.auditEntry.create({ data: auditRow(standing, { action: 'settled a hand', subject: hand.name }) }),
  ]);
  bus.publish(topics.workspace(hand.workspaceId));
  if (hand.assignmentId !== null) bus.publish(topics.assignment(hand.assignmentId));
}

async function handOf(prisma: PrismaClient, cohortId: string, id: string) {
  const found = await prisma.helpRequest.findFirst({
    where: { id, workspace: { assignment: { cohortId } } },
    include: { workspace: { select: { assignmentId: true } } },
  });
  if (found === null) throw new AppError('not-found', 'There is no such hand in this cohort.');
  const names = await namesOf(prisma, [found.userId]);
  const { workspaceId, workspace } = found;
  return { workspaceId, assignmentId: workspace.assignmentId, name: names.get(found.userId) ?? 'A learner' };
}
