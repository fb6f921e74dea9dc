/** What a job's processes share: whether they are stopped, and whether the terminal is theirs. */
export interface JobControl {
  readonly stopped: boolean;
  /** Another job has the terminal; who reads it is stopped. */
  background: boolean;
  /** A program that has the terminal raw (`kubectl exec -it`): Ctrl-Z is a character for whoever is at its other end. */
  raw: boolean;
  stop(): void;
  resume(): void;
  /** Resolves once nothing is stopped any more; undefined when nothing is. */
  going(): Promise<void> | undefined;
  /** Calls `listener` at every stop and resumption. */
  onChange(listener: (stopped: boolean) => void): () => void;
}

/** The control of a new job, running in the foreground. */
export function createJobControl(): JobControl {
  let stopped = false;
  let waiting: (() => void)[] = [];
  const listeners = new Set<(stopped: boolean) => void>();
  const change = (next: boolean) => {
    if (stopped === next) return;
    stopped = next;
    for (const listener of [...listeners]) listener(next);
    if (next) return;
    const going = waiting;
    waiting = [];
    for (const go of going) go();
  };
  return {
    get stopped() {
      return stopped;
    },
    background: false,
    raw: false,
    stop: () => change(true),
    resume: () => change(false),
    going() {
      if (!stopped) return undefined;
      return new Promise((resolve) => waiting.push(resolve));
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
