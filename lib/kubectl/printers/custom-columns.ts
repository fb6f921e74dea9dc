import { alignTabs, isRecord } from '../../base';
import { findPath, goValueText, PathSyntaxError, parsePath, relaxPath } from '../jsonpath';
import { fail } from '../session';

/** kubectl's tables: cells at least six wide, three blanks apart. */
export const TABLE_TABS = { minWidth: 6, padding: 3 } as const;

/** A printer for `-o custom-columns=NAME:.path,…`. */
export function customColumns(spec: string, noHeaders: boolean): (object: unknown) => string {
  if (spec === '') throw fail('custom-columns format specified but no custom columns given');
  const columns = spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0) {
      throw fail(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    }
    return { header: part.slice(0, colon), path: columnPath(part.slice(colon + 1)) };
  });
  let headed = noHeaders;
  return (object) => {
    const items = isRecord(object) && Array.isArray(object.items) ? object.items : [object];
    const rows = items.map((item) => columns.map((column) => cell(column.path, item)));
    const lines = headed ? rows : [columns.map((column) => column.header), ...rows];
    headed = true;
    return alignTabs(lines.map((line) => `${line.join('\t')}\n`).join(''), TABLE_TABS);
  };
}

function columnPath(path: string) {
  try {
    return parsePath(relaxPath(path));
  } catch (error) {
    if (error instanceof PathSyntaxError) throw fail(error.message);
    throw error;
  }
}

function cell(path: ReturnType<typeof parsePath>, item: unknown): string {
  const values = findPath(path, item, { allowMissingKeys: true })[0] ?? [];
  if (values.length === 0) return '<none>';
  return values.map((value) => (value === null ? '<none>' : goValueText(value))).join(',');
}

/** The spec of a `-o custom-columns-file`: a line of headers over a line of paths. */
export function readColumnsFile(text: string): string {
  const [headers = '', paths = ''] = text.split('\n');
  const names = headers.trim().split(/\s+/).filter(Boolean);
  const specs = paths.trim().split(/\s+/).filter(Boolean);
  if (names.length !== specs.length) {
    throw fail(`number of headers (${names.length}) and field specifications (${specs.length}) don't match`);
  }
  return names.map((name, index) => `${name}:${specs[index]}`).join(',');
}
