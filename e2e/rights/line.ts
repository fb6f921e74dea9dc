import { WebSocket } from 'ws';
import type { ClientMessage, ServerMessage } from '../../lib/server/protocol';

/** A lab page's line, spoken by hand. */
export interface Line {
  /** Everything the server has said, as it came. */
  readonly heard: readonly ServerMessage[];
  /** WebSocket's code, once it is closed. */
  readonly closed: number | undefined;
  say(message: ClientMessage): void;
  /** Calls back for each message from now on; returns how to stop. */
  listen(listener: (message: ServerMessage) => void): () => void;
  /** The first message from `from` on that fits. */
  hear<T>(look: (message: ServerMessage) => T | undefined, from?: number): Promise<T>;
  close(): void;
}

const LIMIT_MS = 30_000;
const POLL_MS = 20;

/** Opens the line of a workspace; the status by which it is refused otherwise. `keeps: false` remembers nothing of it. */
export function openLine(
  origin: string,
  cookies: string,
  workspace: string,
  keeps = true,
): Promise<Line | number> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket/${workspace}`, {
    origin,
    headers: cookies === '' ? {} : { Cookie: cookies },
  });
  const heard: ServerMessage[] = [];
  let closed: number | undefined;
  const listeners = new Set<(message: ServerMessage) => void>();
  socket.on('message', (data) => {
    if (!keeps && listeners.size === 0) return;
    const message = JSON.parse(data.toString()) as ServerMessage;
    if (keeps) heard.push(message);
    for (const listener of [...listeners]) listener(message);
  });
  socket.on('close', (code) => {
    closed = code;
  });
  const line: Line = {
    heard,
    get closed() {
      return closed;
    },
    say: (message) => socket.send(JSON.stringify(message)),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async hear(look, from = 0) {
      for (const until = Date.now() + LIMIT_MS; Date.now() < until; ) {
        for (const message of heard.slice(from)) {
          const found = look(message);
          if (found !== undefined) return found;
        }
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
      throw new Error(`not heard: ${look}; but ${heard.map(({ type }) => type).join(', ')}`);
    },
    close: () => socket.close(),
  };
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(line));
    socket.once('unexpected-response', (_request, { statusCode = 0 }) => {
      resolve(statusCode);
      socket.terminate();
    });
    socket.once('error', (error) => {
      if (!error.message.includes('Unexpected server response')) reject(error);
    });
  });
}

/** Opens a line that has to open, and says hello. */
export async function attach(origin: string, cookies: string, workspace: string): Promise<Line> {
  const line = await openLine(origin, cookies, workspace);
  if (typeof line === 'number') throw new Error(`the line is refused: ${line}`);
  line.say({ type: 'hello', size: { columns: 100, rows: 30 } });
  await line.hear(({ type }) => (type === 'welcome' ? true : undefined));
  return line;
}
