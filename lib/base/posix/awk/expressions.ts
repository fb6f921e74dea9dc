import { ToolError } from '../tool-error';
import type { AwkCursor } from './cursor';
import type { Expr } from './program';

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['in'],
  ['~', '!~'],
  ['<', '<=', '!=', '==', '>', '>='],
  [' '],
  ['+', '-'],
  ['*', '/', '%'],
];
const BARE = ['length', 'getline'];

/** Reads the expressions of an awk program. */
export class AwkExpressions {
  readonly #cursor: AwkCursor;
  /** Inside print's own arguments ">" redirects. */
  #inPrint = false;

  constructor(cursor: AwkCursor) {
    this.#cursor = cursor;
  }

  /** Expressions between commas. */
  exprs(): readonly Expr[] {
    const all = [this.expr()];
    while (this.#cursor.take(',')) {
      while (this.#cursor.take('\n'));
      all.push(this.expr());
    }
    return all;
  }

  /** The same up to a closing sign. */
  list(close: string): readonly Expr[] {
    if (this.#cursor.take(close)) return [];
    const all = this.exprs();
    this.#cursor.need(close);
    return all;
  }

  /** One expression. */
  expr(): Expr {
    const left = this.#choice();
    const { text } = this.#cursor.token;
    const assigns =
      ['=', '+=', '-=', '*=', '/=', '%=', '^=', '**='].includes(text) && this.#cursor.token.kind === 'op';
    if (!assigns || !['variable', 'field', 'element'].includes(left.kind)) return left;
    this.#cursor.at += 1;
    return { kind: 'assign', operator: text.slice(0, -1), target: left, value: this.expr() };
  }

  #choice(): Expr {
    const test = this.#binary(0);
    if (!this.#cursor.take('?')) return test;
    const yes = this.expr();
    this.#cursor.need(':');
    return { kind: 'choice', test, yes, no: this.expr() };
  }

  #binary(level: number): Expr {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const { kind, text } = this.#cursor.token;
      if (operators[0] === ' ') {
        const starts =
          ['number', 'string', 'name', 'call'].includes(kind) ||
          (kind === 'op' && ['$', '!', '(', '-', '+', '++', '--'].includes(text));
        if (!starts || text === 'in' || (kind === 'op' && (text === '-' || text === '+'))) return left;
        left = { kind: 'binary', operator: ' ', left, right: this.#binary(level + 1) };
        continue;
      }
      if (
        (kind !== 'op' && text !== 'in') ||
        kind === 'string' ||
        !operators.includes(text) ||
        (this.#inPrint && text === '>')
      )
        return left;
      this.#cursor.at += 1;
      if (text === 'in') {
        left = { kind: 'in', keys: [left], name: this.#cursor.name() };
        continue;
      }
      while ((text === '&&' || text === '||') && this.#cursor.take('\n'));
      left = { kind: 'binary', operator: text, left, right: this.#binary(level + 1) };
    }
  }

  #unary(): Expr {
    for (const operator of ['!', '-', '+'])
      if (this.#cursor.take(operator)) return { kind: 'unary', operator, operand: this.#unary() };
    const base = this.#postfix();
    if (this.#cursor.take('^') || this.#cursor.take('**'))
      return { kind: 'binary', operator: '^', left: base, right: this.#unary() };
    return base;
  }

  #postfix(): Expr {
    const base = this.#primary();
    const steppable = ['variable', 'field', 'element'].includes(base.kind);
    if (steppable && this.#cursor.take('++')) return { kind: 'step', by: 1, before: false, target: base };
    if (steppable && this.#cursor.take('--')) return { kind: 'step', by: -1, before: false, target: base };
    return base;
  }

  #primary(): Expr {
    const { kind, text } = this.#cursor.token;
    this.#cursor.at += 1;
    if (kind === 'number') return { kind: 'number', value: Number(text) };
    if (kind === 'string') return { kind: 'string', value: text };
    if (kind === 'regex') return { kind: 'regex', source: text };
    if (kind === 'op' && text === '$')
      return {
        kind: 'field',
        index: this.#cursor.is('++') || this.#cursor.is('--') ? this.#unary() : this.#primary(),
      };
    if (kind === 'op' && (text === '++' || text === '--')) {
      return { kind: 'step', by: text === '++' ? 1 : -1, before: true, target: this.#primary() };
    }
    if (kind === 'op' && text === '-') return { kind: 'unary', operator: '-', operand: this.#unary() };
    if (kind === 'op' && text === '(') {
      const inner = this.printing(false, () => this.list(')'));
      const [first] = inner;
      if (inner.length > 1 && this.#cursor.take('in'))
        return { kind: 'in', keys: inner, name: this.#cursor.name() };
      if (first !== undefined)
        return first.kind === 'regex'
          ? first
          : { kind: 'choice', test: { kind: 'number', value: 1 }, yes: first, no: first };
    }
    if (kind === 'call') {
      this.#cursor.need('(');
      const args = this.printing(false, () => this.list(')'));
      return { kind: 'call', name: text, args };
    }
    if (kind === 'name' && BARE.includes(text)) return { kind: 'call', name: text, args: [] };
    if (kind === 'name')
      return this.#cursor.take('[')
        ? { kind: 'element', name: text, keys: this.list(']') }
        : { kind: 'variable', name: text };
    throw new ToolError(`line 1: syntax error at or near ${text === '\n' ? 'end of line' : text}`, 2);
  }

  /** What `read` reads as arguments of print. */
  printing<T>(isPrinting: boolean, read: () => T): T {
    const before = this.#inPrint;
    this.#inPrint = isPrinting;
    try {
      return read();
    } finally {
      this.#inPrint = before;
    }
  }

  /** Where print's output goes: nothing that compares or joins. */
  target(): Expr {
    return this.#binary(5);
  }
}
