import type { Cancel, Input, TerminalSize } from '../../base';
import { controlOf, Interrupted, type Writer, whileStopped } from '../process';
import type { TtyInput } from '../seams';
import { type Key, splitKeys } from './keys';
import { LineEditor } from './line-editor';
import { lastRow } from './width';

/** More of an unfinished line than any screen's row holds. */
const TAIL_LIMIT = 4_096;

/** What Tab has found: the last `length` characters may become any of `candidates`. */
export interface Completion {
  readonly length: number;
  readonly candidates: readonly { readonly text: string; readonly label: string; readonly closed: boolean }[];
}

/** A question that the terminal puts with its line editor. */
export interface Question {
  readonly prompt: string;
  readonly history: readonly string[];
  complete(before: string): Promise<Completion>;
}

/** How a terminal meets its surroundings. */
export interface TerminalOptions {
  readonly size: TerminalSize;
  readonly show: (text: string) => void;
  readonly accept: (input: TtyInput) => void;
}

type Signal = (TtyInput & { kind: 'signal' })['signal'];

/** One line or end of input waiting to be read by a program. */
type Waiting = { readonly text: string } | 'eof';

/** A terminal: a line editor while a shell asks, a line discipline while a program runs. */
export class Terminal {
  readonly #options: TerminalOptions;
  #size: TerminalSize;
  #editor: LineEditor | undefined;
  #question: { readonly ask: Question; readonly resolve: (input: TtyInput) => void } | undefined;
  /** Inputs that `press` gave out and that were not delivered yet: their echo is on the screen already. */
  #given: TtyInput[] = [];
  #queue: { readonly key: Key; readonly held: boolean }[] = [];
  #rest = '';
  #cooked = '';
  #waiting: Waiting[] = [];
  #readers: ((text: string | undefined) => void)[] = [];
  #foreground: ((signal: Signal) => void)[] = [];
  #raw: ((data: string) => void) | undefined;
  #completing = false;
  #atLineStart = true;
  /** What was written since the last line ended: a prompt comes after it, on the same row. */
  #tail = '';
  #closed = false;

