import { isRecord } from '../json';
import { folded, type ScalarStyle } from './fold-scalar';
import { compareKeys } from './key-order';
import { isBase60, resolvePlain } from './resolve';
import { analyzeScalar, doubleQuoted } from './scalar-style';

/** A value as sigs.k8s.io/yaml marshals it: sorted keys, lists flush with their key, go-yaml's quoting. */
export function printYaml(value: unknown): string {
  if (isRecord(value) && entriesOf(value).length > 0) return mapLines(value, 0);
  if (Array.isArray(value) && value.length > 0) return listLines(value, 0);
  return `${inline(value, { indent: 0, key: false, column: 0 })}\n`;
}

const entriesOf = (map: Readonly<Record<string, unknown>>) =>
  Object.entries(map)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => compareKeys(a, b));

function mapLines(map: Readonly<Record<string, unknown>>, indent: number, firstIndent = indent): string {
  let out = '';
  entriesOf(map).forEach(([key, value], index) => {
    out += ' '.repeat(index === 0 ? firstIndent : indent);
    const name = inline(key, { indent, key: true, column: indent });
    out += `${name}:${after(value, indent, indent + name.length + 2)}`;
  });
  return out;
}

function listLines(list: readonly unknown[], indent: number, firstIndent = indent): string {
  let out = '';
  list.forEach((item, index) => {
    out += `${' '.repeat(index === 0 ? firstIndent : indent)}-`;
    if (isRecord(item) && entriesOf(item).length > 0) out += mapLines(item, indent + 2, 1);
    else if (Array.isArray(item) && item.length > 0) out += listLines(item, indent + 2, 1);
    else out += ` ${inline(item, { indent, key: false, column: indent + 2 })}\n`;
  });
  return out;
}

/** What follows "key:". */
function after(value: unknown, indent: number, column: number): string {
  if (isRecord(value) && entriesOf(value).length > 0) return `\n${mapLines(value, indent + 2)}`;
  if (Array.isArray(value) && value.length > 0) return `\n${listLines(value, indent)}`;
  return ` ${inline(value, { indent, key: false, column })}\n`;
}

/** Where a scalar stands: below which indentation, as a key or not, and from which column on. */
interface Spot {
  readonly indent: number;
  readonly key: boolean;
  readonly column: number;
}

function inline(value: unknown, spot: Spot): string {
  if (typeof value === 'string') return scalar(value, spot);
  if (typeof value === 'number') return numberText(value);
  if (Array.isArray(value)) return '[]';
  if (isRecord(value)) return '{}';
  return value === null || value === undefined ? 'null' : String(value);
}

function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value);
  return String(value).replace(/e([-+])(\d)$/, 'e$10$2');
}

function scalar(value: string, { indent, key, column }: Spot): string {
  const fold = (text: string, style: ScalarStyle) => (key ? text : folded(text, style, indent + 2, column));
  const analysis = analyzeScalar(value);
  if (value.includes('\n')) {
    if (key || !analysis.blockAllowed) return fold(doubleQuoted(value), 'double');
    return literal(value, indent);
  }
  const plain = resolvePlain(value).tag === 'str' && !isBase60(value);
  if (!plain) return fold(doubleQuoted(value), 'double');
  if (analysis.plainAllowed) return fold(value, 'plain');
  return analysis.singleQuotedAllowed
    ? fold(`'${value.replaceAll("'", "''")}'`, 'single')
    : fold(doubleQuoted(value), 'double');
}

function literal(value: string, indent: number): string {
  const hint = /^[ \n]/.test(value) ? '2' : '';
  const chomp = !value.endsWith('\n') ? '-' : value === '\n' || value.endsWith('\n\n') ? '+' : '';
  const body = value.endsWith('\n') ? value.slice(0, -1) : value;
  const lines = body.split('\n').map((line) => (line === '' ? '' : `${' '.repeat(indent + 2)}${line}`));
  return `|${hint}${chomp}\n${lines.join('\n')}`;
}
