/** Columns from one tab stop to the next. */
const TAB = 8;

/** Blanks from one column to another, with tabs where they fit. */
function gap(from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; ) {
    if (Math.floor(to / TAB) > Math.floor(at / TAB)) {
      text += '\t';
      at += TAB - (at % TAB);
    } else {
      text += ' ';
      at += 1;
    }
  }
  return text;
}

/** The menu of `select`: numbered, down the columns where one row does not hold it, as bash's `print_select_list`. */
export function selectMenu(values: readonly string[], screenColumns: number): string {
  const width = String(values.length).length;
  const cell = Math.max(0, ...values.map((value) => [...value].length)) + 2 + width + 2;
  const fit = Math.max(1, Math.floor(screenColumns / cell));
  let rows = Math.max(1, Math.ceil(values.length / fit));
  if (rows === 1) rows = values.length;
  let text = '';
  for (let row = 0; row < rows; row += 1) {
    let at = 0;
    for (let index = row; index < values.length; index += rows) {
      const digits = at === 0 ? String(rows).length : width;
      const shown = `${String(index + 1).padStart(digits)}) ${values[index] ?? ''}`;
      text += shown;
      if (index + rows >= values.length) break;
      text += gap(at + [...shown].length, at + cell);
      at += cell;
    }
    text += '\n';
  }
  return text;
}
