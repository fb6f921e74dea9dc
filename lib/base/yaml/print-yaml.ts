import { isRecord } from '../json';
import { compareKeys } from './key-order';
import { isBase60, resolvePlain } from './resolve';
import { analyzeScalar, doubleQuoted } from './scalar-style';

/** A value as sigs.k8s.io/yaml marshals it: sorted keys, lists flush with their key, go-yaml's quoting. */
export function printYaml(value: unknown): string {
  if (isRecord(value) && entriesOf(value).length > 0) return mapLines(value, 0);
  if (Array.isArray(value) && value.length > 0) return listLines(value, 0);
  return `${inline(value, 0, false)}\n`;
}

const entriesOf = (map: Readonly<Record<string, unknown>>) =>
  Object.entries(map)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => compareKeys(a, b));

function mapLines(map: Readonly<Record<string, unknown>>, indent: number, firstIndent = indent): string {
  let out = '';
  entriesOf(map).forEach(([key, value], index) => {
    out += ' '.repeat(index === 0 ? firstIndent : indent);
    out += `${inline(key, indent, true)}:${after(value, indent)}`;
  });
  return out;
}

function listLines(list: readonly unknown[], indent: number, firstIndent = indent): string {
  let out = '';
  list.forEach((item, index) => {
    out += `${' '.repeat(index === 0 ? firstIndent : indent)}-`;
    if (isRecord(item) && entriesOf(item).length > 0) out += mapLines(item, indent + 2, 1);
    else if (Array.isArray(item) && item.length > 0) out += listLines(item, indent + 2, 1);
    else out += ` ${inline(item, indent, false)}\n`;
  });
  return out;
}

/** What follows "key:". */
function after(value: unknown, indent: number): string {
  if (isRecord(value) && entriesOf(value).length > 0) return `\n${mapLines(value, indent + 2)}`;
  if (Array.isArray(value) && value.length > 0) return `\n${listLines(value, indent)}`;
  return ` ${inline(value, indent, false)}\n`;
}

function inline(value: unknown, indent: number, key: boolean): string {
  if (typeof value === 'string') return scalar(value, indent, key);
  if (typeof value === 'number') return numberText(value);
  if (Array.isArray(value)) return '[]';
  if (isRecord(value)) return '{}';
  return value === null || value === undefined ? 'null' : String(value);
}

function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value);
  return String(value).replace(/e([-+])(\d)$/, 'e$10$2');
}

function scalar(value: string, indent: number, key: boolean): string {
  const analysis = analyzeScalar(value);
  if (value.includes('\n')) {
    if (key || !analysis.blockAllowed) return doubleQuoted(value);
    return literal(value, indent);
  }
  const plain = resolvePlain(value).tag === 'str' && !isBase60(value);
  if (!plain) return doubleQuoted(value);
  if (analysis.plainAllowed) return value;
  return analysis.singleQuotedAllowed ? `'${value.replaceAll("'", "''")}'` : doubleQuoted(value);
}

function literal(value: string, indent: number): string {
  const hint = /^[ \n]/.test(value) ? '2' : '';
  const chomp = !value.endsWith('\n') ? '-' : value === '\n' || value.endsWith('\n\n') ? '+' : '';
  const body = value.endsWith('\n') ? value.slice(0, -1) : value;
  const lines = body.split('\n').map((line) => (line === '' ? '' : `${' '.repeat(indent + 2)}${line}`));
  return `|${hint}${chomp}\n${lines.join('\n')}`;
}
