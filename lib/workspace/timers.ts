import type { Cancel, Timer } from '../base';

interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Virtual time for shells: sleeping costs nothing until somebody moves the clock. */
export interface Timers extends Timer {
  /** When the next sleeper wants to wake. */
  readonly nextDue: number | undefined;
  /** Wakes everyone whose time has come, in the order they asked. */
  wakeDue(now: number): void;
}

/** Timers over a clock that somebody else moves. */
export function createTimers(now: () => number): Timers {
  let sleepers: Sleeper[] = [];
  let order = 0;
  return {
    now,
    sleep(ms: number, cancel?: Cancel): Promise<void> {
      return new Promise((resolve) => {
        order += 1;
        let forget = () => {};
        const sleeper: Sleeper = {
          at: now() + Math.max(0, ms),
          order,
          wake: () => {
            forget();
            resolve();
          },
        };
        sleepers.push(sleeper);
        forget =
          cancel?.onCancel(() => {
            sleepers = sleepers.filter((each) => each !== sleeper);
            resolve();
          }) ?? forget;
      });
    },
    get nextDue() {
      return sleepers.length === 0 ? undefined : Math.min(...sleepers.map((each) => each.at));
    },
    wakeDue(time: number) {
      const due = sleepers.filter((each) => each.at <= time).sort((a, b) => a.at - b.at || a.order - b.order);
      if (due.length === 0) return;
      sleepers = sleepers.filter((each) => each.at > time);
      for (const each of due) each.wake();
    },
  };
}
