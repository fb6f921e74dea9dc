import type { Cancel, Input } from '../../base';
import { interruptible } from './signal';

/** An input that a wait on can be left; a terminal's carries its terminal along, so that a nested shell finds it. */
interface LeavableInput extends Input {
  readonly terminal?: unknown;
  readUntil(cancel: Cancel): Promise<string | undefined>;
}

function isLeavable(input: Input): input is LeavableInput {
  return 'readUntil' in input;
}

/** An input that can be read by chunk or by line, shared by all who hold it; what one leaves, the next gets. */
export class Reader implements Input {
  readonly #source: Input;
  #buffer = '';
  #pending: Promise<string | undefined> | undefined;
  #ended = false;

  constructor(source: Input) {
    this.#source = source;
  }

  /** The terminal behind this input, if it is one. */
  get terminal(): unknown {
    return isLeavable(this.#source) ? this.#source.terminal : undefined;
  }

  /** The same input for a job that has not the terminal: it can be read from, but not asked at. */
  withoutTerminal(): Reader {
    return new Reader({
      read: () => this.read(),
      readUntil: (cancel: Cancel) => this.read(cancel),
    } as LeavableInput);
  }

  async read(cancel?: Cancel): Promise<string | undefined> {
    if (this.#buffer !== '') {
      const text = this.#buffer;
      this.#buffer = '';
      return text;
    }
    if (this.#ended) return undefined;
    if (isLeavable(this.#source))
      return cancel === undefined ? this.#source.read() : this.#source.readUntil(cancel);
    // A read that was interrupted stays pending, and its text is the next reader's.
    this.#pending ??= this.#source.read();
    const text = cancel === undefined ? await this.#pending : await interruptible(this.#pending, cancel);
    this.#pending = undefined;
    if (text === undefined) this.#ended = true;
    return text;
  }

  /** Puts text back, to be read first. */
  unread(text: string): void {
    this.#buffer = text + this.#buffer;
  }

  /** The next line with its newline, or what is left without one; undefined at the end. */
  async readLine(cancel?: Cancel, delimiter = '\n'): Promise<string | undefined> {
    let line = '';
    for (;;) {
      const text = await this.read(cancel);
      if (text === undefined) return line === '' ? undefined : line;
      const end = text.indexOf(delimiter);
      if (end >= 0) {
        this.unread(text.slice(end + 1));
        return line + text.slice(0, end + 1);
      }
      line += text;
    }
  }

  /** Everything to the end. */
  async readAll(cancel?: Cancel): Promise<string> {
    let all = '';
    for (;;) {
      const text = await this.read(cancel);
      if (text === undefined) return all;
      all += text;
    }
  }
}

/** An input that holds `text` and then ends. */
export function textInput(text: string): Input {
  let left: string | undefined = text === '' ? undefined : text;
  return {
    async read() {
      const now = left;
      left = undefined;
      return now;
    },
  };
}
