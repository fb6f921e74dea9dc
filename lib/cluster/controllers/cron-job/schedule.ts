import { civilTime } from '../../../base';
import type { OffsetAt } from './time-zone';

/** When something is to happen. */
export interface Schedule {
  /** The first moment after another; undefined when there is none within five years. */
  next(after: number): number | undefined;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const FAR_MS = 5 * 366 * DAY_MS;

const DESCRIPTORS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  ms: 1,
  s: SECOND_MS,
  m: MINUTE_MS,
  h: HOUR_MS,
};

/** A schedule that validation has let pass, in a time zone. */
export function readSchedule(text: string, offsetAt: OffsetAt): Schedule {
  if (text.startsWith('@every ')) return every(text.slice('@every '.length));
  const [minutes = '*', hours = '*', days = '*', months = '*', weekdays = '*'] = (DESCRIPTORS[text] ?? text)
    .split(/\s+/)
    .filter(Boolean);
  const fields: Fields = {
    minutes: readField(minutes, 0, 59),
    hours: readField(hours, 0, 23),
    days: readField(days, 1, 31),
    months: readField(months, 1, 12, MONTHS),
    weekdays: readField(weekdays, 0, 6, DAYS),
  };
  return { next: (after) => nextOf(fields, offsetAt, after) };
}

function every(duration: string): Schedule {
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)/g)];
  const total = parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (UNITS[unit] ?? 0), 0);
  const delay = Math.max(SECOND_MS, Math.floor(total / SECOND_MS) * SECOND_MS);
  return { next: (after) => Math.floor(after / SECOND_MS) * SECOND_MS + delay };
}

interface Field {
  readonly values: ReadonlySet<number>;
  /** It leaves everything open. */
  readonly isStar: boolean;
}

interface Fields {
  readonly minutes: Field;
  readonly hours: Field;
  readonly days: Field;
  readonly months: Field;
  readonly weekdays: Field;
}

function readField(text: string, low: number, high: number, names: readonly string[] = []): Field {
  const parts = text.split(',').map((part) => readRange(part, low, high, names));
  return {
    values: new Set(parts.flatMap(({ values }) => values)),
    isStar: parts.some(({ isStar }) => isStar),
  };
}

function readRange(
  part: string,
  low: number,
  high: number,
  names: readonly string[],
): { readonly values: readonly number[]; readonly isStar: boolean } {
  const number = (text: string): number => {
    const named = names.indexOf(text.toLowerCase());
    return named >= 0 ? named + low : Number(text);
  };
  const [range = '*', stepText] = part.split('/');
  const step = stepText === undefined ? 1 : Number(stepText);
  const isOpen = range === '*' || range === '?';
  const [first = '', last] = range.split('-');
  const start = isOpen ? low : number(first);
  const end = isOpen || (last === undefined && stepText !== undefined) ? high : number(last ?? first);
  const count = Math.max(0, Math.floor((end - start) / step) + 1);
  return { values: Array.from({ length: count }, (_, i) => start + i * step), isStar: isOpen && step === 1 };
}

/** SpecSchedule.Next, from minute to minute of the zone's own clock. */
function nextOf(fields: Fields, offsetAt: OffsetAt, after: number): number | undefined {
  const start = Math.floor((after + offsetAt(after)) / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  for (let local = start; local - start < FAR_MS; ) {
    const step = missOf(fields, local);
    if (step > 0) {
      local = Math.floor(local / step) * step + step;
      continue;
    }
    const ms = local - offsetAt(local - offsetAt(local));
    // A minute that a clock skips when it is put forward does not come.
    if (ms + offsetAt(ms) === local) return ms;
    local += MINUTE_MS;
  }
  return undefined;
}

/** 0 when a moment fits, else how far it is from unit to unit until it may. */
function missOf({ minutes, hours, days, months, weekdays }: Fields, local: number): number {
  const { month, day, weekday, hour, minute } = civilTime(local);
  const byDay = days.values.has(day);
  const byWeekday = weekdays.values.has(weekday);
  const open = days.isStar || weekdays.isStar;
  if (!months.values.has(month) || !(open ? byDay && byWeekday : byDay || byWeekday)) return DAY_MS;
  if (!hours.values.has(hour)) return HOUR_MS;
  return minutes.values.has(minute) ? 0 : MINUTE_MS;
}
