import { setTimeout as delay } from 'node:timers/promises';
import { createSerialQueue } from '../serial-queue';

/** Work that nobody waits for: one piece at a time, with rests between. */
export interface Pace {
  /** Resolves or rejects as `work` does, whenever its turn comes. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** After a piece of work the process has this many times as long for everybody else. */
const REST = 7;
const LONGEST_REST_MS = 5_000;

/** A pace of its own. */
export function createPace(): Pace {
  const queue = createSerialQueue();
  return {
    run: (work) =>
      new Promise((resolve, reject) => {
        void queue.run(async () => {
          const began = performance.now();
          await work().then(resolve, reject);
          const rest = Math.min(LONGEST_REST_MS, REST * (performance.now() - began));
          await delay(rest, undefined, { ref: false });
        });
      }),
  };
}
