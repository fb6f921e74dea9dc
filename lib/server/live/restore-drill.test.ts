import { execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { connectOnce, migrate, openDatabase, seed, startEmbeddedPostgres } from '../database';
import { postgresAccount } from '../database/postgres-account';
import { freePort } from '../free-port';
import { createGuests } from '../guests';
import { createWorkspaceKeys } from '../kube-api';
import { labKey, readLabLibrary } from '../lab-library';
import { projectRoot } from '../project-root';
import { createLabStarts } from './lab-starts';
import { createRegistry } from './registry';
import { snapshotHash } from './snapshot-bytes';
import { openTab } from './tab.test-support';
import { createWorkspaceStore } from './workspace-store';

const folder = mkdtempSync(join(tmpdir(), 'portside-restore-'));
// Another account has its data below.
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Work in a lab, as the database keeps it: its state by content, its attempts, who owns it. */
interface Kept {
  readonly state: string;
  readonly attempts: readonly unknown[];
  readonly owner: unknown;
}

/** Read once: the labs are the same on every database. */
const labs = readLabLibrary();

async function registryOn(url: string) {
  const database = openDatabase(url);
  const library = await labs;
  const starts = createLabStarts(database.prisma);
  const store = createWorkspaceStore(database.prisma);
  const registry = createRegistry(store, () => library, starts, createWorkspaceKeys(database.prisma));
  return { database, library, starts, registry };
}

/** Fills a database: a learner works in a lab and presses Check. */
async function work(url: string): Promise<string> {
  const client = await connectOnce(url);
  await migrate(client, join(projectRoot(), 'prisma/migrations'));
  await client.end();
  const { database, library, starts, registry } = await registryOn(url);
  const { prisma } = database;
  const [lab] = library.labs;
  if (lab === undefined) throw new Error('there is a lab');
  const { track, slug, title, version } = lab;
  await seed(prisma, [{ id: labKey(lab), track, slug, title, version }]);
  const start = await starts.current(lab);
  const { guest } = await createGuests(prisma).create();
  const id = randomUUID();
  const at = { startAt: BigInt(start.startAt), reachedAt: BigInt(start.startAt) };
  const facts = { userId: guest.id, labId: labKey(lab), labVersion: version, seed: start.seed };
  await prisma.workspace.create({ data: { id, ...facts, startId: start.id, ...at } });
  const tab = await openTab(registry, id);
  tab.say({ type: 'keys', data: 'kubectl create deployment drill --image=nginx; echo made\r' });
  await expect.poll(() => tab.screen(), { timeout: 30_000 }).toContain('deployment.apps/drill created');
  tab.say({ type: 'save', id: 1, path: 'kept.txt', text: 'kept\n' });
  await tab.hear('done', (message) => message.id === 1);
  tab.say({ type: 'check', id: 2 });
  await tab.hear('verdicts');
  tab.leave();
  await registry.closeAll();
  await database.close();
  return id;
}

async function look(url: string, id: string): Promise<Kept> {
  const { database, registry } = await registryOn(url);
  const { prisma } = database;
  const state = await registry.look(id, (workspace) =>
    snapshotHash({ ...workspace.snapshot(), scrollback: {} }),
  );
  const attempts = await prisma.attempt.findMany({ where: { workspaceId: id } });
  const owner = await prisma.workspace.findUniqueOrThrow({ where: { id }, include: { user: true } });
  await database.close();
  return { state, attempts, owner };
}

describe('a backup', () => {
  it('[V33] of the embedded database is its folder, copied while it is stopped', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const [from, to] = [join(folder, 'from'), join(folder, 'to')];
    mkdirSync(from);
    const first = await startEmbeddedPostgres(from);
    const id = await work(first.url);
    const before = await look(first.url, id);
    await first.stop();
    // As `cp -a` does: owners and modes come along.
    execFileSync('cp', ['-a', from, to]);
    rmSync(from, { recursive: true });
    const second = await startEmbeddedPostgres(to);
    expect(await look(second.url, id)).toEqual(before);
    await second.stop();
  }, 180_000);

  const programs = debianPrograms();
  it.skipIf(programs === undefined)(
    '[V33] of a PostgreSQL is a dump, restored as the docs say',
    async () => {
      vi.spyOn(process.stderr, 'write').mockReturnValue(true);
      const server = await startDebianPostgres(programs ?? '', join(folder, 'debian'));
      try {
        const url = server.urlOf('portside');
        const id = await work(url);
        const before = await look(url, id);
        const dump = join(folder, 'portside.dump');
        server.run('pg_dump', ['--format=custom', `--file=${dump}`, url]);
        const restored = server.urlOf('portside-restored');
        server.run('createdb', [`--maintenance-db=${server.urlOf('postgres')}`, 'portside-restored']);
        server.run('pg_restore', ['--no-owner', `--dbname=${restored}`, dump]);
        expect(await look(restored, id)).toEqual(before);
      } finally {
        await server.stop();
      }
    },
    180_000,
  );
});

/** The folder of a PostgreSQL's programs as Debian lays them, when there is a whole one. */
function debianPrograms(): string | undefined {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return undefined;
  return readdirSync(root)
    .map((version) => join(root, version, 'bin'))
    .filter((bin) =>
      ['initdb', 'postgres', 'pg_dump', 'pg_restore', 'createdb'].every((name) =>
        existsSync(join(bin, name)),
      ),
    )
    .at(-1);
}

async function startDebianPostgres(programs: string, data: string) {
  mkdirSync(data);
  const account = postgresAccount(data);
  if (account !== undefined) chownSync(data, account.uid, account.gid);
  const port = await freePort('127.0.0.1');
  const as = account ?? {};
  const options: SpawnOptions = { ...as, stdio: 'ignore', env: { ...process.env, LC_ALL: 'C' } };
  execFileSync(
    join(programs, 'initdb'),
    [`--pgdata=${data}`, '--auth=trust', '--username=portside'],
    options,
  );
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'];
  const child = spawn(join(programs, 'postgres'), ['-D', data, '-p', String(port), ...settings], options);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const urlOf = (database: string) => `postgresql://portside@127.0.0.1:${port}/${database}`;
  const run = (program: string, args: readonly string[]) =>
    execFileSync(join(programs, program), args, { stdio: ['ignore', 'ignore', 'inherit'] });
  await vi.waitFor(() => run('createdb', [`--maintenance-db=${urlOf('postgres')}`, 'portside']), {
    timeout: 30_000,
    interval: 200,
  });
  return {
    urlOf,
    run,
    async stop() {
      child.kill('SIGINT');
      await Promise.race([ended, delay(10_000)]);
    },
  };
}
