import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { log } from '../log';

/** Marks what another process of ours handed on: it is not handed on again. */
const HANDED_ON = 'x-portside-handed-on';

/** Whether a request was handed on already. */
export function wasHandedOn(request: IncomingMessage): boolean {
  return HANDED_ON in request.headers;
}

/** Lets another process answer a request. */
export function handOn(address: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { host, port } = placeOf(address);
  return new Promise((resolve) => {
    const onward = ask(
      {
        host,
        port,
        path: request.url,
        method: request.method,
        headers: { ...request.headers, [HANDED_ON]: '1' },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.once('close', resolve);
      },
    );
    onward.once('error', (error) => {
      log('warn', 'not-handed-on', { address, error: error.message });
      if (!response.headersSent)
        response.writeHead(503, { 'Retry-After': '1', 'Content-Type': 'text/plain' });
      response.end('The server that has this workspace does not answer; another takes over in a moment.\n');
      resolve();
    });
    response.once('close', () => onward.destroy());
    request.pipe(onward);
  });
}

/**
 * Lets another process take an upgrade: both lines become one. Resolves to false where nobody answers at that address; then
 * nothing was said on the socket, and it is still the caller's.
 */
export function handOnUpgrade(
  address: string,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<boolean> {
  const line = connect(placeOf(address));
  return new Promise((resolve) => {
    let isOpen = false;
    line.once('connect', () => {
      isOpen = true;
      const headers = [...pairs(request.rawHeaders), [HANDED_ON, '1'] as const];
      line.write(
        `${request.method} ${request.url} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
      );
      line.write(head);
      line.pipe(socket);
      socket.pipe(line);
      resolve(true);
    });
    line.on('error', (error) => log('warn', 'not-handed-on', { address, error: error.message }));
    socket.once('error', () => line.destroy());
    socket.once('close', () => line.destroy());
    line.once('close', () => {
      if (isOpen) socket.destroy();
      resolve(false);
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
