/** One measured figure of a report. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  readonly goal?: string;
}

/** Prints figures as an aligned table under a heading. */
export function printFigures(heading: string, figures: readonly Figure[]): void {
  const rows = figures.map(({ what, value, goal }) => [what, value, goal ?? '']);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  process.stdout.write(`\n${heading}\n`);
  for (const [what = '', value = '', goal = ''] of rows) {
    process.stdout.write(
      `  ${what.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}${goal ? `   goal ${goal}` : ''}\n`,
    );
  }
}

/** Median and 99th percentile of how long `work` takes, in microseconds, after a warm-up. */
export async function timed(
  rounds: number,
  work: (round: number) => Promise<unknown> | unknown,
): Promise<{ readonly p50: number; readonly p99: number }> {
  for (let round = 0; round < Math.min(rounds, 50); round += 1) await work(-1 - round);
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = process.hrtime.bigint();
    await work(round);
    times.push(Number(process.hrtime.bigint() - began) / 1000);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

/** 1234.5 µs as people read it: "1.23 ms". */
export function duration(microseconds: number): string {
  return microseconds < 1000 ? `${microseconds.toFixed(1)} µs` : `${(microseconds / 1000).toFixed(2)} ms`;
}

/** Heap in use after a collection, in bytes; needs `--expose-gc`. */
export function heapBytes(): number {
  if (!globalThis.gc) throw new Error('run with --expose-gc (npm run bench does)');
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
