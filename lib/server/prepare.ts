import { join } from 'node:path';
import {
  checkVersion,
  connectOnce,
  type Database,
  migrate,
  openDatabase,
  type RunningPostgres,
  seed,
  startEmbeddedPostgres,
  takeServerLock,
} from './database';
import type { Environment } from './environment';
import { type LabLibrary, labKey, readLabLibrary } from './lab-library';
import { log } from './log';
import type { ProgressLines } from './progress-lines';
import type { Stops } from './stops';

/** What has to be there before anything is served. */
export interface Prepared {
  readonly database: Database;
  readonly databaseAddress: string;
  readonly library: LabLibrary;
}

/** Brings up the database, migrates it, and reads the labs. */
export async function prepare(
  root: string,
  { databaseUrl, dataDir, labsDir }: Environment,
  progress: ProgressLines,
  stops: Stops,
): Promise<Prepared> {
  const url = databaseUrl ?? (await startPostgres(dataDir, progress, stops));
  const client = await connectOnce(url);
  stops.push(() => client.end());
  await checkVersion(client);
  // Whoever stops the embedded database stops it for all.
  if (databaseUrl === undefined) await takeServerLock(client);
  await progress.step('Migrating the database', migrationLine, () =>
    migrate(client, join(root, 'prisma/migrations')),
  );
  const database = openDatabase(url);
  stops.push(() => database.close());
  const library = await readLabLibrary(labsDir);
  for (const { key, error } of library.broken) log('error', 'lab-broken', { lab: key, error: error.message });
  await progress.step(
    'Seeding the labs',
    `${library.labs.length} lab${library.labs.length === 1 ? '' : 's'} seeded`,
    () =>
      seed(
        database.prisma,
        library.labs.map((lab) => ({
          id: labKey(lab),
          track: lab.track,
          slug: lab.slug,
          title: lab.title,
          version: lab.version,
        })),
      ),
  );
  return { database, library, databaseAddress: url };
}

async function startPostgres(dataDir: string, progress: ProgressLines, stops: Stops): Promise<string> {
  const line = ({ adopted }: RunningPostgres) =>
    adopted ? 'PostgreSQL found running from before' : 'PostgreSQL started';
  const postgres = await progress.step('Starting PostgreSQL', line, () => startEmbeddedPostgres(dataDir));
  stops.push(() => postgres.stop());
  return postgres.url;
}

function migrationLine(applied: readonly string[]): string {
  if (applied.length === 0) return 'Database up to date';
  return `Database migrated, ${applied.length} migration${applied.length === 1 ? '' : 's'} applied`;
}
