import { parseTime } from '../../../../base';
import { newObjectId, specialValue } from '../mongo/bson';
import { isoTime } from '../mongo/log';
import { Built } from './built';
import { IT, Leave, useDatabase } from './commands';
import { Database, mongo } from './database';
import { display } from './display';
import { formatPrinted } from './format';
import { toLegacyJson } from './legacy-json';
import { ScriptError } from './native-members';
import { ReplicaSet } from './replica-set';
import type { Session } from './session';
import { type Callable, Host, isPlain, Special, toWire } from './values';

/** Everything that a line can name before anything is declared. */
export function globalsOf(
  session: Session,
  load: (path: string) => unknown,
): Readonly<Record<string, unknown>> {
  const { connection } = session;
  const print: Callable = (...values) => session.print(formatPrinted(session, values));
  const printjson: Callable = (...values) => session.print(formatPrinted(session, values, true));
  const leave: Callable = (code) => {
    throw new Leave(typeof code === 'number' ? code : 0);
  };
  return {
    ...languageOf(session),
    db: new Database(session),
    rs: new ReplicaSet(session),
    print,
    printjson,
    console: new Built('console', undefined, { log: print, error: print, info: print, warn: print }),
    sleep: (ms: unknown) => connection.sleep(Number(ms) || 0),
    exit: leave,
    quit: leave,
    use: (name: unknown) => useDatabase(session, name),
    it: IT,
    load: (path: unknown) => load(String(path)),
    version: () => (session.legacy ? '4.4.30' : '2.5.10'),
    tojson: (value: unknown) => toLegacyJson(value),
    isInteractive: () => true,
    Mongo: new Built('[Function: Mongo]', () => mongo(session)),
  };
}

/** A new ObjectId, or the one that is named. */
function objectIdOf({ connection }: Session, value: unknown): Special {
  if (value === undefined) {
    const made = connection.once(() => newObjectId(connection.now, connection.random));
    return new Special('oid', typeof made === 'string' ? (specialValue(made)?.text ?? '') : '');
  }
  const text = value instanceof Special ? value.text : String(value);
  if (/^[0-9a-f]{24}$/i.test(text)) return new Special('oid', text.toLowerCase());
  throw new ScriptError(
    'BSONError',
    'input must be a 24 character hex string, 12 byte Uint8Array, or an integer',
  );
}

function dateOf({ connection }: Session, args: readonly unknown[]): Special {
  const [first] = args;
  if (first === undefined) return new Special('date', String(connection.once(() => connection.now)));
  if (first instanceof Special) return new Special('date', first.text);
  if (typeof first === 'number' && args.length === 1) return new Special('date', String(first));
  if (typeof first === 'number') {
    const [year = 0, month = 0, day = 1, hour = 0, minute = 0, second = 0] = args.map(Number);
    const two = (value: number) => String(value).padStart(2, '0');
    const text = `${year}-${two(month + 1)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}Z`;
    return new Special('date', String(parseTime(text) ?? 0));
  }
  const text = String(first);
  const whole = /^\d{4}-\d\d-\d\d$/.test(text)
    ? `${text}T00:00:00Z`
    : /T[\d:.]+$/.test(text)
      ? `${text}Z`
      : text.replace(' ', 'T');
  const time = parseTime(whole) ?? parseTime(`${whole}Z`);
  if (time === undefined)
    throw new ScriptError('MongoshInvalidInputError', `${JSON.stringify(text)} is not a valid ISODate`);
  return new Special('date', String(time));
}

function longOf(value: unknown): Special {
  const text = value instanceof Special ? value.text : String(value ?? 0);
  if (!/^-?\d+$/.test(text))
    throw new ScriptError('BSONError', `Long.fromString called with invalid input: ${text}`);
  return new Special('long', text);
}

function timestampOf(first: unknown, second: unknown): Special {
  const [t, i] = isPlain(first) ? [first.t, first.i] : [first, second];
  return new Special('ts', `${Number(t ?? 0)}:${Number(i ?? 0)}`);
}

