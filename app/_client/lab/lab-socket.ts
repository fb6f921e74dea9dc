import type { ClientMessage, ServerMessage } from '../../../lib/server';
import { retryDelayMs } from './backoff';

/** What a socket tells its owner. */
export interface SocketEvents {
  readonly onOpen: () => void;
  readonly onMessage: (message: ServerMessage) => void;
  /** The line broke; another attempt follows at `retryAt` (wall-clock ms). */
  readonly onLost: (retryAt: number) => void;
}

/** A line to a workspace that mends itself. */
export interface LabSocket {
  /** False when there is no line: nothing was sent. */
  send(message: ClientMessage): boolean;
  /** Tries at once instead of waiting. */
  retry(): void;
  close(): void;
}

/** A line that stayed up this long was sound: the next break starts waiting from the shortest delay. */
const SOUND_AFTER_MS = 5_000;

/** A server that accepts and does not answer, or a network that swallows, is given up after this long. */
const OPENING_LIMIT_MS = 10_000;

/** Opens a line to `/socket/<workspaceId>` and keeps it open. */
export function openLabSocket(workspaceId: string, events: SocketEvents): LabSocket {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let openedAt = 0;
  let closed = false;

  const connect = () => {
    clearTimeout(timer);
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const current = new WebSocket(`${scheme}//${location.host}/socket/${encodeURIComponent(workspaceId)}`);
    socket = current;
    timer = setTimeout(dropLine, OPENING_LIMIT_MS);
    current.addEventListener('open', () => {
      if (socket === current) clearTimeout(timer);
      openedAt = Date.now();
      events.onOpen();
    });
    current.addEventListener('message', (event: MessageEvent<string>) => {
      if (socket === current) events.onMessage(JSON.parse(event.data) as ServerMessage);
    });
    current.addEventListener('close', () => {
      if (socket === current) lost();
    });
  };

  const lost = () => {
    socket = undefined;
    clearTimeout(timer);
    if (closed) return;
    if (openedAt > 0 && Date.now() - openedAt > SOUND_AFTER_MS) attempt = 0;
    openedAt = 0;
    const delay = retryDelayMs(attempt, Math.random());
    attempt += 1;
    timer = setTimeout(connect, delay);
    events.onLost(Date.now() + delay);
  };

  const retry = () => {
    if (socket === undefined && !closed) connect();
  };
  function dropLine() {
    const current = socket;
    if (current === undefined) return;
    socket = undefined;
    current.close();
    lost();
  }

  connect();
  window.addEventListener('online', retry);
  window.addEventListener('offline', dropLine);
  return {
    send(message) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    retry,
    close() {
      closed = true;
      clearTimeout(timer);
      window.removeEventListener('online', retry);
      window.removeEventListener('offline', dropLine);
      socket?.close();
    },
  };
}
