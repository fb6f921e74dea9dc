import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createBus } from '../bus';
import { createSharedBus } from '../cohorts';
import { createTerminalRelay, type TerminalRelay } from '../cohorts/help/terminal-relay';
import { connectOnce } from '../database';
import { createGuests } from '../guests';
import { createWorkspaceKeys } from '../kube-api';
import { labKey } from '../lab-library';
import { createRegistry, createWorkspaceStore, type PageSocket, type Registry, shownFiles } from '../live';
import { type LabsOnDatabase, startLabsOnDatabase } from '../live/labs-on-database.test-support';
import type { ServerMessage } from '../protocol';
import { joinProcesses, LeaseLost, type Leases } from './leases';

let labs: LabsOnDatabase;
const processes: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  labs = await startLabsOnDatabase();
}, 120_000);

afterAll(async () => {
  for (const each of processes) await each.stop();
  await labs.dispose();
});

interface Process {
  readonly id: string;
  readonly address: string;
  readonly leases: Leases;
  readonly registry: Registry;
  readonly relay: TerminalRelay;
  /** As when it hangs: it is alive no more as far as the others can tell. */
  seemDead(): Promise<void>;
}

let port = 9_000;

async function newProcess(): Promise<Process> {
  const { prisma } = labs.database;
  const id = randomUUID();
  port += 1;
  const address = `127.0.0.1:${port}`;
  const bus = createBus(prisma, () => connectOnce(labs.url));
  await bus.ready;
  const leases = await joinProcesses({ prisma, bus, processId: id, address, only: false });
  const store = createWorkspaceStore(prisma, leases);
  const keys = createWorkspaceKeys(prisma);
  const registry = createRegistry(store, () => labs.library, labs.starts, keys, undefined, leases);
  processes.push({
    async stop() {
      await registry.closeAll();
      await leases.close();
      await bus.close();
    },
  });
  return {
    id,
    address,
    leases,
    registry,
    relay: createTerminalRelay(createSharedBus(bus), registry),
    async seemDead() {
      const gone = { expiresAt: new Date(0) };
      await prisma.serverProcess.update({ where: { id }, data: gone });
    },
  };
}

async function newWorkspace(): Promise<string> {
  const { prisma } = labs.database;
  const { guest } = await createGuests(prisma).create();
  const [lab] = labs.library.labs;
  if (lab === undefined) throw new Error('there is a lab');
  const start = await labs.starts.current(lab);
  const id = randomUUID();
  const at = { startAt: BigInt(start.startAt), reachedAt: BigInt(start.startAt) };
  const facts = { userId: guest.id, labId: labKey(lab), labVersion: lab.version, seed: start.seed };
  await prisma.workspace.create({ data: { id, ...facts, startId: start.id, ...at } });
  return id;
}

/** What a process leaves behind that was killed: a lease that still runs, and nobody who hears. */
async function heldByTheDead(workspaceId: string) {
  const { prisma } = labs.database;
  const id = randomUUID();
  port += 1;
  const address = `127.0.0.1:${port}`;
  await prisma.serverProcess.create({ data: { id, address, expiresAt: new Date(Date.now() + 60_000) } });
  await prisma.workspaceLease.create({ data: { workspaceId, holder: id, fence: 1n } });
  return {
    id,
    address,
    runOut: () => prisma.serverProcess.update({ where: { id }, data: { expiresAt: new Date(0) } }),
  };
}

async function openTab(registry: Registry, id: string) {
  const heard: ServerMessage[] = [];
  const closed: number[] = [];
  const socket: PageSocket = {
    send: (text) => heard.push(JSON.parse(text)),
    backlog: 0,
    close: (code) => closed.push(code),
  };
  const workspace = await registry.open(id);
  workspace.receive(socket, { type: 'hello', size: { columns: 100, rows: 30 } });
  const until = <T>(look: () => T | undefined) =>
    vi.waitFor(
      () => {
        const found = look();
        if (found === undefined) throw new Error(`not yet: ${heard.map(({ type }) => type).join(' ')}`);
        return found;
      },
      { timeout: 10_000, interval: 5 },
    );
  const welcome = await until(() => heard.find((message) => message.type === 'welcome'));
  return {
    closed,
    files: welcome.type === 'welcome' ? welcome.files : [],
    until,
    save: async (n: number, text: string) => {
      workspace.receive(socket, { type: 'save', id: n, path: 'a.txt', text });
      return until(() =>
        heard.find((each) => each.type === 'failed' || (each.type === 'done' && each.id === n)),
      );
    },
    type: (data: string) => workspace.receive(socket, { type: 'keys', data }),
    leave: () => workspace.detach(socket),
  };
}

