import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { restoreWorkspace, type Workspace, type WorkspaceInput } from '../../workspace';
import { createGuests } from '../guests';
import { createWorkspaceKeys } from '../kube-api';
import { labKey } from '../lab-library';
import type { ServerMessage, TimelineEntry } from '../protocol';
import { labOptions } from './lab-starts';
import { type LabsOnDatabase, startLabsOnDatabase } from './labs-on-database.test-support';
import { type Loading, loadNewest } from './load-workspace';
import { momentAfter } from './moment-after';
import { createRegistry, type Registry } from './registry';
import { createStoredWorkspace, type StoredWorkspace } from './stored-workspace';
import { openTab, type Tab } from './tab.test-support';
import { createWorkspaceStore, superfluous, type WorkspaceStore } from './workspace-store';

let labs: LabsOnDatabase;

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  labs = await startLabsOnDatabase();
}, 120_000);

const registries: Registry[] = [];

/** What is live marks how far its time has come, and needs a database for that. */
afterAll(async () => {
  for (const registry of registries) await registry.closeAll();
  await labs.dispose();
});

function registryOver(store: WorkspaceStore): Registry {
  const keys = createWorkspaceKeys(labs.database.prisma);
  const registry = createRegistry(store, () => labs.library, labs.starts, keys);
  registries.push(registry);
  return registry;
}

/** A new guest's workspace in the first lab; all of them begin in one state, which is made once. */
async function newLoading(changes: Partial<WorkspaceStore> = {}): Promise<Loading> {
  const { database, library, starts } = labs;
  const { prisma } = database;
  const store = { ...createWorkspaceStore(prisma), ...changes };
  const [lab] = library.labs;
  if (lab === undefined) throw new Error('there is a lab');
  const { guest } = await createGuests(prisma).create();
  const start = await starts.current(lab);
  const { id } = await prisma.workspace.create({
    data: {
      id: randomUUID(),
      userId: guest.id,
      labId: labKey(lab),
      labVersion: lab.version,
      seed: start.seed,
      startId: start.id,
      startAt: BigInt(start.startAt),
      reachedAt: BigInt(start.startAt),
    },
  });
  const row = await store.row(id);
  if (row === undefined) throw new Error('the workspace is stored');
  const options = labOptions(lab, row.seed, row.startAt);
  return { row, store, options, start: () => starts.byId(row.startId, options) };
}

const quiet = { listen: () => () => {}, happened: () => {}, worked: () => {}, broke: () => {} };

/** Opened, in use, and with its time standing still but for what the test lets pass. */
async function openStored(loading: Loading): Promise<StoredWorkspace> {
  const row = (await loading.store.row(loading.row.id)) ?? loading.row;
  const stored = createStoredWorkspace({ ...loading, row }, await loadNewest({ ...loading, row }), quiet);
  await stored.inTurn(async () => {
    await stored.pause(true);
    stored.enter();
  });
  return stored;
}

/** What is state and not bookkeeping about how it was reached. */
function stateOf(workspace: Workspace): string {
  const { breath: _breath, inputs: _inputs, scrollback: _scrollback, ...state } = workspace.fork().snapshot();
  return createHash('sha256').update(JSON.stringify(state)).digest('hex');
}

const line = (text: string): WorkspaceInput => ({
  kind: 'tty',
  terminal: 'main',
  input: { kind: 'line', text },
});
const interrupt: WorkspaceInput = { kind: 'tty', terminal: 'main', input: { kind: 'signal', signal: 'INT' } };

const input = fc.constantFrom<WorkspaceInput>(
  line('kubectl create deployment web --image=nginx --replicas=2'),
  line('kubectl expose deployment web --port=80'),
  line('kubectl delete pod -l app=web --wait=false'),
  line('kubectl get pods'),
  line('echo $RANDOM >> note.txt'),
  line('while true; do date; sleep 1; done'),
  interrupt,
  { kind: 'save', path: '/home/learner/mine.yaml', text: 'a: 1\n' },
  { kind: 'skip', ms: 30_000 },
);
/** A page opens its terminal before anything is typed. */
const opened: WorkspaceInput = { kind: 'resize', terminal: 'main', size: { columns: 90, rows: 30 } };
const step = fc.tuple(input, fc.constantFrom(0, 700, 20_000));
/** A fixed seed, so that a failure is everybody's; `FC_SEED` tries others. */
const RUNS = { numRuns: 4, seed: Number(process.env.FC_SEED ?? 20_261_127) };

async function play(
  stored: StoredWorkspace,
  steps: readonly (readonly [WorkspaceInput, number])[],
): Promise<string[]> {
  const before: string[] = [];
  for (const [each, ms] of steps) {
    await stored.inTurn(async () => {
      await stored.workspace.settle();
      // The state just before an input is what "just after the one before" means.
      before.push(stateOf(stored.workspace));
      await stored.accept(each);
      await stored.workspace.settle();
      await stored.workspace.advanceTo(stored.workspace.now + ms);
    });
  }
  return before;
}

