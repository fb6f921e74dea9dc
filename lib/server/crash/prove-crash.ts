import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createRandom, type Random } from '../../base';
import { connectOnce, migrate, openDatabase, seed, startEmbeddedPostgres } from '../database';
import { createGuests } from '../guests';
import { labKey, readLabLibrary } from '../lab-library';
import { createLabStarts } from '../live';
import { projectRoot } from '../project-root';
import type { ClientMessage, ServerMessage } from '../protocol';
import type { Order, Report } from './crash-words';
import { broken, type Ledger, LOG_FILE, newLedger, note, settle } from './ledger';

/** How often to kill, and from which chance. */
export interface CrashPlan {
  readonly seed: number;
  readonly kills: number;
  /** The bundled `crash-child`. */
  readonly child: string;
  say(line: string): void;
}

/** What was promised and found. */
export interface CrashResult {
  readonly kills: number;
  readonly databaseKills: number;
  readonly commands: number;
  readonly saves: number;
  readonly attempts: number;
  readonly fingerprints: number;
  readonly broken: readonly string[];
}

const WORKSPACES = 3;
/** Every so many kills the database goes, too. */
const DATABASE_EVERY = 4;
/** A machine that is busy with other things breaks no promise. */
const ANSWER_LIMIT_MS = 240_000;
const LONGEST_LIFE_MS = 1_500;

interface Desk {
  readonly id: string;
  readonly ledger: Ledger;
  readonly saves: Map<number, { path: string; text: string }>;
  nextId: number;
}

