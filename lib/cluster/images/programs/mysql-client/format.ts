import type { Result } from '../mysql';

type Rows = Required<Pick<Result, 'columns' | 'rows'>>;

/** Room for NULL. */
const NULL_WIDTH = 4;
const width = (text: string): number => [...text].length;
const shown = (cell: string | null): string => cell ?? 'NULL';

/** Rows in a frame, as on a terminal; a text of several lines makes no difference to its width but its own. */
export function framed({ columns, rows }: Rows, headings: boolean): string {
  const widths = columns.map(({ name, nullable }, index) =>
    Math.max(
      nullable ? NULL_WIDTH : 1,
      headings ? width(name) : 0,
      ...rows.map((row) => width(shown(row[index] ?? null))),
    ),
  );
  const rule = `+${widths.map((each) => '-'.repeat(each + 2)).join('+')}+\n`;
  const line = (cells: readonly string[], right: (index: number) => boolean): string =>
    `|${cells.map((cell, index) => ` ${right(index) ? pad(cell, widths[index] ?? 0) + cell : cell + pad(cell, widths[index] ?? 0)} |`).join('')}\n`;
  const head = headings
    ? line(
        columns.map(({ name }) => name),
        () => false,
      ) + rule
    : '';
  const body = rows.map((row) =>
    line(
      columns.map((_, index) => shown(row[index] ?? null)),
      (index) => columns[index]?.numeric === true,
    ),
  );
  return rule + head + body.join('') + rule;
}

const pad = (text: string, to: number): string => ' '.repeat(Math.max(0, to - width(text)));

/** Rows one column a line (\G, -E). */
export function vertical({ columns, rows }: Rows): string {
  const longest = Math.max(...columns.map(({ name }) => width(name)));
  const stars = '*'.repeat(27);
  return rows
    .map(
      (row, index) =>
        `${stars} ${index + 1}. row ${stars}\n${columns.map(({ name }, at) => `${name.padStart(longest)}: ${shown(row[at] ?? null)}\n`).join('')}`,
    )
    .join('');
}

const ESCAPES: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\\': '\\\\', '\0': '\\0' };

/** Rows for a program: tabs between, what would be taken for one escaped. */
export function tabbed({ columns, rows }: Rows, headings: boolean): string {
  const escaped = (cell: string | null): string =>
    shown(cell).replace(/[\t\n\\\0]/g, (char) => ESCAPES[char] ?? char);
  const lines = [
    ...(headings ? [columns.map(({ name }) => name)] : []),
    ...rows.map((row) => row.map(escaped)),
  ];
  return lines.map((line) => `${line.join('\t')}\n`).join('');
}

/** What a person is told after a statement. */
export function summary(result: Result, seconds: number): string {
  const took = `(${seconds.toFixed(2)} sec)`;
  const { rows, affected = 0, info = '' } = result;
  if (rows !== undefined) {
    if (rows.length === 0) return `Empty set ${took}\n\n`;
    return `${rows.length} row${rows.length === 1 ? '' : 's'} in set ${took}\n\n`;
  }
  const touched = `Query OK, ${affected} row${affected === 1 ? '' : 's'} affected ${took}\n`;
  return `${touched}${info === '' ? '' : `${info}\n`}\n`;
}
