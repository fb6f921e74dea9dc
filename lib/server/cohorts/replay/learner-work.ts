import type { WorkspaceInput } from '../../../workspace';
import type { PrismaClient } from '../../generated/prisma/client';
import { type Asker, demand } from '../access';
import { labAddress } from '../assignments/lab-address';
import { noteDown } from '../audit';
import { learnersWorkspace } from '../help/fork-workspace';
import type { MomentView, WorkView } from '../help/help-views';

/** Inputs of one page; older ones are reached by an attempt's replay. */
const SHOWN_MOMENTS = 300;

/** What staff see of a learner's work; that they looked is noted. */
export async function learnerWork(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  workspaceId: string,
): Promise<WorkView> {
  const standing = await demand(prisma, asker, cohortId, 'help');
  const row = await learnersWorkspace(prisma, cohortId, workspaceId);
  const [events, attempts, forks, follow] = await Promise.all([
    prisma.workspaceEvent.findMany({
      where: { workspaceId },
      orderBy: { seq: 'desc' },
      take: SHOWN_MOMENTS,
      select: { seq: true, createdAt: true, input: true },
    }),
    prisma.attempt.findMany({ where: { workspaceId, imported: false }, orderBy: { at: 'asc' } }),
    prisma.workspace.findMany({
      where: { forkedFromId: workspaceId, userId: asker.id },
      orderBy: { createdAt: 'desc' },
    }),
    prisma.followConsent.findUnique({ where: { workspaceId } }),
  ]);
  await noteDown(prisma, standing, {
    action: 'looked at the work',
    subject: row.learner,
    details: { lab: row.lab.title },
  });
  const moments = events.flatMap(({ seq, createdAt, input }): MomentView[] => {
    const what = inputWords(input as unknown as WorkspaceInput);
    return what === undefined ? [] : [{ seq, at: createdAt.toISOString(), what }];
  });
  return {
    workspaceId,
    learner: row.learner,
    lab: row.lab.title,
    assignmentId: row.assignmentId,
    moments,
    attempts: attempts.map(({ id, at, passed }) => ({ id, at: at.toISOString(), passed })),
    forks: forks.map(({ id, createdAt, forkedSeq }) => ({
      id,
      at: createdAt.toISOString(),
      seq: forkedSeq ?? 0,
      href: `${labAddress(row.labId)}?workspace=${id}`,
    })),
    follow: follow && { mine: follow.askedById === asker.id, agreed: follow.agreedAt !== null },
  };
}

/** An input in a few words; undefined for what is nothing to go back to. */
export function inputWords(input: WorkspaceInput): string | undefined {
  switch (input.kind) {
    case 'tty':
      if (input.input.kind === 'line')
        return input.input.text.trim() === '' ? undefined : `$ ${input.input.text}`;
      return input.input.kind === 'signal' && input.input.signal === 'INT' ? 'Ctrl-C' : undefined;
    case 'save':
      return `saved ${fileName(input.path)}`;
    case 'remove':
      return `removed ${fileName(input.path)}`;
    case 'rename':
      return `renamed ${fileName(input.path)} to ${fileName(input.to)}`;
    case 'edited':
      return `edited ${fileName(input.path)}`;
    case 'api':
      return `a write by their own kubectl`;
    case 'undo':
      return 'undo';
    case 'reset':
      return 'reset';
    default:
      return undefined;
  }
}

const fileName = (path: string): string => path.replace(/^\/home\/[^/]+\//, '');
