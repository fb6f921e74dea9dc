/** A text that is no JSON; `message` is what Go's encoding/json says of it. */
export class JsonSyntaxError extends Error {
  override name = 'JsonSyntaxError';
}

/** Go's own limit on nesting. */
const MAX_DEPTH = 10_000;
/** More is not told (sigs.k8s.io/json: the list of strict errors ends there). */
const MAX_DUPLICATES = 100;

const LITERALS: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };
const ESCAPED: ReadonlySet<string> = new Set([...'"\\/bfnrt']);

/**
 * Walks a JSON text as Go's scanner does: throws in its words where it ends, and tells which fields come more than once in
 * their object ("spec.ports[0].name"), which no parser's result can show.
 */
export function scanJson(text: string): readonly string[] {
  const scan = new Scan(text);
  scan.value('', 0);
  scan.blanks();
  if (scan.at < text.length) scan.fail('after top-level value');
  return [...scan.duplicates];
}

class Scan {
  at = 0;
  readonly duplicates = new Set<string>();
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  blanks(): void {
    while (this.at < this.#text.length && ' \t\r\n'.includes(this.#text[this.at] ?? '')) this.at += 1;
  }

  value(path: string, depth: number): void {
    if (depth > MAX_DEPTH) throw new JsonSyntaxError('exceeded max depth');
    this.blanks();
    const char = this.#peek();
    if (char === '{') this.#object(path, depth);
    else if (char === '[') this.#array(path, depth);
    else if (char === '"') this.#string();
    else if (char === '-' || isDigit(char)) this.#number();
    else if (LITERALS[char] !== undefined) this.#literal(LITERALS[char] ?? '');
    else this.fail('looking for beginning of value');
  }

  #object(path: string, depth: number): void {
    this.at += 1;
    this.blanks();
    if (this.#peek() === '}') {
      this.at += 1;
      return;
    }
    const seen = new Set<string>();
    for (;;) {
      this.blanks();
      if (this.#peek() !== '"') this.fail('looking for beginning of object key string');
      const key = this.#string();
      const inner = path === '' ? key : `${path}.${key}`;
      if (seen.has(key) && this.duplicates.size < MAX_DUPLICATES) this.duplicates.add(inner);
      seen.add(key);
      this.blanks();
      if (this.#peek() !== ':') this.fail('after object key');
      this.at += 1;
      this.value(inner, depth + 1);
      if (this.#closes('}', 'after object key:value pair')) return;
    }
  }

  #array(path: string, depth: number): void {
    this.at += 1;
    this.blanks();
    if (this.#peek() === ']') {
      this.at += 1;
      return;
    }
    for (let index = 0; ; index += 1) {
      this.value(`${path}[${index}]`, depth + 1);
      if (this.#closes(']', 'after array element')) return;
    }
  }

  /** Whether a comma's place is the end instead. */
  #closes(end: string, context: string): boolean {
    this.blanks();
    const char = this.#peek();
    if (char !== end && char !== ',') this.fail(context);
    this.at += 1;
    return char === end;
  }

  #string(): string {
    const start = this.at;
    this.at += 1;
    let plain = true;
    for (let char = this.#peek(); char !== '"'; char = this.#peek()) {
      if (char < ' ') this.fail('in string literal');
      this.at += 1;
      if (char !== '\\') continue;
      plain = false;
      const escaped = this.#peek();
      if (escaped !== 'u' && !ESCAPED.has(escaped)) this.fail('in string escape code');
      this.at += 1;
      for (let digit = 0; escaped === 'u' && digit < 4; digit += 1) {
        if (!/[\da-fA-F]/.test(this.#peek())) this.fail('in \\u hexadecimal character escape');
        this.at += 1;
      }
    }
    this.at += 1;
    const raw = this.#text.slice(start, this.at);
    return plain ? raw.slice(1, -1) : (JSON.parse(raw) as string);
  }

  #number(): void {
    if (this.#peek() === '-') this.at += 1;
    if (this.#text[this.at] === '0') this.at += 1;
    else this.#digits('in numeric literal');
    if (this.#text[this.at] === '.') {
      this.at += 1;
      this.#digits('after decimal point in numeric literal');
    }
    if (this.#text[this.at] === 'e' || this.#text[this.at] === 'E') {
      this.at += 1;
      if (this.#text[this.at] === '+' || this.#text[this.at] === '-') this.at += 1;
      this.#digits('in exponent of numeric literal');
    }
  }

  #digits(context: string): void {
    if (!isDigit(this.#peek())) this.fail(context);
    while (isDigit(this.#text[this.at] ?? '')) this.at += 1;
  }

  #literal(word: string): void {
    for (const char of word) {
      if (this.#peek() !== char) this.fail(`in literal ${word} (expecting '${char}')`);
      this.at += 1;
    }
  }

  /** The next character; there has to be one. */
  #peek(): string {
    const char = this.#text[this.at];
    if (char === undefined) throw new JsonSyntaxError('unexpected end of JSON input');
    return char;
  }

  fail(context: string): never {
    throw new JsonSyntaxError(`invalid character ${quoteByte(this.#text, this.at)} ${context}`);
  }
}

const isDigit = (char: string): boolean => char >= '0' && char <= '9' && char.length === 1;

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  "'": "\\'",
};

/** A character as Go quotes it; Go looks at bytes, so of a longer one at its first only. */
function quoteByte(text: string, at: number): string {
  const [byte = 0] = new TextEncoder().encode(String.fromCodePoint(text.codePointAt(at) ?? 0));
  const char = String.fromCharCode(byte);
  const escaped = ESCAPES[char];
  if (escaped !== undefined) return `'${escaped}'`;
  if (byte < 0x20 || byte === 0x7f) return `'\\x${byte.toString(16).padStart(2, '0')}'`;
  return byte >= 0x80 && byte < 0xa1 ? `'\\u00${byte.toString(16)}'` : `'${char}'`;
}
