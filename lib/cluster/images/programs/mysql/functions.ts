import { civilTime } from '../../../../base';
import type { Scope, Session } from './evaluate';
import { MysqlFailure } from './failure';
import type { Expr } from './syntax';
import { compare, exactly, numberOf, scaleOf, textOf, type Value } from './values';

const AGGREGATES = ['COUNT', 'SUM', 'AVG', 'MIN', 'MAX', 'GROUP_CONCAT'] as const;
/** A function of a group of rows. */
export type Aggregate = (typeof AGGREGATES)[number];
/** Whether a function works on a group of rows. */
export const isAggregate = (name: string): name is Aggregate =>
  (AGGREGATES as readonly string[]).includes(name);

/** What a function is called with. */
export interface CallContext {
  at(expr: Expr): Value;
  readonly scope?: Scope;
  readonly session?: Session;
  readonly now?: number;
}

const two = (value: number): string => String(value).padStart(2, '0');
/** A moment as DATETIME shows it. */
export function dateTime(ms: number): string {
  const { year, month, day, hour, minute, second } = civilTime(ms);
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

/** The moment that a DATE or DATETIME tells of. */
export function momentOf(text: string): number | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?/.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59)
    return undefined;
  return daysTo(year, month, day) * 86_400_000 + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** Days from 1970-01-01 in the Gregorian calendar. */
function daysTo(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  );
}

const UNITS: Readonly<Record<string, number>> = {
  SECOND: 1000,
  MINUTE: 60_000,
  HOUR: 3_600_000,
  DAY: 86_400_000,
  WEEK: 604_800_000,
};

function shifted(from: Value, interval: Expr | undefined, sign: number, at: (expr: Expr) => Value): Value {
  const start = momentOf(textOf(from) ?? '');
  if (interval?.kind !== 'interval' || start === undefined) return null;
  const amount = sign * numberOf(at(interval.amount));
  const unit = UNITS[interval.unit];
  if (unit !== undefined) return dateTime(start + amount * unit);
  const { year, month, day } = civilTime(start);
  const months = year * 12 + month - 1 + amount * (interval.unit === 'YEAR' ? 12 : 1);
  const moved = daysTo(Math.floor(months / 12), (months % 12) + 1, day) * 86_400_000;
  return dateTime(moved + (start % 86_400_000));
}

type Simple = (args: readonly Value[], session: Session) => Value;
const text =
  (make: (...texts: readonly string[]) => Value): Simple =>
  (args) =>
    args.some((each) => each === null) ? null : make(...args.map((each) => textOf(each) ?? ''));
const number =
  (make: (value: number) => number): Simple =>
  ([value = null]) =>
    value === null ? null : make(numberOf(value));
const date =
  (part: (time: ReturnType<typeof civilTime>) => Value): Simple =>
  ([value = null]) => {
    const at = momentOf(textOf(value) ?? '');
    return at === undefined ? null : part(civilTime(at));
  };
const account = ({ connection: { user, host } }: Session): Value => `${user}@${host}`;

