import type { Json } from '../../../../api';
import { specialValue } from '../mongo/bson';
import { isoTime } from '../mongo/log';

/** A value that JSON lacks, as the shell shows and sends it. */
export class Special {
  readonly type: 'oid' | 'date' | 'long' | 'ts' | 'bin';
  readonly text: string;
  constructor(type: Special['type'], text: string) {
    this.type = type;
    this.text = text;
  }

  /** As mongosh prints it. */
  get shown(): string {
    switch (this.type) {
      case 'oid':
        return `ObjectId('${this.text}')`;
      case 'date':
        return `ISODate('${isoTime(Number(this.text))}')`;
      case 'long':
        return `Long('${this.text}')`;
      case 'bin':
        return `Binary.createFromBase64('${this.text}', 0)`;
      default: {
        const [seconds = '0', increment = '0'] = this.text.split(':');
        return `Timestamp({ t: ${seconds}, i: ${increment} })`;
      }
    }
  }

  /** As the old shell prints it. */
  get legacy(): string {
    switch (this.type) {
      case 'oid':
        return `ObjectId("${this.text}")`;
      case 'date':
        return `ISODate("${isoTime(Number(this.text)).replace('.000Z', 'Z')}")`;
      case 'long':
        return `NumberLong(${Number.isSafeInteger(Number(this.text)) ? this.text : `"${this.text}"`})`;
      case 'bin':
        return `BinData(0,"${this.text}")`;
      default: {
        const [seconds = '0', increment = '0'] = this.text.split(':');
        return `Timestamp(${seconds}, ${increment})`;
      }
    }
  }

  get wire(): string {
    const text = this.type === 'date' ? this.text.padStart(16, '0') : this.text;
    return `\u0001${this.type}:${text}`;
  }
}

/** A regular expression that was typed; it is only ever sent. */
export class Pattern {
  readonly source: string;
  readonly flags: string;
  constructor(source: string, flags: string) {
    this.source = source;
    this.flags = flags;
  }
}

/** A function that the shell can call. */
export type Callable = (...args: readonly unknown[]) => unknown;

/** An object of the shell's own (db, a collection, rs): its members are worked out by name. */
export abstract class Host {
  abstract member(name: string): unknown;
  /** What the prompt prints for it. */
  abstract get shown(): string;
}

/** Whether a value is a plain object. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !(value instanceof Special) && !(value instanceof Host) && !(value instanceof Pattern);
}

/** A value as it is sent: marked strings for what JSON lacks. */
export function toWire(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value instanceof Special)
    return value.type === 'long' && Number.isSafeInteger(Number(value.text))
      ? Number(value.text)
      : value.wire;
  if (value instanceof Pattern)
    return { $regex: value.source, ...(value.flags === '' ? {} : { $options: value.flags }) };
  if (Array.isArray(value)) return value.map(toWire);
  if (!isPlain(value)) return null;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([key, each]) => [key, toWire(each)]),
  );
}

/** The value that was sent. */
export function fromWire(value: Json): unknown {
  if (typeof value === 'string') {
    const special = specialValue(value);
    return special === undefined
      ? value
      : new Special(special.type, special.type === 'date' ? String(Number(special.text)) : special.text);
  }
  if (Array.isArray(value)) return value.map(fromWire);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fromWire(each ?? null)]));
  return value;
}
