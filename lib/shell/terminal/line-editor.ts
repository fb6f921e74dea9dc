import { type Place, placeAfter, stripEscapes } from './width';

/** What the editor tells after a key. */
export type EditorResult =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'eof' }
  | { readonly kind: 'complete'; readonly again: boolean };

/** Lines typed before, oldest first; the editor changes none of them. */
export type HistoryLines = readonly string[];

/** A line being edited at a prompt. All it does to the screen goes through `show`. */
export class LineEditor {
  readonly #show: (text: string) => void;
  readonly #history: HistoryLines;
  readonly #prompt: string;
  /** What a program left on the row, before the prompt. */
  #lead = '';
  #columns: number;
  #chars: string[] = [];
  #cursor = 0;
  #at: Place = { row: 0, column: 0 };
  #killed = '';
  #historyAt: number;
  #draft = '';
  #search: { query: string; at: number; saved: string } | undefined;
  #lastTab = false;
  #undo: { readonly text: string; readonly cursor: number }[] = [];

  constructor(prompt: string, history: HistoryLines, columns: number, show: (text: string) => void) {
    this.#prompt = prompt;
    this.#history = history;
    this.#historyAt = history.length;
    this.#columns = columns;
    this.#show = show;
  }

  get text(): string {
    return this.#chars.join('');
  }

  /** The text left of the cursor. */
  get before(): string {
    return this.#chars.slice(0, this.#cursor).join('');
  }

  resize(columns: number): void {
    this.#columns = columns;
  }

  /** Shows the prompt and what is typed so far. */
  start(lead = ''): void {
    this.#lead = lead;
    this.#at = { row: 0, column: 0 };
    this.#draw();
  }

