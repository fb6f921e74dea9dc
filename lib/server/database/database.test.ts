import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StartError } from '../app-error';
import { freePort } from '../free-port';
import { checkVersion, connectOnce, openDatabase, takeServerLock } from './connect';
import { type RunningPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { migrate } from './migrate';
import { seed } from './seed';

const ROOT = new URL('../../..', import.meta.url).pathname;
const MIGRATIONS = join(ROOT, 'prisma/migrations');
let dataDir: string;
let postgres: RunningPostgres;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'portside-database-'));
  postgres = await startEmbeddedPostgres(dataDir);
}, 60_000);

afterAll(async () => {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  it('[V2] is found again while it runs, and its data after it was stopped', async () => {
    const again = await startEmbeddedPostgres(dataDir);
    expect({ pid: again.pid, adopted: again.adopted }).toEqual({ pid: postgres.pid, adopted: true });
    const client = await connectOnce(postgres.url);
    await client.query('CREATE TABLE kept AS SELECT 42 AS answer');
    await client.end();
    await postgres.stop();
    postgres = await startEmbeddedPostgres(dataDir);
    expect(postgres.adopted).toBe(false);
    const after = await connectOnce(postgres.url);
    expect((await after.query('SELECT answer FROM kept')).rows).toEqual([{ answer: 42 }]);
    await after.end();
  });

  it('[V2] outlives a parent that was killed, and is adopted by the next', async () => {
    await postgres.stop();
    const script = join(dataDir, 'parent.mjs');
    buildSync({
      stdin: {
        contents: `import { startEmbeddedPostgres } from './embedded-postgres';
          const { pid } = await startEmbeddedPostgres(process.argv[2]);
          console.log(pid); setInterval(() => {}, 1000);`,
        resolveDir: new URL('.', import.meta.url).pathname,
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      outfile: join(ROOT, '.cache/database-test-parent.mjs'),
    });
    rmSync(script, { force: true });
    const parent = spawn(process.execPath, [join(ROOT, '.cache/database-test-parent.mjs'), dataDir]);
    const pid = Number(await firstLine(parent));
    parent.kill('SIGKILL');
    postgres = await startEmbeddedPostgres(dataDir);
    expect({ pid: postgres.pid, adopted: postgres.adopted }).toEqual({ pid, adopted: true });
  });
});

describe('migrate', () => {
  it('[V3] applies each migration once and records it as Prisma does', async () => {
    const client = await connectOnce(postgres.url);
    expect((await migrate(client, MIGRATIONS)).length).toBeGreaterThan(0);
    expect(await migrate(client, MIGRATIONS)).toEqual([]);
    const { rows } = await client.query('SELECT checksum, finished_at FROM "_prisma_migrations"');
    expect(rows.every((row) => /^[0-9a-f]{64}$/.test(row.checksum) && row.finished_at !== null)).toBe(true);
    await client.end();
  });

  it('[V3] keeps to the schema that the address names', async () => {
    const client = await connectOnce(`${postgres.url}?schema=other`);
    expect((await migrate(client, MIGRATIONS)).length).toBeGreaterThan(0);
    const { rows } = await client.query(
      "SELECT 1 FROM pg_tables WHERE schemaname = 'other' AND tablename = 'workspace'",
    );
    expect(rows).toHaveLength(1);
    await client.end();
  });

  it('[V3] refuses a database of a newer version', async () => {
    const client = await connectOnce(postgres.url);
    await client.query(`INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at)
      VALUES ('x', 'y', '99990101000000_later', now())`);
    await expect(migrate(client, MIGRATIONS)).rejects.toThrow('written by a newer one');
    await client.query(`DELETE FROM "_prisma_migrations" WHERE id = 'x'`);
    await client.end();
  });
});

describe('seed', () => {
  it('[V3] may run any number of times, and retires what is gone', async () => {
    const database = openDatabase(postgres.url);
    const lab = { id: 'a/b', track: 'a', slug: 'b', title: 'B', version: '1' };
    await seed(database.prisma, [lab, { ...lab, id: 'a/c', slug: 'c' }]);
    await seed(database.prisma, [{ ...lab, version: '2' }]);
    const rows = await database.prisma.lab.findMany({ orderBy: { id: 'asc' } });
    expect(rows.map(({ id, version, retired }) => ({ id, version, retired }))).toEqual([
      { id: 'a/b', version: '2', retired: false },
      { id: 'a/c', version: '1', retired: true },
    ]);
    await database.close();
  });
});

describe('an address that leads nowhere', () => {
  it('[V4] is one sentence for a closed port, a wrong password, a missing database', async () => {
    const closed = await freePort('127.0.0.1');
    const wrong = new URL(postgres.url);
    wrong.password = 'wrong';
    const missing = new URL(postgres.url);
    missing.pathname = '/missing';
    const cases = [
      [`postgresql://u:p@127.0.0.1:${closed}/x`, `127.0.0.1:${closed} cannot be reached (ECONNREFUSED)`],
      [wrong.href, 'does not accept the user "portside"'],
      [missing.href, 'There is no database "missing"'],
    ] as const;
    for (const [url, sentence] of cases) {
      const failure = await connectOnce(url).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(StartError);
      expect(String(failure)).toContain(sentence);
    }
  });

  it('[V4] a second server on the same database is refused', async () => {
    const first = await connectOnce(postgres.url);
    await checkVersion(first);
    await takeServerLock(first);
    const second = await connectOnce(postgres.url);
    await expect(takeServerLock(second)).rejects.toThrow('Another Portside is already serving');
    await first.end();
    await takeServerLock(second);
    await second.end();
  }, 20_000);
});

describe('the generated client', () => {
  it('[V5] was generated from the schema as it is', () => {
    const generated = readFileSync(join(ROOT, 'lib/server/generated/prisma/internal/class.ts'), 'utf8');
    const inline = /"inlineSchema": (".*")/.exec(generated)?.[1] ?? '""';
    const schema = readFileSync(join(ROOT, 'prisma/schema.prisma'), 'utf8');
    expect(withoutLayout(JSON.parse(inline))).toBe(withoutLayout(schema));
  });
});

/** Prisma rewrites the generator block's paths and alignment. */
function withoutLayout(schema: string): string {
  return schema
    .replace(/generator client \{[^}]*\}/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim()));
    child.once('exit', () => reject(new Error('the child ended')));
  });
}
