import { utf8Bytes } from '../sha256';
import { formatNumber } from './numbers';

/** A number as it was written, where that says more than its double does: jq prints it again to the digit. */
export class NumberLiteral {
  readonly text: string;
  readonly value: number;
  constructor(text: string, value: number) {
    this.text = text;
    this.value = value;
  }
}

/** A JSON value; objects are maps, so that their keys keep their order, whatever they are called. */
export type JqValue = null | boolean | number | NumberLiteral | string | readonly JqValue[] | JqObject;
export type JqObject = ReadonlyMap<string, JqValue>;

/** An error that a filter raised; any value can be one. */
export class JqError extends Error {
  override name = 'JqError';
  readonly value: JqValue;
  constructor(value: JqValue) {
    super(typeof value === 'string' ? value : '');
    this.value = value;
  }
}

/** The evaluation of one input took too many steps. */
export class JqLimitError extends Error {
  override name = 'JqLimitError';
}

/** What jq calls the kind of a value. */
export function typeName(value: JqValue): 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'boolean';
  if (isNumber(value)) return 'number';
  if (typeof value === 'string') return 'string';
  return isArray(value) ? 'array' : 'object';
}

export const isNumber = (value: JqValue): value is number | NumberLiteral =>
  typeof value === 'number' || value instanceof NumberLiteral;
export const isArray = (value: JqValue): value is readonly JqValue[] => Array.isArray(value);
export const isObject = (value: JqValue): value is JqObject => value instanceof Map;
/** null and false are false, all else is true. */
export const isTrue = (value: JqValue): boolean => value !== null && value !== false;

/** The double behind a number. */
export const numberOf = (value: number | NumberLiteral): number =>
  typeof value === 'number' ? value : value.value;

/** Whether two values are the very same, as jq asks it of the value at a path. */
export function identical(a: JqValue, b: JqValue): boolean {
  return a === b || (isNumber(a) && isNumber(b) && numberOf(a) === numberOf(b));
}

const ORDER = { null: 0, false: 1, true: 2, number: 3, string: 4, array: 5, object: 6 } as const;

function rank(value: JqValue): number {
  if (value === false) return ORDER.false;
  if (value === true) return ORDER.true;
  return ORDER[typeName(value) as 'null' | 'number' | 'string' | 'array' | 'object'];
}

/** Strings in the order of their code points. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const limit = Math.min(a.length, b.length);
  for (let at = 0; at < limit; at += 1) {
    if (a.charCodeAt(at) === b.charCodeAt(at)) continue;
    const back = at > 0 && /[\uDC00-\uDFFF]/.test(a.charAt(at)) ? at - 1 : at;
    return (a.codePointAt(back) ?? 0) - (b.codePointAt(back) ?? 0);
  }
  return a.length - b.length;
}

/** An object's keys in order. */
export const sortedKeys = (object: JqObject): readonly string[] => [...object.keys()].sort(compareText);

/** jq's order of all values; nan is less than any number, itself included. */
export function compareValues(a: JqValue, b: JqValue): number {
  const ranks = rank(a) - rank(b);
  if (ranks !== 0) return ranks;
  if (isNumber(a) && isNumber(b)) {
    const [x, y] = [numberOf(a), numberOf(b)];
    return x < y || Number.isNaN(x) ? -1 : x === y ? 0 : 1;
  }
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (isArray(a) && isArray(b)) return compareArrays(a, b);
  if (!isObject(a) || !isObject(b)) return 0;
  const [left, right] = [sortedKeys(a), sortedKeys(b)];
  const keys = compareArrays(left, right);
  if (keys !== 0) return keys;
  for (const key of left) {
    const values = compareValues(a.get(key) ?? null, b.get(key) ?? null);
    if (values !== 0) return values;
  }
  return 0;
}

function compareArrays(a: readonly JqValue[], b: readonly JqValue[]): number {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const order = compareValues(a[at] ?? null, b[at] ?? null);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** A text as JSON. */
export function quoteText(text: string): string {
  let out = '"';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (char === '"' || char === '\\') out += `\\${char}`;
    else if (code === 8) out += '\\b';
    else if (code === 9) out += '\\t';
    else if (code === 10) out += '\\n';
    else if (code === 12) out += '\\f';
    else if (code === 13) out += '\\r';
    else if (code < 32 || code === 127) out += `\\u${code.toString(16).padStart(4, '0')}`;
    else if (code >= 0xd800 && code <= 0xdfff) out += '\ufffd';
    else out += char;
  }
  return `${out}"`;
}

/** A value as JSON on one line. */
export function toJsonText(value: JqValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (value instanceof NumberLiteral) return value.text;
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'string') return quoteText(value);
  if (isArray(value)) return `[${value.map(toJsonText).join(',')}]`;
  const pairs = [...(value as JqObject)].map(([key, each]) => `${quoteText(key)}:${toJsonText(each)}`);
  return `{${pairs.join(',')}}`;
}

/** Bytes of a value that error texts show (ERRORMAX_LEN and its buffer, in src/builtin.c). */
const SHOWN_BYTES = 14;

/** A value with its kind, cut short, as error texts name it: `object ({"aaaaaaaaa...)`. */
export function shown(value: JqValue): string {
  return `${typeName(value)} (${cut(toJsonText(value))})`;
}

/** A text cut to what error texts show of a value. */
export function cut(text: string): string {
  if (utf8Bytes(text).length <= SHOWN_BYTES) return text;
  let out = '';
  for (const char of text) {
    if (utf8Bytes(out + char).length > SHOWN_BYTES - 3) break;
    out += char;
  }
  return `${out}...`;
}
