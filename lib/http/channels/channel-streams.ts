import {
  BrokenPipeError,
  createCancel,
  type Input,
  isRecord,
  type Output,
  type ProcessStreams,
  type TerminalSize,
} from '../../base';
import type { MessageSocket } from './message-socket';

/** The first byte of every message (k8s.io/apimachinery/pkg/util/remotecommand). */
export const CHANNELS = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;

/** Which streams the client asked for. */
export interface StreamOptions {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
}

/** A process' streams over one socket, and the channel on which its end is told. */
export interface ChannelStreams {
  readonly streams: ProcessStreams;
  send(channel: number, bytes: Uint8Array): Promise<void>;
}

/** Longest message sent; a chunk of output is cut into such. */
const MESSAGE_BYTES = 32 * 1024;
/** Input that waits for its reader before the other end is made to wait, as a pipe does. */
const STDIN_CHARACTERS = 64 * 1024;

/** The streams of the channel protocols v4 and v5 (`hasClose`: only v5 can end stdin and leave the rest open). */
export function createChannelStreams(
  socket: MessageSocket,
  options: StreamOptions,
  hasClose: boolean,
): ChannelStreams {
  const cancel = createCancel();
  const stdin = createInbox(socket);
  const sizes = new Set<(size: TerminalSize) => void>();
  const resize = (payload: Uint8Array) => {
    const size = readSize(payload);
    if (size) for (const listener of [...sizes]) listener(size);
  };
  socket.onMessage((message) => {
    const [channel, target] = message;
    const payload = message.subarray(1);
    if (channel === CHANNELS.stdin && options.stdin) stdin.give(payload);
    else if (channel === CHANNELS.resize && options.tty) resize(payload);
    else if (channel === CHANNELS.close && hasClose && target === CHANNELS.stdin) stdin.end();
  });
  socket.onClose(() => {
    stdin.end();
    cancel.cancel();
  });
  const send = (channel: number, bytes: Uint8Array): Promise<void> => {
    const message = new Uint8Array(bytes.length + 1);
    message[0] = channel;
    message.set(bytes, 1);
    return socket.send(message);
  };
  const output = (channel: number, isAsked: boolean): Output => ({
    async write(text) {
      if (!isAsked) return;
      const bytes = new TextEncoder().encode(text);
      for (let start = 0; start < bytes.length; start += MESSAGE_BYTES) {
        if (cancel.cancelled) throw new BrokenPipeError();
        await send(channel, bytes.subarray(start, start + MESSAGE_BYTES));
      }
    },
  });
  return {
    send,
    streams: {
      stdin: options.stdin ? stdin.input : undefined,
      stdout: output(CHANNELS.stdout, options.stdout),
      // A terminal has one screen.
      stderr: options.tty ? output(CHANNELS.stdout, options.stdout) : output(CHANNELS.stderr, options.stderr),
      tty: options.tty,
      cancel,
      onResize(listener) {
        sizes.add(listener);
        return () => sizes.delete(listener);
      },
    },
  };
}

function readSize(payload: Uint8Array): TerminalSize | undefined {
  let size: unknown;
  try {
    size = JSON.parse(new TextDecoder().decode(payload));
  } catch {
    // As upstream's decoder: what is no size changes nothing.
    return undefined;
  }
  if (!isRecord(size)) return undefined;
  const columns = Number(size.Width);
  const rows = Number(size.Height);
  return columns > 0 && rows > 0 ? { columns, rows } : undefined;
}

interface Inbox {
  readonly input: Input;
  give(bytes: Uint8Array): void;
  end(): void;
}

/** Standard input as it arrives; a reader that is slow makes the other end wait. */
function createInbox(socket: MessageSocket): Inbox {
  const decoder = new TextDecoder();
  let waiting = '';
  let ended = false;
  let paused = false;
  let wake: (() => void) | undefined;
  const stir = () => {
    const waker = wake;
    wake = undefined;
    waker?.();
  };
  return {
    input: {
      async read() {
        while (waiting === '') {
          if (ended) return undefined;
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        const text = waiting;
        waiting = '';
        if (paused) socket.resume();
        paused = false;
        return text;
      },
    },
    give(bytes) {
      if (ended) return;
      waiting += decoder.decode(bytes, { stream: true });
      if (waiting.length > STDIN_CHARACTERS && !paused) {
        paused = true;
        socket.pause();
      }
      stir();
    },
    end() {
      if (ended) return;
      waiting += decoder.decode();
      ended = true;
      stir();
    },
  };
}
