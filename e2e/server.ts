import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { START_COMMAND } from './fleet/start-command';

/** A server of one's own, with data of its own. */
export interface TestServer {
  readonly url: string;
  readonly dataDir: string;
  /** What it has printed. */
  readonly output: string;
  /** As kill -9 does: no farewell, and the database child is left behind. */
  kill(): Promise<void>;
  /** Starts it again on the same data. */
  start(): Promise<void>;
  /** As Ctrl-C does. */
  stop(): Promise<number | null>;
  /** Stops it and removes its data. */
  dispose(): Promise<void>;
}

/** A first start with a build, on a slow machine. */
const START_LIMIT_MS = 300_000;
const ROOT = join(__dirname, '..');

/** Starts the product as a person would, apart from anybody's own server and data. */
export async function startTestServer(variables: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portside-e2e-'));
  const port = await freePort();
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, DATABASE_URL: '', ...variables };
  let output = '';
  let child: ChildProcess | undefined;

  const start = async () => {
    const began = output.length;
    const started = spawn(process.execPath, START_COMMAND, { cwd: ROOT, env });
    child = started;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`the server does not start:\n${output}`)),
        START_LIMIT_MS,
      );
      const take = (data: Buffer) => {
        output += data.toString();
        if (!output.slice(began).includes('Portside is ready')) return;
        clearTimeout(timer);
        resolve();
      };
      started.stdout.on('data', take);
      started.stderr.on('data', take);
      started.once('exit', () => {
        clearTimeout(timer);
        reject(new Error(`the server ended:\n${output}`));
      });
    });
  };
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null) return null;
    const ended = new Promise<number | null>((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    return ended;
  };

  await start();
  return {
    url: `http://localhost:${port}`,
    dataDir,
    get output() {
      return output;
    },
    start,
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGINT'),
    async dispose() {
      if (child === undefined) await start();
      await end('SIGINT');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}
