import { formatDate } from '../posix/format-date';
import { civilTime, parseTime } from '../time';
import { isArray, isNumber, JqError, type JqValue, numberOf } from './value';

const DAY_MS = 86_400_000;
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** `gmtime`: seconds since the epoch as "broken down time". */
export function brokenDown(seconds: JqValue): readonly JqValue[] {
  if (!isNumber(seconds)) throw new JqError('gmtime() requires a number');
  const whole = numberOf(seconds);
  const t = civilTime(Math.floor(whole) * 1000);
  return [
    t.year,
    t.month - 1,
    t.day,
    t.hour,
    t.minute,
    t.second + (whole - Math.floor(whole)),
    t.weekday,
    dayOfYear(t.year, whole),
  ];
}

function dayOfYear(year: number, seconds: number): number {
  return Math.floor((seconds * 1000 - yearStart(year)) / DAY_MS);
}

const two = (value: number) => String(value).padStart(2, '0');
const yearStart = (year: number): number =>
  parseTime(`${String(year).padStart(4, '0')}-01-01T00:00:00Z`) ?? 0;

/** Milliseconds behind "broken down time". */
function epochOf(value: JqValue, name: string): number {
  if (!isArray(value)) throw new JqError(`${name} requires array inputs`);
  const numbers = value.map((each) => (isNumber(each) ? Math.floor(numberOf(each)) : Number.NaN));
  const [year = Number.NaN, month = 0, day = 1, hour = 0, minute = 0, second = 0] = numbers;
  if (value.length < 6 || numbers.some(Number.isNaN))
    throw new JqError(`${name} requires parsed datetime inputs`);
  const months = year * 12 + month;
  const start = parseTime(
    `${String(Math.floor(months / 12)).padStart(4, '0')}-${two((months % 12) + 1)}-01T00:00:00Z`,
  );
  return (start ?? 0) + (((day - 1) * 24 + hour) * 60 + minute) * 60_000 + second * 1000;
}

/** `mktime`. */
export const secondsOf = (value: JqValue): number => Math.floor(epochOf(value, 'mktime') / 1000);

/** `strftime`. */
export function timeText(value: JqValue, format: JqValue): string {
  const time = isNumber(value) ? brokenDown(value) : value;
  if (!isArray(time)) throw new JqError('strftime/1 requires parsed datetime inputs');
  if (typeof format !== 'string') throw new JqError('strftime/1 requires a string format');
  return formatDate(epochOf(time, 'strftime/1'), format);
}

/** `strptime`: text by a format, as "broken down time". */
export function parseTimeText(value: JqValue, format: JqValue): readonly JqValue[] {
  if (typeof value !== 'string' || typeof format !== 'string') {
    const shown = typeof value === 'string' ? 'strptime/1 requires a string format' : '';
    throw new JqError(shown === '' ? 'strptime/1 requires string inputs and arguments' : shown);
  }
  const fields = read(
    value,
    format.replaceAll('%T', '%H:%M:%S').replaceAll('%F', '%Y-%m-%d').replaceAll('%R', '%H:%M'),
  );
  if (fields === undefined) throw new JqError(`date "${value}" does not match format "${format}"`);
  if (fields.epoch !== undefined) return brokenDown(fields.epoch);
  const { year, month, day, hour, minute, second } = fields;
  const ms = epochOf([year, month, day, hour, minute, second], 'mktime');
  const t = civilTime(ms);
  return [year, month, day, hour, minute, second, t.weekday, Math.floor((ms - yearStart(year)) / DAY_MS)];
}

interface Fields {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  epoch: number | undefined;
}

function read(text: string, format: string): Fields | undefined {
  const fields: Fields = { year: 1900, month: 0, day: 1, hour: 0, minute: 0, second: 0, epoch: undefined };
  let rest = text;
  for (let at = 0; at < format.length; at += 1) {
    const char = format.charAt(at);
    if (/\s/.test(char)) {
      rest = rest.trimStart();
      continue;
    }
    if (char !== '%') {
      if (!rest.startsWith(char)) return undefined;
      rest = rest.slice(1);
      continue;
    }
    at += 1;
    const taken = takeField(fields, format.charAt(at), rest);
    if (taken === undefined) return undefined;
    rest = rest.slice(taken);
  }
  return rest === '' ? fields : undefined;
}

/** Reads one field; how many characters it took. */
function takeField(fields: Fields, letter: string, rest: string): number | undefined {
  const number = (width: number): string | undefined => new RegExp(`^\\s*\\d{1,${width}}`).exec(rest)?.[0];
  const set = (width: number, keep: (value: number) => void): number | undefined => {
    const found = number(width);
    if (found === undefined) return undefined;
    keep(Number(found));
    return found.length;
  };
  switch (letter) {
    case 'Y':
      return set(4, (value) => (fields.year = value));
    case 'm':
      return set(2, (value) => (fields.month = value - 1));
    case 'd':
    case 'e':
      return set(2, (value) => (fields.day = value));
    case 'H':
    case 'I':
      return set(2, (value) => (fields.hour = value));
    case 'M':
      return set(2, (value) => (fields.minute = value));
    case 'S':
      return set(2, (value) => (fields.second = value));
    case 'y':
      return set(2, (value) => (fields.year = value < 69 ? 2000 + value : 1900 + value));
    case 's':
      return set(12, (value) => (fields.epoch = value));
    case 'j':
      return set(3, (value) => (fields.day = value));
    case 'Z':
      return /^[A-Za-z]+/.exec(rest)?.[0].length;
    case 'z':
      return /^(?:Z|[-+]\d{2}:?\d{2})/.exec(rest)?.[0].length;
    case 'b':
    case 'B':
    case 'h':
      return name(rest, MONTHS, (value) => (fields.month = value));
    case 'a':
    case 'A':
      return name(rest, DAYS, () => {});
    case '%':
      return rest.startsWith('%') ? 1 : undefined;
    default:
      return undefined;
  }
}

function name(rest: string, names: readonly string[], keep: (at: number) => void): number | undefined {
  for (const [at, full] of names.entries()) {
    const found = [full, full.slice(0, 3)].find((each) => rest.toLowerCase().startsWith(each.toLowerCase()));
    if (found === undefined) continue;
    keep(at);
    return found.length;
  }
  return undefined;
}