describe('[V19] going to a moment', () => {
  it('gives exactly the state that was there, also after a restart and from a branch', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 2, maxLength: 6 }),
        fc.nat(),
        fc.nat(),
        async (steps, chosen, other) => {
          const loading = await newLoading();
          const stored = await openStored(loading);
          const before = await play(stored, [[opened, 0], ...steps]);
          const seq = 1 + (chosen % steps.length);
          await stored.inTurn(() => stored.replace({ kind: 'go-to', seq }));
          expect(stateOf(stored.workspace)).toBe(before[seq]);
          const head = stored.seq;
          await stored.close();
          const again = await openStored(loading);
          expect(stateOf(again.workspace)).toBe(before[seq]);
          // What was left can be gone to as before.
          await play(again, [[line('kubectl create configmap branch'), 100]]);
          const left = 1 + (other % steps.length);
          await again.inTurn(() => again.replace({ kind: 'go-to', seq: left }));
          expect(stateOf(again.workspace)).toBe(before[left]);
          const moment = await momentAfter(loading, head);
          expect(stateOf(moment)).toBe(before[seq]);
          await again.close();
        },
      ),
      RUNS,
    );
  }, 240_000);

  it('[V6] did not happen when it could not be stored', async () => {
    const real = createWorkspaceStore(labs.database.prisma);
    let failing = false;
    const loading = await newLoading({
      appendWithSnapshot: (...all) =>
        failing ? Promise.reject(new Error('connection lost')) : real.appendWithSnapshot(...all),
    });
    const stored = await openStored(loading);
    await play(stored, [
      [line('echo one > a.txt'), 100],
      [line('echo two > a.txt'), 100],
    ]);
    failing = true;
    await expect(stored.inTurn(() => stored.replace({ kind: 'go-to', seq: 1 }))).rejects.toThrow(
      'connection lost',
    );
    expect(stored.broken).toBe(true);
    const again = await openStored(loading);
    await again.workspace.settle();
    expect(again.workspace.files.read('/home/learner/a.txt')).toBe('two\n');
    expect((await again.timeline()).outline.map(({ kind }) => kind)).toEqual(['command', 'command']);
    await again.close();
  });

  it('is refused for what is still to come', async () => {
    const stored = await openStored(await newLoading());
    await expect(stored.inTurn(() => stored.replace({ kind: 'go-to', seq: 5 }))).rejects.toThrow(
      'still to come',
    );
    expect(stored.broken).toBe(false);
    await stored.close();
  });
});

describe('[V7] a reset', () => {
  it('is replayed as any other input, whatever ran, and can be taken back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 4 }),
        fc.array(step, { minLength: 2, maxLength: 4 }),
        async (first, second) => {
          const loading = await newLoading();
          const stored = await openStored(loading);
          await play(stored, [[opened, 0], ...first]);
          const left = stateOf(stored.workspace);
          await stored.inTurn(() => stored.replace({ kind: 'reset' }));
          const at = stored.seq;
          const { reachedAt } = (await loading.store.row(loading.row.id)) ?? {};
          expect(reachedAt).toBe(loading.row.startAt);
          const before = await play(stored, second);
          expect(await loading.store.newestSnapshot(loading.row.id)).toBeUndefined();
          for (const [index, state] of before.entries())
            expect(stateOf(await momentAfter(loading, at + index))).toBe(state);
          await stored.inTurn(() => stored.replace({ kind: 'go-to', seq: at - 1 }));
          expect(stateOf(stored.workspace)).toBe(left);
          await stored.close();
        },
      ),
      RUNS,
    );
  }, 240_000);
});

describe('[V19] undo from storage', () => {
  it('does not bring back what was written on a way that was left', async () => {
    const loading = await newLoading();
    const save = (path: string): WorkspaceInput => ({
      kind: 'save',
      path: `/home/learner/${path}`,
      text: 'x',
    });
    const first = await openStored(loading);
    await play(first, [
      [line('echo one > a.txt'), 100],
      [save('before.yaml'), 0],
      [line('echo two > a.txt'), 100],
      [save('left.yaml'), 0],
    ]);
    await first.inTurn(() => first.replace({ kind: 'go-to', seq: 2 }));
    await first.close();
    const second = await openStored(loading);
    await second.inTurn(() => second.replace({ kind: 'undo' }));
    const { files } = second.workspace;
    const there = ['a.txt', 'before.yaml', 'left.yaml'].filter((path) => files.stat(`/home/learner/${path}`));
    expect(there).toEqual(['before.yaml']);
    await second.close();
  });
});

const done = (tab: Tab, id: number): Promise<ServerMessage> =>
  tab.hear('done', (message) => message.id === id);

