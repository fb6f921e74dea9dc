/** Rounds of breath: every busy shell stops at its next breath, and all go on together. */
export interface Breath {
  /** How many rounds have been drawn. */
  readonly count: number;
  /** A shell waits for its next round. */
  readonly busy: boolean;
  /** What a busy interpreter awaits every so many steps. */
  breathe(): Promise<void>;
  /** Resolves when every shell waits for time or input, or (held) for a round; false when one is still busy after `limit` rounds. */
  settle(limit: number): Promise<boolean>;
  /** No further round until released; nests. */
  hold(): Promise<() => void>;
  /** Draws exactly one round while held: how a replay steps through a busy stretch. */
  step(): Promise<void>;
}

/** So many times in a row the present turn of the event loop is used; then whoever else has something to do comes in between. */
const TURNS_IN_A_ROW = 12;
let inARow = 0;

/**
 * Every promise that can settle by itself has settled when it comes back. Node takes what `nextTick` was given once no
 * promise is left that could go on; a whole turn of the event loop, which is the same to the promises, costs many times as much
 * and waits for everybody else's work.
 */
const turn = async (): Promise<void> => {
  inARow += 1;
  if (inARow > TURNS_IN_A_ROW) return wholeTurn();
  // Only what a promise's reaction asks of `nextTick` waits for all the others.
  await null;
  return new Promise((resolve) => process.nextTick(resolve));
};

const wholeTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(() => {
      inARow = 0;
      resolve();
    });
  });

/** A new lung, `count` rounds old. */
export function createBreath(initial: number): Breath {
  let count = initial;
  let pending: (() => void)[] = [];
  let holds = 0;
  let scheduled = false;

  const round = () => {
    count += 1;
    const waiting = pending;
    pending = [];
    for (const resume of waiting) resume();
  };
  const schedule = () => {
    if (scheduled || holds > 0 || pending.length === 0) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      if (holds === 0 && pending.length > 0) round();
    });
  };

  return {
    get count() {
      return count;
    },
    get busy() {
      return pending.length > 0;
    },
    breathe() {
      return new Promise((resolve) => {
        pending.push(resolve);
        schedule();
      });
    },
    async settle(limit) {
      for (let rounds = 0; rounds <= limit; rounds += 1) {
        // Rounds are drawn by the event loop.
        await (rounds === 0 ? turn() : wholeTurn());
        if (pending.length === 0) return true;
        if (holds > 0) return false;
      }
      return false;
    },
    async hold() {
      holds += 1;
      await turn();
      let released = false;
      return () => {
        if (released) return;
        released = true;
        holds -= 1;
        schedule();
      };
    },
    async step() {
      round();
      await turn();
    },
  };
}
