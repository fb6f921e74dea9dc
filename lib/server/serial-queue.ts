/** Runs pieces of work one after the other, in the order in which they came. */
export interface SerialQueue {
  /** Resolves or rejects as `work` does; a failure does not stop what follows. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** How many pieces wait or run. */
  readonly size: number;
}

/** An empty queue. */
export function createSerialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve();
  let size = 0;
  return {
    run(work) {
      size += 1;
      const turn = last.then(work).finally(() => {
        size -= 1;
      });
      last = turn.catch(() => undefined);
      return turn;
    },
    get size() {
      return size;
    },
  };
}
