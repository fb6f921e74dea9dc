/** Tells a person at a terminal what is being done. */
export interface ProgressLines {
  /** Runs `work`, then prints "✓ <what> (<seconds> s)"; `what` may depend on the outcome. */
  step<T>(doing: string, what: string | ((outcome: T) => string), work: () => Promise<T>): Promise<T>;
  say(line: string): void;
}

/** After this long a step says that it is under way. */
const PATIENCE_MS = 700;

/** Progress on standard output. */
export function createProgressLines(
  write: (line: string) => void = (line) => console.log(line),
): ProgressLines {
  return {
    say: write,
    async step(doing, what, work) {
      const startedAt = performance.now();
      const timer = setTimeout(() => write(`  ${doing} …`), PATIENCE_MS);
      try {
        const outcome = await work();
        const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
        write(`✓ ${typeof what === 'string' ? what : what(outcome)} (${seconds} s)`);
        return outcome;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
