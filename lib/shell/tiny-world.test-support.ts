import type { Cancel } from '../base';
import { createRandom } from '../base';
import { createFiles, newFilesState } from './files';
import type { Machine, World } from './seams';

/** The moment at which every test begins: 2026-01-02T03:04:05Z. */
export const TEST_START = 1_767_323_045_000;

/** A world for tests whose time moves only when told, or by itself when all wait (`auto`). */
export interface TinyWorld extends World {
  /** Lets time pass and everything due happen. */
  advance(ms: number): Promise<void>;
  readonly sleeping: number;
  setAuto(auto: boolean): void;
}

/** Lets all microtasks run. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A tiny world without a network unless one is given. */
export function tinyWorld(network: Partial<World['network']> = {}): TinyWorld {
  let now = TEST_START;
  let auto = false;
  let sleepers: { at: number; wake: () => void }[] = [];
  const missing = () => {
    throw new Error('no network in this test');
  };
  const world: TinyWorld = {
    timer: {
      now: () => now,
      sleep(ms: number, cancel?: Cancel) {
        if (cancel?.cancelled === true) return Promise.resolve();
        return new Promise((resolve) => {
          const sleeper = {
            at: now + ms,
            wake: () => {
              stop?.();
              resolve();
            },
          };
          sleepers.push(sleeper);
          const stop = cancel?.onCancel(() => {
            sleepers = sleepers.filter((other) => other !== sleeper);
            resolve();
          });
          if (auto) void world.advance(0);
        });
      },
    },
    random: createRandom(1),
    network: {
      send: missing,
      ping: missing,
      lookup: missing,
      resolvConf: missing,
      addresses: () => ['10.0.0.1'],
      iptablesSave: missing,
      host: missing,
      ...network,
    },
    breathe: () => settle(),
    get sleeping() {
      return sleepers.length;
    },
    setAuto(value) {
      auto = value;
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        await settle();
        const limit = auto ? Number.POSITIVE_INFINITY : end;
        const due = sleepers.filter((sleeper) => sleeper.at <= limit).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        now = Math.max(now, due.at);
        sleepers = sleepers.filter((other) => other !== due);
        due.wake();
      }
      now = Math.max(now, end);
      await settle();
    },
  };
  return world;
}

/** An admin machine with empty files. */
export function tinyMachine(world: World, overrides: Partial<Machine> = {}): Machine {
  const state = newFilesState(['/home/learner', '/tmp', '/etc'], {}, TEST_START);
  return {
    kind: 'admin',
    hostname: 'admin',
    user: 'learner',
    home: '/home/learner',
    vantage: { kind: 'office' },
    files: createFiles(state, () => world.timer.now()),
    environment: {},
    tools: 'all',
    shell: 'bash',
    client: undefined,
    ...overrides,
  };
}
