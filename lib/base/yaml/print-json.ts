import { isRecord } from '../json';

const HTML: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
  '\x7f': '\x7f',
};

/** A string as Go's encoding/json writes it: `<`, `>` and `&` are escaped too. */
export function goJsonString(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (char) => HTML[char] ?? char);
}

/** JSON as Go marshals maps: keys sorted, one line, or indented by `indent`. */
export function goJson(value: unknown, indent = '', sorted = true): string {
  return write(value, indent, '', sorted);
}

function write(value: unknown, indent: string, margin: string, sorted: boolean): string {
  if (typeof value === 'string') return goJsonString(value);
  const inner = margin + indent;
  const open = indent === '' ? '' : `\n${inner}`;
  const close = indent === '' ? '' : `\n${margin}`;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[${open}${value.map((item) => write(item, indent, inner, sorted)).join(`,${open}`)}${close}]`;
  }
  if (isRecord(value)) {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined);
    if (sorted) keys.sort();
    if (keys.length === 0) return '{}';
    const colon = indent === '' ? ':' : ': ';
    const pairs = keys.map(
      (key) => `${goJsonString(key)}${colon}${write(value[key], indent, inner, sorted)}`,
    );
    return `{${open}${pairs.join(`,${open}`)}${close}}`;
  }
  return JSON.stringify(value ?? null);
}
