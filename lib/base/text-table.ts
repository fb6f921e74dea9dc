/** The settings of Go's text/tabwriter that matter here; padding is always blanks. */
export interface TabWriterOptions {
  readonly minWidth: number;
  readonly padding: number;
}

interface Line {
  readonly cells: readonly string[];
}

const widthOf = (text: string): number => [...text].length;

/**
 * Go's text/tabwriter: cells end with a tab, a column is a block of consecutive lines that have a cell there,
 * and the text after a line's last tab belongs to no column. Widths given to `alignTabs` are remembered.
 */
export function alignTabs(
  text: string,
  options: TabWriterOptions,
  remembered: number[] | undefined = undefined,
): string {
  const ended = text.endsWith('\n');
  const lines = (ended ? text.slice(0, -1) : text).split('\n').map((line) => ({ cells: line.split('\t') }));
  const out: string[] = [];
  const widths: number[] = [];

  const write = (from: number, to: number) => {
    for (const line of lines.slice(from, to)) out.push(renderLine(line, widths));
  };
  const format = (from: number, to: number): void => {
    const column = widths.length;
    let start = from;
    for (let at = from; at < to; at += 1) {
      if (column >= lastCell(lines[at])) continue;
      write(start, at);
      start = at;
      let width = Math.max(options.minWidth, remembered?.[column] ?? 0);
      for (; at < to && column < lastCell(lines[at]); at += 1) {
        width = Math.max(width, widthOf(lines[at]?.cells[column] ?? '') + options.padding);
      }
      if (remembered) remembered[column] = Math.max(remembered[column] ?? 0, width);
      widths.push(width);
      format(start, at);
      widths.pop();
      start = at;
      at -= 1;
    }
    write(start, to);
  };

  format(0, lines.length);
  return out.join('\n') + (ended ? '\n' : '');
}

const lastCell = (line: Line | undefined): number => (line ? line.cells.length - 1 : -1);

function renderLine(line: Line, widths: readonly number[]): string {
  let text = '';
  line.cells.forEach((cell, index) => {
    text += cell;
    const width = widths[index];
    if (width !== undefined) text += ' '.repeat(Math.max(0, width - widthOf(cell)));
  });
  return text;
}
