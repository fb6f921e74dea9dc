import type { Cancel } from '../../base';

/** Signal numbers that our processes know. */
export const SIGNALS: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  KILL: 9,
  USR1: 10,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
};

/** Thrown out of any wait when the process it belongs to was signalled. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

/** A `Cancel` that knows which signal came, and that a trap may arm anew. */
export interface Signal extends Cancel {
  readonly number: number;
  raise(number: number): void;
  /** The signal was handled: waits begun from now on are not disturbed. */
  reset(): void;
}

/** A new signal, raised too whenever `parent` is (with SIGINT where the parent does not say). */
export function createSignal(parent?: Cancel): Signal {
  let number = 0;
  let listeners = new Set<() => void>();
  const signal: Signal = {
    get number() {
      return number;
    },
    get cancelled() {
      return number !== 0;
    },
    onCancel(listener) {
      if (number !== 0) {
        listener();
        return () => {};
      }
      const mine = listeners;
      mine.add(listener);
      return () => mine.delete(listener);
    },
    raise(which) {
      if (number !== 0) return;
      number = which;
      const waiting = [...listeners];
      listeners = new Set();
      for (const listener of waiting) listener();
    },
    reset() {
      number = 0;
    },
  };
  parent?.onCancel(() => signal.raise(signalNumber(parent)));
  return signal;
}

/** Which signal a `Cancel` stands for; SIGINT when it cannot tell. */
export function signalNumber(cancel: Cancel): number {
  return 'number' in cancel && typeof cancel.number === 'number' && cancel.number !== 0 ? cancel.number : 2;
}

/** Waits for `promise`, or throws `Interrupted` as soon as `cancel` comes. */
export function interruptible<T>(promise: Promise<T>, cancel: Cancel): Promise<T> {
  if (cancel.cancelled) return Promise.reject(new Interrupted());
  return new Promise((resolve, reject) => {
    const stop = cancel.onCancel(() => reject(new Interrupted()));
    promise.then(
      (value) => {
        stop();
        resolve(value);
      },
      (reason: unknown) => {
        stop();
        reject(reason);
      },
    );
  });
}
