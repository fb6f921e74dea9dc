import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Whether whoever asked is still there, while they wait. */
export interface Departure {
  /** Aborted when they have gone. */
  readonly gone: AbortSignal;
  /** Looks no more: the line belongs to whoever answers. */
  forget(): void;
}

/** Looks whether whoever sent a request still waits for the answer. */
export function watchResponse(response: ServerResponse): Departure {
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  if (response.destroyed) leave();
  response.once('close', leave);
  return { gone: leaving.signal, forget: () => void response.off('close', leave) };
}

/**
 * The same of an upgrade, from whose socket nobody reads yet: that the other side hung up is only noticed by whoever looks. What it
 * sent ahead stays in the socket for whoever takes the line.
 */
export function watchSocket(socket: Duplex): Departure {
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  const look = () => {
    // Of an empty socket this reads the end, if it has come.
    if (socket.readableLength === 0) socket.read();
  };
  const hungUp = () => socket.destroy();
  if (socket.destroyed) leave();
  socket.once('close', leave);
  socket.once('end', hungUp);
  socket.on('readable', look);
  return {
    gone: leaving.signal,
    forget() {
      socket.off('close', leave);
      socket.off('end', hungUp);
      socket.off('readable', look);
    },
  };
}