  /** What programs read: typed lines, or end of input. */
  readonly input: Input & {
    readonly terminal: Terminal;
    readUntil(cancel: Cancel): Promise<string | undefined>;
  };
  /** What programs write to. */
  readonly output: Writer & { readonly terminal: Terminal };

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#size = options.size;
    this.input = {
      terminal: this,
      read: () => this.#read(undefined),
      readUntil: (cancel) => this.#readUntil(cancel),
    };
    this.output = { terminal: this, isTerminal: true, write: async (text) => this.print(text) };
  }

  get size(): TerminalSize {
    return this.#size;
  }

  /** The line being typed at a prompt. */
  get typed(): string {
    return this.#editor?.text ?? '';
  }

  /** A prompt is shown and nothing typed before waits for it. */
  get idle(): boolean {
    return this.#editor !== undefined && this.#given.length === 0 && this.#waiting.length === 0;
  }

  /** The cursor stands at the start of a line, as far as written text tells. */
  get atLineStart(): boolean {
    return this.#atLineStart;
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    this.#editor?.resize(size.columns);
  }

  /** Shows text as a terminal in cooked mode does: a newline also returns the carriage. */
  print(text: string): void {
    if (text === '') return;
    this.#atLineStart = text.endsWith('\n');
    const ends = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
    this.#tail = (ends < 0 ? this.#tail + text : text.slice(ends + 1)).slice(-TAIL_LIMIT);
    this.#show(text.replace(/\r?\n/g, '\r\n'));
  }

  /** Shows a line that no program wrote; what is being typed comes again below it. */
  notice(text: string): void {
    if (this.#editor !== undefined) this.#editor.note(`${text}\r\n`);
    else this.print(`${this.#atLineStart ? '' : '\n'}${text}\n`);
  }

  /** Puts a question; resolves with the line, an interrupt, or end of input. */
  ask(question: Question): Promise<TtyInput> {
    // Whoever still waits to read was left behind by a program that is gone.
    for (const reader of this.#readers.splice(0)) reader(undefined);
    // Whoever asks at a terminal that is gone waits for ever, and is forgotten with it.
    if (this.#closed) return new Promise(() => {});
    return new Promise((resolve) => {
      this.#question = { ask: question, resolve };
      const lead = lastRow(this.#tail, this.#size.columns);
      const editor = new LineEditor(question.prompt, question.history, this.#size.columns, (text) =>
        this.#show(text),
      );
      this.#editor = editor;
      this.#show('\x1b[?2004h');
      editor.start(lead);
      if (this.#cooked !== '') {
        editor.insert(this.#cooked);
        this.#cooked = '';
      }
      const next = this.#waiting.shift();
      if (next === undefined) this.#pump();
      else
        this.#answer(
          next === 'eof' ? { kind: 'eof' } : { kind: 'line', text: next.text.replace(/\n$/, '') },
          false,
        );
    });
  }

  /** Sends signals to `handler` until the returned function is called; the last one added gets them. */
  pushForeground(handler: (signal: Signal) => void): () => void {
    this.#foreground.push(handler);
    return () => {
      this.#foreground = this.#foreground.filter((other) => other !== handler);
    };
  }

  /** Gives every key to `reader` as it is, until the returned function is called. */
  takeKeys(reader: (data: string) => void): () => void {
    this.#raw = reader;
    return () => {
      this.#raw = undefined;
    };
  }

  /** Raw input from the keyboard. */
  press(data: string): void {
    if (this.#raw !== undefined && this.#editor === undefined) {
      this.#give({ kind: 'keys', data });
      return;
    }
    const { keys, rest } = splitKeys(this.#rest + data);
    this.#rest = rest;
    for (const key of keys) {
      const busy = this.#editor === undefined || this.#given.length > 0;
      if (busy && key.kind === 'key' && this.#signalKey(key.text)) continue;
      this.#queue.push({ key, held: this.#given.length > 0 || this.#queue.length > 0 });
    }
    this.#pump();
  }

  /** An input that really acts now. */
  deliver(input: TtyInput): void {
    const [first] = this.#given;
    const echoed = first !== undefined && JSON.stringify(first) === JSON.stringify(input);
    if (echoed) this.#given.shift();
    if (input.kind === 'keys') this.#raw?.(input.data);
    else if (this.#editor !== undefined) {
      if (input.kind !== 'signal' || input.signal === 'INT') this.#answer(input, echoed);
    } else if (input.kind === 'signal') {
      if (!echoed) this.#echoSignal(input.signal);
      this.#waiting = [];
      this.#foreground[this.#foreground.length - 1]?.(input.signal);
    } else {
      if (input.kind === 'line' && !echoed) this.print(`${input.text}\n`);
      this.#offer(input.kind === 'eof' ? 'eof' : { text: `${input.text}\n` });
    }
    this.#pump();
  }

  /** Nothing is shown or given out any more, and what was typed ahead is never read. */
  close(): void {
    this.#closed = true;
    this.#waiting = [];
    this.#queue = [];
  }

  #show(text: string): void {
    if (!this.#closed && text !== '') this.#options.show(text);
  }

  #give(input: TtyInput): void {
    if (this.#closed) return;
    this.#given.push(input);
    this.#options.accept(input);
  }

  #answer(input: TtyInput, echoed: boolean): void {
    const { resolve } = this.#question ?? {};
    if (!echoed) {
      if (input.kind === 'line') this.#editor?.setText(input.text);
      this.#leave(input);
    }
    this.#editor = undefined;
    this.#question = undefined;
    this.#atLineStart = true;
    this.#tail = '';
    resolve?.(input);
  }

  /** Ends the prompt's line on the screen. */
  #leave(input: TtyInput): void {
    if (input.kind === 'eof') this.#show('\r\n');
    else this.#editor?.finish(input.kind === 'signal' ? '^C' : '');
    this.#show('\x1b[?2004l');
  }

  #offer(waiting: Waiting): void {
    const reader = this.#readers.shift();
    if (reader === undefined) this.#waiting.push(waiting);
    else reader(waiting === 'eof' ? undefined : waiting.text);
  }

  /** Reads for a job: one that has not the terminal is stopped until it has, and one that is stopped reads nothing. */
  async #readUntil(cancel: Cancel): Promise<string | undefined> {
    const control = controlOf(cancel);
    for (;;) {
      if (control?.background === true) control.stop();
      await whileStopped(cancel);
      if (control?.background === true) continue;
      let isStopped = false;
      const text = await this.#read(cancel, (leave) =>
        control?.onChange((stopped) => {
          isStopped ||= stopped;
          if (stopped) leave();
        }),
      );
      if (!isStopped) return text;
    }
  }

  #read(
    cancel: Cancel | undefined,
    heed?: (leave: () => void) => (() => void) | undefined,
  ): Promise<string | undefined> {
    const next = this.#waiting.shift();
    if (next !== undefined) return Promise.resolve(next === 'eof' ? undefined : next.text);
    return new Promise((resolve, reject) => {
      let stop: (() => void) | undefined;
      let stopHeeding: (() => void) | undefined;
      const reader = (text: string | undefined) => {
        stop?.();
        stopHeeding?.();
        resolve(text);
      };
      this.#readers.push(reader);
      stopHeeding = heed?.(() => {
        this.#readers = this.#readers.filter((other) => other !== reader);
        reader(undefined);
      });
      stop = cancel?.onCancel(() => {
        stopHeeding?.();
        this.#readers = this.#readers.filter((other) => other !== reader);
        reject(new Interrupted());
      });
      this.#pump();
    });
  }

  #signalKey(key: string): boolean {
    const signal = key === '\x03' ? 'INT' : key === '\x1c' ? 'QUIT' : key === '\x1a' ? 'TSTP' : undefined;
    if (signal === undefined) return false;
    this.#queue = [];
    this.#cooked = '';
    this.#echoSignal(signal);
    this.#give({ kind: 'signal', signal });
    return true;
  }

  #echoSignal(signal: Signal): void {
    this.print(signal === 'INT' ? '^C' : signal === 'QUIT' ? '^\\' : '^Z');
  }

  #pump(): void {
    while (this.#queue.length > 0 && !this.#completing) {
      const [first] = this.#queue;
      if (first === undefined || this.#given.some((input) => input.kind !== 'signal')) return;
      const editing = this.#editor !== undefined;
      // A prompt that was left by Ctrl-C takes no more keys: they are for the one that follows.
      if (editing && this.#given.length > 0) return;
      // What was typed ahead of a command's start waits for its prompt, unless a program reads it.
      if (!editing && first.held && this.#readers.length === 0) return;
      this.#queue.shift();
      if (editing) this.#edit(first.key);
      else this.#cook(first.key);
    }
  }

  #edit(key: Key): void {
    const editor = this.#editor;
    if (editor === undefined) return;
    if (key.kind === 'paste') {
      editor.insert(key.text);
      return;
    }
    const result = editor.key(key.text);
    if (result === undefined) return;
    if (result.kind === 'complete') {
      void this.#complete(editor, result.again);
      return;
    }
    const input: TtyInput =
      result.kind === 'line'
        ? { kind: 'line', text: result.text }
        : result.kind === 'eof'
          ? { kind: 'eof' }
          : { kind: 'signal', signal: 'INT' };
    this.#leave(input);
    this.#give(input);
  }

  async #complete(editor: LineEditor, again: boolean): Promise<void> {
    const question = this.#question;
    if (question === undefined) return;
    this.#completing = true;
    const { length, candidates } = await question.ask.complete(editor.before);
    this.#completing = false;
    if (this.#editor === editor) {
      const common = commonPrefix(candidates.map((candidate) => candidate.text));
      const [only] = candidates;
      if (candidates.length === 1 && only !== undefined)
        editor.replaceBefore(length, only.text + (only.closed ? ' ' : ''));
      else if (common.length > length) editor.replaceBefore(length, common);
      else if (candidates.length > 1 && again)
        editor.note(
          inColumns(
            candidates.map(({ label }) => label),
            this.#size.columns,
          ),
        );
    }
    this.#pump();
  }

  #cook(key: Key): void {
    const text = key.text;
    if (key.kind === 'paste') {
      for (const char of text) this.#cookChar(char === '\n' ? '\r' : char);
    } else this.#cookChar(text);
  }

  #cookChar(char: string): void {
    if (char === '\r' || char === '\n') {
      const line = this.#cooked;
      this.#cooked = '';
      this.print('\n');
      this.#give({ kind: 'line', text: line });
    } else if (char === '\x04') {
      if (this.#cooked === '') this.#give({ kind: 'eof' });
    } else if (char === '\x7f' || char === '\b') {
      if (this.#cooked === '') return;
      this.#cooked = [...this.#cooked].slice(0, -1).join('');
      this.#show('\b \b');
    } else if (char === '\x15' || char === '\x17') {
      const kept = char === '\x15' ? '' : this.#cooked.replace(/\S+\s*$/, '');
      this.#show('\b \b'.repeat([...this.#cooked].length - [...kept].length));
      this.#cooked = kept;
    } else if (char.startsWith('\x1b')) {
      this.#show(`^[${char.slice(1)}`);
    } else if (!/^[\x00-\x08\x0b-\x1f]/.test(char)) {
      this.#cooked += char;
      this.#atLineStart = false;
      this.#show(char);
    }
  }
}

function commonPrefix(texts: readonly string[]): string {
  let prefix = texts[0] ?? '';
  for (const text of texts) while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

/** Lays labels out in columns as readline does. */
export function inColumns(labels: readonly string[], width: number): string {
  const cell = Math.max(...labels.map((label) => label.length)) + 2;
  const count = Math.max(1, Math.floor(width / cell));
  const rows = Math.ceil(labels.length / count);
  let out = '';
  for (let row = 0; row < rows; row += 1) {
    const line: string[] = [];
    for (let at = row; at < labels.length; at += rows) line.push((labels[at] ?? '').padEnd(cell));
    out += `${line.join('').trimEnd()}\r\n`;
  }
  return out;
}
