import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { createUpgradeHandler, type MessageSocket } from '../../http';
import { log } from '../log';
import { callerOf } from './answer-kube';
import { createHostClient } from './host-client';
import type { KubeHost } from './kube-host';
import { reply, toRequest } from './node-exchange';

/** Takes requests that ask for an upgrade: exec and attach of `kubectl`. */
export interface KubeUpgrades {
  /** Resolves when the conversation is over; what is refused is answered as any other request. */
  take(host: KubeHost, path: string, incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  /** Cuts every line. */
  close(): void;
}

/** A client cuts its input into messages far smaller than this. */
const MESSAGE_BYTES = 1024 * 1024;

/** Upgrades over `ws`. */
export function createKubeUpgrades(): KubeUpgrades {
  const chosen = new WeakMap<IncomingMessage, string>();
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: (_offered, request) => chosen.get(request) ?? false,
  });
  // `ws` takes no name with a slash in it, which upstream's has: it is negotiated beside it.
  server.on('headers', (headers, request) => {
    const protocol = chosen.get(request) ?? '';
    if (protocol.includes('/')) headers.push(`Sec-WebSocket-Protocol: ${protocol}`);
  });
  return {
    async take(host, path, incoming, socket, head) {
      const gone = new AbortController();
      socket.on('close', () => gone.abort());
      socket.on('error', () => socket.destroy());
      const request = toRequest(path, incoming, gone.signal);
      const handle = createUpgradeHandler((asked) => createHostClient(host, callerOf(asked.headers)));
      const upgrade = request && (await handle(request));
      if (upgrade?.kind !== 'accepted') {
        const refusal = upgrade?.response ?? new Response(null, { status: 405 });
        return reply(refusal, incoming, responseOn(incoming, socket));
      }
      if (upgrade.transport === 'spdy') {
        await upgrade.serve(plainSocket(socket, upgrade.protocol, head));
        return;
      }
      chosen.set(incoming, upgrade.protocol);
      if (upgrade.protocol.includes('/')) delete incoming.headers['sec-websocket-protocol'];
      const line = await new Promise<WebSocket>((resolve) =>
        server.handleUpgrade(incoming, socket, head, resolve),
      );
      try {
        await upgrade.serve(messageSocket(line));
      } catch (error) {
        log('error', 'kube-upgrade-failed', { path: path.split('?')[0], error });
        line.close(INTERNAL_ERROR);
      }
    },
    close() {
      for (const line of server.clients) line.terminate();
      server.close();
    },
  };
}

/** WebSocket's code for a server that met what it did not expect. */
const INTERNAL_ERROR = 1011;

/** An ordinary response on a connection that asked for an upgrade; the connection ends with it. */
export function responseOn(incoming: IncomingMessage, socket: Duplex): ServerResponse {
  const response = new ServerResponse(incoming);
  response.shouldKeepAlive = false;
  response.assignSocket(socket as import('node:net').Socket);
  response.on('finish', () => socket.end());
  return response;
}

/** A connection that goes on in another protocol as it is, once that is said. */
function plainSocket(socket: Duplex, protocol: string, head: Buffer): MessageSocket {
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: ${protocol}\r\n\r\n`,
  );
  if (head.length > 0) socket.unshift(head);
  return {
    send: (message) =>
      new Promise((resolve) => {
        if (socket.writable) socket.write(message, () => resolve());
        else resolve();
      }),
    onMessage: (listener) => socket.on('data', (data: Buffer) => listener(new Uint8Array(data))),
    onClose: (listener) => socket.on('close', listener),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: () => socket.end(),
  };
}

function messageSocket(line: WebSocket): MessageSocket {
  return {
    send: (message) =>
      new Promise((resolve) => {
        if (line.readyState === WebSocket.OPEN) line.send(message, () => resolve());
        else resolve();
      }),
    onMessage: (listener) => line.on('message', (data) => listener(bytesOf(data))),
    onClose: (listener) => line.on('close', listener),
    pause: () => line.pause(),
    resume: () => line.resume(),
    close: (code, reason) => line.close(code, reason),
  };
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return new Uint8Array(Buffer.concat(data));
  return new Uint8Array(data instanceof ArrayBuffer ? data : Buffer.from(data));
}
