import { utf8Bytes } from '../sha256';
import type { JqWorld } from './environment';
import type { ValueFunction } from './evaluate';
import { formatText, textOf } from './formats';
import { JsonReader, JsonTextError } from './json-reader';
import { matchText } from './match-text';
import { MATH } from './math-functions';
import { splitText } from './operators';
import { deletePaths, getPath, indexesOf, setPath } from './paths';
import { brokenDown, parseTimeText, secondsOf, timeText } from './times';
import {
  compareValues,
  isArray,
  isNumber,
  isObject,
  isTrue,
  JqError,
  type JqValue,
  numberOf,
  shown,
  sortedKeys,
  toJsonText,
  typeName,
} from './value';

const NONE: JqValue = null;

function length(input: JqValue): JqValue {
  if (input === null) return 0;
  if (typeof input === 'string') return [...input].length;
  if (isNumber(input)) return Math.abs(numberOf(input));
  if (isArray(input)) return input.length;
  if (isObject(input)) return input.size;
  throw new JqError(`${shown(input)} has no length`);
}

function keys(input: JqValue, sorted: boolean): JqValue {
  if (isObject(input)) return sorted ? sortedKeys(input) : [...input.keys()];
  if (isArray(input)) return input.map((_, at) => at);
  throw new JqError(`${shown(input)} has no keys`);
}

function has(input: JqValue, key: JqValue): boolean {
  if (isObject(input) && typeof key === 'string') return input.has(key);
  if (isArray(input) && isNumber(key)) return numberOf(key) >= 0 && numberOf(key) < input.length;
  throw new JqError(
    `Cannot check whether ${typeName(input)} has a ${typeof key === 'string' ? 'string' : typeName(key)} key`,
  );
}

function contains(a: JqValue, b: JqValue): boolean {
  if (isObject(a) && isObject(b)) {
    return [...b].every(([key, value]) => a.has(key) && contains(a.get(key) ?? null, value));
  }
  if (isArray(a) && isArray(b))
    return b.every((each) => a.some((item) => typeName(item) === typeName(each) && contains(item, each)));
  if (typeof a === 'string' && typeof b === 'string') return a.includes(b);
  if (typeName(a) === typeName(b)) return compareValues(a, b) === 0;
  throw new JqError(`${shown(a)} and ${shown(b)} cannot have their containment checked`);
}

function sortable(input: JqValue, what = 'sorted'): readonly JqValue[] {
  if (isArray(input)) return input;
  throw new JqError(`${shown(input)} cannot be ${what}, as it is not an array`);
}

/** Items with their keys in order; those alike keep theirs. */
function byKey(input: JqValue, keyList: JqValue, what: string): readonly { item: JqValue; key: JqValue }[] {
  const items = sortable(input, what);
  const list = isArray(keyList) ? keyList : [];
  return items
    .map((item, at) => ({ item, key: list[at] ?? null }))
    .sort((a, b) => compareValues(a.key, b.key));
}

function groups(input: JqValue, keyList: JqValue, what: string): readonly (readonly JqValue[])[] {
  const out: JqValue[][] = [];
  let last: JqValue | undefined;
  for (const { item, key } of byKey(input, keyList, what)) {
    if (last !== undefined && compareValues(last, key) === 0) out[out.length - 1]?.push(item);
    else out.push([item]);
    last = key;
  }
  return out;
}

function extreme(input: JqValue, keyList: JqValue, side: 1 | -1): JqValue {
  if (!isArray(input) || !isArray(keyList))
    throw new JqError(`${shown(input)} and ${shown(keyList)} cannot be iterated over`);
  let best = 0;
  for (let at = 1; at < input.length; at += 1) {
    const order = compareValues(keyList[at] ?? null, keyList[best] ?? null);
    if (side === 1 ? order >= 0 : order < 0) best = at;
  }
  return input[best] ?? null;
}

function toNumber(input: JqValue): JqValue {
  if (isNumber(input)) return input;
  if (typeof input === 'string') return fromJson(input);
  throw new JqError(`${shown(input)} cannot be parsed as a number`);
}

function fromJson(text: string): JqValue {
  try {
    const reader = new JsonReader(text);
    const value = reader.read();
    if (value === undefined) return null;
    if (reader.read() !== undefined) throw new JsonTextError('Unexpected extra JSON values');
    return value;
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    throw new JqError(`${error.message} (while parsing '${text}')`);
  }
}

function codePoints(input: JqValue): readonly number[] {
  if (typeof input !== 'string') throw new JqError('explode input must be a string');
  return [...input].map((char) => char.codePointAt(0) ?? 0);
}

function implode(input: JqValue): string {
  if (!isArray(input)) throw new JqError('implode input must be an array');
  return input
    .map((code) => {
      if (!isNumber(code)) throw new JqError('Unicode codepoint must be numeric');
      const number = numberOf(code);
      return number > 0x10ffff || number < 0 || (number >= 0xd800 && number <= 0xdfff)
        ? '\ufffd'
        : String.fromCodePoint(number);
    })
    .join('');
}

const strings = (input: JqValue, arg: JqValue, name: string): readonly [string, string] => {
  if (typeof input !== 'string' || typeof arg !== 'string')
    throw new JqError(`${name}() requires string inputs`);
  return [input, arg];
};

function textIndexes(input: JqValue, part: JqValue): JqValue {
  if (typeof input !== 'string' || typeof part !== 'string') return NONE;
  const found: number[] = [];
  if (part === '') return null;
  for (let at = input.indexOf(part); at >= 0; at = input.indexOf(part, at + 1))
    found.push([...input.slice(0, at)].length);
  return found;
}

