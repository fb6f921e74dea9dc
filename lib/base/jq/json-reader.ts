import { formatNumber, readNumber } from './numbers';
import { type JqValue, NumberLiteral } from './value';

/** What is wrong with a JSON text, with its place, in jq's words. */
export class JsonTextError extends Error {
  override name = 'JsonTextError';
}

/** How deep arrays and objects may nest (MAX_PARSING_DEPTH of jq 1.7). */
const MAX_DEPTH = 10_000;

type Frame =
  | { readonly kind: 'array'; readonly items: JqValue[] }
  | { readonly kind: 'object'; readonly entries: Map<string, JqValue>; key: string | undefined };

/** The value behind a number's text; as written where that says more than the double. */
export function numberValue(text: string): JqValue | undefined {
  const read = readNumber(text);
  if (read === undefined) return undefined;
  return formatNumber(read.value) === read.canonical
    ? read.value
    : new NumberLiteral(read.canonical, read.value);
}

/** Reads a stream of JSON values as jq's own parser does, mistakes included. */
export class JsonReader {
  readonly text: string;
  #at = 0;
  #line = 1;
  #column = 0;
  #token = '';
  #stack: Frame[] = [];
  #next: JqValue | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Lines that were read by the time the last value was complete: jq reads whole lines. */
  get linesRead(): number {
    const rest = this.text.indexOf('\n', Math.max(0, this.#at - 1));
    return this.text.slice(0, rest < 0 ? this.text.length : rest + 1).split('\n').length - 1;
  }

  /** The next value; undefined at the end. */
  read(): JqValue | undefined {
    while (this.#at < this.text.length) {
      const char = this.text.charAt(this.#at);
      this.#advance(char);
      if (char === '"' || '[{:,]}'.includes(char)) {
        this.#literal();
        if (this.#done()) {
          // The character begins what follows the value: it is read again.
          this.#at -= 1;
          this.#column -= 1;
          return this.#take();
        }
      }
      if (char === '"') {
        this.#string();
      } else if ('[{:,]}'.includes(char)) {
        this.#structure(char);
      } else if (char === ' ' || char === '\t' || char === '\n' || char === '\r') this.#literal();
      else {
        this.#token += char;
        continue;
      }
      if (this.#done()) return this.#take();
    }
    this.#literal(' at EOF');
    if (this.#stack.length > 0) this.#fail('Unfinished JSON term', ' at EOF');
    return this.#next === undefined ? undefined : this.#take();
  }

  #advance(char: string): void {
    this.#at += 1;
    this.#column += 1;
    if (char !== '\n') return;
    this.#line += 1;
    this.#column = 0;
  }

  #done(): boolean {
    return this.#stack.length === 0 && this.#next !== undefined;
  }

  #take(): JqValue {
    const value = this.#next ?? null;
    this.#next = undefined;
    return value;
  }

  #fail(message: string, where = ''): never {
    throw new JsonTextError(`${message}${where} at line ${this.#line}, column ${this.#column}`);
  }

  #value(value: JqValue, where = ''): void {
    if (this.#next !== undefined) this.#fail('Expected separator between values', where);
    this.#next = value;
  }

  #literal(where = ''): void {
    const token = this.#token;
    if (token === '') return;
    this.#token = '';
    const words: Readonly<Record<string, JqValue>> = {
      true: true,
      false: false,
      null: null,
      nan: Number.NaN,
    };
    const word = words[token];
    if (word !== undefined) {
      this.#value(word, where);
      return;
    }
    if (token.startsWith("'")) this.#fail('Invalid string literal; expected ", but got \'', where);
    if (/^[tfn]/.test(token)) this.#fail('Invalid literal', where);
    const value = numberValue(token);
    if (value === undefined) this.#fail('Invalid numeric literal', where);
    this.#value(value, where);
  }

  #string(): void {
    let raw = '';
    for (;;) {
      if (this.#at >= this.text.length) this.#fail('Unfinished string', ' at EOF');
      const char = this.text.charAt(this.#at);
      this.#advance(char);
      if (char === '"') break;
      raw += char;
      if (char !== '\\') continue;
      const escaped = this.text.charAt(this.#at);
      this.#advance(escaped);
      raw += escaped;
    }
    this.#value(this.#unescape(raw));
  }

  #unescape(raw: string): string {
    return raw.replace(/\\(u[0-9a-fA-F]{4}|[\s\S]?)/g, (_, code: string) => {
      const plain: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
      if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
      if (code === '"' || code === '\\' || code === '/') return code;
      const known = plain[code];
      if (known === undefined) this.#fail(code === 'u' ? 'Invalid escape' : 'Invalid escape');
      return known;
    });
  }

  #top(): Frame | undefined {
    return this.#stack[this.#stack.length - 1];
  }

  #structure(char: string): void {
    switch (char) {
      case '[':
      case '{':
        if (this.#stack.length >= MAX_DEPTH) this.#fail('Exceeds depth limit for parsing');
        if (this.#next !== undefined) this.#fail('Expected separator between values');
        this.#stack.push(
          char === '['
            ? { kind: 'array', items: [] }
            : { kind: 'object', entries: new Map(), key: undefined },
        );
        return;
      case ':':
        this.#colon();
        return;
      case ',':
        this.#comma();
        return;
      case ']':
        this.#closeArray();
        return;
      default:
        this.#closeObject();
    }
  }

  #colon(): void {
    const top = this.#top();
    if (top?.kind !== 'object' || top.key !== undefined) this.#fail("':' not as part of an object");
    if (this.#next === undefined) this.#fail("Expected string key before ':'");
    if (typeof this.#next !== 'string') this.#fail('Object keys must be strings');
    top.key = this.#next;
    this.#next = undefined;
  }

  #comma(): void {
    const top = this.#top();
    if (this.#next === undefined) this.#fail("Expected value before ','");
    if (top === undefined) this.#fail("',' not as part of an object or array");
    if (top.kind === 'array') top.items.push(this.#take());
    else this.#entry(top);
  }

  #entry(top: Frame & { kind: 'object' }): void {
    if (top.key === undefined) this.#fail('Objects must consist of key:value pairs');
    top.entries.set(top.key, this.#take());
    top.key = undefined;
  }

  #closeArray(): void {
    const top = this.#top();
    if (top?.kind !== 'array') this.#fail("Unmatched ']'");
    if (this.#next !== undefined) top.items.push(this.#take());
    else if (top.items.length > 0) this.#fail('Expected another array element');
    this.#stack.pop();
    this.#next = top.items;
  }

  #closeObject(): void {
    const top = this.#top();
    if (top === undefined) this.#fail("Unmatched '}'");
    if (top.kind !== 'object') {
      this.#fail(this.#next !== undefined ? 'Objects must consist of key:value pairs' : "Unmatched '}'");
    }
    if (this.#next !== undefined) this.#entry(top);
    else if (top.key !== undefined) this.#fail("Unmatched '}'");
    else if (top.entries.size > 0) this.#fail('Expected another key-value pair');
    this.#stack.pop();
    this.#next = top.entries;
  }
}