const events = (workspaceId: string) => labs.database.prisma.workspaceEvent.count({ where: { workspaceId } });

describe('a lease', () => {
  it('[V20] is one process’s; who asks for one in use is told where it is', async () => {
    const [here, there] = [await newProcess(), await newProcess()];
    const id = await newWorkspace();
    const tab = await openTab(here.registry, id);
    expect(await there.leases.take(id)).toBe(here.address);
    await expect(there.registry.open(id)).rejects.toThrow('open at another server');
    expect((await tab.save(1, 'still mine')).type).toBe('done');
  });

  it('[V20] is fetched for what its learner asked for elsewhere; the page that looks at it is told to come back, and loses nothing', async () => {
    const [here, there] = [await newProcess(), await newProcess()];
    const id = await newWorkspace();
    const tab = await openTab(here.registry, id);
    expect((await tab.save(1, 'kept')).type).toBe('done');
    const fetched = await there.registry.fetch(id);
    expect(fetched.files()).toContainEqual({ path: 'a.txt', text: 'kept' });
    expect(tab.closed).toEqual([1013]);
    expect(here.registry.inMemory(id)).toBeUndefined();
    const back = await openTab(there.registry, id);
    expect((await back.save(2, 'goes on')).type).toBe('done');
  });

  it('[V20] is given up to whoever asks when nobody uses it, with all that was stored', async () => {
    const [here, there] = [await newProcess(), await newProcess()];
    const id = await newWorkspace();
    const tab = await openTab(here.registry, id);
    await tab.save(1, 'one');
    tab.leave();
    await vi.waitFor(async () => expect(await there.leases.take(id)).toBeUndefined(), {
      timeout: 8_000,
      interval: 100,
    });
    const began = Date.now();
    const next = await openTab(there.registry, id);
    expect(Date.now() - began).toBeLessThan(8_000);
    expect(next.files.find(({ path }) => path === 'a.txt')?.text).toBe('one');
    expect(here.registry.size).toBe(0);
  });

  it('[V20] is taken over from a process that died; what that one still writes fails and is told', async () => {
    const [dead, heir] = [await newProcess(), await newProcess()];
    const id = await newWorkspace();
    const tab = await openTab(dead.registry, id);
    await tab.save(1, 'acknowledged');
    await dead.seemDead();
    const next = await openTab(heir.registry, id);
    expect(next.files.find(({ path }) => path === 'a.txt')?.text).toBe('acknowledged');
    const before = await events(id);
    expect((await tab.save(2, 'too late')).type).toBe('failed');
    expect(tab.closed).toContain(1013);
    expect(await events(id)).toBe(before);
    expect((await next.save(3, 'goes on')).type).toBe('done');
  });

  it('[V20] is waited for where the process that has it does not answer, until its lease has run out', async () => {
    const heir = await newProcess();
    const id = await newWorkspace();
    const dead = await heldByTheDead(id);
    expect(await heir.leases.take(id)).toBe(dead.address);
    const outlived = heir.leases.outlive(id, dead.address);
    await dead.runOut();
    expect(await outlived).toBeUndefined();
    expect(() => heir.leases.fence(id)).not.toThrow();
  });

  it('[V20] of a dead process goes to one that waits for it, and the others are told at once which', async () => {
    const heirs = [await newProcess(), await newProcess()];
    const id = await newWorkspace();
    const dead = await heldByTheDead(id);
    const outlived = heirs.map(({ leases }) => leases.outlive(id, dead.address));
    await dead.runOut();
    const died = Date.now();
    const told = await Promise.all(outlived);
    expect(Date.now() - died).toBeLessThan(2_500);
    const first = told.indexOf(undefined);
    expect(told[1 - first]).toBe(heirs[first]?.address);
  });

  it('[V20] is not taken any more for whoever has gone while they waited', async () => {
    const heir = await newProcess();
    const id = await newWorkspace();
    const dead = await heldByTheDead(id);
    const leaving = new AbortController();
    const waits = [
      heir.leases.take(id, leaving.signal),
      heir.leases.outlive(id, dead.address, leaving.signal),
    ];
    const ends = Promise.allSettled(waits);
    // Their first question, which is under way by now, is answered while the dead process's lease still runs.
    await delay(200);
    leaving.abort();
    await dead.runOut();
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(heir.leases.take(id, leaving.signal)).rejects.toThrow('aborted');
    expect(() => heir.leases.fence(id)).toThrow(LeaseLost);
    const [row] = await labs.database.prisma.workspaceLease.findMany({ where: { workspaceId: id } });
    expect(row?.holder).toBe(dead.id);
  });

  it('[V20] has one fence for all who ask for it at the same process at once', async () => {
    const heir = await newProcess();
    const id = await newWorkspace();
    const dead = await heldByTheDead(id);
    await dead.runOut();
    await Promise.all(Array.from({ length: 8 }, () => heir.leases.outlive(id, dead.address)));
    const [row] = await labs.database.prisma.workspaceLease.findMany({ where: { workspaceId: id } });
    expect(row?.fence).toBe(heir.leases.fence(id).fence);
    expect(row?.fence).toBe(2n);
  });

  it('[C27] a terminal is watched from any process, whichever has the workspace now', async () => {
    const [here, there, third] = [await newProcess(), await newProcess(), await newProcess()];
    const id = await newWorkspace();
    const tab = await openTab(here.registry, id);
    tab.type('echo before\r');
    let seen = '';
    const stop = there.relay.watch(id, (text, anew) => {
      seen = anew ? text : seen + text;
    });
    await expect.poll(() => seen, { timeout: 10_000 }).toContain('\u0007before');
    tab.type('echo $((40 + 2)); seq 900\r');
    await expect.poll(() => seen, { timeout: 10_000 }).toContain('\u000742\r\n1\r\n');
    await expect.poll(() => seen, { timeout: 10_000 }).toContain('\r\n899\r\n900\r\n');
    expect(await there.registry.look(id, (workspace) => workspace.inputs)).toBeGreaterThan(0);
    await tab.save(1, 'kept');
    const files = await there.registry.look(id, shownFiles);
    expect(files.find(({ path }) => path === 'a.txt')?.text).toBe('kept');
    // Looking takes nothing away from whoever has it.
    expect(await there.leases.take(id)).toBe(here.address);
    await here.seemDead();
    const next = await openTab(third.registry, id);
    next.type('echo after\r');
    await expect.poll(() => seen, { timeout: 10_000 }).toContain('\u0007after');
    stop();
  }, 60_000);

  it('[V20] guards every write: snapshots, marks and attempts fail in their own transaction', async () => {
    const [dead, heir] = [await newProcess(), await newProcess()];
    const { prisma } = labs.database;
    const id = await newWorkspace();
    await dead.leases.take(id);
    const store = createWorkspaceStore(prisma, dead.leases);
    const row = await store.row(id);
    if (row === undefined) throw new Error('there is a row');
    await dead.seemDead();
    expect(await heir.leases.take(id)).toBeUndefined();
    const stamped = { at: 1, breath: 0, busy: false, input: { kind: 'undo' as const } };
    await expect(store.append(id, 1, stamped, true)).rejects.toThrow(LeaseLost);
    await expect(store.markReached(id, 5)).rejects.toThrow(LeaseLost);
    const attempt = { seq: 0, virtualAt: 0, labVersion: 'v', passed: true, verdicts: [] };
    await expect(store.saveAttempt(row, attempt)).rejects.toThrow(LeaseLost);
    expect(await prisma.attempt.count({ where: { workspaceId: id } })).toBe(0);
    expect(await events(id)).toBe(0);
    // The fence grows with each change of hands, so the same holder coming back is another writer, too.
    const { fence } = heir.leases.fence(id);
    await heir.leases.release(id);
    await heir.leases.take(id);
    expect(heir.leases.fence(id).fence).toBeGreaterThan(fence);
  });

  it('[V20] of many that ask at once one gets it', async () => {
    const all = await Promise.all([newProcess(), newProcess(), newProcess()]);
    const id = await newWorkspace();
    await Promise.all(all.map(({ leases }) => leases.take(id)));
    const { prisma } = labs.database;
    const writers = await Promise.allSettled(all.map(async ({ leases }) => leases.hold(prisma, id)));
    expect(writers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
