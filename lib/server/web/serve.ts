import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import next from 'next';
import { StartError } from '../app-error';
import { isStarved } from '../database';
import { log } from '../log';
import { answerBusy, sayBusyInstead } from './busy';
import { inRequest, type RequestContext } from './request-context';

/** A web server that answers. */
export interface RunningWeb {
  close(): Promise<void>;
}

/** What the web server does before and beside Next. */
export interface WebOptions {
  readonly root: string;
  readonly port: number;
  readonly dev: boolean;
  /** Answers a request itself (true), or prepares it for Next. */
  before(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Takes an upgrade (true), or leaves it to Next. */
  upgrade(request: IncomingMessage, socket: import('node:stream').Duplex, head: Buffer): boolean;
}

/** Serves pages through Next, and everything else through `options`. */
export async function serveWeb(options: WebOptions): Promise<RunningWeb> {
  const { root, port, dev } = options;
  const server = createServer();
  const app = next({ dev, dir: root, port, hostname: 'localhost', httpServer: server, turbopack: true });
  await app.prepare();
  const pages = app.getRequestHandler();
  const upgrades = app.getUpgradeHandler();
  const answer = async (request: IncomingMessage, response: ServerResponse, context: RequestContext) => {
    sayBusyInstead(request, response, context);
    if (!(await options.before(request, response))) await pages(request, response);
  };
  server.on('request', (request, response) => {
    inRequest(request, (context) => answer(request, response, context)).catch((error: unknown) => {
      if (isStarved(error) && !response.headersSent) return answerBusy(request, response);
      log('error', 'request-failed', { url: request.url, error });
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end('Something went wrong on the server. Try again in a moment.\n');
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (options.upgrade(request, socket, head)) return;
    upgrades(request, socket, head).catch((error: unknown) => {
      log('warn', 'upgrade-failed', { url: request.url, error });
      socket.destroy();
    });
  });
  // Last: whoever connects earlier, as a page that waits for a restart does, would be accepted and never answered.
  await listen(server, port);
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await Promise.all([closed, app.close()]);
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: Error & { readonly code?: string }) => {
      reject(error.code === 'EADDRINUSE' ? portTaken(port) : error);
    });
    server.listen(port, () => resolve());
  });
}

/** Why nothing can be served on that port. */
export function portTaken(port: number): StartError {
  return new StartError(
    `Port ${port} is already in use: stop what listens there, or choose another, as in PORT=${port + 1} npm start.`,
  );
}
