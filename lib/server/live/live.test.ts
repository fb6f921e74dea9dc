import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLabContents } from '../cohorts';
import { createGuests } from '../guests';
import { createWorkspaceKeys } from '../kube-api';
import { labKey } from '../lab-library';
import { openLabFor } from '../learner';
import type { ServerMessage } from '../protocol';
import { type LabsOnDatabase, startLabsOnDatabase } from './labs-on-database.test-support';
import { createRegistry, type Registry } from './registry';
import { openTab, type Tab } from './tab.test-support';
import { createWorkspaceStore, type WorkspaceStore } from './workspace-store';

let labs: LabsOnDatabase;
let database: LabsOnDatabase['database'];
let library: LabsOnDatabase['library'];
let starts: LabsOnDatabase['starts'];

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  labs = await startLabsOnDatabase();
  ({ database, library, starts } = labs);
}, 120_000);

afterAll(async () => {
  killLast();
  await labs.dispose();
});

let killLast = () => {};

/** A server over the one database. The one before it is dead, as after kill -9: it stores nothing any more. */
function newServer(changes: Partial<WorkspaceStore> = {}): Registry {
  killLast();
  let dead = false;
  killLast = () => {
    dead = true;
  };
  const store: WorkspaceStore = { ...createWorkspaceStore(database.prisma), ...changes };
  const mortal = new Proxy(store, {
    get: (target, name: keyof WorkspaceStore) => (dead ? () => new Promise(() => {}) : target[name]),
  });
  return createRegistry(mortal, () => library, starts, createWorkspaceKeys(database.prisma));
}

/** A new guest's workspace in the first lab. */
async function newWorkspace(): Promise<{ id: string; userId: string; labId: string }> {
  const { prisma } = database;
  const { guest } = await createGuests(prisma).create();
  const [lab] = library.labs;
  if (lab === undefined) throw new Error('there is a lab');
  const registry = newServer();
  const contents = createLabContents(prisma);
  const learning = { prisma, starts, registry, contents, library: async () => library };
  const opened = await openLabFor(learning, guest, lab.track, lab.slug);
  await registry.closeAll();
  if (opened === undefined) throw new Error('the lab is opened');
  return { id: opened.workspaceId, userId: guest.id, labId: labKey(lab) };
}

const has = (path: string, text: string) => (message: Extract<ServerMessage, { type: 'files' }>) =>
  message.changes.some((change) => change.path === path && change.text === text);

const typeLine = (tab: Tab, line: string) => tab.say({ type: 'keys', data: `${line}\r` });

const textOf = (files: Extract<ServerMessage, { type: 'welcome' }>['files'], path: string) =>
  files.find((file) => file.path === path)?.text;

/** How long nobody looks: far longer than it takes to come and go on a busy machine. */
const AWAY_MS = 4_000;

