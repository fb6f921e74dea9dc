import { JqError, type JqValue, shown } from './value';

const CLASSES: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}\\p{N}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  print: '\\x20-\\x7e',
  graph: '\\x21-\\x7e',
};

/** Oniguruma's syntax in JavaScript's. */
function translate(source: string, extended: boolean): string {
  let out = '';
  let inClass = 0;
  for (let at = 0; at < source.length; at += 1) {
    const char = source.charAt(at);
    if (char === '\\') {
      at += 1;
      out += translateEscape(source.charAt(at), inClass > 0);
    } else if (inClass > 0) {
      const named = /^\[:(\^?)(\w+):\]/.exec(source.slice(at));
      if (named !== null) {
        out += CLASSES[named[2] ?? ''] ?? '';
        at += named[0].length - 1;
        continue;
      }
      if (char === ']') inClass -= 1;
      out += char === '[' ? '\\[' : char;
    } else if (char === '[') {
      inClass += 1;
      out += char;
      if (source[at + 1] === '^') {
        out += '^';
        at += 1;
      }
      if (source[at + 1] === ']') {
        out += '\\]';
        at += 1;
      }
    } else if (extended && /\s/.test(char)) continue;
    else if (extended && char === '#') {
      const end = source.indexOf('\n', at);
      at = end < 0 ? source.length : end;
    } else if (char === '{' && !/^\{\d*,?\d*\}/.test(source.slice(at))) out += '\\{';
    else if (char === '}' && !/\{\d*,?\d*$/.test(source.slice(0, at))) out += '\\}';
    else out += char;
  }
  return out;
}

function translateEscape(char: string, inClass: boolean): string {
  switch (char) {
    case 'h':
      return inClass ? '0-9a-fA-F' : '[0-9a-fA-F]';
    case 'A':
      return '(?<![\\s\\S])';
    case 'z':
      return '(?![\\s\\S])';
    case 'Z':
      return '(?=\\n?(?![\\s\\S]))';
    case 'G':
      return '';
    default:
      return /[A-Za-z0-9^$\\.*+?()[\]{}|/-]/.test(char)
        ? char === '-' && !inClass
          ? '-'
          : `\\${char}`
        : char;
  }
}

interface Flags {
  readonly global: boolean;
  readonly js: string;
  readonly extended: boolean;
  readonly skipEmpty: boolean;
}

function readFlags(value: JqValue): Flags {
  if (value === null) return { global: false, js: '', extended: false, skipEmpty: false };
  if (typeof value !== 'string') throw new JqError(`${shown(value)} is not a string`);
  if (/[^gimnpslx]/.test(value)) throw new JqError(`${value} is not a valid modifier string`);
  const has = (letter: string) => value.includes(letter);
  return {
    global: has('g'),
    js: (has('i') ? 'i' : '') + (has('s') || has('p') ? 's' : ''),
    extended: has('x'),
    skipEmpty: has('n'),
  };
}

function compile(source: string, flags: Flags): RegExp {
  const inline = /^\(\?([imx]+)\)/.exec(source);
  const body = inline === null ? source : source.slice(inline[0].length);
  const js = `dgum${flags.js}${inline?.[1]?.includes('i') === true && !flags.js.includes('i') ? 'i' : ''}`;
  const text = translate(body, flags.extended || inline?.[1]?.includes('x') === true);
  try {
    return new RegExp(text, js);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new JqError(`${source} (at offset 0) is not a valid regex: ${reason(error.message)}`);
  }
}

function reason(message: string): string {
  if (/Unterminated group/.test(message)) return 'end pattern with unmatched parenthesis';
  if (/Unmatched '\)'/.test(message)) return 'unmatched close parenthesis';
  if (/character class/i.test(message)) return 'premature end of char-class';
  if (/Nothing to repeat/.test(message)) return 'target of repeat operator is not specified';
  return 'undefined group option';
}

/** Builtin `_match_impl`: all matches as objects, or whether there is one. */
export function matchText(
  input: JqValue,
  [pattern = null, flags = null, test = false]: readonly JqValue[],
): JqValue {
  if (typeof input !== 'string')
    throw new JqError(`${shown(input)} cannot be matched, as it is not a string`);
  if (typeof pattern !== 'string')
    throw new JqError(`${shown(pattern)} cannot be matched, as it is not a string`);
  const rules = readFlags(flags);
  const shape = compile(pattern, rules);
  if (test === true) return shape.test(input);
  const found: JqValue[] = [];
  const points = pointsOf(input);
  for (const match of input.matchAll(shape)) {
    if (!(rules.skipEmpty && match[0] === '')) found.push(describe(match, points));
    if (!rules.global) break;
  }
  return found;
}

/** The code point that each code unit belongs to. */
function pointsOf(text: string): (unit: number) => number {
  if (!/[\ud800-\udfff]/.test(text)) return (unit) => unit;
  return (unit) => [...text.slice(0, unit)].length;
}

function describe(match: RegExpExecArray, points: (unit: number) => number): JqValue {
  const places = match.indices;
  const names = new Map(
    Object.entries(places?.groups ?? {}).map(([name, range]) => [range?.join() ?? name, name] as const),
  );
  const order = Object.keys(match.groups ?? {});
  let named = 0;
  const captures = match.slice(1).map((text: string | undefined, at) => {
    const range = places?.[at + 1];
    const name = nameOf(match, at, names, range, order, named);
    if (name !== null) named += 1;
    if (range === undefined || text === undefined) {
      return new Map<string, JqValue>([
        ['offset', -1],
        ['string', null],
        ['length', 0],
        ['name', name],
      ]);
    }
    return new Map<string, JqValue>([
      ['offset', points(range[0])],
      ['length', [...text].length],
      ['string', text],
      ['name', name],
    ]);
  });
  return new Map<string, JqValue>([
    ['offset', points(match.index)],
    ['length', [...match[0]].length],
    ['string', match[0]],
    ['captures', captures],
  ]);
}

/** With named groups, plain ones do not capture in Oniguruma: names come in order. */
function nameOf(
  match: RegExpExecArray,
  at: number,
  names: ReadonlyMap<string, string>,
  range: readonly [number, number] | undefined,
  order: readonly string[],
  named: number,
): string | null {
  if (order.length === 0) return null;
  if (order.length === match.length - 1) return order[at] ?? null;
  return (range === undefined ? undefined : names.get(range.join())) ?? order[named] ?? null;
}
