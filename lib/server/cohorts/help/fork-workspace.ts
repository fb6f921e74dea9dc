import { randomUUID } from 'node:crypto';
import { AppError } from '../../app-error';
import type { PrismaClient } from '../../generated/prisma/client';
import { packSnapshot } from '../../live';
import { type Asker, demand } from '../access';
import { labAddress } from '../assignments/lab-address';
import { auditRow } from '../audit';
import { namesOf } from '../cohort-page';
import type { WorkspaceHistory } from '../replay/workspace-history';

/** A learner's workspace of this cohort, with who and what it is about. */
export async function learnersWorkspace(prisma: PrismaClient, cohortId: string, workspaceId: string) {
  const found = await prisma.workspace.findFirst({
    where: { id: workspaceId, assignment: { cohortId }, forkedFromId: null },
    include: { lab: { select: { title: true } } },
  });
  if (found === null || found.assignmentId === null)
    throw new AppError('not-found', 'There is no such work in this cohort.');
  const names = await namesOf(prisma, [found.userId]);
  return { ...found, assignmentId: found.assignmentId, learner: names.get(found.userId) ?? 'A learner' };
}

/**
 * Makes a workspace of the asker's own out of a learner's at one of its moments. A command that was running then stays
 * behind. Resolves to the address of its page.
 */
export async function forkWorkspace(
  prisma: PrismaClient,
  history: WorkspaceHistory,
  asker: Asker,
  cohortId: string,
  workspaceId: string,
  seq: number | undefined,
): Promise<string> {
  const standing = await demand(prisma, asker, cohortId, 'help');
  const source = await learnersWorkspace(prisma, cohortId, workspaceId);
  const moment = await history.at(workspaceId, seq);
  const fork = moment.workspace.fork();
  // What came before is the learner's: nothing of it can be undone here.
  const snapshot = { ...fork.snapshot(), undoable: [] };
  fork.close();
  moment.workspace.close();
  const id = randomUUID();
  const { labId, labVersion, seed, startId, startAt, assignmentId } = source;
  await prisma.$transaction([
    prisma.workspace.create({
      data: {
        id,
        userId: asker.id,
        labId,
        labVersion,
        seed,
        startId,
        startAt,
        reachedAt: BigInt(snapshot.now),
        place: id,
        assignmentId,
        forkedFromId: workspaceId,
        forkedSeq: moment.seq,
        snapshots: {
          create: {
            seq: snapshot.inputs,
            format: snapshot.format,
            bytes: await packSnapshot(snapshot),
            pinned: true,
          },
        },
      },
    }),
    prisma.auditEntry.create({
      data: auditRow(standing, {
        action: 'opened a fork of the work',
        subject: source.learner,
        details: { lab: source.lab.title, input: moment.seq },
      }),
    }),
  ]);
  return `${labAddress(labId)}?workspace=${id}`;
}
