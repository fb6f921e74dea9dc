import { goJson, isRecord } from '../../base';
import { goValueText } from '../jsonpath';
import { decodeBase64 } from './base64';

type Result = { readonly value: unknown } | { readonly error: string };

/** Whether a value counts as true: not empty, not zero. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isRecord(value)) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== '';
}

const less = (a: unknown, b: unknown) => (typeof a === 'number' ? a < Number(b) : String(a) < String(b));

const FUNCTIONS: Readonly<Record<string, (...args: readonly unknown[]) => unknown>> = {
  and: (...args) => args.find((each) => !isTrue(each)) ?? args.at(-1),
  or: (...args) => args.find(isTrue) ?? args.at(-1),
  not: (value) => !isTrue(value),
  len: (value) =>
    Array.isArray(value)
      ? value.length
      : isRecord(value)
        ? Object.keys(value).length
        : String(value ?? '').length,
  index: (value, ...keys) =>
    keys.reduce<unknown>((at, key) => {
      if (Array.isArray(at)) return at[Number(key)];
      return isRecord(at) ? at[String(key)] : undefined;
    }, value),
  eq: (first, ...others) => others.some((each) => each === first),
  ne: (a, b) => a !== b,
  lt: less,
  le: (a, b) => !less(b, a),
  gt: (a, b) => less(b, a),
  ge: (a, b) => !less(a, b),
  print: (...args) => args.map(goValueText).join(' '),
  println: (...args) => `${args.map(goValueText).join(' ')}\n`,
  printf: (format, ...args) => printf(String(format ?? ''), args),
  base64decode: (value) => decodeBase64(String(value ?? '')),
  exists: (value, ...keys) => {
    let at = value;
    for (const key of keys) {
      if (Array.isArray(at)) at = at[Number(key)];
      else at = isRecord(at) ? at[String(key)] : undefined;
      if (at === undefined) return false;
    }
    return true;
  },
  js: (value) => JSON.stringify(goValueText(value)).slice(1, -1),
  json: (value) => goJson(value),
  html: (value) =>
    goValueText(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  urlquery: (value) => encodeURIComponent(goValueText(value)),
};

/** Calls one of the functions that kubectl's templates know. */
export function callFunction(name: string, args: readonly unknown[]): Result {
  const called = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  return called ? { value: called(...args) } : { error: `function "${name}" not defined` };
}

/** fmt.Sprintf for the verbs that templates use. */
function printf(format: string, args: readonly unknown[]): string {
  const left = [...args];
  return format.replace(
    /%([-+0]*)(\d*)(?:\.(\d+))?([vsdqtfx%])/g,
    (_all, flags: string, width: string, places: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      const value = left.shift();
      const raw = goValueText(value);
      let text = raw;
      if (verb === 'q') text = JSON.stringify(raw);
      else if (verb === 'f') text = Number(value).toFixed(places === undefined ? 6 : Number(places));
      else if (verb === 'x') text = Number(value).toString(16);
      const pad = Number(width || 0);
      return flags.includes('-') ? text.padEnd(pad) : text.padStart(pad, flags.includes('0') ? '0' : ' ');
    },
  );
}
