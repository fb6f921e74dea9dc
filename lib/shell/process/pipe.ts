import { BrokenPipeError, type Input, type Output } from '../../base';

/** Characters that a pipe holds before its writer has to wait, as Linux's 64 KiB. */
const PIPE_CAPACITY = 65_536;

/** A pipe: the writer waits while it is full, the reader while it is empty. */
export interface Pipe {
  readonly input: Input;
  readonly output: Output;
  /** One more process holds the write end. */
  retainWriter(): void;
  /** A process let go of the write end; the last one ends the input. */
  releaseWriter(): void;
  /** The reader is gone: writing fails from now on. */
  closeReader(): void;
}

/** A new pipe with one writer. */
export function createPipe(): Pipe {
  let chunks: string[] = [];
  let size = 0;
  let writers = 1;
  let readerGone = false;
  let wakeReader: (() => void) | undefined;
  let wakeWriters: (() => void)[] = [];
  const wake = () => {
    wakeReader?.();
    wakeReader = undefined;
  };
  const room = () => {
    const waiting = wakeWriters;
    wakeWriters = [];
    for (const go of waiting) go();
  };
  return {
    input: {
      async read() {
        while (chunks.length === 0) {
          if (writers === 0 || readerGone) return undefined;
          await new Promise<void>((resolve) => {
            wakeReader = resolve;
          });
        }
        const text = chunks.join('');
        chunks = [];
        size = 0;
        room();
        return text;
      },
    },
    output: {
      async write(text) {
        if (readerGone) throw new BrokenPipeError();
        if (text === '') return;
        chunks.push(text);
        size += text.length;
        wake();
        while (size >= PIPE_CAPACITY && !readerGone)
          await new Promise<void>((resolve) => wakeWriters.push(resolve));
        if (readerGone) throw new BrokenPipeError();
      },
    },
    retainWriter() {
      writers += 1;
    },
    releaseWriter() {
      writers -= 1;
      if (writers === 0) wake();
    },
    closeReader() {
      readerGone = true;
      wake();
      room();
    },
  };
}

/** An output that keeps what is written. */
export function collectOutput(): Output & { text(): string } {
  const chunks: string[] = [];
  return {
    async write(text) {
      chunks.push(text);
    },
    text: () => chunks.join(''),
  };
}
