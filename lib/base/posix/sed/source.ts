import { compileRegExp } from '../regular-expression';
import { ToolError } from '../tool-error';

/** The text of a sed script, read from front to back. */
export class SedSource {
  readonly #text: string;
  readonly #isExtended: boolean;
  #at = 0;

  constructor(text: string, isExtended: boolean) {
    this.#text = text;
    this.#isExtended = isExtended;
  }

  /** Refuses the script at the last character read, or at another. */
  fail(message: string, at = this.#at): never {
    throw new ToolError(`-e expression #1, char ${at}: ${message}`);
  }

  /** The next character, '' at the end. */
  peek(): string {
    return this.#text[this.#at] ?? '';
  }

  /** How many characters are behind. */
  get at(): number {
    return this.#at;
  }

  /** Takes one character. */
  take(): string {
    const char = this.peek();
    this.#at += char.length;
    return char;
  }

  /** Goes past characters of a shape. */
  skip(shape: RegExp): void {
    while (shape.test(this.peek())) this.#at += 1;
  }

  /** Takes what a pattern finds right here; undefined when that is nothing. */
  match(shape: RegExp): RegExpExecArray | undefined {
    const found = shape.exec(this.#text.slice(this.#at));
    if (found === null || found.index > 0) return undefined;
    this.#at += found[0].length;
    return found;
  }

  /** Takes everything before `end`. */
  until(end: string): string {
    const stop = this.#text.indexOf(end, this.#at);
    const text = this.#text.slice(this.#at, stop < 0 ? undefined : stop);
    this.#at += text.length;
    return text;
  }

  /** Takes a part that ends with a delimiter, which a backslash or brackets protect. */
  delimited(delimiter: string, unterminated: string): string {
    let out = '';
    let isInBrackets = false;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const char = this.peek();
      if (char === '\\') {
        const escaped = this.#text[this.#at + 1] ?? '';
        out += escaped === delimiter ? escaped : escaped === '\n' ? '\n' : char + escaped;
        this.#at += 1;
      } else if (char === delimiter && !isInBrackets) {
        this.#at += 1;
        return out;
      } else {
        if (char === '[') isInBrackets = true;
        if (char === ']') isInBrackets = false;
        out += char;
      }
    }
    this.#at = this.#text.length;
    return this.fail(unterminated);
  }

  /** A regular expression of the script; undefined for an empty one. */
  shape(source: string, flags: string): RegExp | undefined {
    if (source === '') return undefined;
    return compileRegExp(source.replaceAll('\\n', '\n'), this.#isExtended ? 'extended' : 'basic', flags);
  }

  /** Nothing but the end of a command may follow. */
  end(otherwise: string): void {
    this.skip(/[ \t]/);
    if (this.peek() !== '' && !';\n}#'.includes(this.peek())) this.fail(otherwise, this.#at + 1);
  }
}