function trim(input: JqValue, side: 'both' | 'left' | 'right'): string {
  if (typeof input !== 'string') throw new JqError('trim input must be a string');
  return side === 'both' ? input.trim() : side === 'left' ? input.trimStart() : input.trimEnd();
}

const pathOf = (value: JqValue): readonly JqValue[] => {
  if (!isArray(value)) throw new JqError('Path must be specified as an array');
  return value;
};

const TABLE: Readonly<Record<string, ValueFunction>> = {
  'length/0': length,
  'utf8bytelength/0': (input) => {
    if (typeof input !== 'string') throw new JqError(`${shown(input)} only strings have UTF-8 byte length`);
    return utf8Bytes(input).length;
  },
  'not/0': (input) => !isTrue(input),
  'keys/0': (input) => keys(input, true),
  'keys_unsorted/0': (input) => keys(input, false),
  'has/1': (input, [key = NONE]) => has(input, key),
  'contains/1': (input, [other = NONE]) => contains(input, other),
  'type/0': typeName,
  'infinite/0': () => Number.POSITIVE_INFINITY,
  'nan/0': () => Number.NaN,
  'isinfinite/0': (input) => Math.abs(number(input)) === Number.POSITIVE_INFINITY,
  'isnan/0': (input) => Number.isNaN(number(input)),
  'isnormal/0': (input) =>
    Number.isFinite(number(input)) && Math.abs(number(input)) >= 2.2250738585072014e-308,
  'sort/0': (input) => [...sortable(input)].sort(compareValues),
  '_sort_by_impl/1': (input, [list = NONE]) => byKey(input, list, 'sorted').map(({ item }) => item),
  '_group_by_impl/1': (input, [list = NONE]) => groups(input, list, 'grouped'),
  '_unique_by_impl/1': (input, [list = NONE]) =>
    groups(input, list, 'grouped').map(([first = NONE]) => first),
  'min/0': (input) => extreme(input, input, -1),
  'max/0': (input) => extreme(input, input, 1),
  '_min_by_impl/1': (input, [list = NONE]) => extreme(input, list, -1),
  '_max_by_impl/1': (input, [list = NONE]) => extreme(input, list, 1),
  'tostring/0': textOf,
  'tojson/0': toJsonText,
  'tonumber/0': toNumber,
  'fromjson/0': (input) => {
    if (typeof input !== 'string') throw new JqError(`${shown(input)} only strings can be parsed`);
    return fromJson(input);
  },
  'explode/0': codePoints,
  'implode/0': implode,
  'startswith/1': (input, [part = NONE]) => {
    const [text, start] = strings(input, part, 'startswith');
    return text.startsWith(start);
  },
  'endswith/1': (input, [part = NONE]) => {
    const [text, end] = strings(input, part, 'endswith');
    return text.endsWith(end);
  },
  'ltrimstr/1': (input, [part = NONE]) =>
    typeof input === 'string' && typeof part === 'string' && input.startsWith(part)
      ? input.slice(part.length)
      : input,
  'rtrimstr/1': (input, [part = NONE]) =>
    typeof input === 'string' && typeof part === 'string' && part !== '' && input.endsWith(part)
      ? input.slice(0, -part.length)
      : input,
  'trim/0': (input) => trim(input, 'both'),
  'ltrim/0': (input) => trim(input, 'left'),
  'rtrim/0': (input) => trim(input, 'right'),
  'split/1': (input, [separator = NONE]) => {
    if (typeof input !== 'string' || typeof separator !== 'string')
      throw new JqError('split input and separator must be strings');
    return splitText(input, separator);
  },
  '_strindices/1': (input, [part = NONE]) => textIndexes(input, part),
  '_indices/1': (input, [part = NONE]) => indexesOf(input as readonly JqValue[], part as readonly JqValue[]),
  '_match_impl/3': matchText,
  'format/1': (input, [name = NONE]) => formatText(`@${String(name)}`, input),
  'setpath/2': (input, [path = NONE, value = NONE]) => setPath(input, pathOf(path), value),
  'delpaths/1': (input, [paths = NONE]) => {
    if (!isArray(paths)) throw new JqError('Paths must be specified as an array');
    return deletePaths(input, paths);
  },
  '_getpath/1': (input, [path = NONE]) => getPath(input, pathOf(path)),
  'gmtime/0': brokenDown,
  'localtime/0': brokenDown,
  'mktime/0': secondsOf,
  'strftime/1': (input, [format = NONE]) => timeText(input, format),
  'strflocaltime/1': (input, [format = NONE]) => timeText(input, format),
  'strptime/1': (input, [format = NONE]) => parseTimeText(input, format),
  'now/0': (_input, _args, world) => world.now() / 1000,
  'env/0': (_input, _args, world) => new Map(Object.entries(world.environment)),
  'input_filename/0': (_input, _args, world) => world.inputFilename() ?? null,
  'input_line_number/0': (_input, _args, world) => world.inputLine(),
  'debug/0': (input, _args, world) => tell(world, `["DEBUG:",${toJsonText(input)}]\n`, input),
  'stderr/0': (input, _args, world) => tell(world, toJsonText(input), input),
  'get_search_list/0': () => [],
  'have_decnum/0': () => true,
  'have_literal_numbers/0': () => true,
};

function tell(world: JqWorld, text: string, input: JqValue): JqValue {
  world.tell(text);
  return input;
}

function number(input: JqValue): number {
  if (!isNumber(input)) throw new JqError(`${shown(input)} number required`);
  return numberOf(input);
}

/** Builtins that make one value of their input and arguments, by name and number of arguments. */
export const VALUE_FUNCTIONS: ReadonlyMap<string, ValueFunction> = new Map([
  ...Object.entries(TABLE),
  ...MATH,
]);
