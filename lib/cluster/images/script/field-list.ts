import { escapePattern } from '../../../base';

interface Field {
  readonly text: string;
  /** The same as a pattern: what was quoted is escaped. */
  readonly pattern: string;
  /** An unquoted `*`, `?` or `[` is in it. */
  readonly wild: boolean;
}

/** The fields that a word falls into as its parts come in. */
export class FieldList {
  private readonly done: Field[] = [];
  private current: Field | undefined;
  private readonly separators: string;

  constructor(separators: string) {
    this.separators = separators;
  }

  get fields(): readonly Field[] {
    return this.current === undefined ? this.done : [...this.done, this.current];
  }

  /** Text that stays in one field. */
  add(text: string, quoted: boolean): void {
    const { text: before, pattern, wild } = this.current ?? { text: '', pattern: '', wild: false };
    this.current = {
      text: before + text,
      pattern: pattern + (quoted ? escapePattern(text) : text),
      wild: wild || (!quoted && /[*?[]/.test(text)),
    };
  }

  /** What a variable or a command gave: split where it is not quoted. */
  value(text: string, quoted: boolean): void {
    if (quoted || this.separators === '') {
      if (quoted || text !== '') this.add(text, quoted);
      return;
    }
    const white = [...this.separators].filter((char) => /\s/.test(char)).join('');
    const only =
      white === this.separators ? undefined : [...this.separators].filter((char) => !/\s/.test(char));
    let word = '';
    const flush = () => {
      if (word !== '') this.add(word, false);
      word = '';
    };
    for (const char of text) {
      if (white.includes(char)) {
        flush();
        this.breakField();
      } else if (only?.includes(char)) {
        if (word === '' && this.current === undefined) this.add('', true);
        flush();
        this.breakField();
      } else word += char;
    }
    flush();
  }

  /** Several values, each a field of its own ("$@"). */
  values(texts: readonly string[], quoted: boolean): void {
    texts.forEach((text, index) => {
      if (index > 0) this.breakField();
      this.value(text, quoted);
    });
  }

  private breakField(): void {
    if (this.current !== undefined) this.done.push(this.current);
    this.current = undefined;
  }
}
