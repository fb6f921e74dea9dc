import { type Lab, LabError, passed, readLab } from '../../labs';
import type { Workspace } from '../../workspace';
import { connectOnce, openDatabase, startEmbeddedPostgres } from '../database';
import { readEnvironment } from '../environment';
import { findSource, labKey } from '../lab-library';
import { createLabStarts, createWorkspaceStore } from '../live';
import { labOptions } from '../live/lab-starts';
import { loadUpTo } from '../live/load-workspace';
import { projectRoot } from '../project-root';
import { printTable } from './check-labs';

/** The flags of `portside lab diff`. */
export interface DiffOptions {
  readonly database?: string;
  readonly limit: number;
}

/**
 * Brings back the state in which each of the newest attempts was judged, judges it by the lab as it is now, and prints
 * whose result would be another. Nothing is stored. Status 1 when somebody who had passed would not any more.
 */
export async function diffLab(slug: string, options: DiffOptions): Promise<number> {
  const source = await findSource(slug);
  const environment = readEnvironment(
    { ...process.env, ...(options.database ? { DATABASE_URL: options.database } : {}) },
    projectRoot(),
  );
  const postgres =
    environment.databaseUrl === undefined ? await startEmbeddedPostgres(environment.dataDir) : undefined;
  const url = environment.databaseUrl ?? postgres?.url ?? '';
  await (await connectOnce(url)).end();
  const database = openDatabase(url);
  try {
    const labId = labKey(source);
    const attempts = await database.prisma.attempt.findMany({
      where: { labId },
      orderBy: { at: 'desc' },
      take: options.limit,
    });
    if (attempts.length === 0) throw new LabError(labId, undefined, 'has no stored attempts to compare with');
    const starts = createLabStarts(database.prisma);
    const store = createWorkspaceStore(database.prisma);
    const changes: { readonly cells: readonly string[]; readonly lost: boolean }[] = [];
    for (const attempt of attempts) {
      const row = await store.row(attempt.workspaceId);
      if (row === undefined) continue;
      const lab = readLab(source, row.seed);
      const workspaceOptions = labOptions(lab, row.seed, row.startAt);
      const start = () => starts.byId(row.startId, workspaceOptions);
      const { workspace } = await loadUpTo({ row, store, options: workspaceOptions, start }, attempt.seq);
      const now = await judge(lab, workspace);
      const before = stoppedAt(attempt.verdicts);
      if (now.stop === before && now.passed === attempt.passed) continue;
      changes.push({
        cells: [attempt.id, attempt.passed ? 'passed' : before, now.passed ? 'passed' : now.stop],
        lost: attempt.passed && !now.passed,
      });
    }
    printTable([['ATTEMPT', 'BEFORE', 'NOW'], ...changes.map(({ cells }) => cells)]);
    const lost = changes.filter((each) => each.lost).length;
    process.stdout.write(
      `${attempts.length} attempts judged anew: ${changes.length} come out otherwise, ${lost} of them no longer pass\n`,
    );
    return lost === 0 ? 0 : 1;
  } finally {
    await database.close();
    if (postgres && !postgres.adopted) await postgres.stop();
  }
}

async function judge(lab: Lab, workspace: Workspace) {
  const verdicts = await workspace.grade(lab);
  return { passed: passed(lab, verdicts), stop: stoppedAt(verdicts) };
}

/** "task/check" of the first verdict that is not met. */
function stoppedAt(verdicts: unknown): string {
  if (!Array.isArray(verdicts)) return 'unknown';
  const wrong = verdicts.find((each: { outcome?: string }) => each.outcome !== 'met') as
    | { task: string; check: string }
    | undefined;
  return wrong ? `${wrong.task}/${wrong.check}` : 'all judged tasks met';
}
