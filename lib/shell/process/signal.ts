import type { Cancel } from '../../base';
import { createJobControl, type JobControl } from './job-control';

/** Signal numbers that our processes know. */
export const SIGNALS: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  IO: 29,
  PWR: 30,
  SYS: 31,
};

/** Signals that end nobody who has no trap for them; 0 only asks whether a process is there. */
export const HARMLESS: ReadonlySet<number> = new Set([0, 17, 18, 23, 28]);
/** Signals that stop who gets them, and the one that no process can put off. */
export const STOPPING: ReadonlySet<number> = new Set([19, 20, 21, 22]);
const KILL = 9;

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
  /** What it shares with the other processes of its job. */
  readonly control: JobControl;
  /** The parent's signals reach it no more. */
  detach(): void;
}

/**
 * A new signal, raised too whenever `parent` is (with SIGINT where the parent does not say), and of its job. Who is stopped
 * is told of a signal once it goes on; only SIGKILL does not wait.
 */
export function createSignal(parent?: Cancel): Signal {
  const control = controlOf(parent) ?? createJobControl();
  let number = 0;
  let pending = 0;
  let leave: (() => void) | undefined;
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
    control,
    detach: () => leave?.(),
    raise(which) {
      if (number !== 0) return;
      if (control.stopped && which !== KILL) {
        if (pending === 0) void control.going()?.then(() => signal.raise(pending));
        pending = which;
        return;
      }
      number = which;
      const waiting = [...listeners];
      listeners = new Set();
      for (const listener of waiting) listener();
    },
    reset() {
      number = 0;
    },
  };
  leave = parent?.onCancel(() => signal.raise(signalNumber(parent)));
  return signal;
}

/** Which signal a `Cancel` stands for; SIGINT when it cannot tell. */
export function signalNumber(cancel: Cancel): number {
  return 'number' in cancel && typeof cancel.number === 'number' && cancel.number !== 0 ? cancel.number : 2;
}

/** The job that a `Cancel` belongs to, where it is a process's signal. */
export function controlOf(cancel: Cancel | undefined): JobControl | undefined {
  return cancel !== undefined && 'control' in cancel ? (cancel as Signal).control : undefined;
}

/** Waits while the job is stopped; throws `Interrupted` when it is killed meanwhile. */
export async function whileStopped(cancel: Cancel): Promise<void> {
  const control = controlOf(cancel);
  for (let going = control?.going(); going !== undefined; going = control?.going())
    await interruptible(going, cancel);
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
