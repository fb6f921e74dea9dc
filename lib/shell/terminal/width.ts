/** How many cells a character takes: 0 for combining marks, 2 for East Asian wide ones and emoji. */
export function charWidth(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  if (code < 32 || (code >= 0x7f && code < 0xa0)) return 0;
  if (
    (code >= 0x300 && code <= 0x36f) ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0xfe00 && code <= 0xfe0f)
  )
    return 0;
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0x303e) ||
    (code >= 0x3041 && code <= 0x33ff) ||
    (code >= 0x3400 && code <= 0x4dbf) ||
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0xa000 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1f64f) ||
    (code >= 0x1f680 && code <= 0x1f6ff) ||
    (code >= 0x1f900 && code <= 0x1f9ff) ||
    (code >= 0x20000 && code <= 0x3fffd);
  return wide ? 2 : 1;
}

/** A text without its terminal escapes. */
export function stripEscapes(text: string): string {
  return text.replace(/\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07/g, '');
}

/** What of a line of output stands on the screen's last row: where a prompt that follows it begins. */
export function lastRow(line: string, columns: number): string {
  // Colours may be written again; what moves the cursor or clears the screen may not.
  const shown = line
    .replace(/^.*\x1b\[[0-9;?]*[HJ]/s, '')
    .replace(/\x1b\[[0-9;?]*[A-Za-ln-z]|\x1b\][^\x07]*\x07/g, '');
  let row = '';
  let column = 0;
  for (const piece of shown.match(/\x1b\[[0-9;]*m|[\s\S]/gu) ?? []) {
    if (piece.startsWith('\x1b')) {
      row += piece;
      continue;
    }
    const width = piece === '\t' ? 8 - (column % 8) : charWidth(piece);
    if (column + width > columns) {
      row = '';
      column = 0;
    }
    row += piece === '\t' ? ' '.repeat(width) : width === 0 && piece < ' ' ? '' : piece;
    column += width;
  }
  return row;
}

/** A place on the screen relative to where the prompt began. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where the cursor stands after `text` was written from `from`, with lines wrapped at `columns`. */
export function placeAfter(text: string, from: Place, columns: number): Place {
  let { row, column } = from;
  for (const char of text) {
    if (char === '\n') {
      row += 1;
      column = 0;
      continue;
    }
    const width = charWidth(char);
    if (column + width > columns) {
      row += 1;
      column = 0;
    }
    column += width;
  }
  return { row, column };
}
