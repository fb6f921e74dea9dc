import { createRandom, type Random, type Timer } from '../base';
import type { Cluster, ClusterPorts, ObjectChange, RunInside } from '../cluster';
import { createBreath } from './breath';
import { createTimers } from './timers';

/** How many rounds of breath a busy shell is granted before one looks elsewhere. */
const SETTLE_ROUNDS = 64;
/** The longest a script may last, in virtual ms (a day): one that waits for ever must end. */
const SCRIPT_LIMIT_MS = 24 * 3600 * 1000;

/** What a heart beats for: a state of cluster, clock and chance. */
export interface Pulse {
  readonly now: number;
  readonly random: number;
  readonly cluster: Cluster;
}

/** Moves one clock, and with it a cluster and the shells that wait on it. */
export interface Heart {
  readonly now: number;
  readonly random: Random;
  readonly timer: Timer;
  readonly cluster: Cluster;
  readonly nextDue: number | undefined;
  /** When a command that sleeps wants to wake. */
  readonly nextWake: number | undefined;
  readonly busy: boolean;
  readonly breaths: number;
  breathe(): Promise<void>;
  hold(): Promise<() => void>;
  settle(): Promise<boolean>;
  advanceTo(at: number): Promise<void>;
  /** Runs up to exactly this moment and stays there while `then` acts; nothing else moves meanwhile. */
  at(
    moment: { readonly at: number; readonly breath: number; readonly busy: boolean },
    then: () => void,
  ): Promise<void>;
  /** Lets time jump from due moment to due moment until `done` says so; false when it never will. */
  runUntil(done: () => boolean): Promise<boolean>;
  /** Goes on from another state. Whoever slept in the old one never wakes. */
  replace(pulse: Pulse): void;
  /** The present state, held. */
  pulse(): Pulse;
}

/** A heart for `start`; cluster changes go to `onChange`. */
export function createHeart(
  start: Pulse & { readonly breath: number },
  runInside: RunInside,
  onChange: (change: ObjectChange) => void,
): Heart {
  let now = start.now;
  const breath = createBreath(start.breath);
  const clock = { now: () => now };
  let timers = createTimers(clock.now);
  let random = createRandom(start.random);
  let cluster = start.cluster.fork({ clock, random, runInside });
  let silence = cluster.onChange(onChange);

  const nextDue = (): number | undefined => earliest(cluster.nextDue, timers.nextDue);
  const step = (due: number) => {
    now = Math.max(now, due);
    cluster.runDue();
    timers.wakeDue(now);
  };
  const approach = async (moment: { at: number; breath: number; busy: boolean }) => {
    for (;;) {
      await breath.settle(0);
      if (breath.busy) {
        if (moment.busy && now >= moment.at && breath.count >= moment.breath) return;
        await breath.step();
        continue;
      }
      const due = nextDue();
      if (due === undefined || due > moment.at) {
        now = Math.max(now, moment.at);
        return;
      }
      step(due);
    }
  };

  return {
    get now() {
      return now;
    },
    get random() {
      return random;
    },
    get timer() {
      return timers;
    },
    get cluster() {
      return cluster;
    },
    get nextDue() {
      return nextDue();
    },
    get nextWake() {
      return timers.nextDue;
    },
    get busy() {
      return breath.busy;
    },
    get breaths() {
      return breath.count;
    },
    breathe: () => breath.breathe(),
    hold: () => breath.hold(),
    settle: () => breath.settle(SETTLE_ROUNDS),
    async advanceTo(at) {
      while (await breath.settle(SETTLE_ROUNDS)) {
        const due = nextDue();
        if (due === undefined || due > at) {
          now = Math.max(now, at);
          return;
        }
        step(due);
      }
    },
    async at(moment, then) {
      const release = await breath.hold();
      try {
        await approach(moment);
        then();
      } finally {
        release();
      }
    },
    async runUntil(done) {
      const limit = now + SCRIPT_LIMIT_MS;
      for (;;) {
        const settled = await breath.settle(SETTLE_ROUNDS);
        if (done()) return true;
        if (!settled) continue;
        const due = nextDue();
        if (due === undefined || due > limit) return false;
        step(due);
      }
    },
    replace(pulse) {
      silence();
      now = pulse.now;
      timers = createTimers(clock.now);
      random = createRandom(pulse.random);
      cluster = pulse.cluster.fork({ clock, random, runInside });
      silence = cluster.onChange(onChange);
    },
    pulse: () => ({ now, random: random.state, cluster: cluster.fork(stillPorts(now, random.state)) }),
  };
}

/** Ports for a cluster that is only held: its time stands still and nobody runs processes in it. */
export function stillPorts(now: number, random: number): ClusterPorts {
  return {
    clock: { now: () => now },
    random: createRandom(random),
    runInside: () => Promise.reject(new Error('a held cluster runs no processes')),
  };
}

function earliest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}
