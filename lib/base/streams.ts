import type { Cancel } from './cancel';

/** Where text comes from: a pipe's read end, a terminal, a file. */
export interface Input {
  /** The next piece of text as it arrives; `undefined` at the end. */
  read(): Promise<string | undefined>;
}

/** Where text goes: a pipe's write end, a terminal, a file. */
export interface Output {
  /** Resolves when the reader has room; rejects with `BrokenPipeError` when nobody reads any more. */
  write(text: string): Promise<void>;
}

/** Written to a pipe whose reader is gone (EPIPE); a shell command dies of it in silence, as of SIGPIPE. */
export class BrokenPipeError extends Error {
  override name = 'BrokenPipeError';
}

/** The size of a terminal in character cells. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** The streams of one process. */
export interface ProcessStreams {
  readonly stdin: Input | undefined;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly tty: boolean;
  readonly size?: TerminalSize | undefined;
  /** Tells of every later size of the terminal; returns how to stop listening. */
  readonly onResize?: ((listener: (size: TerminalSize) => void) => () => void) | undefined;
  readonly cancel: Cancel;
}