  /** Puts text in at the cursor, as typing or completion does. */
  insert(text: string): void {
    const chars = [...text];
    const atEnd = this.#cursor === this.#chars.length;
    this.#chars.splice(this.#cursor, 0, ...chars);
    this.#cursor += chars.length;
    const after = placeAfter(text, this.#at, this.#columns);
    if (atEnd && this.#search === undefined && after.row === this.#at.row && after.column < this.#columns) {
      this.#show(text);
      this.#at = after;
    } else this.#draw();
  }

  /** Replaces the `length` characters left of the cursor. */
  replaceBefore(length: number, text: string): void {
    const chars = [...text];
    this.#chars.splice(this.#cursor - length, length, ...chars);
    this.#cursor += chars.length - length;
    this.#draw();
  }

  /** Writes lines below what is typed (a list of completions) and shows the prompt again. */
  note(text: string): void {
    this.#moveToEnd();
    this.#show(`\r\n${text}`);
    this.start();
  }

  /** Leaves the line as it stands; what follows is written below it. */
  finish(suffix = ''): void {
    if (this.#search !== undefined) this.#endSearch();
    this.#moveToEnd();
    this.#show(`${suffix}\r\n`);
  }

  /** Takes one key (a character or an escape sequence). */
  key(key: string): EditorResult | undefined {
    const tab = key === '\t';
    if (this.#search !== undefined && this.#searchKey(key)) return undefined;
    const again = this.#lastTab;
    this.#lastTab = tab;
    if (tab) return { kind: 'complete', again };
    if (key === '\r' || key === '\n') return { kind: 'line', text: this.text };
    if (key === '\x03') return { kind: 'interrupt' };
    if (key === '\x04') {
      if (this.#chars.length === 0) return { kind: 'eof' };
      this.#remove(this.#cursor, this.#cursor + 1);
      return undefined;
    }
    const action = KEYS[key];
    if (action !== undefined) this.#act(action);
    else if (!/^[\x00-\x1f\x7f]/.test(key)) {
      this.#remember();
      this.insert(key);
    }
    return undefined;
  }

  /** Replaces the whole line. */
  setText(text: string): void {
    this.#chars = [...text];
    this.#cursor = this.#chars.length;
    this.#draw();
  }

  #act(action: Action): void {
    const end = this.#chars.length;
    switch (action) {
      case 'left':
        this.#moveTo(this.#cursor - 1);
        return;
      case 'right':
        this.#moveTo(this.#cursor + 1);
        return;
      case 'home':
        this.#moveTo(0);
        return;
      case 'end':
        this.#moveTo(end);
        return;
      case 'word-left':
        this.#moveTo(this.#wordLeft(/[A-Za-z0-9]/));
        return;
      case 'word-right':
        this.#moveTo(this.#wordRight());
        return;
      case 'backspace':
        this.#remove(this.#cursor - 1, this.#cursor);
        return;
      case 'delete':
        this.#remove(this.#cursor, this.#cursor + 1);
        return;
      case 'kill-end':
        this.#kill(this.#cursor, end);
        return;
      case 'kill-start':
        this.#kill(0, this.#cursor);
        return;
      case 'kill-word':
        this.#kill(this.#wordLeft(/\S/), this.#cursor);
        return;
      case 'kill-word-back':
        this.#kill(this.#wordLeft(/[A-Za-z0-9]/), this.#cursor);
        return;
      case 'kill-word-right':
        this.#kill(this.#cursor, this.#wordRight());
        return;
      case 'yank':
        this.#remember();
        this.insert(this.#killed);
        return;
      case 'transpose':
        this.#transpose();
        return;
      case 'undo':
        this.#undoLast();
        return;
      case 'clear':
        this.#show('\x1b[H\x1b[2J');
        this.start();
        return;
      case 'previous':
        this.#recall(this.#historyAt - 1);
        return;
      case 'next':
        this.#recall(this.#historyAt + 1);
        return;
      case 'search':
        this.#search = { query: '', at: this.#history.length, saved: this.text };
        this.#draw();
        return;
      case 'last-argument': {
        const words = (this.#history[this.#history.length - 1] ?? '').trim().split(/\s+/);
        this.insert(words[words.length - 1] ?? '');
        return;
      }
    }
  }

  #moveTo(cursor: number): void {
    this.#cursor = Math.max(0, Math.min(this.#chars.length, cursor));
    this.#goTo(placeAfter(this.before, this.#promptEnd(), this.#columns));
  }

  #wordLeft(inWord: RegExp): number {
    let at = this.#cursor;
    while (at > 0 && !inWord.test(this.#chars[at - 1] ?? '')) at -= 1;
    while (at > 0 && inWord.test(this.#chars[at - 1] ?? '')) at -= 1;
    return at;
  }

  #wordRight(): number {
    let at = this.#cursor;
    while (at < this.#chars.length && !/[A-Za-z0-9]/.test(this.#chars[at] ?? '')) at += 1;
    while (at < this.#chars.length && /[A-Za-z0-9]/.test(this.#chars[at] ?? '')) at += 1;
    return at;
  }

  #remember(): void {
    this.#undo.push({ text: this.text, cursor: this.#cursor });
    if (this.#undo.length > 100) this.#undo.shift();
  }

  #undoLast(): void {
    const last = this.#undo.pop();
    if (last === undefined) return;
    this.#chars = [...last.text];
    this.#cursor = last.cursor;
    this.#draw();
  }

  #remove(from: number, to: number): void {
    if (from < 0 || to > this.#chars.length || from === to) return;
    this.#remember();
    this.#chars.splice(from, to - from);
    this.#cursor = from;
    this.#draw();
  }

  #kill(from: number, to: number): void {
    if (from >= to) return;
    this.#killed = this.#chars.slice(from, to).join('');
    this.#remove(from, to);
  }

  #transpose(): void {
    const at = Math.min(this.#cursor, this.#chars.length - 1);
    const [a, b] = [this.#chars[at - 1], this.#chars[at]];
    if (a === undefined || b === undefined) return;
    this.#remember();
    this.#chars.splice(at - 1, 2, b, a);
    this.#cursor = at + 1;
    this.#draw();
  }

  #recall(at: number): void {
    if (at < 0 || at > this.#history.length) return;
    if (this.#historyAt === this.#history.length) this.#draft = this.text;
    this.#historyAt = at;
    this.setText(this.#history[at] ?? this.#draft);
  }

  #searchKey(key: string): boolean {
    const search = this.#search;
    if (search === undefined) return false;
    if (key === '\x12') this.#find(search.at - 1);
    else if (key === '\x7f' || key === '\b') {
      search.query = search.query.slice(0, -1);
      this.#find(this.#history.length - 1);
    } else if (key === '\x07' || key === '\x03') {
      const { saved } = search;
      this.#search = undefined;
      this.setText(saved);
      return key === '\x07';
    } else if (!/^[\x00-\x1f\x7f]/.test(key)) {
      search.query += key;
      this.#find(Math.min(search.at, this.#history.length - 1));
    } else {
      this.#endSearch();
      return key === '\x1b';
    }
    return true;
  }

  #find(from: number): void {
    const search = this.#search;
    if (search === undefined) return;
    for (let at = from; at >= 0; at -= 1) {
      const line = this.#history[at] ?? '';
      if (search.query === '' || !line.includes(search.query)) continue;
      search.at = at;
      this.#chars = [...line];
      this.#cursor = [...line.slice(0, line.indexOf(search.query))].length;
      break;
    }
    this.#draw();
  }

  #endSearch(): void {
    this.#search = undefined;
    this.#draw();
  }

  #shownPrompt(): string {
    return this.#search === undefined
      ? this.#lead + this.#prompt
      : `(reverse-i-search)\`${this.#search.query}': `;
  }

  #promptEnd(): Place {
    return placeAfter(stripEscapes(this.#shownPrompt()), { row: 0, column: 0 }, this.#columns);
  }

  #draw(): void {
    const text = this.text;
    const up = this.#at.row > 0 ? `\x1b[${this.#at.row}A` : '';
    const end = placeAfter(text, this.#promptEnd(), this.#columns);
    // A line that just fills the last column leaves the cursor there; a space and a return bring it down.
    const full = end.column === this.#columns;
    this.#show(`${up}\r\x1b[J${this.#shownPrompt()}${text.replaceAll('\n', '\r\n')}${full ? ' \r' : ''}`);
    this.#at = full ? { row: end.row + 1, column: 0 } : end;
    this.#goTo(placeAfter(this.before, this.#promptEnd(), this.#columns));
  }

  #goTo(target: Place): void {
    const to = target.column === this.#columns ? { row: target.row + 1, column: 0 } : target;
    const rows = to.row - this.#at.row;
    let out = rows < 0 ? `\x1b[${-rows}A` : rows > 0 ? `\x1b[${rows}B` : '';
    const columns = to.column - this.#at.column;
    if (columns !== 0) out += to.column === 0 ? '\r' : columns < 0 ? `\x1b[${-columns}D` : `\x1b[${columns}C`;
    if (out !== '') this.#show(out);
    this.#at = to;
  }

  #moveToEnd(): void {
    this.#moveTo(this.#chars.length);
  }
}

type Action =
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'word-left'
  | 'word-right'
  | 'backspace'
  | 'delete'
  | 'kill-end'
  | 'kill-start'
  | 'kill-word'
  | 'kill-word-back'
  | 'kill-word-right'
  | 'yank'
  | 'transpose'
  | 'undo'
  | 'clear'
  | 'previous'
  | 'next'
  | 'search'
  | 'last-argument';

const KEYS: Readonly<Record<string, Action>> = {
  '\x01': 'home',
  '\x02': 'left',
  '\x05': 'end',
  '\x06': 'right',
  '\b': 'backspace',
  '\x0b': 'kill-end',
  '\x0c': 'clear',
  '\x0e': 'next',
  '\x10': 'previous',
  '\x12': 'search',
  '\x14': 'transpose',
  '\x15': 'kill-start',
  '\x17': 'kill-word',
  '\x19': 'yank',
  '\x1f': 'undo',
  '\x7f': 'backspace',
  '\x1b[A': 'previous',
  '\x1b[B': 'next',
  '\x1b[C': 'right',
  '\x1b[D': 'left',
  '\x1bOA': 'previous',
  '\x1bOB': 'next',
  '\x1bOC': 'right',
  '\x1bOD': 'left',
  '\x1b[H': 'home',
  '\x1b[F': 'end',
  '\x1bOH': 'home',
  '\x1bOF': 'end',
  '\x1b[1~': 'home',
  '\x1b[4~': 'end',
  '\x1b[3~': 'delete',
  '\x1b[1;5C': 'word-right',
  '\x1b[1;5D': 'word-left',
  '\x1b[1;3C': 'word-right',
  '\x1b[1;3D': 'word-left',
  '\x1bf': 'word-right',
  '\x1bb': 'word-left',
  '\x1bd': 'kill-word-right',
  '\x1b\x7f': 'kill-word-back',
  '\x1b.': 'last-argument',
};
