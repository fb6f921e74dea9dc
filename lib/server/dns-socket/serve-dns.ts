import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Server } from 'node:net';
import { log } from '../log';
import { type Resolve, replyTo } from './reply-to';
import { serveConnection } from './serve-connection';

/** What is served, and where. */
export interface DnsServeOptions {
  /** The same for UDP and TCP; 0 takes one that is free. */
  readonly port: number;
  readonly host: string;
  readonly resolve: Resolve;
}

/** A DNS server that runs. */
export interface DnsServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Connections at once, and queries over UDP that wait for their answer; what is more is dropped, as under attack. */
const MAX_CONNECTIONS = 100;
const MAX_PENDING = 1_000;
/** With port 0: how often another port is tried when the one that TCP got is taken for UDP. */
const PORT_TRIES = 5;

/** Serves DNS over UDP and TCP on one port; rejects with the system's error when the port cannot be had. */
export async function serveDns({ port, host, resolve }: DnsServeOptions): Promise<DnsServer> {
  const tcp = createServer({ allowHalfOpen: true }, (socket) => serveConnection(socket, resolve));
  tcp.maxConnections = MAX_CONNECTIONS;
  const open = new Set<{ destroy(): void }>();
  tcp.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  for (let tries = PORT_TRIES; ; tries -= 1) {
    const bound = await listen(tcp, port, host);
    try {
      const udp = await bind(bound, host, resolve);
      return {
        port: bound,
        async close() {
          for (const socket of open) socket.destroy();
          await Promise.all([
            new Promise<void>((done) => udp.close(() => done())),
            new Promise<void>((done) => tcp.close(() => done())),
          ]);
        },
      };
    } catch (error) {
      await new Promise<void>((done) => tcp.close(() => done()));
      if (port !== 0 || tries <= 1) throw error;
    }
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function bind(port: number, host: string, resolve: Resolve): Promise<UdpSocket> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  let pending = 0;
  let closed = false;
  socket.once('close', () => {
    closed = true;
  });
  socket.on('message', (message, from) => {
    if (pending >= MAX_PENDING) return;
    pending += 1;
    replyTo(message, 'UDP', resolve)
      .then((reply) => {
        if (reply !== undefined && !closed) socket.send(reply, from.port, from.address);
      })
      .catch((error: unknown) => log('error', 'dns-query-failed', { error }))
      .finally(() => {
        pending -= 1;
      });
  });
  return new Promise((done, reject) => {
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind(port, host, () => {
      socket.removeAllListeners('error');
      // A client that is gone already answers with ICMP errors, which end up here.
      socket.on('error', (error) => log('warn', 'dns-socket', { error }));
      done(socket);
    });
  });
}
