import { formatTime } from '../../base';
import type { CommandEnv } from '../seams';

/** A line of kubectl's own log (klog): its moment, the process, the file and line that speaks, and what it says. */
export function logLine(
  { env }: { readonly env: Pick<CommandEnv, 'timer'> },
  severity: 'E' | 'W' | 'I',
  what: string,
): string {
  const stamp = formatTime(env.timer.now());
  return `${severity}${stamp.slice(5, 7)}${stamp.slice(8, 10)} ${stamp.slice(11, 19)}.000000    1000 ${what}\n`;
}
