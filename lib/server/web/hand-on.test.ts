import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { freePort } from '../free-port';
import { handOnUpgrade } from './hand-on';

type Upgrade = (incoming: IncomingMessage, socket: Duplex, head: Buffer) => void;

const servers: Server[] = [];
beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listening(upgrade: Upgrade): Promise<number> {
  const server = createServer().on('upgrade', upgrade);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Asks for a line, and gives the first that is said on it. */
const firstWord = (port: number) =>
  new Promise<string>((resolve, reject) => {
    const asked = request({ port, headers: { Connection: 'Upgrade', Upgrade: 'websocket' } });
    asked.on('upgrade', (_response, socket, head) => {
      if (head.length > 0) resolve(head.toString());
      else socket.once('data', (data) => resolve(data.toString()));
      socket.once('data', () => socket.destroy());
    });
    asked.on('error', reject);
    asked.end();
  });

const SWITCH = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

it('[V20] a line is handed on to the process that has the workspace', async () => {
  const far = await listening((_incoming, socket) => void socket.end(`${SWITCH}from afar`));
  const near = await listening((incoming, socket, head) => {
    void handOnUpgrade(`127.0.0.1:${far}`, incoming, socket, head);
  });
  expect(await firstWord(near)).toBe('from afar');
});

it('[V20] a line that nobody takes is still there to be answered', async () => {
  const nobody = await freePort('127.0.0.1');
  const near = await listening(async (incoming, socket, head) => {
    const isTaken = await handOnUpgrade(`127.0.0.1:${nobody}`, incoming, socket, head);
    socket.end(`${SWITCH}${isTaken ? 'taken' : 'from here'}`);
  });
  expect(await firstWord(near)).toBe('from here');
});
