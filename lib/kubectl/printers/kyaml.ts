import { goQuote } from '../../api';
import { isRecord, resolvePlain } from '../../base';

/** A value in KYAML: YAML's flow style, strings always quoted, trailing commas; keys sorted unless told otherwise. */
export function printKyaml(value: unknown, margin = '', sorted = true): string {
  const inner = `${margin}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    if (value.every((item) => isRecord(item))) {
      return `[${value.map((item) => printKyaml(item, margin, sorted)).join(', ')}]`;
    }
    return `[\n${value.map((item) => `${inner}${printKyaml(item, inner, sorted)},\n`).join('')}${margin}]`;
  }
  if (isRecord(value)) {
    const given = Object.keys(value).filter((key) => value[key] !== undefined);
    const keys = sorted ? given.toSorted() : given;
    if (keys.length === 0) return '{}';
    return `{\n${keys.map((key) => `${inner}${keyText(key)}: ${printKyaml(value[key], inner, sorted)},\n`).join('')}${margin}}`;
  }
  return typeof value === 'string' ? quoted(value, inner) : String(value ?? null);
}

/** A text of several lines is folded: each stands by itself, one blank further in than the closing quote. */
function quoted(text: string, inner: string): string {
  if (!text.includes('\n')) return goQuote(text);
  const lines = text.split('\n').map((line) => line.split('\t').map(bare).join('\t'));
  const last = lines.pop() ?? '';
  const folded = lines.map((line) => `${inner}${kept(line)}\\n\\\n`).join('');
  return `"\\\n${folded}${last === '' ? inner : `${inner}${kept(last)}\\\n${inner}`}"`;
}

/** A text as Go quotes it, without its quotes. */
const bare = (text: string): string => goQuote(text).slice(1, -1);

/** Blanks at the start of a line would be folded away. */
const kept = (line: string): string => `${/^\s/.test(line) ? '\\' : ' '}${line}`;

const keyText = (key: string): string =>
  /^[A-Za-z_][\w./-]*$/.test(key) && resolvePlain(key).tag === 'str' ? key : JSON.stringify(key);
