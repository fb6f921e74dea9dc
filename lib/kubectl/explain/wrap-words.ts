const NO_BREAK_SPACE = '\u00a0';

/** Wraps text at white space to lines of a width, as mitchellh/go-wordwrap does: longer words stay whole. */
export function wrapWords(text: string, width: number): string {
  let out = '';
  let column = 0;
  let word = '';
  let space = '';
  const settle = () => {
    column += space.length + word.length;
    out += space + word;
    space = '';
    word = '';
  };
  for (const char of text) {
    if (char === '\n') {
      if (word !== '' || column + space.length <= width) settle();
      out += char;
      space = '';
      column = 0;
    } else if (/\s/.test(char) && char !== NO_BREAK_SPACE) {
      if (space === '' || word !== '') settle();
      space += char;
    } else {
      word += char;
      if (column + word.length + space.length > width && word.length < width) {
        out += '\n';
        column = 0;
        space = '';
      }
    }
  }
  if (word !== '' || column + space.length <= width) settle();
  return out;
}

/** Puts blanks before every line, empty ones too (kubectl's template function). */
export function indentLines(text: string, by: number): string {
  const pad = ' '.repeat(by);
  return pad + text.replaceAll('\n', `\n${pad}`);
}
