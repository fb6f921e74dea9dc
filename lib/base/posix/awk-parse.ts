import { ToolError } from './tool-error';

/** An expression of awk. */
export type Expr =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'regex'; readonly source: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'field'; readonly index: Expr }
  | { readonly kind: 'element'; readonly name: string; readonly keys: readonly Expr[] }
  | { readonly kind: 'assign'; readonly operator: string; readonly target: Expr; readonly value: Expr }
  | { readonly kind: 'step'; readonly by: 1 | -1; readonly before: boolean; readonly target: Expr }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expr }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'in'; readonly keys: readonly Expr[]; readonly name: string }
  | { readonly kind: 'choice'; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expr[] };

/** A statement of awk. */
export type Stmt =
  | { readonly kind: 'expr'; readonly value: Expr }
  | {
      readonly kind: 'print';
      readonly format: boolean;
      readonly args: readonly Expr[];
      readonly to: { readonly operator: string; readonly target: Expr } | undefined;
    }
  | { readonly kind: 'if'; readonly test: Expr; readonly yes: Stmt; readonly no: Stmt | undefined }
  | { readonly kind: 'while'; readonly test: Expr; readonly body: Stmt; readonly first: boolean }
  | {
      readonly kind: 'for';
      readonly start: Stmt | undefined;
      readonly test: Expr | undefined;
      readonly next: Stmt | undefined;
      readonly body: Stmt;
    }
  | { readonly kind: 'each'; readonly variable: string; readonly array: string; readonly body: Stmt }
  | { readonly kind: 'block'; readonly body: readonly Stmt[] }
  | {
      readonly kind: 'jump';
      readonly name: 'next' | 'break' | 'continue' | 'exit' | 'return';
      readonly value: Expr | undefined;
    }
  | { readonly kind: 'delete'; readonly name: string; readonly keys: readonly Expr[] | undefined };

/** A pattern with its action. */
export interface Rule {
  readonly when: 'BEGIN' | 'END' | 'record';
  readonly pattern: Expr | undefined;
  readonly until: Expr | undefined;
  readonly body: Stmt | undefined;
}

/** A whole awk program. */
export interface AwkProgram {
  readonly rules: readonly Rule[];
  readonly functions: ReadonlyMap<string, { readonly parameters: readonly string[]; readonly body: Stmt }>;
}

interface Token {
  readonly kind: 'number' | 'string' | 'regex' | 'name' | 'call' | 'op' | 'newline' | 'end';
  readonly text: string;
}

const OPERATORS = /^(\+\+|--|\*\*=|\*\*|[-+*/%^]=|==|<=|>=|!=|!~|&&|\|\||>>|[-+*/%^!<>|?:~$=,;(){}[\]])/;

function unquote(text: string): string {
  const simple: Readonly<Record<string, string>> = {
    n: '\n',
    t: '\t',
    r: '\r',
    '\\': '\\',
    '"': '"',
    '/': '/',
    a: '\x07',
    b: '\b',
  };
  return text.replace(
    /\\([0-7]{1,3}|.)/gs,
    (whole, code: string) =>
      simple[code] ?? (/^[0-7]+$/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : whole),
  );
}

function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = source;
  const push = (kind: Token['kind'], text: string, length: number) => {
    tokens.push({ kind, text });
    rest = rest.slice(length);
  };
  while (rest !== '') {
    const skip = /^(?:[ \t\r]|\\\r?\n|#[^\n]*)+/.exec(rest);
    if (skip !== null) {
      rest = rest.slice(skip[0].length);
      continue;
    }
    const last = tokens[tokens.length - 1];
    const operand =
      last !== undefined &&
      (['number', 'string', 'name', 'regex'].includes(last.kind) || [')', ']', '$'].includes(last.text));
    const number = /^(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(rest);
    const string = /^"((?:[^"\\\n]|\\.)*)"/s.exec(rest);
    const regex = operand ? null : /^\/((?:[^/\\\n[]|\\.|\[(?:[^\]\\]|\\.)*\])+)\//.exec(rest);
    const name = /^[A-Za-z_]\w*/.exec(rest);
    const operator = OPERATORS.exec(rest);
    if (rest.startsWith('\n')) push('newline', '\n', 1);
    else if (number !== null) push('number', number[0], number[0].length);
    else if (string !== null) push('string', unquote(string[1] ?? ''), string[0].length);
    else if (regex !== null) push('regex', regex[1] ?? '', regex[0].length);
    else if (name !== null) push(rest[name[0].length] === '(' ? 'call' : 'name', name[0], name[0].length);
    else if (operator !== null) push('op', operator[0], operator[0].length);
    else throw new ToolError(`line 1: syntax error at or near ${rest.slice(0, 1)}`, 2);
  }
  return [...tokens, { kind: 'end', text: 'end of file' }];
}

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

