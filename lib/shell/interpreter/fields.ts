import { escapePattern, escapeRegExp } from '../../base';

/** A stretch of a field: what was quoted is neither split nor a pattern. */
interface Piece {
  readonly text: string;
  readonly quoted: boolean;
}

const SPACE: Piece = { text: ' ', quoted: true };

/** Collects what a word expands to, splitting unquoted expansions at IFS where asked. */
export class FieldSink {
  readonly #split: boolean;
  readonly #ifs: string;
  readonly #fields: Piece[][] = [];
  #current: Piece[] | undefined;
  #closedBySpace = false;

  constructor(split: boolean, ifs: string) {
    this.#split = split;
    this.#ifs = ifs;
  }

  /** Text of the word itself, or of a quoted expansion. */
  text(text: string, quoted: boolean): void {
    if (text === '' && !quoted) return;
    this.#current ??= [];
    this.#current.push({ text, quoted });
    this.#closedBySpace = false;
  }

  /** The result of an unquoted expansion. */
  value(text: string): void {
    if (!this.#split || this.#ifs === '') {
      this.text(text, false);
      return;
    }
    let run = '';
    const flush = () => {
      if (run !== '') this.text(run, false);
      run = '';
    };
    for (const char of text) {
      if (!this.#ifs.includes(char)) {
        run += char;
      } else if (char === ' ' || char === '\t' || char === '\n') {
        flush();
        if (this.#current !== undefined) {
          this.#close();
          this.#closedBySpace = true;
        }
      } else {
        flush();
        if (this.#current !== undefined) this.#close();
        else if (!this.#closedBySpace) this.#fields.push([]);
        this.#closedBySpace = false;
      }
    }
    flush();
  }

  /** Ends the field between two elements of "$@". */
  breakField(): void {
    if (!this.#split) {
      this.text(' ', true);
      return;
    }
    if (this.#current !== undefined) this.#close();
  }

  #close(): void {
    this.#fields.push(this.#current ?? []);
    this.#current = undefined;
  }

  /** All fields; nothing more may be added. */
  fields(): readonly Piece[][] {
    if (this.#current !== undefined) this.#close();
    return this.#fields;
  }

  /** All of it as one text. */
  joined(): string {
    return this.fields().map(fieldText).join(' ');
  }

  /** All of it as a shell pattern, what was quoted escaped. */
  pattern(): string {
    return this.fields().map(fieldPattern).join(' ');
  }

  /** What takes the place of a match: an `&` that is not quoted is the match (patsub_replacement). */
  replacement(): (match: string) => string {
    const pieces = this.fields().flatMap((field, index) => (index === 0 ? field : [SPACE, ...field]));
    return (match) =>
      pieces
        .map(({ text, quoted }) =>
          quoted ? text : text.replace(/\\([\\&])|&/g, (_, escaped) => escaped ?? match),
        )
        .join('');
  }

  /** All of it as a regular expression, what was quoted escaped. */
  regExp(): string {
    return this.fields()
      .map((field) => field.map(({ text, quoted }) => (quoted ? escapeRegExp(text) : text)).join(''))
      .join(' ');
  }
}

/** A field's plain text. */
export function fieldText(field: readonly Piece[]): string {
  let text = '';
  for (const piece of field) text += piece.text;
  return text;
}

/** A field as a shell pattern. */
export function fieldPattern(field: readonly Piece[]): string {
  let text = '';
  for (const piece of field) text += piece.quoted ? escapePattern(piece.text) : piece.text;
  return text;
}
