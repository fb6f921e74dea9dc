import type { Cancel } from './cancel';

/** Virtual time in milliseconds since the Unix epoch. */
export interface Clock {
  now(): number;
}

/** A clock that one can wait on; all waiting in the core goes through it. */
export interface Timer extends Clock {
  /** Resolves `ms` virtual milliseconds from now, or at once when `cancel` comes. */
  sleep(ms: number, cancel?: Cancel): Promise<void>;
}
