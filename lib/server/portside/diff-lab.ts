import { LabError } from '../../labs';
import { connectOnce, openDatabase, startEmbeddedPostgres } from '../database';
import { readEnvironment } from '../environment';
import { findSource, labKey } from '../lab-library';
import { projectRoot } from '../project-root';
import { printTable } from './check-labs';
import { diffAttempts } from './diff-attempts';

/** The flags of `portside lab diff`. */
export interface DiffOptions {
  readonly database?: string;
  readonly limit: number;
}

/**
 * Judges stored attempts by the lab as it is now, and prints whose result would be another. Status 1 when somebody who
 * had passed would not any more.
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
    const { judged, changes } = await diffAttempts(database.prisma, source, options.limit);
    if (judged === 0) throw new LabError(labKey(source), undefined, 'has no stored attempts to compare with');
    printTable([['ATTEMPT', 'BEFORE', 'NOW'], ...changes.map(({ id, before, now }) => [id, before, now])]);
    const lost = changes.filter((each) => each.lost).length;
    process.stdout.write(
      `${judged} attempts judged anew: ${changes.length} come out otherwise, ${lost} of them no longer pass\n`,
    );
    return lost === 0 ? 0 : 1;
  } finally {
    await database.close();
    if (postgres && !postgres.adopted) await postgres.stop();
  }
}