describe('a page', () => {
  const type = (tab: Tab, text: string) => tab.say({ type: 'keys', data: `${text}\r` });
  const listed = (tab: Tab): readonly TimelineEntry[] => {
    const byId = new Map<string, TimelineEntry>();
    for (const message of tab.heard)
      if (message.type === 'timeline') for (const entry of message.entries) byId.set(entry.id, entry);
    return [...byId.values()];
  };

  it('[V19] sees the timeline grow, steps back and forward, compares, skips and pauses', async () => {
    const loading = await newLoading();
    const server = registryOver(loading.store);
    const tab = await openTab(server, loading.row.id);
    type(tab, 'kubectl create configmap one --from-literal=a=1');
    await tab.hear('undoable', ({ command }) => command?.includes('configmap one') === true);
    tab.say({ type: 'timeline', id: 1 });
    await tab.hear('timeline', ({ id }) => id === 1);
    type(tab, 'kubectl get configmap one');
    type(tab, 'echo note > note.txt');
    await tab.hear('undoable', ({ command }) => command === 'echo note > note.txt');
    await vi.waitFor(() =>
      expect(listed(tab).map(({ text, changed }) => [text, changed])).toEqual([
        ['kubectl create configmap one --from-literal=a=1', true],
        ['kubectl get configmap one', false],
        ['echo note > note.txt', true],
      ]),
    );
    tab.say({ type: 'undo', id: 2 });
    await done(tab, 2);
    expect(await tab.hear('welcome')).toMatchObject({
      undoable: 'kubectl create configmap one --from-literal=a=1',
      redoable: 'echo note > note.txt',
    });
    tab.say({ type: 'redo', id: 3 });
    await done(tab, 3);
    const { files, redoable } = await tab.hear('welcome');
    expect([files.some(({ path }) => path === 'note.txt'), redoable]).toEqual([true, null]);
    const [first] = listed(tab);
    tab.say({ type: 'compare', id: 4, from: (first?.seq ?? 0) - 1 });
    const { diff } = await tab.hear('compared');
    expect(diff.files).toEqual([
      { change: 'added', path: 'note.txt', lines: [{ sign: 'added', text: 'note' }] },
    ]);
    expect(diff.objects.map(({ change, kind, name }) => [change, kind, name])).toEqual([
      ['added', 'ConfigMap', 'one'],
    ]);
    const { now } = await tab.hear('welcome');
    tab.say({ type: 'pause', id: 5, paused: true });
    await done(tab, 5);
    tab.say({ type: 'skip', id: 6, ms: 600_000 });
    await done(tab, 6);
    expect(tab.screen()).toContain('skipped ahead 10m');
    tab.leave();
    await server.closeAll();
    const later = await openTab(registryOver(loading.store), loading.row.id);
    const welcome = await later.hear('welcome');
    expect(welcome.paused).toBe(true);
    expect(welcome.now - now).toBeGreaterThanOrEqual(600_000);
    expect(welcome.now - now).toBeLessThan(605_000);
  });
});

describe('terminals', () => {
  const outputOf = (tab: Tab, terminal: string): string =>
    tab.heard
      .map((message) => (message.type === 'output' && message.terminal === terminal ? message.text : ''))
      .join('');
  const size = { columns: 80, rows: 24 };

  it('[V14] have output, positions and an end of their own; one that is closed is forgotten', async () => {
    const loading = await newLoading();
    const server = registryOver(loading.store);
    const tab = await openTab(server, loading.row.id);
    const keys = 'echo in-two > two.txt; cat two.txt\r';
    tab.say({ type: 'open-terminal', id: 1, terminal: 't1', size, seen: 0, keys });
    await vi.waitFor(() => expect(outputOf(tab, 't1')).toMatch(/in-two\r\n[\s\S]*\$ $/), { timeout: 10_000 });
    expect(tab.screen()).not.toContain('cat two.txt');
    tab.say({ type: 'keys', data: 'sleep 1000\r', terminal: 't1' });
    await vi.waitFor(() => expect(outputOf(tab, 't1')).toContain('sleep 1000\r\n'), { timeout: 10_000 });
    tab.say({ type: 'close-terminal', id: 2, terminal: 't1' });
    await done(tab, 2);
    tab.leave();
    await server.closeAll();
    const stored = await loading.store.newestSnapshot(loading.row.id);
    expect(Object.keys(stored?.snapshot.sessions ?? {})).toEqual(['main']);
    const later = await openTab(registryOver(loading.store), loading.row.id);
    later.say({ type: 'close-terminal', id: 3, terminal: 'main' });
    expect((await later.hear('failed')).message).toBe('The first terminal stays open.');
    for (let n = 1; n <= 8; n += 1)
      later.say({ type: 'open-terminal', id: 10 + n, terminal: `t${n}`, size, seen: 0 });
    expect((await later.hear('failed', ({ id }) => id === 18)).message).toContain('close one first');
  });
});

describe('snapshots', () => {
  it('are kept of the newest states, and of one in a hundred older events', () => {
    expect(superfluous([320, 310, 305, 301, 300, 220, 150, 120, 20])).toEqual([301, 150]);
    expect(superfluous([320, 310, 305])).toEqual([]);
  });
});

it('a snapshot of a moment is one that can be restored', async () => {
  const loading = await newLoading();
  const stored = await openStored(loading);
  await play(stored, [
    [line('while true; do date; sleep 1; done'), 5_000],
    [interrupt, 0],
  ]);
  await stored.close();
  const moment = await momentAfter(loading, 1);
  const restored = restoreWorkspace(moment.snapshot(), loading.options, loading.start);
  expect(stateOf(restored)).toBe(stateOf(moment));
});
