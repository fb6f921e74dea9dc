/** A word of a filter. */
export interface Token {
  readonly kind:
    | 'field'
    | 'ident'
    | 'keyword'
    | 'number'
    | 'format'
    | 'string'
    | 'operator'
    | 'variable'
    | 'invalid'
    | 'end';
  readonly text: string;
  readonly pos: number;
  /** A string's parts: texts, and the words of what is interpolated. */
  readonly parts?: readonly (string | readonly Token[])[];
  /** What bison calls it in a message. */
  readonly name: string;
}

export const KEYWORDS: readonly string[] =
  'as import include module def if then else elif end and or not reduce foreach try catch label __loc__'
    .split(' ')
    .filter((word) => word !== 'not');

const OPERATORS = [
  '?//=',
  '?//',
  '//=',
  '!=',
  '==',
  '//',
  '|=',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '<=',
  '>=',
  '..',
  ...'.?=;,:|+-*/%$<>[]{}()',
];

/** A string that never ends. */
export class UnfinishedString extends Error {
  override name = 'UnfinishedString';
  /** Where its last stretch of text begins. */
  readonly pos: number;
  constructor(pos: number) {
    super('unfinished string');
    this.pos = pos;
  }
}

/** Splits a filter into words; what is none becomes `invalid`. */
export function tokenize(text: string): readonly Token[] {
  const lexer = new Lexer(text);
  return lexer.words(false);
}

class Lexer {
  readonly #text: string;
  #at = 0;
  #last = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Words up to the end, or up to the parenthesis that closes an interpolation. */
  words(inside: boolean): readonly Token[] {
    const tokens: Token[] = [];
    const open: string[] = [];
    for (;;) {
      const token = this.#next();
      if (token.kind === 'operator' && '([{'.includes(token.text)) open.push(token.text);
      if (token.kind === 'operator' && ')]}'.includes(token.text)) {
        if (inside && open.length === 0 && token.text === ')') {
          tokens.push({ kind: 'end', text: ')', pos: token.pos, name: "')'" });
          return tokens;
        }
        // A bracket that closes nothing is no word at all, as jq's lexer has it.
        if (open.pop() !== '([{'.charAt(')]}'.indexOf(token.text))) {
          tokens.push({ ...token, kind: 'invalid', name: 'INVALID_CHARACTER' });
          continue;
        }
      }
      tokens.push(token);
      if (token.kind === 'end') return tokens;
    }
  }

  #next(): Token {
    const blank = /(?:[ \t\r\n]|#[^\n]*)*/y;
    blank.lastIndex = this.#at;
    const skipped = blank.exec(this.#text)?.[0].length ?? 0;
    if (skipped > 0) this.#last = this.#at;
    this.#at += skipped;
    const pos = this.#at;
    // At the end, bison tells the place of the last word.
    if (pos >= this.#text.length) return { kind: 'end', text: '', pos: this.#last, name: 'end of file' };
    this.#last = pos;
    const rest = this.#text.slice(pos);
    const take = (kind: Token['kind'], word: string, name: string): Token => {
      this.#at = pos + word.length;
      return { kind, text: word, pos, name };
    };
    if (rest.startsWith('"')) return this.#string(pos);
    const field = /^\.[A-Za-z_]\w*/.exec(rest);
    if (field !== null) return take('field', field[0], 'FIELD');
    const number = /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/.exec(rest);
    if (number !== null) return take('number', number[0], 'LITERAL');
    const format = /^@\w+/.exec(rest);
    if (format !== null) return take('format', format[0], 'FORMAT');
    const variable = /^\$(?:[A-Za-z_]\w*::)*[A-Za-z_]\w*/.exec(rest);
    if (variable !== null) return take('variable', variable[0], 'BINDING');
    const ident = /^(?:[A-Za-z_]\w*::)*[A-Za-z_]\w*/.exec(rest);
    if (ident !== null) {
      const keyword = KEYWORDS.includes(ident[0]);
      return take(keyword ? 'keyword' : 'ident', ident[0], keyword ? ident[0] : 'IDENT');
    }
    const operator = OPERATORS.find((each) => rest.startsWith(each));
    if (operator !== undefined)
      return take('operator', operator, operator.length === 1 ? `'${operator}'` : operator);
    return take('invalid', rest.charAt(0), 'INVALID_CHARACTER');
  }

  #string(pos: number): Token {
    const parts: (string | readonly Token[])[] = [];
    let text = '';
    this.#at = pos + 1;
    let start = pos + 1;
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) throw new UnfinishedString(Math.min(start, this.#text.length - 1));
      this.#at += 1;
      if (char === '"') break;
      if (char !== '\\') {
        text += char;
        continue;
      }
      if (this.#text[this.#at] === '(') {
        this.#at += 1;
        parts.push(text);
        text = '';
        parts.push(this.words(true));
        start = this.#at;
        continue;
      }
      text += this.#escape();
    }
    this.#last = this.#at - 1;
    if (text !== '' || parts.length === 0) parts.push(text);
    return { kind: 'string', text: '', pos, parts, name: 'QQSTRING_START' };
  }

  #escape(): string {
    const rest = this.#text.slice(this.#at);
    const unicode = /^u([0-9a-fA-F]{4})/.exec(rest);
    if (unicode !== null) {
      this.#at += 5;
      return String.fromCharCode(Number.parseInt(unicode[1] ?? '0', 16));
    }
    this.#at += 1;
    const plain: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
    return plain[rest.charAt(0)] ?? rest.charAt(0);
  }
}
