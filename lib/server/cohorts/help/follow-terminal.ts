import type { PrismaClient } from '../../generated/prisma/client';
import { log } from '../../log';
import { type Asker, demand, demandOpen } from '../access';
import { auditRow } from '../audit';
import { type Bus, topics } from '../bus';
import { learnersWorkspace } from './fork-workspace';
import type { TerminalRelay } from './terminal-relay';

/** Asks a learner whether their terminal may be watched. Nothing is shown before they agree. */
export async function askToFollow(
  prisma: PrismaClient,
  bus: Bus,
  asker: Asker,
  cohortId: string,
  workspaceId: string,
): Promise<void> {
  const standing = await demandOpen(prisma, asker, cohortId, 'help');
  const row = await learnersWorkspace(prisma, cohortId, workspaceId);
  const ask = { askedById: asker.id, askedAt: new Date(), agreedAt: null };
  await prisma.$transaction([
    prisma.followConsent.upsert({ where: { workspaceId }, create: { workspaceId, ...ask }, update: ask }),
    prisma.auditEntry.create({
      data: auditRow(standing, { action: 'asked to watch the terminal', subject: row.learner }),
    }),
  ]);
  bus.publish(topics.workspace(workspaceId));
}

/** Watches no more, or asks no more. */
export async function stopFollowing(
  prisma: PrismaClient,
  bus: Bus,
  asker: Asker,
  cohortId: string,
  workspaceId: string,
): Promise<void> {
  await demand(prisma, asker, cohortId, 'help');
  await prisma.followConsent.deleteMany({ where: { workspaceId, askedById: asker.id } });
  bus.publish(topics.workspace(workspaceId));
}

/** What somebody who watches a terminal is told. */
export type FollowNews =
  | { readonly type: 'output'; readonly text: string }
  /** Whether the learner has agreed; nothing is shown while they have not. */
  | { readonly type: 'consent'; readonly agreed: boolean };

/** Tells `listener` what the terminal shows for as long as the learner agrees, until the returned function is called. */
export async function followTerminal(
  prisma: PrismaClient,
  relay: TerminalRelay,
  bus: Bus,
  asker: Asker,
  cohortId: string,
  workspaceId: string,
  listener: (news: FollowNews) => void,
): Promise<() => void> {
  const standing = await demand(prisma, asker, cohortId, 'help');
  const row = await learnersWorkspace(prisma, cohortId, workspaceId);
  let stopWatching: (() => void) | undefined;
  let ended = false;
  const look = async () => {
    const consent = await prisma.followConsent.findUnique({ where: { workspaceId } });
    const agreed = consent?.askedById === asker.id && consent.agreedAt !== null && !ended;
    if (agreed === (stopWatching !== undefined)) return;
    stopWatching?.();
    stopWatching = undefined;
    if (!agreed) return listener({ type: 'consent', agreed });
    stopWatching = relay.watch(workspaceId, (text, anew) => {
      // What is shown anew takes the place of all before: whoever has the workspace now may be another.
      if (anew) listener({ type: 'consent', agreed });
      listener({ type: 'output', text });
    });
    const deed = { action: 'watched the terminal', subject: row.learner };
    await prisma.auditEntry.create({ data: auditRow(standing, deed) });
  };
  let last: Promise<void> = Promise.resolve();
  const turn = () => {
    last = last.then(look).catch((error: unknown) => {
      log('error', 'not-followed', { workspace: workspaceId, error });
      stopWatching?.();
      stopWatching = undefined;
    });
  };
  const silence = bus.subscribe(topics.workspace(workspaceId), turn);
  listener({ type: 'consent', agreed: false });
  turn();
  return () => {
    ended = true;
    silence();
    stopWatching?.();
    stopWatching = undefined;
  };
}