describe('a live workspace', () => {
  it('[V6] stores a command before anything of it is shown', async () => {
    const { id } = await newWorkspace();
    const store = createWorkspaceStore(database.prisma);
    let letThrough = () => {};
    const gate = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    let stored = 0;
    const tab = await openTab(
      newServer({
        async append(...event) {
          if (event[2].input.kind === 'tty') await gate;
          await store.append(...event);
          stored += 1;
        },
      }),
      id,
    );
    typeLine(tab, 'echo one > a.txt');
    await new Promise((resolve) => setImmediate(resolve));
    const before = stored;
    expect(tab.heard.some(({ type }) => type === 'files')).toBe(false);
    letThrough();
    await tab.hear('files', has('a.txt', 'one\n'));
    expect(stored).toBe(before + 1);
  });

  it('[V6] what could not be stored did not happen, and the page is sent to load it again', async () => {
    const { id } = await newWorkspace();
    const store = createWorkspaceStore(database.prisma);
    let failing = false;
    const server = newServer({
      append: (...event) => (failing ? Promise.reject(new Error('connection lost')) : store.append(...event)),
    });
    const tab = await openTab(server, id);
    failing = true;
    tab.say({ type: 'save', id: 1, path: 'lost.yaml', text: 'x' });
    expect((await tab.hear('failed')).code).toBe('unavailable');
    expect(tab.closed).toEqual([1013]);
    failing = false;
    const again = await openTab(server, id);
    expect(textOf((await again.hear('welcome')).files, 'lost.yaml')).toBeUndefined();
    again.say({ type: 'save', id: 2, path: 'kept.yaml', text: 'y' });
    await again.hear('done', (message) => message.id === 2);
  });

  it('[V6] numbers events without a gap, however fast they come', async () => {
    const { id } = await newWorkspace();
    const tab = await openTab(newServer(), id);
    for (let n = 1; n <= 40; n += 1) tab.say({ type: 'save', id: n, path: `f${n % 3}.txt`, text: String(n) });
    await tab.hear('done', (message) => message.id === 40);
    const rows = await database.prisma.workspaceEvent.findMany({
      where: { workspaceId: id },
      orderBy: { seq: 'asc' },
    });
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_row, index) => index + 1));
    const saved = rows
      .map(({ input }) => input as { kind: string; text?: string })
      .filter(({ kind }) => kind === 'save');
    expect(saved.map(({ text }) => Number(text))).toEqual(
      Array.from({ length: 40 }, (_none, index) => index + 1),
    );
  });

  it('[V7] is all there after a kill: files, screen, layout, and what undo takes back', async () => {
    const { id } = await newWorkspace();
    const tab = await openTab(newServer(), id);
    typeLine(tab, 'echo one > a.txt');
    await tab.hear('files', has('a.txt', 'one\n'));
    typeLine(tab, 'echo two > b.txt');
    await tab.hear('undoable', ({ command }) => command === 'echo two > b.txt');
    tab.say({ type: 'layout', layout: { openFiles: ['a.txt'], activeFile: 'a.txt' } });
    await vi.waitFor(async () => {
      const { layout } = await database.prisma.workspace.findUniqueOrThrow({ where: { id } });
      expect(layout).toMatchObject({ activeFile: 'a.txt' });
    });
    const after = await openTab(newServer(), id);
    const welcome = await after.hear('welcome');
    expect(textOf(welcome.files, 'a.txt')).toBe('one\n');
    expect(textOf(welcome.files, 'b.txt')).toBe('two\n');
    expect(welcome.layout.activeFile).toBe('a.txt');
    expect(welcome.undoable).toBe('echo two > b.txt');
    expect(after.screen()).toContain('echo one > a.txt');
  });

  it('[V7] goes on with a command that a kill interrupted', async () => {
    const { id } = await newWorkspace();
    const tab = await openTab(newServer(), id);
    typeLine(tab, 'sleep 1; echo late > late.txt');
    await tab.hear('undoable', ({ command }) => command === 'sleep 1; echo late > late.txt');
    const after = await openTab(newServer(), id);
    await after.hear('files', has('late.txt', 'late\n'));
  });

  it('[V7] undo reaches back over snapshots and restarts, and spares what was saved since', async () => {
    const { id } = await newWorkspace();
    const first = newServer();
    const tab = await openTab(first, id);
    typeLine(tab, 'echo one > a.txt');
    await tab.hear('files', has('a.txt', 'one\n'));
    typeLine(tab, 'echo two > a.txt');
    await tab.hear('files', has('a.txt', 'two\n'));
    tab.say({ type: 'save', id: 1, path: 'mine.yaml', text: 'kept' });
    await tab.hear('done', (message) => message.id === 1);
    tab.leave();
    await first.closeAll();
    const second = newServer();
    const later = await openTab(second, id);
    later.say({ type: 'undo', id: 7 });
    await later.hear('done', (message) => message.id === 7);
    const welcome = await later.hear('welcome');
    expect(textOf(welcome.files, 'a.txt')).toBe('one\n');
    expect(textOf(welcome.files, 'mine.yaml')).toBe('kept');
    expect(welcome.undoable).toBe('echo one > a.txt');
    const third = await openTab(newServer(), id);
    expect(textOf((await third.hear('welcome')).files, 'a.txt')).toBe('one\n');
    third.say({ type: 'undo', id: 8 });
    await third.hear('done', (message) => message.id === 8);
    expect(textOf((await third.hear('welcome')).files, 'a.txt')).toBeUndefined();
    third.say({ type: 'undo', id: 9 });
    expect((await third.hear('failed')).message).toBe('There is nothing to undo.');
  });

  it('[V7] a reset goes back to the start of the lab, and undo takes it back', async () => {
    const { id } = await newWorkspace();
    const tab = await openTab(newServer(), id);
    typeLine(tab, 'echo one > a.txt');
    await tab.hear('files', has('a.txt', 'one\n'));
    tab.say({ type: 'reset', id: 1 });
    await tab.hear('done', (message) => message.id === 1);
    expect(textOf((await tab.hear('welcome')).files, 'a.txt')).toBeUndefined();
    const after = await openTab(newServer(), id);
    after.say({ type: 'undo', id: 2 });
    await after.hear('done', (message) => message.id === 2);
    expect(textOf((await after.hear('welcome')).files, 'a.txt')).toBe('one\n');
  });

  it('[V11] stands still while nobody is attached', async () => {
    const { id } = await newWorkspace();
    const server = newServer();
    const tab = await openTab(server, id);
    const { now } = await tab.hear('welcome');
    tab.leave();
    const row = () => database.prisma.workspace.findUniqueOrThrow({ where: { id } });
    await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
    await row();
    const again = await openTab(server, id);
    // Coming and going take a moment in which time goes on.
    expect((await again.hear('welcome')).now - now).toBeLessThan(AWAY_MS / 2);
  });

  it('[V7] shows every tab the same, and one that comes back only what it missed', async () => {
    const { id } = await newWorkspace();
    const server = newServer();
    const left = await openTab(server, id);
    const right = await openTab(server, id);
    typeLine(left, 'echo hello-both');
    await vi.waitFor(() => expect(right.screen()).toMatch(/(hello-both\r\n[\s\S]*){2}\$ $/), {
      timeout: 5_000,
    });
    const output = await right.hear('output');
    right.leave();
    const back = await openTab(server, id, output.from + output.text.length);
    const welcome = await back.hear('welcome');
    expect(welcome.from).toBe(output.from + output.text.length);
    expect(welcome.output).not.toContain('hello-both');
  });

  it('[V6] stores an attempt and what it means for progress, and tells every tab', async () => {
    const { id, userId, labId } = await newWorkspace();
    const server = newServer();
    const tab = await openTab(server, id);
    const other = await openTab(server, id);
    tab.say({ type: 'check', id: 5 });
    const { id: asked, attempt } = await tab.hear('verdicts');
    expect(asked).toBe(5);
    expect(attempt.passed).toBe(false);
    expect(attempt.verdicts.length).toBeGreaterThan(0);
    expect((await other.hear('verdicts')).attempt.id).toBe(attempt.id);
    const key = { userId_labId: { userId, labId } };
    expect(await database.prisma.progress.findUniqueOrThrow({ where: key })).toMatchObject({
      status: 'STARTED',
      passedAt: null,
    });
    const again = await openTab(newServer(), id);
    expect((await again.hear('welcome')).attempts.map((each) => each.id)).toEqual([attempt.id]);
  });

  it('[V6] progress is passed once and stays so', async () => {
    const { id, userId, labId } = await newWorkspace();
    const store = createWorkspaceStore(database.prisma);
    const row = await store.row(id);
    if (row === undefined) throw new Error('the workspace is there');
    const attempt = { seq: 0, virtualAt: 0, labVersion: 'v', verdicts: [] };
    const good = await store.saveAttempt(row, { ...attempt, passed: true });
    await store.saveAttempt(row, { ...attempt, passed: true });
    await store.saveAttempt(row, { ...attempt, passed: false });
    const found = await database.prisma.progress.findUniqueOrThrow({
      where: { userId_labId: { userId, labId } },
    });
    expect(found).toMatchObject({ status: 'PASSED', bestAttemptId: good.id });
  });

  it('[V10] there is no workspace of an unknown id', async () => {
    await expect(newServer().open(randomUUID())).rejects.toThrow('There is no such workspace.');
  });
});