class AwkParser {
  readonly #tokens: readonly Token[];
  #at = 0;
  /** Inside print's own arguments ">" redirects. */
  #printing = false;

  constructor(source: string) {
    this.#tokens = tokenize(source);
  }

  get #token(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: 'end of file' };
  }

  #is(text: string): boolean {
    return this.#token.text === text && ['op', 'name', 'call', 'newline'].includes(this.#token.kind);
  }

  #take(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at += 1;
    return true;
  }

  #need(text: string): void {
    if (!this.#take(text)) throw new ToolError(`line 1: syntax error at or near ${this.#token.text}`, 2);
  }

  #lines(): void {
    while (this.#take('\n') || this.#take(';'));
  }

  program(): AwkProgram {
    const rules: Rule[] = [];
    const functions = new Map<string, { parameters: string[]; body: Stmt }>();
    for (this.#lines(); this.#token.kind !== 'end'; this.#lines()) {
      if (this.#take('function') || this.#take('func')) {
        const name = this.#name();
        const parameters: string[] = [];
        this.#need('(');
        while (!this.#take(')')) {
          parameters.push(this.#name());
          this.#take(',');
        }
        while (this.#take('\n'));
        functions.set(name, { parameters, body: this.#block() });
        continue;
      }
      const when = this.#take('BEGIN') ? 'BEGIN' : this.#take('END') ? 'END' : 'record';
      const pattern = when === 'record' && !this.#is('{') ? this.#expr() : undefined;
      const until = pattern !== undefined && this.#take(',') ? this.#expr() : undefined;
      rules.push({ when, pattern, until, body: this.#is('{') ? this.#block() : undefined });
    }
    return { rules, functions };
  }

  #name(): string {
    const { kind, text } = this.#token;
    if (kind !== 'name' && kind !== 'call') throw new ToolError(`line 1: syntax error at or near ${text}`, 2);
    this.#at += 1;
    return text;
  }

  #block(): Stmt {
    this.#need('{');
    const body: Stmt[] = [];
    for (this.#lines(); !this.#take('}'); this.#lines()) body.push(this.#statement());
    return { kind: 'block', body };
  }

  #body(): Stmt {
    while (this.#take('\n'));
    if (this.#take(';')) return { kind: 'block', body: [] };
    return this.#statement();
  }

  #statement(): Stmt {
    if (this.#is('{')) return this.#block();
    if (this.#take('if')) {
      this.#need('(');
      const test = this.#expr();
      this.#need(')');
      const yes = this.#body();
      const mark = this.#at;
      this.#lines();
      if (this.#take('else')) return { kind: 'if', test, yes, no: this.#body() };
      this.#at = mark;
      return { kind: 'if', test, yes, no: undefined };
    }
    if (this.#take('while')) {
      this.#need('(');
      const test = this.#expr();
      this.#need(')');
      return { kind: 'while', test, body: this.#body(), first: false };
    }
    if (this.#take('do')) {
      const body = this.#body();
      this.#lines();
      this.#need('while');
      this.#need('(');
      const test = this.#expr();
      this.#need(')');
      return { kind: 'while', test, body, first: true };
    }
    if (this.#take('for')) return this.#for();
    return this.#simple();
  }

  #for(): Stmt {
    this.#need('(');
    const [name, word, array, close] = this.#tokens.slice(this.#at, this.#at + 4);
    if (name?.kind === 'name' && word?.text === 'in' && array?.kind === 'name' && close?.text === ')') {
      this.#at += 4;
      return { kind: 'each', variable: name.text, array: array.text, body: this.#body() };
    }
    const start = this.#is(';') ? undefined : this.#simple();
    this.#need(';');
    const test = this.#is(';') ? undefined : this.#expr();
    this.#need(';');
    const next = this.#is(')') ? undefined : this.#simple();
    this.#need(')');
    return { kind: 'for', start, test, next, body: this.#body() };
  }

  #ends(): boolean {
    return this.#token.kind === 'end' || [';', '}', '\n', ')', '>', '>>', '|'].some((text) => this.#is(text));
  }

  #simple(): Stmt {
    for (const name of ['next', 'break', 'continue', 'exit', 'return'] as const) {
      if (this.#take(name)) return { kind: 'jump', name, value: this.#ends() ? undefined : this.#expr() };
    }
    if (this.#take('delete')) {
      const name = this.#name();
      return { kind: 'delete', name, keys: this.#take('[') ? this.#list(']') : undefined };
    }
    if (this.#is('print') || this.#is('printf')) return this.#print();
    return { kind: 'expr', value: this.#expr() };
  }

  #print(): Stmt {
    const format = this.#token.text === 'printf';
    this.#at += 1;
    let args: readonly Expr[] = [];
    this.#printing = true;
    if (!this.#ends()) {
      const first = this.#at;
      if (this.#take('(')) {
        this.#printing = false;
        args = this.#list(')');
        this.#printing = true;
        if (!this.#ends()) {
          this.#at = first;
          args = this.#exprs();
        }
      } else args = this.#exprs();
    }
    this.#printing = false;
    const { text } = this.#token;
    if (text !== '>' && text !== '>>' && text !== '|') return { kind: 'print', format, args, to: undefined };
    this.#at += 1;
    return { kind: 'print', format, args, to: { operator: text, target: this.#binary(5) } };
  }

  #exprs(): readonly Expr[] {
    const all = [this.#expr()];
    while (this.#take(',')) {
      while (this.#take('\n'));
      all.push(this.#expr());
    }
    return all;
  }

  #list(close: string): readonly Expr[] {
    if (this.#take(close)) return [];
    const all = this.#exprs();
    this.#need(close);
    return all;
  }

  #expr(): Expr {
    const left = this.#choice();
    const { text } = this.#token;
    const assigns =
      ['=', '+=', '-=', '*=', '/=', '%=', '^=', '**='].includes(text) && this.#token.kind === 'op';
    if (!assigns || !['variable', 'field', 'element'].includes(left.kind)) return left;
    this.#at += 1;
    return { kind: 'assign', operator: text.slice(0, -1), target: left, value: this.#expr() };
  }

  #choice(): Expr {
    const test = this.#binary(0);
    if (!this.#take('?')) return test;
    const yes = this.#expr();
    this.#need(':');
    return { kind: 'choice', test, yes, no: this.#expr() };
  }

  #binary(level: number): Expr {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const { kind, text } = this.#token;
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
        (this.#printing && text === '>')
      )
        return left;
      this.#at += 1;
      if (text === 'in') {
        left = { kind: 'in', keys: [left], name: this.#name() };
        continue;
      }
      while ((text === '&&' || text === '||') && this.#take('\n'));
      left = { kind: 'binary', operator: text, left, right: this.#binary(level + 1) };
    }
  }

  #unary(): Expr {
    for (const operator of ['!', '-', '+'])
      if (this.#take(operator)) return { kind: 'unary', operator, operand: this.#unary() };
    const base = this.#postfix();
    if (this.#take('^') || this.#take('**'))
      return { kind: 'binary', operator: '^', left: base, right: this.#unary() };
    return base;
  }

  #postfix(): Expr {
    const base = this.#primary();
    const steppable = ['variable', 'field', 'element'].includes(base.kind);
    if (steppable && this.#take('++')) return { kind: 'step', by: 1, before: false, target: base };
    if (steppable && this.#take('--')) return { kind: 'step', by: -1, before: false, target: base };
    return base;
  }

  #primary(): Expr {
    const { kind, text } = this.#token;
    this.#at += 1;
    if (kind === 'number') return { kind: 'number', value: Number(text) };
    if (kind === 'string') return { kind: 'string', value: text };
    if (kind === 'regex') return { kind: 'regex', source: text };
    if (kind === 'op' && text === '$')
      return { kind: 'field', index: this.#is('++') || this.#is('--') ? this.#unary() : this.#primary() };
    if (kind === 'op' && (text === '++' || text === '--')) {
      return { kind: 'step', by: text === '++' ? 1 : -1, before: true, target: this.#primary() };
    }
    if (kind === 'op' && text === '-') return { kind: 'unary', operator: '-', operand: this.#unary() };
    if (kind === 'op' && text === '(') {
      const printing = this.#printing;
      this.#printing = false;
      const inner = this.#list(')');
      this.#printing = printing;
      const [first] = inner;
      if (inner.length > 1 && this.#take('in')) return { kind: 'in', keys: inner, name: this.#name() };
      if (first !== undefined)
        return first.kind === 'regex'
          ? first
          : { kind: 'choice', test: { kind: 'number', value: 1 }, yes: first, no: first };
    }
    if (kind === 'call') {
      this.#need('(');
      const printing = this.#printing;
      this.#printing = false;
      const args = this.#list(')');
      this.#printing = printing;
      return { kind: 'call', name: text, args };
    }
    if (kind === 'name' && BARE.includes(text)) return { kind: 'call', name: text, args: [] };
    if (kind === 'name')
      return this.#take('[')
        ? { kind: 'element', name: text, keys: this.#list(']') }
        : { kind: 'variable', name: text };
    throw new ToolError(`line 1: syntax error at or near ${text === '\n' ? 'end of line' : text}`, 2);
  }
}

/** Reads an awk program. */
export function parseAwk(source: string): AwkProgram {
  return new AwkParser(source).program();
}
