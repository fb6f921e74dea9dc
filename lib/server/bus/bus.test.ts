import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  connectOnce,
  type Database,
  openDatabase,
  type RunningPostgres,
  startEmbeddedPostgres,
} from '../database';
import { type Bus, createBus } from './bus';

let dataDir: string;
let postgres: RunningPostgres;
let database: Database;
const lines: Client[] = [];
const buses: Bus[] = [];

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  dataDir = mkdtempSync(join(tmpdir(), 'portside-bus-'));
  postgres = await startEmbeddedPostgres(dataDir);
  database = openDatabase(postgres.url);
}, 60_000);

afterAll(async () => {
  for (const bus of buses) await bus.close();
  await database.close();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function newBus(): Promise<Bus> {
  const bus = createBus(database.prisma, async () => {
    const line = await connectOnce(postgres.url);
    lines.push(line);
    return line;
  });
  buses.push(bus);
  await bus.ready;
  return bus;
}

describe('a bus', () => {
  it('[V16] tells every process, each its own topics, in order', async () => {
    const [here, there] = [await newBus(), await newBus()];
    const heard: unknown[] = [];
    const stop = there.subscribe('board', (body) => heard.push(body));
    there.subscribe('elsewhere', () => heard.push('wrong'));
    for (const n of [1, 2, 3]) await here.publish('board', { n });
    await vi.waitFor(() => expect(heard).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]));
    stop();
    await here.publish('board', { n: 4 });
    const own = new Promise((resolve) => here.subscribe('own', resolve));
    await here.publish('own', 'it hears itself');
    expect(await own).toBe('it hears itself');
    expect(heard).toHaveLength(3);
  });

  it('[V16] tells what a transaction did once that is committed, and nothing of one that was not', async () => {
    const bus = await newBus();
    const heard: unknown[] = [];
    bus.subscribe('rows', (body) => heard.push(body));
    await database.prisma.$transaction(async (transaction) => {
      await bus.publish('rows', 'kept', transaction);
      await bus.publish('rows', 'also kept', transaction);
      expect(heard).toEqual([]);
    });
    const failing = database.prisma.$transaction(async (transaction) => {
      await bus.publish('rows', 'taken back', transaction);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await bus.publish('rows', 'last');
    await vi.waitFor(() => expect(heard).toEqual(['kept', 'also kept', 'last']));
  });

  it('[V16] comes back after its connection was cut, and says that news may have been missed', async () => {
    const bus = await newBus();
    const heard: unknown[] = [];
    bus.subscribe('board', (body) => heard.push(body));
    const gap = new Promise<void>((resolve) => bus.onGap(resolve));
    const pid = await lines.at(-1)?.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await database.prisma.$queryRaw`SELECT pg_terminate_backend(${pid?.rows[0]?.pid ?? 0}::int)`;
    await gap;
    await bus.publish('board', 'after');
    await vi.waitFor(() => expect(heard).toEqual(['after']));
  });

  it('[V16] refuses what does not fit, before anything is told', async () => {
    const bus = await newBus();
    await expect(bus.publish('board', 'x'.repeat(8_000))).rejects.toThrow('too long for the bus: board');
  });
});
