import { civilTime } from './time';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The pieces of a time that headers and log lines are made of, in UTC. */
export function timeParts(ms: number): {
  readonly date: readonly [year: string, month: string, day: string];
  readonly clock: string;
  readonly monthName: string;
  readonly weekday: string;
} {
  const time = civilTime(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    date: [String(time.year), two(time.month), two(time.day)],
    clock: `${two(time.hour)}:${two(time.minute)}:${two(time.second)}`,
    monthName: MONTHS[time.month - 1] ?? '',
    weekday: DAYS[time.weekday] ?? '',
  };
}

/** "Mon, 23 Nov 2026 22:55:25 GMT", as HTTP's headers have times (IMF-fixdate, RFC 9110). */
export function httpDate(ms: number): string {
  const { date, clock, monthName, weekday } = timeParts(ms);
  return `${weekday}, ${date[2]} ${monthName} ${date[0]} ${clock} GMT`;
}
