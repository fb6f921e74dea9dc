import { ToolError } from '../tool-error';
import { type Token, tokenize } from './tokens';

/** A place in an awk program that is being read. */
export class AwkCursor {
  readonly #tokens: readonly Token[];
  /** How many words and signs are behind. */
  at = 0;

  constructor(source: string) {
    this.#tokens = tokenize(source);
  }

  /** The word or sign that comes next. */
  get token(): Token {
    return this.#tokens[this.at] ?? { kind: 'end', text: 'end of file' };
  }

  /** Whether it is this one, outside strings. */
  is(text: string): boolean {
    return this.token.text === text && ['op', 'name', 'call', 'newline'].includes(this.token.kind);
  }

  /** Goes past it if it is this one. */
  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.at += 1;
    return true;
  }

  /** The same, and a syntax error if it is not. */
  need(text: string): void {
    if (!this.take(text)) throw new ToolError(`line 1: syntax error at or near ${this.token.text}`, 2);
  }

  /** Goes past ends of statements. */
  lines(): void {
    while (this.take('\n') || this.take(';'));
  }

  /** Takes a name. */
  name(): string {
    const { kind, text } = this.token;
    if (kind !== 'name' && kind !== 'call') throw new ToolError(`line 1: syntax error at or near ${text}`, 2);
    this.at += 1;
    return text;
  }

  /** Whether a statement ends here. */
  ends(): boolean {
    return this.token.kind === 'end' || [';', '}', '\n', ')', '>', '>>', '|'].some((text) => this.is(text));
  }

  /** The next few, without taking them. */
  ahead(count: number): readonly Token[] {
    return this.#tokens.slice(this.at, this.at + count);
  }
}
