import type { LogLine } from '../seams';

/** Lines kept of one run's log: the kubelet rotates at 10 MiB, and thousands of workspaces share a machine. */
const MAX_LOG_LINES = 5000;

/** A log with new lines; the same log when there are none. */
export function withLines(
  log: readonly LogLine[],
  lines: readonly string[] | undefined,
  at: number,
): readonly LogLine[] {
  if (lines === undefined || lines.length === 0) return log;
  const longer = log.concat(lines.map((text) => ({ at, text })));
  return longer.length > MAX_LOG_LINES ? longer.slice(-MAX_LOG_LINES) : longer;
}