const FUNCTIONS: Readonly<Record<string, Simple>> = {
  VERSION: (_, session) => session.version,
  DATABASE: (_, session) => session.connection.database,
  SCHEMA: (_, session) => session.connection.database,
  USER: (_, session) => account(session),
  SESSION_USER: (_, session) => account(session),
  CURRENT_USER: (_, { connection: { user, host } }) => `${user}@${host === 'localhost' ? host : '%'}`,
  CONNECTION_ID: (_, session) => session.connection.id,
  LAST_INSERT_ID: (_, session) => session.lastId,
  NOW: (_, { now }) => dateTime(now),
  CURRENT_TIMESTAMP: (_, { now }) => dateTime(now),
  SYSDATE: (_, { now }) => dateTime(now),
  UTC_TIMESTAMP: (_, { now }) => dateTime(now),
  CURDATE: (_, { now }) => dateTime(now).slice(0, 10),
  CURRENT_DATE: (_, { now }) => dateTime(now).slice(0, 10),
  CURTIME: (_, { now }) => dateTime(now).slice(11),
  CURRENT_TIME: (_, { now }) => dateTime(now).slice(11),
  UNIX_TIMESTAMP: ([value], { now }) =>
    value === undefined ? Math.floor(now / 1000) : Math.floor((momentOf(textOf(value) ?? '') ?? 0) / 1000),
  DATE: ([value = null]) => textOf(value)?.slice(0, 10) ?? null,
  YEAR: date(({ year }) => year),
  MONTH: date(({ month }) => month),
  DAY: date(({ day }) => day),
  HOUR: date(({ hour }) => hour),
  MINUTE: date(({ minute }) => minute),
  SECOND: date(({ second }) => second),
  SLEEP: ([value = null], session) => {
    session.slept.ms += numberOf(value) * 1000;
    return 0;
  },
  RAND: (_, { random }) => random.next(),
  CONCAT: text((...texts) => texts.join('')),
  CONCAT_WS: ([separator = null, ...rest]) =>
    rest
      .filter((each) => each !== null)
      .map(textOf)
      .join(textOf(separator) ?? ''),
  UPPER: text((value = '') => value.toUpperCase()),
  UCASE: text((value = '') => value.toUpperCase()),
  LOWER: text((value = '') => value.toLowerCase()),
  LCASE: text((value = '') => value.toLowerCase()),
  TRIM: text((value = '') => value.replace(/^ +| +$/g, '')),
  LENGTH: text((value = '') => value.length),
  CHAR_LENGTH: text((value = '') => [...value].length),
  REVERSE: text((value = '') => [...value].reverse().join('')),
  REPLACE: text((value = '', from = '', to = '') => (from === '' ? value : value.replaceAll(from, to))),
  LEFT: text((value = '', count = '0') => value.slice(0, Number(count))),
  RIGHT: text((value = '', count = '0') => (Number(count) === 0 ? '' : value.slice(-Number(count)))),
  REPEAT: text((value = '', count = '0') => value.repeat(Math.min(10_000, Math.max(0, Number(count))))),
  SUBSTRING: text((value = '', from = '1', count = '100000') => {
    const start = Number(from) < 0 ? value.length + Number(from) : Number(from) - 1;
    return Number(from) === 0 ? '' : value.slice(start, start + Number(count));
  }),
  ABS: ([value = null]) => {
    if (value === null) return null;
    const scale = scaleOf(value);
    const size = Math.abs(numberOf(value));
    return scale === undefined ? size : exactly(size, scale);
  },
  FLOOR: number(Math.floor),
  CEIL: number(Math.ceil),
  CEILING: number(Math.ceil),
  SQRT: number(Math.sqrt),
  ROUND: ([value = null, digits = 0]) =>
    value === null ? null : exactly(numberOf(value), Math.max(0, numberOf(digits))),
  MOD: ([a = null, b = null]) =>
    a === null || b === null || numberOf(b) === 0 ? null : numberOf(a) % numberOf(b),
  POW: ([a = null, b = null]) => (a === null || b === null ? null : numberOf(a) ** numberOf(b)),
  IFNULL: ([a = null, b = null]) => a ?? b,
  NULLIF: ([a = null, b = null]) => (compare(a, b) === 0 ? null : a),
  COALESCE: (args) => args.find((each) => each !== null) ?? null,
  GREATEST: (args) =>
    args.includes(null) ? null : ([...args].sort((a, b) => compare(b, a) ?? 0)[0] ?? null),
  LEAST: (args) => (args.includes(null) ? null : ([...args].sort((a, b) => compare(a, b) ?? 0)[0] ?? null)),
  CAST: ([value = null, type]) => cast(value, textOf(type ?? null) ?? ''),
};
const SAME: Readonly<Record<string, string>> = {
  SUBSTR: 'SUBSTRING',
  MID: 'SUBSTRING',
  POWER: 'POW',
  CHARACTER_LENGTH: 'CHAR_LENGTH',
  LOCALTIME: 'NOW',
};

function cast(value: Value, type: string): Value {
  if (value === null) return null;
  if (type === 'SIGNED' || type === 'UNSIGNED') return Math.round(numberOf(value));
  return type === 'CHAR' ? textOf(value) : type === 'DATE' ? (textOf(value)?.slice(0, 10) ?? null) : value;
}

/** What a function gives; one that there is not is refused with the database in its name. */
export function callFunction(name: string, args: readonly Expr[], context: CallContext): Value {
  const { at, scope, session } = context;
  const [first, second, third] = args;
  if (name === 'IF' && first !== undefined && second !== undefined && third !== undefined) {
    const test = at(first);
    return at(test !== null && numberOf(test) !== 0 ? second : third);
  }
  if ((name === 'DATE_ADD' || name === 'ADDDATE') && first !== undefined)
    return shifted(at(first), second, 1, at);
  if ((name === 'DATE_SUB' || name === 'SUBDATE') && first !== undefined)
    return shifted(at(first), second, -1, at);
  if (name === 'VALUES' && first?.kind === 'column')
    return scope?.inserted?.get(first.name.toLowerCase()) ?? null;
  const simple = FUNCTIONS[SAME[name] ?? name];
  if (simple === undefined || session === undefined) {
    const database = session?.connection.database;
    if (database === null || database === undefined)
      throw new MysqlFailure(1046, '3D000', 'No database selected');
    throw new MysqlFailure(1305, '42000', `FUNCTION ${database}.${name.toLowerCase()} does not exist`);
  }
  return simple(args.map(at), session);
}
