/** One word of a script: literal text and things to be filled in. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly fallback: string }
  | { readonly kind: 'command'; readonly source: string }
  | { readonly kind: 'arithmetic'; readonly source: string };

/** A token: a word, or an operator standing alone. `quoted` words are never keywords. */
export type Token =
  | { readonly kind: 'word'; readonly pieces: readonly Piece[]; readonly quoted: boolean }
  | { readonly kind: 'operator'; readonly text: string };

const OPERATORS = ['&&', '||', ';;', '>>', '2>&1', '2>', '>', '<', ';', '|', '&', '\n', '(', ')'] as const;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;

/** Splits a script into words and operators as a POSIX shell does. */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const operator = OPERATORS.find((candidate) => source.startsWith(candidate, at));
    if (operator !== undefined) {
      tokens.push({ kind: 'operator', text: operator });
      at += operator.length;
    } else if (/[ \t\r]/.test(source.charAt(at))) at += 1;
    else if (source.charAt(at) === '#') at = endOfLine(source, at);
    else if (source.startsWith('\\\n', at)) at += 2;
    else {
      const { token, end } = readWord(source, at);
      tokens.push(token);
      at = end;
    }
  }
  return tokens;
}

function endOfLine(source: string, at: number): number {
  const newline = source.indexOf('\n', at);
  return newline < 0 ? source.length : newline;
}

function readWord(source: string, start: number): { token: Token; end: number } {
  const pieces: Piece[] = [];
  let text = '';
  let quoted = false;
  let inDouble = false;
  let at = start;
  const flush = () => {
    if (text !== '') pieces.push({ kind: 'text', text });
    text = '';
  };
  while (at < source.length) {
    const char = source.charAt(at);
    if (!inDouble && /[\s;&|<>()]/.test(char)) break;
    if (char === "'" && !inDouble) {
      const close = source.indexOf("'", at + 1);
      const end = close < 0 ? source.length : close;
      text += source.slice(at + 1, end);
      quoted = true;
      at = end + 1;
    } else if (char === '"') {
      inDouble = !inDouble;
      quoted = true;
      at += 1;
    } else if (char === '\\') {
      text += source.charAt(at + 1) === '\n' ? '' : source.charAt(at + 1);
      at += 2;
    } else if (char === '$' || char === '`') {
      const expansion = readExpansion(source, at);
      if (expansion.piece === undefined) text += char;
      else {
        flush();
        pieces.push(expansion.piece);
      }
      at = expansion.end;
    } else {
      text += char;
      at += 1;
    }
  }
  flush();
  return { token: { kind: 'word', pieces, quoted }, end: at };
}

function readExpansion(source: string, at: number): { piece: Piece | undefined; end: number } {
  const rest = source.slice(at + 1);
  if (source.charAt(at) === '`') {
    const close = source.indexOf('`', at + 1);
    const end = close < 0 ? source.length : close;
    return { piece: { kind: 'command', source: source.slice(at + 1, end) }, end: end + 1 };
  }
  if (rest.startsWith('((')) {
    const close = source.indexOf('))', at);
    const end = close < 0 ? source.length : close;
    return { piece: { kind: 'arithmetic', source: source.slice(at + 3, end) }, end: end + 2 };
  }
  if (rest.startsWith('(')) {
    const end = closingParenthesis(source, at + 1);
    return { piece: { kind: 'command', source: source.slice(at + 2, end) }, end: end + 1 };
  }
  const braced = /^\{([A-Za-z_][A-Za-z0-9_]*|\?)(?::?-([^}]*))?\}/.exec(rest);
  if (braced !== null)
    return {
      piece: { kind: 'variable', name: braced[1] ?? '', fallback: braced[2] ?? '' },
      end: at + 1 + braced[0].length,
    };
  const name = NAME.exec(rest)?.[0] ?? (rest.startsWith('?') ? '?' : undefined);
  if (name === undefined) return { piece: undefined, end: at + 1 };
  return { piece: { kind: 'variable', name, fallback: '' }, end: at + 1 + name.length };
}

function closingParenthesis(source: string, open: number): number {
  let depth = 0;
  for (let at = open; at < source.length; at += 1) {
    if (source.charAt(at) === '(') depth += 1;
    if (source.charAt(at) === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return source.length;
}
