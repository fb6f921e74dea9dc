import { StatusError } from '../api';
import { type CancelSource, createCancel, type ProcessStreams, type TerminalSize } from '../base';
import type { Cluster, Identity } from '../cluster';
import { createEmitter, type Emitter } from './emitter';

/** A process that somebody outside the workspace started in a container through the API. */
export interface RemoteProcess {
  /** Unique among all that were ever started in the workspace. */
  readonly id: string;
  readonly identity: Identity;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** What to run; nothing where the container's own process is meant. */
  readonly command: readonly string[] | undefined;
  /** A connection to a port of the Pod instead of a process. */
  readonly port?: number | undefined;
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly size?: TerminalSize | undefined;
}

/** What a remote process says. */
export type ProcessEvent =
  | { readonly kind: 'output'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'refused'; readonly refusal: StatusError };

/** The processes started from outside. Their inputs are delivered like every other input; what they say is only told. */
export interface RemoteProcesses {
  readonly running: readonly string[];
  start(process: RemoteProcess, cluster: Cluster): void;
  /** Text for its standard input; null is the end of it. */
  input(id: string, text: string | null): void;
  /** Its terminal has another size. */
  resize(id: string, size: TerminalSize): void;
  /** Whoever started it has gone. */
  end(id: string): void;
  endAll(): void;
  on(listener: (id: string, event: ProcessEvent) => void): () => void;
}

interface Running {
  readonly cancel: CancelSource;
  readonly stdin: Inbox;
  readonly resized: Emitter<[size: TerminalSize]>;
}

/** No processes yet. */
export function createRemoteProcesses(): RemoteProcesses {
  const running = new Map<string, Running>();
  const said = createEmitter<[id: string, event: ProcessEvent]>();
  const finish = (id: string, mine: Running, event: ProcessEvent) => {
    if (running.get(id) !== mine) return;
    running.delete(id);
    said.emit(id, event);
  };
  const drop = (id: string, { cancel, stdin }: Running) => {
    running.delete(id);
    stdin.give(null);
    cancel.cancel();
  };
  return {
    get running() {
      return [...running.keys()];
    },
    start(process, cluster) {
      const { id, identity, namespace, pod, container, command, size } = process;
      const resized = createEmitter<[size: TerminalSize]>();
      const mine = { cancel: createCancel(), stdin: createInbox(), resized };
      running.set(id, mine);
      const output = (stream: 'stdout' | 'stderr') => ({
        async write(text: string) {
          if (running.get(id) === mine) said.emit(id, { kind: 'output', stream, text });
        },
      });
      const streams: ProcessStreams = {
        stdin: process.stdin ? mine.stdin : undefined,
        stdout: output('stdout'),
        stderr: output('stderr'),
        tty: process.tty,
        cancel: mine.cancel,
        onResize: resized.on,
        ...(size === undefined ? {} : { size }),
      };
      const client = cluster.client(identity);
      const ended =
        process.port !== undefined
          ? client.forward(namespace, pod, process.port, streams).then(() => 0)
          : command === undefined
            ? client.attach(namespace, pod, { container }, streams).then(() => 0)
            : client.exec(namespace, pod, { container, command }, streams);
      ended.then(
        (code) => finish(id, mine, { kind: 'exit', code }),
        (error: unknown) => {
          if (!(error instanceof StatusError)) throw error;
          finish(id, mine, { kind: 'refused', refusal: error });
        },
      );
    },
    input: (id, text) => running.get(id)?.stdin.give(text),
    resize: (id, size) => running.get(id)?.resized.emit(size),
    end(id) {
      const mine = running.get(id);
      if (mine) drop(id, mine);
    },
    endAll() {
      for (const [id, mine] of [...running]) {
        drop(id, mine);
        said.emit(id, { kind: 'exit', code: KILLED });
      }
    },
    on: said.on,
  };
}

/** 128 + SIGKILL: what a process that was simply taken away ends with. */
const KILLED = 137;

interface Inbox {
  read(): Promise<string | undefined>;
  give(text: string | null): void;
}

/** Standard input as it arrives from afar. */
function createInbox(): Inbox {
  let waiting: string[] = [];
  let ended = false;
  let readers: ((text: string | undefined) => void)[] = [];
  return {
    read() {
      const next = waiting.shift();
      if (next !== undefined) return Promise.resolve(next);
      if (ended) return Promise.resolve(undefined);
      return new Promise((resolve) => readers.push(resolve));
    },
    give(text) {
      if (ended) return;
      const [reader, ...others] = readers;
      if (text === null) {
        ended = true;
        for (const each of readers) each(undefined);
        readers = [];
      } else if (reader) {
        readers = others;
        reader(text);
      } else waiting = [...waiting, text];
    },
  };
}
