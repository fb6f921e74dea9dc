import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { type RunningPostgres, startEmbeddedPostgres } from '../../lib/server/database';
import { freePort } from '../../lib/server/free-port';
import { type RunningNginx, startNginx } from './nginx';
import { START_COMMAND } from './start-command';

/** Real processes of the product on one database. */
export interface Fleet {
  /** By which browsers come: through nginx where there is more than one process. */
  readonly url: string;
  /** What the processes have printed. */
  readonly output: string;
  readonly ports: readonly number[];
  /** The port of the process that writes a workspace. */
  ownerOf(workspaceId: string): Promise<number | undefined>;
  query<T>(sql: string, values?: readonly unknown[]): Promise<readonly T[]>;
  /** As kill -9 does. */
  kill(port: number): Promise<void>;
  start(port: number): Promise<void>;
  /** Bytes in memory, of each process. */
  memory(): readonly number[];
  /** Seconds of a processor's time that each process has used. */
  processorSeconds(): readonly number[];
  dispose(): Promise<void>;
}

/** A start on a machine that is busy. */
const START_LIMIT_MS = 400_000;
const OFFER_LIMIT_MS = 30_000;
const ROOT = join(__dirname, '../..');

/** Starts so many processes; behind nginx, as the docs have it, when told so. */
export async function startFleet({
  processes,
  variables = {},
}: {
  readonly processes: number;
  readonly variables?: Readonly<Record<string, string>>;
}): Promise<Fleet> {
  const folder = mkdtempSync(join(tmpdir(), 'portside-fleet-'));
  const postgres: RunningPostgres = await startEmbeddedPostgres(folder);
  const ports: number[] = [];
  for (let n = 0; n < processes; n += 1) ports.push(await freePort('127.0.0.1'));
  const front = processes === 1 ? ports[0] : await freePort('127.0.0.1');
  const url = processes === 1 ? `http://localhost:${front}` : `https://localhost:${front}`;
  const running = new Map<number, ChildProcess>();
  let output = '';
  let nginx: RunningNginx | undefined;

  const start = async (port: number) => {
    const child = spawn(process.execPath, START_COMMAND, {
      cwd: ROOT,
      env: {
        ...process.env,
        PORT: String(port),
        DATABASE_URL: postgres.url,
        DATA_DIR: join(folder, `process-${port}`),
        SECRET: 'x'.repeat(40),
        PUBLIC_URL: url,
        TRUST_PROXY: processes === 1 ? '0' : '1',
        ...variables,
      },
    });
    running.set(port, child);
    const began = output.length;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`it does not start:\n${output}`)), START_LIMIT_MS);
      const take = (data: Buffer) => {
        output += data.toString();
        if (!output.slice(began).includes('Portside is ready')) return;
        clearTimeout(timer);
        resolve();
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.once('exit', () => reject(new Error(`it ended:\n${output}`)));
    });
  };
  const end = async (port: number, signal: NodeJS.Signals) => {
    const child = running.get(port);
    running.delete(port);
    if (child === undefined || child.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await ended;
  };
  // The first applies migrations; all at once would build pages all at once.
  for (const port of ports) await start(port);
  // Printed a moment after the server is ready: the link that makes the first administrator.
  for (const until = Date.now() + OFFER_LIMIT_MS; !output.includes('/sign-up?first='); await delay(50))
    if (Date.now() > until) throw new Error(`no administrator is offered:\n${output}`);
  if (processes > 1 && front !== undefined) nginx = await startNginx(join(folder, 'nginx'), front, ports);
  const client = new Client({ connectionString: postgres.url });
  await client.connect();

  return {
    url,
    ports,
    get output() {
      return output;
    },
    async ownerOf(workspaceId) {
      const { rows } = await client.query<{ address: string }>(
        `SELECT address FROM workspace_lease JOIN server_process ON server_process.id = holder
         WHERE "workspaceId" = $1 AND "expiresAt" > now()`,
        [workspaceId],
      );
      const address = rows[0]?.address;
      return address === undefined ? undefined : Number(address.split(':').at(-1));
    },
    async query(sql, values = []) {
      return (await client.query(sql, [...values])).rows;
    },
    kill: (port) => end(port, 'SIGKILL'),
    start,
    memory: () => [...running.values()].map(({ pid }) => residentBytes(pid ?? 0)),
    processorSeconds: () => [...running.values()].map(({ pid }) => processorSeconds(pid ?? 0)),
    async dispose() {
      await nginx?.stop();
      await Promise.all([...running.keys()].map((port) => end(port, 'SIGINT')));
      await client.end();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Linux counts a process's time in these, whatever its kernel is built with. */
const TICKS_PER_SECOND = 100;

/** What a process has used of processors, as Linux tells it; 0 elsewhere. */
function processorSeconds(pid: number): number {
  const stat = `/proc/${pid}/stat`;
  if (!existsSync(stat)) return 0;
  // The name before the parenthesis may hold anything; user and system time are the 12th and 13th after it.
  const fields = readFileSync(stat, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** What a process has in memory, as Linux tells it; 0 elsewhere. */
function residentBytes(pid: number): number {
  const status = `/proc/${pid}/status`;
  const found = existsSync(status) ? /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(status, 'utf8')) : null;
  return Number(found?.[1] ?? 0) * 1024;
}
