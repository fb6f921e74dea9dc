import { BINARY, join, UNARY_LEVEL } from './binary-operators';
import { JqSyntaxError } from './jq-syntax-error';
import { numberValue } from './json-reader';
import type { Filter, FunctionDefinition, Pattern } from './syntax';
import { type Token, tokenize, UnfinishedString } from './tokens';
import type { JqValue } from './value';

/** Parses a whole filter. */
export function parseFilter(text: string): Filter {
  const parser = parserOf(text);
  if (parser.peek().kind === 'end') return { kind: 'identity' };
  const filter = parser.program();
  parser.end();
  return filter;
}

/** Parses definitions alone, as jq's own library has them. */
export function parseDefinitions(text: string): readonly FunctionDefinition[] {
  const parser = parserOf(text);
  const found: FunctionDefinition[] = [];
  while (parser.peek().kind !== 'end') found.push(parser.definition());
  return found;
}

function parserOf(text: string): Parser {
  try {
    return new Parser(tokenize(text), text);
  } catch (error) {
    if (!(error instanceof UnfinishedString)) throw error;
    throw new JqSyntaxError(
      'syntax error, unexpected end of file, expecting QQSTRING_TEXT or QQSTRING_INTERP_START or QQSTRING_END',
      error.pos,
    );
  }
}

const CONSTANTS: ReadonlyMap<string, JqValue> = new Map([
  ['null', null],
  ['true', true],
  ['false', false],
]);

class Parser {
  readonly #tokens: readonly Token[];
  readonly #text: string;
  #at = 0;

  constructor(tokens: readonly Token[], text: string) {
    this.#tokens = tokens;
    this.#text = text;
  }

  peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)];
    return token ?? { kind: 'end', text: '', pos: 0, name: 'end of file' };
  }

  #take(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  #is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return (token.kind === 'operator' || token.kind === 'keyword') && token.text === text;
  }

  #accept(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at += 1;
    return true;
  }

  fail(expecting?: string): never {
    const token = this.peek();
    const tail = expecting === undefined ? '' : `, expecting ${expecting}`;
    throw new JqSyntaxError(`syntax error, unexpected ${token.name}${tail}`, token.pos);
  }

  #expect(text: string, tell = false): void {
    if (!this.#accept(text)) this.fail(tell ? (text.length === 1 ? `'${text}'` : text) : undefined);
  }

  end(): void {
    if (this.peek().kind !== 'end') this.fail('end of file');
  }

  /** A program: definitions alone stand for the identity. */
  program(): Filter {
    if (!this.#is('def')) {
      if (this.#startsTerm()) return this.pipe();
      return this.fail('end of file');
    }
    const definition = this.definition();
    const body: Filter = this.peek().kind === 'end' ? { kind: 'identity' } : this.program();
    return { kind: 'define', definition, body };
  }

  #startsTerm(): boolean {
    const token = this.peek();
    if (token.kind === 'invalid' || token.kind === 'end') return false;
    if (token.kind === 'operator') return ['.', '..', '-', '[', '{', '(', '$'].includes(token.text);
    return (
      token.kind !== 'keyword' ||
      !['then', 'else', 'elif', 'end', 'as', 'and', 'or', 'catch'].includes(token.text)
    );
  }

  definition(): FunctionDefinition {
    this.#expect('def');
    const name = this.#take();
    if (name.kind !== 'ident' && name.kind !== 'keyword') {
      this.#at -= 1;
      this.fail('IDENT');
    }
    const params: string[] = [];
    if (this.#accept('(')) {
      do {
        const token = this.#take();
        if (token.kind !== 'variable' && token.kind !== 'ident') {
          this.#at -= 1;
          this.fail();
        }
        params.push(token.text);
      } while (this.#accept(';'));
      this.#expect(')');
    }
    if (!this.#accept(':')) this.fail(params.length === 0 ? "'(' or ':'" : "':'");
    const body = this.pipe();
    this.#expect(';');
    return { name: name.text, params, body };
  }

  pipe(): Filter {
    if (this.#is('def')) {
      const definition = this.definition();
      return { kind: 'define', definition, body: this.pipe() };
    }
    return this.#binary(0);
  }

  #binary(least: number): Filter {
    let left = this.#operand();
    for (;;) {
      const token = this.peek();
      const rule = token.kind === 'operator' || token.kind === 'keyword' ? BINARY[token.text] : undefined;
      if (rule === undefined || rule.level < least) return left;
      this.#at += 1;
      const right =
        token.text === '|' && this.#is('def')
          ? this.pipe()
          : this.#binary(rule.side === 'right' ? rule.level : rule.level + 1);
      left = join(token.text, left, right);
      const next = this.peek();
      const again = next.kind === 'operator' ? BINARY[next.text] : undefined;
      if (rule.side === 'none' && again?.level === rule.level) this.fail();
    }
  }

  #operand(): Filter {
    if (this.#is('def')) {
      const definition = this.definition();
      return { kind: 'define', definition, body: this.pipe() };
    }
    if (this.#accept('-')) return { kind: 'negate', body: this.#binary(UNARY_LEVEL + 1) };
    if (this.#accept('label')) {
      const name = this.#variable('BINDING');
      this.#expect('|', true);
      return { kind: 'label', name, body: this.pipe() };
    }
    const term = this.#postfix();
    if (!this.#accept('as')) return term;
    const patterns = this.#patterns();
    this.#expect('|', true);
    return { kind: 'bind', source: term, patterns, body: this.pipe() };
  }

  #variable(expecting?: string): string {
    const token = this.#take();
    if (token.kind === 'variable') return token.text;
    if (token.kind === 'operator' && token.text === '$') {
      const name = this.#take();
      if (name.kind === 'ident' || name.kind === 'keyword') return `$${name.text}`;
    }
    this.#at -= 1;
    return this.fail(expecting);
  }

  #patterns(): readonly Pattern[] {
    const patterns = [this.#pattern()];
    while (this.#accept('?//')) patterns.push(this.#pattern());
    return patterns;
  }

  #pattern(): Pattern {
    if (this.#accept('[')) {
      const items = [this.#pattern()];
      while (this.#accept(',')) items.push(this.#pattern());
      this.#expect(']');
      return { kind: 'array', items };
    }
    if (!this.#accept('{')) return { kind: 'variable', name: this.#variable("BINDING or '[' or '{'") };
    const entries: (Pattern & { kind: 'object' })['entries'][number][] = [];
    do {
      let key: Filter;
      let variable: string | undefined;
      const token = this.peek();
      if (token.kind === 'variable' || this.#is('$')) {
        variable = this.#variable();
        key = { kind: 'literal', value: variable.slice(1) };
      } else if (token.kind === 'ident' || token.kind === 'keyword') {
        this.#at += 1;
        key = { kind: 'literal', value: token.text };
      } else if (token.kind === 'string') key = this.#string(undefined);
      else {
        this.#expect('(');
        key = this.pipe();
        this.#expect(')');
      }
      const value = this.#accept(':') ? this.#pattern() : undefined;
      if (value === undefined && variable === undefined) this.fail();
      entries.push({ variable, key, value });
    } while (this.#accept(','));
    this.#expect('}');
    return { kind: 'object', entries };
  }

  #postfix(): Filter {
    let term = this.#term();
    for (;;) {
      const token = this.peek();
      if (token.kind === 'field') {
        this.#at += 1;
        term = { kind: 'index', term, key: { kind: 'literal', value: token.text.slice(1) } };
      } else if (this.#is('.') && (this.peek(1).kind === 'string' || this.#is('[', 1))) {
        this.#at += 1;
        term = this.peek().kind === 'string' ? { kind: 'index', term, key: this.#string(undefined) } : term;
      } else if (this.#is('.')) {
        this.#at += 1;
        return this.fail("FORMAT or QQSTRING_START or '['");
      } else if (this.#accept('[')) term = this.#bracket(term);
      else if (this.#accept('?')) term = { kind: 'try', body: term, handler: undefined };
      else return term;
    }
  }

  #bracket(term: Filter): Filter {
    if (this.#accept(']')) return { kind: 'iterate', term };
    if (this.#accept(':')) {
      const to = this.pipe();
      this.#expect(']');
      return { kind: 'slice', term, from: undefined, to };
    }
    const key = this.pipe();
    if (this.#accept(':')) {
      const to = this.#is(']') ? undefined : this.pipe();
      this.#expect(']');
      return { kind: 'slice', term, from: key, to };
    }
    this.#expect(']');
    return { kind: 'index', term, key };
  }

  #term(): Filter {
    const token = this.#take();
    switch (token.kind) {
      case 'number':
        return { kind: 'literal', value: numberValue(token.text) ?? Number(token.text) };
      case 'string':
        this.#at -= 1;
        return this.#string(undefined);
      case 'format':
        if (this.peek().kind === 'string') return this.#string(token.text);
        return { kind: 'format', name: token.text };
      case 'field':
        return {
          kind: 'index',
          term: { kind: 'identity' },
          key: { kind: 'literal', value: token.text.slice(1) },
        };
      case 'variable':
        if (token.text === '$__loc__') return this.#location(token);
        return { kind: 'variable', name: token.text, pos: token.pos };
      case 'ident':
        if (token.text === 'break' && this.peek().kind === 'variable') {
          return { kind: 'break', name: this.#variable(), pos: token.pos };
        }
        return this.#call(token);
      case 'keyword':
        return this.#keyword(token);
      case 'operator':
        return this.#operatorTerm(token);
      default:
        this.#at -= 1;
        return this.fail();
    }
  }

  #location(token: Token): Filter {
    return {
      kind: 'literal',
      value: new Map<string, string | number>([
        ['file', '<top-level>'],
        ['line', this.#text.slice(0, token.pos).split('\n').length],
      ]),
    };
  }

  #call(token: Token): Filter {
    const constant = CONSTANTS.get(token.text);
    if (constant !== undefined && !this.#is('(')) return { kind: 'literal', value: constant };
    const args: Filter[] = [];
    if (this.#accept('(')) {
      do args.push(this.pipe());
      while (this.#accept(';'));
      if (!this.#accept(')')) this.fail("';' or ')'");
    }
    return { kind: 'call', name: token.text, args, pos: token.pos };
  }

  #operatorTerm(token: Token): Filter {
    switch (token.text) {
      case '.':
        if (this.peek().kind === 'string') {
          return { kind: 'index', term: { kind: 'identity' }, key: this.#string(undefined) };
        }
        return { kind: 'identity' };
      case '..':
        return { kind: 'recurse' };
      case '(': {
        const body = this.pipe();
        this.#expect(')');
        return body;
      }
      case '[': {
        if (this.#accept(']')) return { kind: 'array', body: undefined };
        const body = this.pipe();
        this.#expect(']');
        return { kind: 'array', body };
      }
      case '{':
        return this.#object();
      default:
        this.#at -= 1;
        return this.fail();
    }
  }

  #keyword(token: Token): Filter {
    switch (token.text) {
      case 'if':
        return this.#if(token);
      case 'reduce': {
        const source = this.#postfix();
        this.#expect('as');
        const patterns = this.#patterns();
        this.#expect('(', true);
        const init = this.pipe();
        this.#expect(';');
        const update = this.pipe();
        this.#expect(')');
        return { kind: 'reduce', source, patterns, init, update };
      }
      case 'foreach':
        return this.#foreach();
      case 'try': {
        const body = this.#postfix();
        return { kind: 'try', body, handler: this.#accept('catch') ? this.#postfix() : undefined };
      }
      default:
        this.#at -= 1;
        return this.fail();
    }
  }

  #foreach(): Filter {
    const source = this.#postfix();
    this.#expect('as');
    const patterns = this.#patterns();
    this.#expect('(', true);
    const init = this.pipe();
    this.#expect(';');
    const update = this.pipe();
    const extract = this.#accept(';') ? this.pipe() : undefined;
    this.#expect(')');
    return { kind: 'foreach', source, patterns, init, update, extract };
  }

  #if(token: Token): Filter {
    const condition = this.pipe();
    this.#expect('then');
    try {
      const then = this.pipe();
      if (this.#is('elif')) {
        const elif = this.#take();
        return { kind: 'if', condition, then, otherwise: this.#if(elif) };
      }
      const otherwise = this.#accept('else') ? this.pipe() : undefined;
      this.#expect('end');
      return { kind: 'if', condition, then, otherwise };
    } catch (error) {
      if (!(error instanceof JqSyntaxError) || error.also !== undefined) throw error;
      throw new JqSyntaxError(error.message, error.pos, {
        message: "Possibly unterminated 'if' statement",
        pos: token.pos,
      });
    }
  }

  #string(format: string | undefined): Filter {
    const token = this.#take();
    const parts = (token.parts ?? []).map((part) => {
      if (typeof part === 'string') return part;
      const inner = new Parser(part, this.#text);
      const filter = inner.pipe();
      inner.end();
      return filter;
    });
    const [only] = parts;
    if (parts.length === 1 && typeof only === 'string') return { kind: 'literal', value: only };
    return { kind: 'string', format, parts };
  }

  #object(): Filter {
    const first = this.peek().pos;
    try {
      return this.#entries();
    } catch (error) {
      if (!(error instanceof JqSyntaxError) || error.also !== undefined) throw error;
      // The grammar goes on after the closing brace, and has more to say.
      if (!this.#tokens.slice(this.#at).some((token) => token.text === '}')) throw error;
      const message = 'May need parentheses around object key expression';
      throw new JqSyntaxError(error.message, error.pos, { message, pos: first });
    }
  }

  #entries(): Filter {
    const entries: (readonly [Filter, Filter])[] = [];
    while (!this.#accept('}')) {
      if (entries.length > 0) {
        this.#expect(',');
        if (this.#accept('}')) break;
      }
      entries.push(this.#entry());
      if (!this.#is(',') && !this.#is('}')) this.fail("'}'");
    }
    return { kind: 'object', entries };
  }

  #entry(): readonly [Filter, Filter] {
    const token = this.peek();
    const here = (key: Filter): Filter => ({ kind: 'index', term: { kind: 'identity' }, key });
    if (token.kind === 'variable' || this.#is('$')) {
      const name = this.#variable();
      const key: Filter = { kind: 'literal', value: name.slice(1) };
      if (name === '$__loc__') return [key, this.#location(token)];
      return [key, { kind: 'variable', name, pos: token.pos }];
    }
    let key: Filter;
    if (token.kind === 'ident' || token.kind === 'keyword') {
      this.#at += 1;
      key = { kind: 'literal', value: token.text };
    } else if (token.kind === 'number') {
      this.#at += 1;
      key = { kind: 'literal', value: numberValue(token.text) ?? null };
    } else if (token.kind === 'string') key = this.#string(undefined);
    else if (token.kind === 'format' && this.peek(1).kind === 'string') {
      this.#at += 1;
      key = this.#string(token.text);
    } else if (this.#accept('(')) {
      key = this.pipe();
      this.#expect(')');
      this.#expect(':');
      return [key, this.#objectValue()];
    } else return this.fail();
    return this.#accept(':') ? [key, this.#objectValue()] : [key, here(key)];
  }

  /** Values of an object: joined by `|` alone, since a comma ends them. */
  #objectValue(): Filter {
    let left = this.#accept('-')
      ? ({ kind: 'negate', body: this.#postfix() } satisfies Filter)
      : this.#postfix();
    while (this.#accept('|')) left = { kind: 'pipe', left, right: this.#postfix() };
    return left;
  }
}
