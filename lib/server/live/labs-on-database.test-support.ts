import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectOnce, type Database, migrate, openDatabase, seed, startEmbeddedPostgres } from '../database';
import { type LabLibrary, labKey, readLabLibrary } from '../lab-library';
import { projectRoot } from '../project-root';
import { createLabStarts, type LabStarts } from './lab-starts';

/** A database of a test's own, with the labs in it. */
export interface LabsOnDatabase {
  readonly database: Database;
  /** Its address. */
  readonly url: string;
  readonly library: LabLibrary;
  readonly starts: LabStarts;
  dispose(): Promise<void>;
}

/** Starts PostgreSQL in a folder of its own, migrated and seeded. */
export async function startLabsOnDatabase(): Promise<LabsOnDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portside-labs-'));
  const postgres = await startEmbeddedPostgres(dataDir);
  const client = await connectOnce(postgres.url);
  await migrate(client, join(projectRoot(), 'prisma/migrations'));
  await client.end();
  const database = openDatabase(postgres.url);
  const library = await readLabLibrary();
  const rows = library.labs.map((lab) => {
    const { track, slug, title, version } = lab;
    return { id: labKey(lab), track, slug, title, version };
  });
  await seed(database.prisma, rows);
  return {
    database,
    url: postgres.url,
    library,
    starts: createLabStarts(database.prisma),
    async dispose() {
      await database.close();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
