/** Drives a workspace's virtual time by the wall clock. */
export interface WallClock {
  /** Where virtual time should be by now, in whole ms. */
  target(): number;
  /** Virtual time is at `now`; what it failed to reach (a shell was computing) is forgotten. */
  reached(now: number): void;
  start(now: number): void;
  stop(): void;
  readonly running: boolean;
}

/** A machine that was asleep does not make the cluster live through its night. */
const LONGEST_STEP_MS = 5_000;

/** A clock that stands still until started. */
export function createWallClock(wall: () => number = () => performance.now()): WallClock {
  let virtual = 0;
  let since: number | undefined;
  // Fractions are kept, or a clock that is asked often would run slow.
  const exact = () => virtual + (since === undefined ? 0 : Math.min(wall() - since, LONGEST_STEP_MS));
  return {
    target: () => Math.floor(exact()),
    reached(now) {
      virtual = Math.floor(exact()) === now ? exact() : now;
      if (since !== undefined) since = wall();
    },
    start(now) {
      virtual = now;
      since = wall();
    },
    stop() {
      virtual = exact();
      since = undefined;
    },
    get running() {
      return since !== undefined;
    },
  };
}
