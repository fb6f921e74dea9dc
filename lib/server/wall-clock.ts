/** Drives a workspace's virtual time by the wall clock. */
export interface WallClock {
  /** Where virtual time should be by now, in whole ms. */
  target(): number;
  /**
   * Virtual time is at `now`. What it took to get to the target is made up for later; what was not reached (a shell was
   * computing) is forgotten.
   */
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
  let asked: { readonly virtual: number; readonly wall: number } | undefined;
  // Fractions are kept, or a clock that is asked often would run slow.
  const exact = (at: number) => virtual + (since === undefined ? 0 : Math.min(at - since, LONGEST_STEP_MS));
  return {
    target() {
      const at = wall();
      asked = { virtual: exact(at), wall: at };
      return Math.floor(asked.virtual);
    },
    reached(now) {
      const isThere = asked !== undefined && Math.floor(asked.virtual) === now;
      virtual = isThere && asked ? asked.virtual : now;
      if (since !== undefined) since = isThere && asked ? asked.wall : wall();
      asked = undefined;
    },
    start(now) {
      virtual = now;
      since = wall();
    },
    stop() {
      virtual = exact(wall());
      since = undefined;
    },
    get running() {
      return since !== undefined;
    },
  };
}
