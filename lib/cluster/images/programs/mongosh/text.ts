import { Host } from './values';

/** A result that is only there to be read: "switched to db x", a table of databases. */
export class Text extends Host {
  readonly shown: string;
  constructor(shown: string) {
    super();
    this.shown = shown;
  }

  member(): unknown {
    return undefined;
  }
}

/** Rows in columns as mongosh aligns them: two spaces between, the last flush to the right where asked. */
export function textTable(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** "40.00 KiB". */
export function shownBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let [value, at] = [bytes, 0];
  while (value >= 1024 && at < units.length - 1) {
    value /= 1024;
    at += 1;
  }
  return `${bytes <= 1000 ? value.toFixed(0) : value.toFixed(2)} ${units[at]}`;
}
