import { quoteWord } from '../../base';
import { historyWords } from './history-words';

/** What a line became: text to run (or with `:p` only to show), or why not. */
export type HistoryExpansion =
  | { readonly kind: 'line'; readonly text: string; readonly shownOnly: boolean }
  | { readonly kind: 'failed'; readonly message: string };

/** What `!` may be followed by when it means nothing: bash's history_no_expand_chars. */
const NO_EVENT = /^(?:[\s=]|$)/;

class HistoryError extends Error {}

/** Expands history references as readline's `history_expand` does with bash's settings, line by line. */
export class HistoryExpander {
  readonly #history: readonly string[];
  readonly #extglob: boolean;
  /** Of the last `:s`, which `:&` repeats. */
  #from = '';
  #to = '';
  /** The word that `!?text?` found, which `!%` means. */
  #match = '';
  #shownOnly = false;
  /** The quote that the line before left open. */
  #quote = '';

  constructor(history: readonly string[], extglob: boolean) {
    this.#history = history;
    this.#extglob = extglob;
  }

  expand(line: string): HistoryExpansion {
    this.#shownOnly = false;
    try {
      const quick = this.#quote === '' && line.startsWith('^');
      const text = quick ? this.#quickly(line) : this.#whole(line);
      return { kind: 'line', text, shownOnly: this.#shownOnly };
    } catch (error) {
      if (!(error instanceof HistoryError)) throw error;
      return { kind: 'failed', message: error.message };
    }
  }

  /** `^a^b^`: the last command with one thing put for another. */
  #quickly(line: string): string {
    const source = `!!:s${line}`;
    const { text, end } = this.#reference(source, 0, '', '');
    return text + source.slice(end);
  }