/** Kills server and database in the middle of things, again and again, and holds what is left against what was told. */
export async function proveCrash({ seed: first, kills, child, say }: CrashPlan): Promise<CrashResult> {
  const random = createRandom(first);
  const dataDir = mkdtempSync(join(tmpdir(), 'portside-crash-'));
  let postgres = await startEmbeddedPostgres(dataDir);
  const found: string[] = [];
  let databaseKills = 0;
  let server: Served | undefined;
  try {
    const desks = await prepare(postgres.url);
    for (let kill = 1; kill <= kills; kill += 1) {
      server = await startChild(child, postgres.url);
      found.push(...(await lookAtAll(server, desks)).map((line) => `before kill ${kill}: ${line}`));
      const work = workFor(server, desks, random);
      await delay(20 + Math.floor(random.next() * LONGEST_LIFE_MS));
      const takesDatabase = kill % DATABASE_EVERY === 0;
      if (takesDatabase) process.kill(postgres.pid, 'SIGKILL');
      await server.kill();
      await work;
      if (takesDatabase) {
        databaseKills += 1;
        postgres = await startEmbeddedPostgres(dataDir);
      }
      if (kill % 10 === 0) say(`${kill} kills, ${found.length} promises broken`);
    }
    server = await startChild(child, postgres.url);
    found.push(...(await lookAtAll(server, desks)));
    found.push(...(await attemptsOf(postgres.url, desks)));
    await server.kill();
    const sum = (count: (desk: Desk) => number) => desks.reduce((total, desk) => total + count(desk), 0);
    return {
      kills,
      databaseKills,
      commands: sum(({ ledger }) => ledger.shownLines.size),
      saves: sum(({ saves }) => saves.size),
      attempts: sum(({ ledger }) => ledger.attempts.size),
      fingerprints: sum(({ ledger }) => ledger.fingerprints.length),
      broken: found,
    };
  } finally {
    await server?.kill();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function prepare(url: string): Promise<readonly Desk[]> {
  const client = await connectOnce(url);
  await migrate(client, join(projectRoot(), 'prisma/migrations'));
  await client.end();
  const database = openDatabase(url);
  const { prisma } = database;
  const { labs } = await readLabLibrary();
  const [lab] = labs;
  if (lab === undefined) throw new RangeError('there is no lab');
  const { track, slug, title, version } = lab;
  await seed(prisma, [{ id: labKey(lab), track, slug, title, version }]);
  const start = await createLabStarts(prisma).current(lab);
  const desks: Desk[] = [];
  for (let n = 0; n < WORKSPACES; n += 1) {
    const { guest } = await createGuests(prisma).create();
    const id = crypto.randomUUID();
    const at = { startAt: BigInt(start.startAt), reachedAt: BigInt(start.startAt) };
    const facts = { userId: guest.id, labId: labKey(lab), labVersion: version, seed: start.seed };
    await prisma.workspace.create({ data: { id, ...facts, startId: start.id, ...at } });
    desks.push({ id, ledger: newLedger(), saves: new Map(), nextId: 1 });
  }
  await database.close();
  return desks;
}

/** A process that serves, and what it says. */
interface Served {
  readonly child: ChildProcess;
  order(order: Order): boolean;
  /** The first report that fits; undefined when the process ended before. */
  hear<T>(look: (report: Report) => T | undefined): Promise<T | undefined>;
  listen(listener: (report: Report) => void): () => void;
  kill(): Promise<void>;
}

async function startChild(file: string, url: string): Promise<Served> {
  const child = fork(file, [url], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const listeners = new Set<(report: Report) => void>();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.on('message', (report: Report) => {
    for (const listener of [...listeners]) listener(report);
  });
  child.on('error', () => undefined);
  const served: Served = {
    child,
    order: (order) => child.connected && child.send(order, () => undefined),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hear: (look) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('the server does not answer')), ANSWER_LIMIT_MS);
        const end = (value?: Awaited<ReturnType<typeof look>>) => {
          clearTimeout(timer);
          stop();
          resolve(value as never);
        };
        const stop = served.listen((report) => {
          const value = look(report);
          if (value !== undefined) end(value as never);
        });
        ended.then(() => end());
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
  await served.hear((report) => (report.kind === 'ready' ? true : undefined));
  return served;
}

/** Opens every workspace anew, and holds it against what its learner was told. */
async function lookAtAll(server: Served, desks: readonly Desk[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const desk of desks) {
    const { id, ledger } = desk;
    const files = await welcomeFiles(server, id);
    found.push(...broken(ledger, files).map((line) => `${id}: ${line}`));
    settle(ledger, files);
    for (const { seq, now, hash } of ledger.fingerprints.slice(-2)) {
      const answer = server.hear((report) =>
        report.kind === 'again' && report.workspace === id && report.found.seq === seq
          ? report.found
          : undefined,
      );
      server.order({ kind: 'again', workspace: id, seq, now });
      const again = await answer;
      if (again?.hash !== hash) found.push(`${id}: the state after event ${seq} is not what it was`);
    }
  }
  return found;
}

async function welcomeFiles(server: Served, id: string) {
  const welcome = server.hear((report) =>
    report.kind === 'heard' && report.workspace === id && report.message.type === 'welcome'
      ? report.message
      : undefined,
  );
  server.order({ kind: 'say', workspace: id, message: { type: 'hello', size: { columns: 100, rows: 30 } } });
  const found = await welcome;
  if (found === undefined) throw new Error('the server ended by itself');
  // A command that a kill interrupted goes on when somebody looks; what it does then is its one time.
  await settled(server, id);
  return welcomeAgain(server, id);
}

async function settled(server: Served, id: string): Promise<void> {
  for (let n = 0; n < 50; n += 1) {
    const answer = server.hear((report) =>
      report.kind === 'fingerprint' && report.workspace === id ? { at: report.found } : undefined,
    );
    server.order({ kind: 'fingerprint', workspace: id });
    if ((await answer)?.at !== undefined) return;
    await delay(50);
  }
}

async function welcomeAgain(server: Served, id: string) {
  const welcome = server.hear((report) =>
    report.kind === 'heard' && report.workspace === id && report.message.type === 'welcome'
      ? report.message.files
      : undefined,
  );
  server.order({ kind: 'say', workspace: id, message: { type: 'hello', size: { columns: 100, rows: 30 } } });
  return (await welcome) ?? [];
}

/** Sends work to every workspace until the process is killed, and notes what it acknowledges. */
async function workFor(server: Served, desks: readonly Desk[], random: Random): Promise<void> {
  const stop = server.listen((report) => {
    if (report.kind === 'heard') {
      const desk = desks.find(({ id }) => id === report.workspace);
      if (desk !== undefined) note(desk.ledger, desk.saves, report.message as ServerMessage);
    }
    if (report.kind === 'fingerprint' && report.found !== undefined)
      desks.find(({ id }) => id === report.workspace)?.ledger.fingerprints.push(report.found);
  });
  while (server.child.exitCode === null && server.child.signalCode === null) {
    for (const desk of desks) sendOne(server, desk, random);
    await delay(5 + Math.floor(random.next() * 60));
  }
  stop();
}

function sendOne(server: Served, desk: Desk, random: Random): void {
  const { id: workspace, ledger, saves } = desk;
  const id = desk.nextId;
  desk.nextId += 1;
  const say = (message: ClientMessage) => server.order({ kind: 'say', workspace, message });
  const draw = random.next();
  if (draw < 0.4) {
    const path = `f${id % 3}.yaml`;
    const text = `text ${id}\n`;
    saves.set(id, { path, text });
    const file = ledger.files.get(path) ?? { acknowledged: undefined, sent: [] };
    ledger.files.set(path, file);
    file.sent.push(text);
    say({ type: 'save', id, path, text });
  } else if (draw < 0.85) {
    const line = `line-${id}`;
    ledger.typedLines.push(line);
    say({ type: 'keys', data: `kubectl get pods > /dev/null; echo ${line} >> ${LOG_FILE}\r` });
  } else if (draw < 0.93) {
    ledger.checksSent += 1;
    say({ type: 'check', id });
  } else {
    server.order({ kind: 'fingerprint', workspace });
  }
}

/** Every attempt that was told is stored, once, and no more of them than were asked for. */
async function attemptsOf(url: string, desks: readonly Desk[]): Promise<readonly string[]> {
  const database = openDatabase(url);
  const found: string[] = [];
  for (const { id, ledger } of desks) {
    const rows = await database.prisma.attempt.findMany({ where: { workspaceId: id }, select: { id: true } });
    const stored = new Set(rows.map((row) => row.id));
    for (const told of ledger.attempts)
      if (!stored.has(told)) found.push(`${id}: the attempt ${told} is lost`);
    if (rows.length > ledger.checksSent)
      found.push(`${id}: ${rows.length} attempts of ${ledger.checksSent} checks`);
    const events = await database.prisma.workspaceEvent.findMany({
      where: { workspaceId: id },
      orderBy: { seq: 'asc' },
      select: { seq: true },
    });
    if (events.some(({ seq }, index) => seq !== index + 1)) found.push(`${id}: its events have gaps`);
  }
  await database.close();
  return found;
}
