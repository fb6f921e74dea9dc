import { syntaxError } from './failure';

/** A piece of a statement. */
export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'variable' | 'symbol' | 'end';
  /** A word in capitals, a symbol as it is, a text's or a name's value. */
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

const SPACE = /(?:\s+|--(?:[ \t][^\n]*|(?=\n|$))|#[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?/y;
const WORD = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/y;
const VARIABLE = /@@?[\w.$]+/y;
const SYMBOL = /<=>|<>|!=|<=|>=|:=|\|\||&&|[-+*/%(),.;=<>!@]/y;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  b: '\b',
  Z: '\x1a',
};

/** The pieces of a statement; an end stands last. */
export function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const taken = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(sql)?.[0];
  };
  while (at < sql.length) {
    const space = taken(SPACE);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const char = sql[at] ?? '';
    const start = at;
    if (char === "'" || char === '"' || char === '`') {
      const [text, end] = quoted(sql, at, char);
      at = end;
      tokens.push({ kind: char === '`' ? 'name' : 'string', text, at: start, end });
      continue;
    }
    const [kind, text] = piece(taken);
    if (text === undefined) throw syntaxError(sql.slice(at), lineAt(sql, at));
    at += text.length;
    tokens.push({ kind, text, at: start, end: at });
  }
  tokens.push({ kind: 'end', text: '', at: sql.length, end: sql.length });
  return tokens;
}

function piece(taken: (pattern: RegExp) => string | undefined): [Token['kind'], string | undefined] {
  const number = taken(NUMBER);
  if (number !== undefined) return ['number', number];
  const word = taken(WORD);
  if (word !== undefined) return ['word', word];
  const variable = taken(VARIABLE);
  return variable === undefined ? ['symbol', taken(SYMBOL)] : ['variable', variable];
}

function quoted(sql: string, start: number, quote: string): [text: string, end: number] {
  let text = '';
  for (let at = start + 1; at < sql.length; at += 1) {
    const char = sql[at] ?? '';
    if (char === quote) {
      if (sql[at + 1] !== quote) return [text, at + 1];
      text += quote;
      at += 1;
    } else if (char === '\\' && quote !== '`') {
      const next = sql[at + 1] ?? '';
      // A pattern's own escapes stay as they are.
      text += next === '%' || next === '_' ? `\\${next}` : (ESCAPES[next] ?? next);
      at += 1;
    } else text += char;
  }
  throw syntaxError(sql.slice(start), lineAt(sql, start));
}

/** The line, counted from 1, of a place in a text. */
export const lineAt = (sql: string, at: number): number => sql.slice(0, at).split('\n').length;