  #whole(line: string): string {
    let out = '';
    let quote = this.#quote;
    let at = 0;
    while (at < line.length) {
      const char = line[at] ?? '';
      if (char === '\\' && quote !== "'") {
        out += line.slice(at, at + 2);
        at += 2;
        continue;
      }
      if (quote === "'" ? char === "'" : char === "'" && quote === '') quote = quote === '' ? "'" : '';
      else if (char === '"' && quote !== "'") quote = quote === '' ? '"' : '';
      else if (char === '#' && quote === '' && /^(|.*\s)$/s.test(out)) return out + line.slice(at);
      else if (char === '!' && quote !== "'" && !this.#isPlain(line, at, quote)) {
        const found = this.#reference(line, at, out, quote);
        out += found.text;
        at = found.end;
        continue;
      }
      out += char;
      at += 1;
    }
    this.#quote = quote;
    return out;
  }

  /** Whether a `!` is no event: before a blank or `=`, and where the shell itself has a use for it. */
  #isPlain(line: string, at: number, quote: string): boolean {
    const rest = line.slice(at + 1);
    const before = line.slice(0, at);
    if (NO_EVENT.test(rest) || (quote === '"' && rest.startsWith('"'))) return true;
    if (before.endsWith('[') && rest.includes(']')) return true;
    if (before.endsWith('${') && rest.includes('}')) return true;
    if (before.endsWith('$')) return true;
    return this.#extglob && rest.startsWith('(') && rest.includes(')');
  }

  #reference(line: string, start: number, soFar: string, quote: string): { text: string; end: number } {
    const { event, end: afterEvent } = this.#event(line, start, soFar, quote);
    const { words, end: afterWords } = this.#words(line, afterEvent, event, start);
    return this.#modified(line, afterWords, words);
  }

  #event(line: string, start: number, soFar: string, quote: string): { event: string; end: number } {
    const rest = line.slice(start + 1);
    const lacking = (shown: string) => new HistoryError(`${shown}: event not found`);
    const count = this.#history.length;
    const nth = (index: number, shown: string) => {
      const event = this.#history[index];
      if (event === undefined) throw lacking(shown);
      return event;
    };
    if (/^[:$*%^]/.test(rest)) return { event: nth(count - 1, line.slice(start, start + 2)), end: start + 1 };
    if (rest.startsWith('!')) return { event: nth(count - 1, '!!'), end: start + 2 };
    if (rest.startsWith('#')) return { event: soFar, end: start + 2 };
    const number = /^-?\d+/.exec(rest)?.[0];
    if (number !== undefined) {
      const index = number.startsWith('-') ? count + Number(number) : Number(number) - 1;
      return { event: nth(index, `!${number}`), end: start + 1 + number.length };
    }
    if (rest.startsWith('?')) {
      const text = /^\?([^?\n]*)/.exec(rest)?.[1] ?? '';
      const event = this.#history.findLast((each) => each.includes(text));
      const end = start + 2 + text.length + (rest[text.length + 1] === '?' ? 1 : 0);
      if (event === undefined) throw lacking(line.slice(start, end));
      this.#match = historyWords(event).find((word) => word.includes(text)) ?? '';
      this.#from = text;
      return { event, end };
    }
    const name = /^[^\s:^$*%;&()|<>-][^\s:;&()|<>^$*%]*/.exec(rest)?.[0] ?? rest.slice(0, 1);
    const cut = quote === '' ? name : (name.split(quote)[0] ?? name);
    const event = this.#history.findLast((each) => each.startsWith(cut));
    if (event === undefined) throw lacking(`!${cut}`);
    return { event, end: start + 1 + cut.length };
  }

  /** Words of an event: `:2-3`, `:^`, `$`, `*`, `:-2`, `:%` (`get_history_word_specifier`). */
  #words(line: string, from: number, event: string, start: number): { words: string; end: number } {
    const hasColon = line[from] === ':';
    const spec = line.slice(from + (hasColon ? 1 : 0));
    const at = from + (hasColon ? 1 : 0);
    if (spec.startsWith('%')) return { words: this.#match, end: at + 1 };
    const all = historyWords(event);
    const last = all.length - 1;
    if (spec.startsWith('*')) return { words: all.slice(1).join(' '), end: at + 1 };
    if (spec.startsWith('$')) return { words: all[last] ?? '', end: at + 1 };
    const range = /^(\^|\d+|(?=-))(?:([*^])|-(\d+|\$|\^)?)?/.exec(spec);
    if (range === null || (!hasColon && /^\d/.test(spec))) return { words: event, end: from };
    const [whole, head = '', short, tail] = range;
    if (whole === '') return { words: event, end: from };
    const first = head === '' ? 0 : head === '^' ? 1 : Number(head);
    const isOpen = whole.endsWith('-');
    const end =
      short === '*' || tail === '$'
        ? last
        : short === '^' || tail === '^'
          ? 1
          : tail !== undefined
            ? Number(tail)
            : isOpen
              ? last - 1
              : first;
    if (first > last + (short === '*' ? 1 : 0) || end > last || (end < first && !isOpen && short !== '*'))
      throw new HistoryError(`${line.slice(start, at + whole.length)}: bad word specifier`);
    return { words: all.slice(first, end + 1).join(' '), end: at + whole.length };
  }

  #modified(line: string, from: number, words: string): { text: string; end: number } {
    let text = words;
    let at = from;
    while (line[at] === ':') {
      const began = at;
      at += 1;
      let all = false;
      let byWord = false;
      for (; /[gaG]/.test(line[at] ?? ''); at += 1) {
        all ||= line[at] !== 'G';
        byWord ||= line[at] === 'G';
      }
      const letter = line[at] ?? '';
      at += 1;
      const slash = text.lastIndexOf('/');
      const dot = text.lastIndexOf('.');
      if (letter === 'p') this.#shownOnly = true;
      else if (letter === 'q') text = quoteWord(text);
      else if (letter === 'x')
        text = text
          .split(/[ \t\n]+/)
          .map(quoteWord)
          .join(' ');
      else if (letter === 'h') text = slash < 0 ? text : text.slice(0, slash);
      else if (letter === 't') text = text.slice(slash + 1);
      else if (letter === 'r') text = dot < 0 ? text : text.slice(0, dot);
      else if (letter === 'e') text = dot < 0 ? text : text.slice(dot);
      else if (letter === 's' || letter === '&') {
        if (letter === 's') at = this.#readSubstitution(line, at);
        const next = this.#substituted(text, all, byWord);
        if (next === undefined)
          throw new HistoryError(`${line.slice(began, at).replace(/^:[gaG]*/, ':')}: substitution failed`);
        text = next;
      } else throw new HistoryError(`:${letter}: unrecognized history modifier`);
    }
    return { text, end: at };
  }

  /** Reads `/old/new/` after `:s`; the place after it. */
  #readSubstitution(line: string, from: number): number {
    const delimiter = line[from] ?? '';
    const read = (start: number) => {
      let text = '';
      let at = start;
      for (; at < line.length && line[at] !== delimiter; at += 1) {
        if (line[at] === '\\' && line[at + 1] === delimiter) at += 1;
        text += line[at] ?? '';
      }
      return { text, end: at };
    };
    const old = read(from + 1);
    const next = read(old.end + 1);
    if (old.text !== '') this.#from = old.text;
    this.#to = next.text.replace(/\\&|&/g, (sign) => (sign === '&' ? this.#from : '&'));
    return Math.min(next.end + 1, line.length);
  }

  #substituted(text: string, all: boolean, byWord: boolean): string | undefined {
    if (this.#from === '' || !text.includes(this.#from)) return undefined;
    if (byWord)
      return text
        .split(/( +)/)
        .map((word) => word.replace(this.#from, () => this.#to))
        .join('');
    return all ? text.replaceAll(this.#from, () => this.#to) : text.replace(this.#from, () => this.#to);
  }
}
