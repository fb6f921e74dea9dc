import { AppError } from '../../app-error';
import type { PrismaClient } from '../../generated/prisma/client';
import type { Classroom } from '../../live';
import { renderMarkdown } from '../../markdown';
import type { ClassroomView, PatchView, TracedView } from '../../protocol';
import { lockOn, type PlacedRow, placedLab } from '../assignments/assigned-place';
import type { LabContents } from '../assignments/lab-contents';
import { createCalmNews } from '../board/calm-news';
import { notesFor } from '../board/group-hints';
import { type Bus, topics } from '../bus';
import { namesOf } from '../cohort-page';
import { setHand } from './help-queue';

/** Replies that a lab page shows: the newest of those that were not put away. */
const SHOWN_REPLIES = 5;

/** What live workspaces learn of the cohort that they belong to. */
export function createClassroom(prisma: PrismaClient, contents: LabContents, bus: Bus): Classroom {
  const news = createCalmNews(bus);
  return {
    labFor: (row) => placedLab(prisma, contents, row),
    solutionLock: (row) => lockOn(prisma, row),
    async view(row, lab, verdicts): Promise<ClassroomView> {
      const { assignmentId } = row;
      const [notes, parts] = await Promise.all([
        assignmentId === null ? [] : notesFor(prisma, assignmentId, lab, verdicts),
        helpParts(prisma, row),
      ]);
      return { notes, ...parts };
    },
    listen(row, onNews) {
      const stops = [
        bus.subscribe(topics.workspace(row.id), onNews),
        bus.subscribe(topics.hints(row.assignmentId ?? ''), onNews),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
    happened(row) {
      if (row.assignmentId !== null) news.tell(topics.assignment(row.assignmentId));
    },
    setHand: (row, seq, text) => setHand(prisma, bus, row, seq, text),
    async patchOf(row, replyId) {
      const found = await prisma.helpReply.findFirst({ where: { id: replyId, workspaceId: row.id } });
      if (found === null || found.patch === null || found.appliedAt !== null)
        throw new AppError('not-found', 'There is nothing left to apply.');
      return found.patch as unknown as PatchView;
    },
    async settleReply(row, replyId, how) {
      const data = how === 'applied' ? { appliedAt: new Date() } : { dismissedAt: new Date() };
      await prisma.helpReply.updateMany({ where: { id: replyId, workspaceId: row.id }, data });
      bus.publish(topics.workspace(row.id));
    },
    async answerFollow(row, agrees) {
      if (agrees)
        await prisma.followConsent.updateMany({
          where: { workspaceId: row.id },
          data: { agreedAt: new Date() },
        });
      else await prisma.followConsent.deleteMany({ where: { workspaceId: row.id } });
      bus.publish(topics.workspace(row.id));
    },
  };
}

/** The parts of a page's class that concern this one workspace. */
async function helpParts(
  prisma: PrismaClient,
  { id: workspaceId }: PlacedRow,
): Promise<Omit<ClassroomView, 'notes'>> {
  // Mostly there is nothing, and everybody who begins a lab asks.
  const [some] = await prisma.$queryRaw<readonly { readonly some: boolean }[]>`
    SELECT EXISTS (SELECT FROM help_request WHERE "workspaceId" = ${workspaceId} AND "endedAt" IS NULL)
      OR EXISTS (SELECT FROM help_reply WHERE "workspaceId" = ${workspaceId} AND "dismissedAt" IS NULL)
      OR EXISTS (SELECT FROM follow_consent WHERE "workspaceId" = ${workspaceId}) AS some`;
  if (some?.some !== true) return { hand: null, replies: [], follow: null };
  const [hand, replies, follow] = await Promise.all([
    prisma.helpRequest.findFirst({ where: { workspaceId, endedAt: null } }),
    prisma.helpReply.findMany({
      where: { workspaceId, dismissedAt: null },
      orderBy: { at: 'desc' },
      take: SHOWN_REPLIES,
    }),
    prisma.followConsent.findUnique({ where: { workspaceId } }),
  ]);
  const people = [hand?.claimedById, follow?.askedById, ...replies.map(({ byId }) => byId)];
  const names = await namesOf(
    prisma,
    people.filter((id) => id !== null && id !== undefined),
  );
  const nameOf = (id: string) => names.get(id) ?? 'Staff';
  return {
    hand: hand && { text: hand.text, claimedBy: hand.claimedById && nameOf(hand.claimedById) },
    replies: await Promise.all(
      replies.map(async ({ id, byId, at, text, trace, patch, appliedAt }) => ({
        id,
        by: nameOf(byId),
        at: at.toISOString(),
        html: await renderMarkdown(text),
        trace: trace as unknown as TracedView | null,
        patch: patch as unknown as PatchView | null,
        applied: appliedAt !== null,
      })),
    ),
    follow: follow && { by: nameOf(follow.askedById), agreed: follow.agreedAt !== null },
  };
}
