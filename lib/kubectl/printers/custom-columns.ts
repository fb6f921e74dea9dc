import { alignTabs, isRecord } from '../../base';
import { findPath, goValueText, PathSyntaxError, parsePath, relaxPath } from '../jsonpath';
import { absolutePath, fail, PrintFailure, type Session } from '../session';

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
    return { header: part.slice(0, colon), path: looselyRead(part.slice(colon + 1)) };
  });
  let headed = noHeaders;
  return (object) => {
    const headers = columns.map((column) => column.header);
    const heads = headed ? '' : alignTabs(`${headers.join('\t')}\n`, TABLE_TABS);
    const paths = columns.map(({ path }) => columnPath(path, heads));
    const items = isRecord(object) && Array.isArray(object.items) ? object.items : [object];
    const rows = items.map((item) => paths.map((path) => cell(path, item)));
    const lines = headed ? rows : [headers, ...rows];
    headed = true;
    return alignTabs(lines.map((line) => `${line.join('\t')}\n`).join(''), TABLE_TABS);
  };
}

/** The path of a column's loose one; that it can be no path is seen at once, any other fault when it is first used. */
function looselyRead(path: string): string {
  try {
    return relaxPath(path);
  } catch (error) {
    if (error instanceof PathSyntaxError) throw fail(error.message);
    throw error;
  }
}

function columnPath(path: string, printed: string) {
  try {
    return parsePath(path);
  } catch (error) {
    if (error instanceof PathSyntaxError) throw new PrintFailure(printed, error.message);
    throw error;
  }
}

function cell(path: ReturnType<typeof parsePath>, item: unknown): string {
  const values = findPath(path, item, { allowMissingKeys: true })[0] ?? [];
  if (values.length === 0) return '<none>';
  return values.map((value) => (value === null ? '<none>' : goValueText(value))).join(',');
}

/** The spec of a `-o custom-columns-file`: a line of headers over a line of paths. */
export function readColumnsFile({ env }: Session, path: string): string {
  if (path === '') throw fail('custom-columns-file format specified but no template file given');
  const absolute = absolutePath(path, env.cwd);
  if (env.files.stat(absolute)?.kind !== 'file')
    throw fail(`error reading template ${path}, open ${path}: no such file or directory\n`);
  const [headers, paths] = env.files.read(absolute).split('\n');
  if (!headers)
    throw fail(
      'invalid template, missing header line. Expected format is one line of space separated headers, one line of space separated column specs.',
    );
  if (!paths)
    throw fail(
      'invalid template, missing spec line. Expected format is one line of space separated headers, one line of space separated column specs.',
    );
  const names = headers.trim().split(/\s+/).filter(Boolean);
  const specs = paths.trim().split(/\s+/).filter(Boolean);
  if (names.length !== specs.length) {
    throw fail(`number of headers (${names.length}) and field specifications (${specs.length}) don't match`);
  }
  return names.map((name, index) => `${name}:${specs[index]}`).join(',');
}
