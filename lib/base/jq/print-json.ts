import { formatNumber } from './numbers';
import {
  isArray,
  isObject,
  type JqValue,
  NumberLiteral,
  quoteText,
  sortedKeys,
  toJsonText,
  typeName,
} from './value';

/** How values are written. */
export interface PrintStyle {
  /** One level's indentation; undefined for one line. */
  readonly indent: string | undefined;
  readonly sortKeys: boolean;
  readonly color: boolean;
  readonly ascii: boolean;
}

/** jq 1.7.1's colours, by kind. */
const COLORS: Readonly<Record<string, string>> = {
  null: '\x1b[1;30m',
  false: '\x1b[0;39m',
  true: '\x1b[0;39m',
  number: '\x1b[0;39m',
  string: '\x1b[0;32m',
  array: '\x1b[1;39m',
  object: '\x1b[1;39m',
};
const KEY = '\x1b[34;1m';
const RESET = '\x1b[0m';

/** A value as jq prints it. */
export function printJson(value: JqValue, style: PrintStyle): string {
  if (style.indent === undefined && !style.sortKeys && !style.color && !style.ascii) return toJsonText(value);
  return print(value, style, '');
}

function scalar(value: JqValue, style: PrintStyle): string {
  const text =
    value instanceof NumberLiteral
      ? value.text
      : typeof value === 'number'
        ? formatNumber(value)
        : typeof value === 'string'
          ? quoted(value, style)
          : String(value);
  if (!style.color) return text;
  const kind = typeof value === 'boolean' ? String(value) : typeName(value);
  return `${COLORS[kind]}${text}${RESET}`;
}

function quoted(text: string, style: PrintStyle): string {
  const out = quoteText(text);
  return style.ascii
    ? out.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : out;
}

function print(value: JqValue, style: PrintStyle, before: string): string {
  if (!isArray(value) && !isObject(value)) return scalar(value, style);
  const [open, close] = isArray(value) ? ['[', ']'] : ['{', '}'];
  const color = style.color ? (COLORS[typeName(value)] ?? '') : '';
  const reset = style.color ? RESET : '';
  const empty = isArray(value) ? value.length === 0 : value.size === 0;
  if (empty) return `${color}${open}${close}${reset}`;
  const inner = style.indent === undefined ? '' : before + style.indent;
  const line = style.indent === undefined ? '' : `\n${inner}`;
  const end = style.indent === undefined ? '' : `\n${before}`;
  const items = isArray(value)
    ? value.map((item) => print(item, style, inner))
    : entries(value, style, inner, color);
  const body = items.map((item) => line + item).join(`${color},`);
  return `${color}${open}${body}${color}${end}${color}${close}${reset}`;
}

function entries(
  value: ReadonlyMap<string, JqValue>,
  style: PrintStyle,
  inner: string,
  color: string,
): readonly string[] {
  const keys = style.sortKeys ? sortedKeys(value) : [...value.keys()];
  const space = style.indent === undefined ? '' : ' ';
  return keys.map((key) => {
    const each = print(value.get(key) ?? null, style, inner);
    if (!style.color) return `${quoted(key, style)}:${space}${each}`;
    return `${RESET}${KEY}${quoted(key, style)}${RESET}${color}:${space}${RESET}${each}`;
  });
}
