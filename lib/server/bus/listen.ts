import type { Client } from 'pg';
import { log } from '../log';

/** Opens a connection. */
export type Connect = () => Promise<Client>;

/** What a line tells. */
export interface LineEvents {
  heard(text: string): void;
  /** The connection was lost and is there again. */
  gap(): void;
}

/** A connection that listens, for as long as it is not closed. */
export interface Line {
  /** Resolves when it listens for the first time. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

const RETRY_MS = 500;

/** Listens on a channel; a lost connection is opened again until it works. */
export function keepListening(connect: Connect, channel: string, events: LineEvents): Line {
  let closed = false;
  let client: Client | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lostBefore = false;
  let isReady = () => {};
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });

  const retry = () => {
    client = undefined;
    lostBefore = true;
    if (!closed) timer = setTimeout(open, RETRY_MS);
  };
  const listen = async () => {
    const opened = await connect();
    if (closed) return opened.end();
    client = opened;
    opened.once('end', () => {
      if (client === opened) retry();
    });
    opened.on('notification', ({ payload }) => {
      if (payload !== undefined) events.heard(payload);
    });
    await opened.query(`LISTEN "${channel}"`);
    isReady();
    if (lostBefore) events.gap();
  };
  const open = () => {
    listen().catch((error: unknown) => {
      log('warn', 'bus-not-connected', { error });
      const failed = client;
      retry();
      failed?.end().catch((reason: unknown) => log('warn', 'bus-not-ended', { error: reason }));
    });
  };
  open();
  return {
    ready,
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
