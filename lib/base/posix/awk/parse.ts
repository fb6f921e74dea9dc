import { AwkCursor } from './cursor';
import { AwkExpressions } from './expressions';
import type { AwkProgram, Expr, Rule, Stmt } from './program';

class AwkParser {
  readonly #cursor: AwkCursor;
  readonly #expressions: AwkExpressions;

  constructor(source: string) {
    this.#cursor = new AwkCursor(source);
    this.#expressions = new AwkExpressions(this.#cursor);
  }

  program(): AwkProgram {
    const rules: Rule[] = [];
    const functions = new Map<string, { parameters: string[]; body: Stmt }>();
    for (this.#cursor.lines(); this.#cursor.token.kind !== 'end'; this.#cursor.lines()) {
      if (this.#cursor.take('function') || this.#cursor.take('func')) {
        const name = this.#cursor.name();
        const parameters: string[] = [];
        this.#cursor.need('(');
        while (!this.#cursor.take(')')) {
          parameters.push(this.#cursor.name());
          this.#cursor.take(',');
        }
        while (this.#cursor.take('\n'));
        functions.set(name, { parameters, body: this.#block() });
        continue;
      }
      const when = this.#cursor.take('BEGIN') ? 'BEGIN' : this.#cursor.take('END') ? 'END' : 'record';
      const pattern = when === 'record' && !this.#cursor.is('{') ? this.#expressions.expr() : undefined;
      const until = pattern !== undefined && this.#cursor.take(',') ? this.#expressions.expr() : undefined;
      rules.push({ when, pattern, until, body: this.#cursor.is('{') ? this.#block() : undefined });
    }
    return { rules, functions };
  }

  #block(): Stmt {
    this.#cursor.need('{');
    const body: Stmt[] = [];
    for (this.#cursor.lines(); !this.#cursor.take('}'); this.#cursor.lines()) body.push(this.#statement());
    return { kind: 'block', body };
  }

  #body(): Stmt {
    while (this.#cursor.take('\n'));
    if (this.#cursor.take(';')) return { kind: 'block', body: [] };
    return this.#statement();
  }

  #statement(): Stmt {
    if (this.#cursor.is('{')) return this.#block();
    if (this.#cursor.take('if')) {
      this.#cursor.need('(');
      const test = this.#expressions.expr();
      this.#cursor.need(')');
      const yes = this.#body();
      const mark = this.#cursor.at;
      this.#cursor.lines();
      if (this.#cursor.take('else')) return { kind: 'if', test, yes, no: this.#body() };
      this.#cursor.at = mark;
      return { kind: 'if', test, yes, no: undefined };
    }
    if (this.#cursor.take('while')) {
      this.#cursor.need('(');
      const test = this.#expressions.expr();
      this.#cursor.need(')');
      return { kind: 'while', test, body: this.#body(), first: false };
    }
    if (this.#cursor.take('do')) {
      const body = this.#body();
      this.#cursor.lines();
      this.#cursor.need('while');
      this.#cursor.need('(');
      const test = this.#expressions.expr();
      this.#cursor.need(')');
      return { kind: 'while', test, body, first: true };
    }
    if (this.#cursor.take('for')) return this.#for();
    return this.#simple();
  }

  #for(): Stmt {
    this.#cursor.need('(');
    const [name, word, array, close] = this.#cursor.ahead(4);
    if (name?.kind === 'name' && word?.text === 'in' && array?.kind === 'name' && close?.text === ')') {
      this.#cursor.at += 4;
      return { kind: 'each', variable: name.text, array: array.text, body: this.#body() };
    }
    const start = this.#cursor.is(';') ? undefined : this.#simple();
    this.#cursor.need(';');
    const test = this.#cursor.is(';') ? undefined : this.#expressions.expr();
    this.#cursor.need(';');
    const next = this.#cursor.is(')') ? undefined : this.#simple();
    this.#cursor.need(')');
    return { kind: 'for', start, test, next, body: this.#body() };
  }

  #simple(): Stmt {
    for (const name of ['next', 'break', 'continue', 'exit', 'return'] as const) {
      if (this.#cursor.take(name))
        return { kind: 'jump', name, value: this.#cursor.ends() ? undefined : this.#expressions.expr() };
    }
    if (this.#cursor.take('delete')) {
      const name = this.#cursor.name();
      return { kind: 'delete', name, keys: this.#cursor.take('[') ? this.#expressions.list(']') : undefined };
    }
    if (this.#cursor.is('print') || this.#cursor.is('printf')) return this.#print();
    return { kind: 'expr', value: this.#expressions.expr() };
  }

  #print(): Stmt {
    const format = this.#cursor.token.text === 'printf';
    this.#cursor.at += 1;
    const args = this.#expressions.printing(true, () => this.#printed());
    const { text } = this.#cursor.token;
    if (text !== '>' && text !== '>>' && text !== '|') return { kind: 'print', format, args, to: undefined };
    this.#cursor.at += 1;
    return { kind: 'print', format, args, to: { operator: text, target: this.#expressions.target() } };
  }

  /** Print's arguments: `print (a, b) > "file"` has them in parentheses, `print (a)(b)` does not. */
  #printed(): readonly Expr[] {
    if (this.#cursor.ends()) return [];
    const first = this.#cursor.at;
    if (this.#cursor.take('(')) {
      const inside = this.#expressions.printing(false, () => this.#expressions.list(')'));
      if (this.#cursor.ends()) return inside;
      this.#cursor.at = first;
    }
    return this.#expressions.exprs();
  }
}

/** Reads an awk program. */
export function parseAwk(source: string): AwkProgram {
  return new AwkParser(source).program();
}
