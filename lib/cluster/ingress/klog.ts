import { timeParts } from '../../base';

/** The controller's own process. */
const PID = 7;

/** A line as klog begins it: "I1127 08:00:00.000000       7 controller.go:216] …". */
export function klog(now: number, level: 'I' | 'W' | 'E' | 'F', from: string, text: string): string {
  const { date, clock } = timeParts(now);
  const micros = String(now % 1000)
    .padStart(3, '0')
    .padEnd(6, '0');
  return `${level}${date[1]}${date[2]} ${clock}.${micros} ${String(PID).padStart(7)} ${from}] ${text}`;
}
