import { Host, Pattern, Special } from './values';

/** The width at which objects are broken into lines, and the levels that may share one. */
const BREAK = 80;
const COMPACT = 3;
const MAX_DEPTH = 6;
const MAX_ITEMS = 100;

interface Context {
  readonly depth: number;
  /** The deepest level of what was printed last. */
  reached: number;
  indentation: number;
}

/** A value as Node's util.inspect prints it, with mongosh's settings. */
export function inspect(value: unknown, depth = MAX_DEPTH): string {
  return format({ depth, reached: 0, indentation: 0 }, value, 0);
}

function format(context: Context, value: unknown, level: number): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'undefined':
      return 'undefined';
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'boolean':
      return String(value);
    case 'function':
      return '[Function]';
    default:
      break;
  }
  if (value instanceof Special) return value.shown;
  if (value instanceof Pattern) return `/${value.source}/${value.flags}`;
  if (value instanceof Host) return value.shown;
  if (level > context.depth) return Array.isArray(value) ? '[Array]' : '[Object]';
  return Array.isArray(value)
    ? formatArray(context, value, level)
    : formatObject(context, value as object, level);
}

function quoted(text: string): string {
  const quote = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') ? '`' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')
    .replace(
      /[\x00-\x1f\x7f]/g,
      (char) => `\\x${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    );
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function formatArray(context: Context, items: readonly unknown[], level: number): string {
  context.reached = level;
  const inner = within(context, 2, () =>
    items.slice(0, MAX_ITEMS).map((item) => format(context, item, level + 1)),
  );
  if (items.length > MAX_ITEMS)
    inner.push(`... ${items.length - MAX_ITEMS} more item${items.length - MAX_ITEMS > 1 ? 's' : ''}`);
  if (inner.length === 0) return '[]';
  const grouped = inner.length > 6 ? group(context, inner, items) : inner;
  return joined(context, grouped, ['[', ']'], level, inner.length);
}

function formatObject(context: Context, value: object, level: number): string {
  context.reached = level;
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const inner = within(context, 2, () =>
    entries.map(([key, each]) => `${keyOf(key)}: ${property(context, each, level)}`),
  );
  return joined(context, inner, ['{', '}'], level, inner.length);
}

/** The value behind a key: its own lines are indented with it. */
function property(context: Context, value: unknown, level: number): string {
  return format(context, value, level + 1);
}

const keyOf = (key: string): string => (/^[A-Za-z_][A-Za-z_0-9]*$/.test(key) ? key : quoted(key));

function within<T>(context: Context, more: number, work: () => T): T {
  context.indentation += more;
  const result = work();
  context.indentation -= more;
  return result;
}

function joined(
  context: Context,
  output: readonly string[],
  [open, close]: readonly [string, string],
  level: number,
  entries: number,
): string {
  if (context.reached - level < COMPACT && entries === output.length) {
    const start = output.length + context.indentation + open.length + 10;
    const total = output.reduce((sum, text) => sum + text.length, output.length + start);
    if (total <= BREAK && !output.some((text) => text.includes('\n')))
      return `${open} ${output.join(', ')} ${close}`;
  }
  const indent = `\n${' '.repeat(context.indentation)}`;
  return `${open}${indent}  ${output.join(`,${indent}  `)}${indent}${close}`;
}

/** Many short items share lines, in columns. */
function group(context: Context, output: readonly string[], values: readonly unknown[]): readonly string[] {
  const count = values.length > MAX_ITEMS ? output.length - 1 : output.length;
  const lengths = output.slice(0, count).map((text) => text.length);
  const longest = Math.max(...lengths);
  const actual = longest + 2;
  const total = lengths.reduce((sum, length) => sum + length + 2, 0);
  if (actual * 3 + context.indentation >= BREAK || !(total / actual > 5 || longest <= 6)) return output;
  const biased = Math.max(actual - 3 - Math.sqrt(actual - total / output.length), 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * biased * count) / biased),
    Math.floor((BREAK - context.indentation) / actual),
    COMPACT * 4,
    15,
  );
  if (columns <= 1) return output;
  const widths = Array.from(
    { length: columns },
    (_, column) => Math.max(...lengths.filter((__, index) => index % columns === column)) + 2,
  );
  const start = values.every((value) => typeof value === 'number');
  const rows: string[] = [];
  for (let at = 0; at < count; at += columns) {
    const last = Math.min(at + columns, count);
    const cells = output.slice(at, last).map((text, column) => {
      const cell = column < last - at - 1 ? `${text}, ` : text;
      const width = column < last - at - 1 ? (widths[column] ?? 0) : (widths[column] ?? 2) - 2;
      return start ? cell.padStart(width) : column < last - at - 1 ? cell.padEnd(width) : cell;
    });
    rows.push(cells.join(''));
  }
  return count < output.length ? [...rows, output.at(-1) ?? ''] : rows;
}
