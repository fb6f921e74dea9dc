import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { log } from '../log';

/** Marks what another process of ours handed on: it is not handed on again. */
const HANDED_ON = 'x-portside-handed-on';

/** Who lives answers far sooner; a machine that is gone does not even refuse. */
const REACH_MS = 1_500;

/** Whether a request was handed on already. */
export function wasHandedOn(request: IncomingMessage): boolean {
  return HANDED_ON in request.headers;
}

/** How it went: answered; nobody is there and nothing was said to the caller; cut off in mid-answer, and perhaps carried out. */
type HandedOn = 'answered' | 'nobody' | 'cut';

/** Lets another process answer a request. */
export async function handOn(
  address: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<HandedOn> {
  const line = await reach(address);
  if (line === undefined) return 'nobody';
  return new Promise((resolve) => {
    // A line of its own: on one that was kept nobody could tell whether the other end had died before it read the request.
    const onward = ask(
      {
        createConnection: () => line,
        path: request.url,
        method: request.method,
        headers: { ...request.headers, connection: 'close', [HANDED_ON]: '1' },
      },
      (answer) => {
        const { connection: _, ...headers } = answer.headers;
        response.writeHead(answer.statusCode ?? 502, headers);
        answer.pipe(response);
        answer.once('close', () => {
          // A watch that only fell silent would be waited on.
          if (!answer.complete) response.destroy();
          resolve('answered');
        });
      },
    );
    onward.on('error', (error) => {
      if (response.headersSent || response.destroyed) {
        response.destroy();
        return resolve('answered');
      }
      log('warn', 'not-handed-on', { address, error: error.message });
      resolve(READS.has(request.method ?? '') ? 'nobody' : 'cut');
    });
    if (response.destroyed) onward.destroy();
    else response.once('close', () => onward.destroy());
    request.pipe(onward);
  });
}

/** What may be asked of another process again, since it has neither a body nor consequences. */
const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Lets another process take an upgrade: both lines become one. Resolves to false where nobody answers at that address; then
 * nothing was said on the socket, and it is still the caller's.
 */
export async function handOnUpgrade(
  address: string,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<boolean> {
  const line = await reach(address);
  if (line === undefined) return false;
  line.on('error', (error) => log('warn', 'not-handed-on', { address, error: error.message }));
  line.once('close', () => socket.destroy());
  socket.once('error', () => line.destroy());
  socket.once('close', () => line.destroy());
  if (socket.destroyed) {
    line.destroy();
    return true;
  }
  const headers = [...pairs(request.rawHeaders), [HANDED_ON, '1'] as const];
  line.write(
    `${request.method} ${request.url} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
  line.write(head);
  line.pipe(socket);
  socket.pipe(line);
  return true;
}

/** A line to another process; undefined where nobody answers. */
function reach(address: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const line = connect(placeOf(address));
    const refused = (error: Error) => {
      log('warn', 'not-handed-on', { address, error: error.message });
      resolve(undefined);
    };
    line.once('error', refused);
    line.setTimeout(REACH_MS, () => line.destroy(new Error(`no answer within ${REACH_MS} ms`)));
    line.once('connect', () => {
      line.setTimeout(0);
      line.removeAllListeners('timeout');
      line.off('error', refused);
      resolve(line);
    });
  });
}

function placeOf(address: string): { readonly host: string; readonly port: number } {
  const at = address.lastIndexOf(':');
  return { host: address.slice(0, at), port: Number(address.slice(at + 1)) };
}

function pairs(raw: readonly string[]): readonly (readonly [string, string])[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
}
