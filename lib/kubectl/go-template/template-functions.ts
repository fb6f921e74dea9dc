import { isRecord } from '../../base';
import { goTypeName, goValueText } from '../jsonpath';
import { base64Fault, decodeBase64 } from './base64';
import { sprintf } from './sprintf';

type Result = { readonly value: unknown } | { readonly error: string } | { readonly wrongCount: string };

/** What a function has against its arguments. */
class CallFailure extends Error {}

/** Whether a value counts as true: not empty, not zero. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isRecord(value)) return Object.keys(value).length > 0;
  return (
    value !== undefined && value !== null && value !== false && value !== 0 && value !== 0n && value !== ''
  );
}

/** Go's name of a value's type: whole numbers of data are int64, a template's own are int. */
function typeOf(value: unknown): string {
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return value === undefined || value === null ? 'nil' : goTypeName(value);
}

/** Whole numbers as one kind, wherever they come from. */
const comparable = (value: unknown): unknown =>
  typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;

const isBasic = (value: unknown): boolean => ['string', 'number', 'bigint', 'boolean'].includes(typeof value);

function equal(first: unknown, second: unknown): boolean {
  const [a, b] = [comparable(first), comparable(second)];
  if (first == null || second == null) return first == null && second == null;
  if (typeof a !== typeof b)
    throw new CallFailure(`incompatible types for comparison: ${typeOf(first)} and ${typeOf(second)}`);
  if (!isBasic(first)) throw new CallFailure(`non-comparable type ${goValueText(first)}: ${typeOf(first)}`);
  return a === b;
}

function less(first: unknown, second: unknown): boolean {
  if (!isBasic(first) || !isBasic(second)) throw new CallFailure('invalid type for comparison');
  const [a, b] = [comparable(first), comparable(second)];
  if (typeof a !== typeof b) throw new CallFailure('incompatible types for comparison');
  if (typeof first === 'boolean') throw new CallFailure('invalid type for comparison');
  return (a as string) < (b as string);
}

function lengthOf(value: unknown): bigint {
  if (Array.isArray(value)) return BigInt(value.length);
  if (isRecord(value)) return BigInt(Object.keys(value).length);
  if (typeof value === 'string') return BigInt([...value].reduce((sum, char) => sum + utf8Length(char), 0));
  throw new CallFailure(
    value == null ? 'reflect: call of reflect.Value.Type on zero Value' : `len of type ${typeOf(value)}`,
  );
}

const utf8Length = (char: string): number => {
  const code = char.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

function item(value: unknown, key: unknown): unknown {
  if (value === undefined || value === null) throw new CallFailure('index of untyped nil');
  if (Array.isArray(value) || typeof value === 'string') {
    const index = indexOf(key, value.length);
    return Array.isArray(value) ? value[index] : BigInt(value.charCodeAt(index));
  }
  if (!isRecord(value)) throw new CallFailure(`can't index item of type ${typeOf(value)}`);
  if (typeof key !== 'string') throw new CallFailure(`value has type ${typeOf(key)}; should be string`);
  return value[key];
}

function indexOf(key: unknown, most: number): number {
  const index = comparable(key);
  if (typeof index !== 'bigint')
    throw new CallFailure(`cannot index slice/array with ${key == null ? 'nil' : `type ${typeOf(key)}`}`);
  if (index < 0n || index >= BigInt(most)) throw new CallFailure(`index out of range: ${index}`);
  return Number(index);
}

function slice(value: unknown, ...bounds: readonly unknown[]): unknown {
  if (!Array.isArray(value) && typeof value !== 'string')
    throw new CallFailure(
      value == null ? 'slice of untyped nil' : `can't slice item of type ${typeOf(value)}`,
    );
  const [from, to = value.length] = bounds.map((bound) => indexOf(bound, value.length + 1));
  if ((from ?? 0) > to) throw new CallFailure(`invalid slice index: ${from} > ${to}`);
  return value.slice(from ?? 0, to);
}

/** fmt.Sprint: a blank between two neither of which is a text. */
function sprint(args: readonly unknown[]): string {
  return args
    .map((arg, index) => {
      const apart = index > 0 && typeof arg !== 'string' && typeof args[index - 1] !== 'string';
      return `${apart ? ' ' : ''}${goValueText(arg)}`;
    })
    .join('');
}

const HTML: Readonly<Record<string, string>> = {
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};
const JS: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
};

const jsText = (text: string): string =>
  text.replace(
    /[\\'"<>&=\p{Cc}]/gu,
    (char) => JS[char] ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );

const queryText = (text: string): string =>
  encodeURIComponent(text)
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');

function decoded(value: unknown): string {
  const text = goValueText(value);
  const fault = base64Fault(text);
  if (fault !== undefined)
    throw new CallFailure(`base64 decode failed: illegal base64 data at input byte ${fault}`);
  return decodeBase64(text);
}

function exists(value: unknown, ...keys: readonly unknown[]): boolean {
  let at = value;
  for (const key of keys) {
    if (Array.isArray(at)) at = at[Number(key)];
    else at = isRecord(at) ? at[String(key)] : undefined;
    if (at === undefined) return false;
  }
  return true;
}

interface Known {
  readonly least: number;
  readonly most: number;
  call(...args: readonly unknown[]): unknown;
}

const MANY = Number.POSITIVE_INFINITY;
const known = (least: number, most: number, call: Known['call']): Known => ({ least, most, call });

const FUNCTIONS: Readonly<Record<string, Known>> = {
  not: known(1, 1, (value) => !isTrue(value)),
  len: known(1, 1, lengthOf),
  index: known(1, MANY, (value, ...keys) => keys.reduce(item, value)),
  slice: known(1, 4, slice),
  eq: known(1, MANY, (first, ...others) => {
    if (others.length === 0) throw new CallFailure('missing argument for comparison');
    return others.some((each) => equal(first, each));
  }),
  ne: known(2, 2, (a, b) => !equal(a, b)),
  lt: known(2, 2, less),
  le: known(2, 2, (a, b) => less(a, b) || equal(a, b)),
  gt: known(2, 2, (a, b) => !(less(a, b) || equal(a, b))),
  ge: known(2, 2, (a, b) => !less(a, b)),
  print: known(0, MANY, (...args) => sprint(args)),
  println: known(0, MANY, (...args) => `${args.map(goValueText).join(' ')}\n`),
  printf: known(1, MANY, (format, ...args) => sprintf(goValueText(format), args)),
  base64decode: known(1, 1, decoded),
  exists: known(1, MANY, exists),
  html: known(0, MANY, (...args) => sprint(args).replace(/["'&<>]/g, (char) => HTML[char] ?? char)),
  js: known(0, MANY, (...args) => jsText(sprint(args))),
  urlquery: known(0, MANY, (...args) => queryText(sprint(args))),
};

/** Calls one of the functions that kubectl's templates know. */
export function callFunction(name: string, args: readonly unknown[]): Result {
  const called = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!called) return { error: `function "${name}" not defined` };
  const { least, most } = called;
  if (args.length < least || args.length > most)
    return { wrongCount: `want ${most === MANY ? `at least ${least}` : most} got ${args.length}` };
  try {
    return { value: called.call(...args) };
  } catch (error) {
    if (error instanceof CallFailure) return { error: error.message };
    throw error;
  }
}
