import type { PrismaClient } from '../generated/prisma/client';
import { ProgressStatus } from '../generated/prisma/client';
import type { Guest } from '../guests';
import { type Registry, shownFiles } from '../live';
import type { VerdictView } from '../protocol';
import { type OwnData, writeOwnData } from './file-format';

/** Everything that a learner did in labs of the course and in sandboxes; what belongs to a cohort stays with it. */
export async function exportOwnData(
  prisma: PrismaClient,
  registry: Pick<Registry, 'look'>,
  { id: userId }: Guest,
): Promise<OwnData> {
  const [progress, workspaces] = await Promise.all([
    prisma.progress.findMany({ where: { userId } }),
    prisma.workspace.findMany({
      where: { userId, place: '' },
      orderBy: { createdAt: 'asc' },
      include: { attempts: { orderBy: { at: 'asc' } } },
    }),
  ]);
  const labs: OwnData['labs'] = [];
  // One after the other: each is loaded from storage, and all at once would fill the memory.
  for (const { id, labId, attempts } of workspaces) {
    const own = progress.find((each) => each.labId === labId);
    labs.push({
      lab: labId,
      status: own?.status === ProgressStatus.PASSED ? 'passed' : 'started',
      passedAt: own?.passedAt?.toISOString() ?? null,
      files: [...(await registry.look(id, shownFiles))],
      attempts: attempts.map(({ at, passed, labVersion, verdicts }) => ({
        at: at.toISOString(),
        passed,
        labVersion,
        verdicts: (verdicts as unknown as readonly VerdictView[]).map(withoutTrace),
      })),
    });
  }
  return writeOwnData(labs, new Date());
}

/** A trace is long and tells of a cluster that does not come along. */
function withoutTrace({
  trace: _trace,
  ...verdict
}: VerdictView): OwnData['labs'][number]['attempts'][number]['verdicts'][number] {
  return verdict;
}
