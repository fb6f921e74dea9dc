/** One word of a Corefile; `file` is set for words that came in by `import`. */
export interface Token {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** Splits a Corefile into words as Caddy's lexer does: quotes hold spaces and line breaks, # begins a comment anywhere. */
export function lexCorefile(text: string, file = ''): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let begun: number | undefined;
  let value = '';
  let quoted = false;
  let escaped = false;
  let comment = false;
  const finish = () => {
    if (begun !== undefined) tokens.push({ file, line: begun, text: value });
    begun = undefined;
    value = '';
  };
  for (const character of text.replace(/^\ufeff/, '')) {
    if (quoted) {
      if (!escaped && character === '\\') {
        escaped = true;
        continue;
      }
      if (!escaped && character === '"') {
        quoted = false;
        finish();
        continue;
      }
      if (character === '\n') line += 1;
      value += escaped && character !== '"' ? `\\${character}` : character;
      escaped = false;
      continue;
    }
    if (/\s/.test(character)) {
      if (character === '\r') continue;
      if (value !== '') finish();
      if (character === '\n') {
        line += 1;
        comment = false;
      }
      continue;
    }
    if (character === '#') comment = true;
    if (comment) continue;
    if (value === '') {
      begun = line;
      if (character === '"') {
        quoted = true;
        continue;
      }
    }
    value += character;
  }
  if (value !== '') finish();
  return tokens;
}
