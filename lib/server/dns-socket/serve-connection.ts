import type { Socket } from 'node:net';
import { log } from '../log';
import { type Resolve, replyTo } from './reply-to';

/** How long the first message, or the rest of a begun one, may take to arrive; CoreDNS' read time-out. */
const READ_TIMEOUT_MS = 3_000;
/** How long a connection may rest between messages; CoreDNS' idle time-out. */
const IDLE_TIMEOUT_MS = 10_000;
/** Bytes that may wait to be answered; who sends more is not read from until there is room again. */
const MAX_WAITING_BYTES = 64 * 1024 * 2;
const LENGTH_BYTES = 2;

/** Serves one TCP connection: messages behind their lengths, many at once, answered in the order of arrival. */
export function serveConnection(socket: Socket, resolve: Resolve): void {
  let waiting: Buffer = Buffer.alloc(0);
  let answering = false;
  let ended = false;

  const next = (): Buffer | undefined => {
    if (waiting.length < LENGTH_BYTES) return undefined;
    const end = LENGTH_BYTES + waiting.readUInt16BE(0);
    if (waiting.length < end) return undefined;
    const message = waiting.subarray(LENGTH_BYTES, end);
    waiting = waiting.subarray(end);
    return message;
  };
  const answerAll = async (): Promise<void> => {
    for (let message = next(); message !== undefined && !socket.destroyed; message = next()) {
      const reply = await replyTo(message, 'TCP', resolve);
      // Whoever keeps silent over TCP has closed the connection.
      if (reply === undefined) {
        socket.destroy();
        return;
      }
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt16BE(reply.length);
      socket.write(Buffer.concat([length, reply]));
      socket.setTimeout(waiting.length === 0 ? IDLE_TIMEOUT_MS : READ_TIMEOUT_MS);
    }
    if (ended) socket.end();
  };
  const work = (): void => {
    if (answering) return;
    answering = true;
    answerAll()
      .catch((error: unknown) => {
        log('error', 'dns-connection-failed', { error });
        socket.destroy();
      })
      .finally(() => {
        answering = false;
        if (waiting.length < MAX_WAITING_BYTES) socket.resume();
      });
  };

  socket.setTimeout(READ_TIMEOUT_MS);
  socket.on('timeout', () => {
    if (!answering) socket.destroy();
  });
  socket.on('data', (data: Buffer) => {
    waiting = Buffer.concat([waiting, data]);
    if (waiting.length >= MAX_WAITING_BYTES) socket.pause();
    work();
  });
  socket.on('end', () => {
    ended = true;
    work();
  });
  // Clients hang up as they please.
  socket.on('error', () => socket.destroy());
}
