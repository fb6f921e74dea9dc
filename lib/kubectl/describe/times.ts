import { civilTime, humanDuration, parseTime } from '../../base';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (value: number) => String(value).padStart(2, '0');

/** An RFC 3339 text as Go's time.RFC1123Z prints it; the zero time when absent. */
export function longTime(text: string | null | undefined): string {
  const ms = text ? parseTime(text) : undefined;
  if (ms === undefined) return 'Mon, 01 Jan 0001 00:00:00 +0000';
  const { year, month, day, hour, minute, second, weekday } = civilTime(ms);
  return `${DAYS[weekday]}, ${two(day)} ${MONTHS[month - 1]} ${year} ${two(hour)}:${two(minute)}:${two(second)} +0000`;
}

/** How long ago a time was, or "<unknown>". */
export function ageOf(text: string | null | undefined, now: number): string {
  const ms = text ? parseTime(text) : undefined;
  return ms === undefined ? '<unknown>' : humanDuration(now - ms);
}
