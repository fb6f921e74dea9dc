import { parseDuration } from '../../base';
import { type Flag, type ParsedArgs, UsageError } from '../seams';

/** Boolean texts as strconv.ParseBool reads them. */
const TRUE = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

interface Parsing {
  readonly known: ReadonlyMap<string, Flag>;
  readonly shorts: ReadonlyMap<string, Flag>;
  readonly values: Map<string, string | string[]>;
  readonly given: Set<string>;
}

/** The value a flag has when it stands alone; undefined when it needs one. */
export function standAlone(flag: Flag): string | undefined {
  if (flag.noOptDefault !== undefined) return flag.noOptDefault;
  return flag.type === 'bool' || flag.type === 'count' ? 'true' : undefined;
}

/** Parses a command's words as pflag does: interspersed, `--` ends flags, `-abc` is three flags. */
export function parseFlags(words: readonly string[], flags: readonly Flag[]): ParsedArgs | UsageError {
  const parsing: Parsing = {
    known: new Map(flags.map((flag) => [flag.name, flag])),
    shorts: new Map(flags.flatMap((flag) => (flag.short ? [[flag.short, flag] as const] : []))),
    values: new Map(),
    given: new Set(),
  };
  const positional: string[] = [];
  const rest = [...words];
  let afterDash: string[] | undefined;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      afterDash = rest.splice(0);
    } else if (word.length > 1 && word.startsWith('-')) {
      const failed = word.startsWith('--') ? longFlag(parsing, word, rest) : shortFlags(parsing, word, rest);
      if (failed) return new UsageError(failed);
    } else {
      positional.push(word);
    }
  }
  return {
    positional,
    afterDash,
    flags: Object.fromEntries(parsing.values),
    given: parsing.given,
  };
}

function longFlag(parsing: Parsing, word: string, rest: string[]): string | undefined {
  const body = word.slice(2);
  if (body.startsWith('-') || body.startsWith('=')) return `bad flag syntax: ${word}`;
  const equals = body.indexOf('=');
  const name = equals < 0 ? body : body.slice(0, equals);
  const flag = parsing.known.get(name);
  if (!flag) return `unknown flag: --${name}`;
  if (equals >= 0) return setFlag(parsing, flag, body.slice(equals + 1));
  const alone = standAlone(flag);
  if (alone !== undefined) return setFlag(parsing, flag, alone);
  const value = rest.shift();
  return value === undefined ? `flag needs an argument: --${name}` : setFlag(parsing, flag, value);
}

function shortFlags(parsing: Parsing, word: string, rest: string[]): string | undefined {
  let letters = word.slice(1);
  while (letters !== '') {
    const letter = letters.charAt(0);
    const flag = parsing.shorts.get(letter);
    if (!flag) return `unknown shorthand flag: '${letter}' in -${letters}`;
    const tail = letters.slice(1);
    const alone = standAlone(flag);
    let value: string | undefined;
    if (tail.startsWith('=') && tail.length > 1) {
      value = tail.slice(1);
      letters = '';
    } else if (alone !== undefined) {
      value = alone;
      letters = tail;
    } else if (tail !== '') {
      value = tail;
      letters = '';
    } else {
      value = rest.shift();
      if (value === undefined) return `flag needs an argument: '${letter}' in -${letters}`;
      letters = '';
    }
    const failed = setFlag(parsing, flag, value);
    if (failed) return failed;
  }
  return undefined;
}

function setFlag(parsing: Parsing, flag: Flag, text: string): string | undefined {
  const refused = checkValue(flag, text);
  if (refused) {
    const label = flag.short ? `-${flag.short}, --${flag.name}` : `--${flag.name}`;
    return `invalid argument ${JSON.stringify(text)} for "${label}" flag: ${refused}`;
  }
  const { values, given } = parsing;
  if (flag.type === 'stringArray' || flag.type === 'stringSlice') {
    const before = values.get(flag.name);
    const more = flag.type === 'stringSlice' ? splitSlice(text) : [text];
    values.set(flag.name, [...(Array.isArray(before) ? before : []), ...more]);
  } else if (flag.type === 'bool') {
    values.set(flag.name, TRUE.has(text) ? 'true' : 'false');
  } else {
    values.set(flag.name, text);
  }
  given.add(flag.name);
  return undefined;
}

/** A stringSlice's text is one line of CSV. */
function splitSlice(text: string): string[] {
  if (text === '') return [];
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    else if (letter === ',' && !quoted) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  parts.push(part);
  return parts;
}

function checkValue(flag: Flag, text: string): string | undefined {
  const quoted = JSON.stringify(text);
  switch (flag.type) {
    case 'bool':
      return TRUE.has(text) || FALSE.has(text)
        ? undefined
        : `strconv.ParseBool: parsing ${quoted}: invalid syntax`;
    case 'int':
      if (!/^[-+]?(\d+|0x[\da-fA-F]+)$/.test(text))
        return `strconv.ParseInt: parsing ${quoted}: invalid syntax`;
      return Math.abs(Number(text)) > Number.MAX_SAFE_INTEGER
        ? `strconv.ParseInt: parsing ${quoted}: value out of range`
        : undefined;
    case 'duration': {
      const parsed = parseDuration(text);
      return typeof parsed === 'number' ? undefined : parsed.error;
    }
    default:
      return undefined;
  }
}