/** What the language itself brings, as far as shells' scripts use it. */
function languageOf(session: Session): Readonly<Record<string, unknown>> {
  const { connection } = session;
  const date: Callable = (...args) => dateOf(session, args);
  const keyed = (value: unknown): Record<string, unknown> => (isPlain(value) ? value : {});
  const error =
    (name: string): Callable =>
    (message) => ({ name, message: String(message ?? '') });
  return {
    Date: new Built('[Function: Date]', date, {
      now: () => connection.once(() => connection.now),
    }),
    ISODate: date,
    ObjectId: new Built('[Function: ObjectId]', (value) => objectIdOf(session, value)),
    Long: longOf,
    NumberLong: longOf,
    NumberInt: (value: unknown) => Math.trunc(Number(value ?? 0)),
    Int32: (value: unknown) => Math.trunc(Number(value ?? 0)),
    Double: (value: unknown) => Number(value ?? 0),
    NumberDecimal: (value: unknown) => Number(value ?? 0),
    Decimal128: (value: unknown) => Number(value ?? 0),
    Timestamp: timestampOf,
    JSON: new Built('Object [JSON] {}', undefined, {
      stringify: (value: unknown, _: unknown, indent: unknown) =>
        JSON.stringify(
          plainJson(value),
          null,
          typeof indent === 'number' || typeof indent === 'string' ? indent : 0,
        ),
      parse: (text: unknown) => parseJson(String(text)),
    }),
    EJSON: new Built('EJSON', undefined, {
      stringify: (value: unknown, _: unknown, indent: unknown) =>
        JSON.stringify(extendedJson(value), null, typeof indent === 'number' ? indent : 0),
    }),
    Math: new Built('Object [Math] {}', undefined, {
      ...MATH,
      random: () => connection.once(() => connection.random.next()),
    }),
    Object: new Built('[Function: Object]', keyed, {
      keys: (value: unknown) =>
        Array.isArray(value) ? value.map((_, index) => String(index)) : Object.keys(keyed(value)),
      values: (value: unknown) => Object.values(keyed(value)),
      entries: (value: unknown) => Object.entries(keyed(value)),
      assign: (target: unknown, ...more: readonly unknown[]) =>
        Object.assign(keyed(target), ...more.map(keyed)),
      freeze: (value: unknown) => value,
      fromEntries: (value: unknown) => Object.fromEntries(Array.isArray(value) ? value : []),
    }),
    Array: new Built(
      '[Function: Array]',
      (count) => Array.from({ length: Math.min(Number(count ?? 0), 100_000) }),
      {
        isArray: (value: unknown) => Array.isArray(value),
        from: (value: unknown, map: unknown) => listFrom(value, map),
      },
    ),
    String: (value: unknown) => display(value),
    Number: new Built(
      '[Function: Number]',
      (value) => Number(value instanceof Special ? value.text : value),
      {
        isInteger: (value: unknown) => Number.isInteger(value),
        parseInt: (value: unknown) => Number.parseInt(String(value), 10),
        parseFloat: (value: unknown) => Number.parseFloat(String(value)),
      },
    ),
    Boolean: (value: unknown) => Boolean(value),
    parseInt: (value: unknown, radix: unknown) => Number.parseInt(String(value), Number(radix ?? 10)),
    parseFloat: (value: unknown) => Number.parseFloat(String(value)),
    isNaN: (value: unknown) => Number.isNaN(Number(value)),
    Error: error('Error'),
    TypeError: error('TypeError'),
    assert: new Built('[Function: assert]', (value, message) => {
      if (!value) throw new ScriptError('AssertionError', String(message ?? 'assert failed'));
    }),
  };
}

const MATH: Readonly<Record<string, unknown>> = {
  floor: (value: unknown) => Math.floor(Number(value)),
  ceil: (value: unknown) => Math.ceil(Number(value)),
  round: (value: unknown) => Math.round(Number(value)),
  trunc: (value: unknown) => Math.trunc(Number(value)),
  abs: (value: unknown) => Math.abs(Number(value)),
  sqrt: (value: unknown) => Math.sqrt(Number(value)),
  pow: (base: unknown, exponent: unknown) => Number(base) ** Number(exponent),
  min: (...values: readonly unknown[]) => Math.min(...values.map(Number)),
  max: (...values: readonly unknown[]) => Math.max(...values.map(Number)),
  PI: Math.PI,
};

function listFrom(value: unknown, map: unknown): unknown[] {
  const length =
    isPlain(value) && typeof value.length === 'number' ? Math.min(value.length, 100_000) : undefined;
  const items: unknown[] =
    length !== undefined
      ? Array.from({ length })
      : Array.isArray(value)
        ? [...value]
        : typeof value === 'string'
          ? [...value]
          : [];
  return typeof map === 'function' ? items.map((item, index) => (map as Callable)(item, index)) : items;
}

/** As JSON.stringify sees the shell's values. */
function plainJson(value: unknown): unknown {
  if (value instanceof Special)
    return value.type === 'date'
      ? isoTime(Number(value.text))
      : value.type === 'long'
        ? Number(value.text)
        : value.text;
  if (value instanceof Host) return value.shown;
  if (Array.isArray(value)) return value.map(plainJson);
  if (!isPlain(value)) return toWire(value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => typeof each !== 'function' && each !== undefined)
      .map(([key, each]) => [key, plainJson(each)]),
  );
}

/** Relaxed extended JSON. */
export function extendedJson(value: unknown): unknown {
  if (value instanceof Special) {
    const [t = '0', i = '0'] = value.text.split(':');
    switch (value.type) {
      case 'oid':
        return { $oid: value.text };
      case 'date':
        return { $date: isoTime(Number(value.text)).replace('.000Z', 'Z') };
      case 'long':
        return Number(value.text);
      case 'bin':
        return { $binary: { base64: value.text, subType: '00' } };
      default:
        return { $timestamp: { t: Number(t), i: Number(i) } };
    }
  }
  if (value instanceof Host) return value.shown;
  if (Array.isArray(value)) return value.map(extendedJson);
  if (!isPlain(value)) return toWire(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, extendedJson(each)]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw new ScriptError('SyntaxError', error.message);
    throw error;
  }
}
