import type { Token } from './lexer';

/** What keeps CoreDNS from loading its Corefile, in its own words. */
export class CorefileError extends Error {
  override name = 'CorefileError';
}

/** Walks over the words of a Corefile, as Caddy's parser and the plugins' set-up functions do. */
export interface Dispenser {
  next(): boolean;
  /** Moves on if the next word is on the same line. */
  nextArg(): boolean;
  /** For loops over a block's lines: `while (c.nextBlock()) …`. */
  nextBlock(): boolean;
  val(): string;
  readonly line: number;
  /** The words up to the end of the line or an opening brace. */
  remainingArgs(): readonly string[];
  isNewLine(): boolean;
  /** "FILE:LINE - Error during parsing: …" */
  error(message: string): CorefileError;
  argumentError(): CorefileError;
  syntaxError(expected: string): CorefileError;
}

/** A dispenser that the parser may also move by hand. */
export interface ParserCursor extends Dispenser {
  tokens: Token[];
  cursor: number;
  readonly file: string;
}

/** Walks over tokens of a file. */
export function createDispenser(filename: string, given: readonly Token[]): ParserCursor {
  let nesting = 0;
  const at = (index: number): Token | undefined => self.tokens[index];
  const lastLine = (token: Token): number => token.line + token.text.split('\n').length - 1;
  const self: ParserCursor = {
    tokens: [...given],
    cursor: -1,
    next() {
      if (self.cursor >= self.tokens.length - 1) return false;
      self.cursor += 1;
      return true;
    },
    nextArg() {
      if (self.cursor < 0) {
        self.cursor += 1;
        return true;
      }
      const [here, after] = [at(self.cursor), at(self.cursor + 1)];
      if (here === undefined || after === undefined) return false;
      if (here.file !== after.file || lastLine(here) !== after.line) return false;
      self.cursor += 1;
      return true;
    },
    nextBlock() {
      if (nesting > 0) {
        if (!self.next()) return false;
        if (self.val() !== '}') return true;
        nesting -= 1;
        return false;
      }
      if (!self.nextArg()) return false;
      if (self.val() !== '{') {
        self.cursor -= 1;
        return false;
      }
      if (!self.next() || self.val() === '}') return false;
      nesting += 1;
      return true;
    },
    val() {
      return at(self.cursor)?.text ?? '';
    },
    get line() {
      return at(self.cursor)?.line ?? 0;
    },
    get file() {
      return at(self.cursor)?.file || filename;
    },
    remainingArgs() {
      const found: string[] = [];
      while (self.nextArg()) {
        if (self.val() === '{') {
          self.cursor -= 1;
          break;
        }
        found.push(self.val());
      }
      return found;
    },
    isNewLine() {
      const [before, here] = [at(self.cursor - 1), at(self.cursor)];
      if (self.cursor < 1 || before === undefined) return true;
      if (here === undefined) return false;
      return before.file !== here.file || lastLine(before) < here.line;
    },
    error: (message) => new CorefileError(`${self.file}:${self.line} - Error during parsing: ${message}`),
    argumentError: () =>
      self.val() === '{'
        ? self.error("Unexpected token '{', expecting argument")
        : self.error(`Wrong argument count or unexpected line ending after '${self.val()}'`),
    syntaxError: (expected) =>
      new CorefileError(
        `${self.file}:${self.line} - Syntax error: Unexpected token '${self.val()}', expecting '${expected}'`,
      ),
  };
  return self;
}
