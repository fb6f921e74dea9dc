import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { MESSAGE_RULES, may } from '../access';
import type { People, Person } from '../accounts';
import { APP_ERROR_STATUS, AppError } from '../app-error';
import { BUSY_RETRY_SECONDS } from '../busy-retry';
import { isStarved } from '../database';
import type { PrismaClient } from '../generated/prisma/client';
import type { Leases } from '../lease';
import {
  type LiveWorkspace,
  MESSAGE_LIMIT_BYTES,
  type PageSocket,
  type Registry,
  readClientMessage,
  tell,
} from '../live';
import { log } from '../log';
import { watchSocket } from './departure';
import { findHolder } from './find-holder';
import { handOnUpgrade, wasHandedOn } from './hand-on';
import { isSameOrigin } from './origin';

/** Lines between lab pages and live workspaces. */
export interface LabSockets {
  /** Whether this upgrade is for a lab. */
  owns(request: IncomingMessage): boolean;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Cuts the lines of somebody (of everybody when nobody is named) whose session has ended meanwhile. */
  reconsider(userId?: string): void;
  close(): void;
}

const PATH = /^\/socket\/([0-9a-f-]{36})$/;
/** A proxy that saw nothing for a minute would cut the line; a tab that vanished is noticed by it, too. */
const PING_MS = 25_000;
/** WebSocket's codes: going away, try again later, against the rules. */
const GOING_AWAY = 1001;
const TRY_AGAIN = 1013;
const POLICY = 1008;
const REASONS: Readonly<Record<number, string>> = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found' };

/** The page comes back by itself. */
const BUSY_LINE = 'Too many people are here at once; another attempt follows by itself.';

/** Serves `/socket/<workspaceId>`. */
export function createLabSockets(
  prisma: PrismaClient,
  people: People,
  registry: Registry,
  leases?: Leases,
): LabSockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_LIMIT_BYTES,
    perMessageDeflate: false,
  });
  const answering = new WeakSet<WebSocket>();
  const callers = new WeakMap<WebSocket, Caller>();
  const pings = setInterval(() => {
    for (const socket of server.clients) {
      if (!answering.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, PING_MS);
  pings.unref();

  /** The workspace that this request may speak with, and who speaks. */
  const admit = async (request: IncomingMessage): Promise<Caller> => {
    if (!isSameOrigin(request.headers)) throw new Refusal(403);
    const id = PATH.exec(pathOf(request))?.[1];
    const person = await people.find(request.headers.cookie);
    if (person === undefined) throw new Refusal(401);
    const row = await prisma.workspace.findUnique({ where: { id: id ?? '' }, select: { userId: true } });
    // Somebody else's workspace is as good as none.
    if (id === undefined || row === null) throw new Refusal(404);
    const { userId: ownerId } = row;
    if (!may(person, 'workspace.use', { ownerId })) throw new Refusal(404);
    return { id, person, ownerId, cookies: request.headers.cookie };
  };

  const serve = (socket: WebSocket, caller: Caller) => {
    const { id } = caller;
    callers.set(socket, caller);
    const page = pageSocket(socket);
    let workspace: LiveWorkspace | undefined;
    const opening = registry.open(id);
    // Messages keep their order while the workspace is being loaded.
    let last: Promise<void> = opening.then(
      (opened) => {
        workspace = opened;
      },
      (error: unknown) => refuse(page, id, error),
    );
    answering.add(socket);
    socket.on('pong', () => answering.add(socket));
    socket.on('error', (error) => log('warn', 'socket-error', { workspace: id, error: error.message }));
    socket.on('message', (data, isBinary) => {
      const text = isBinary ? '' : data.toString();
      last = last.then(() => {
        if (workspace !== undefined && socket.readyState === socket.OPEN)
          receive(page, workspace, text, caller);
      });
    });
    socket.on('close', () => {
      last = last.then(() => workspace?.detach(page));
    });
  };

  return {
    owns: (request) => pathOf(request).startsWith('/socket/'),
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      admit(request)
        .then(async (caller) => {
          if (!wasHandedOn(request) && leases !== undefined) {
            const { gone, forget } = watchSocket(socket);
            const handTo = (address: string) => handOnUpgrade(address, request, socket, head);
            const holder = await findHolder(leases, caller.id, handTo, gone).finally(forget);
            if (holder === 'taken' || holder === 'gone') return;
            if (holder === 'nobody') throw new Refusal(503);
          }
          server.handleUpgrade(request, socket, head, (opened) => serve(opened, caller));
        })
        .catch((error: unknown) => {
          const isRefusal = error instanceof Refusal;
          if (isStarved(error)) log('warn', 'too-busy', { url: request.url });
          else if (!isRefusal) log('error', 'socket-not-opened', { error });
          const status = isRefusal ? error.status : 503;
          const later = isRefusal ? '' : `Retry-After: ${BUSY_RETRY_SECONDS}\r\n`;
          socket.end(
            `HTTP/1.1 ${status} ${REASONS[status] ?? 'Service Unavailable'}\r\n${later}Connection: close\r\n\r\n`,
          );
        });
    },
    reconsider(userId) {
      for (const socket of server.clients) {
        const caller = callers.get(socket);
        if (caller === undefined || (userId !== undefined && caller.person.id !== userId)) continue;
        people.find(caller.cookies).then(
          (person) => {
            if (person?.id !== caller.person.id) socket.close(POLICY, 'signed out');
          },
          (error: unknown) => log('warn', 'session-not-looked-up', { error }),
        );
      }
    },
    close() {
      clearInterval(pings);
      for (const socket of server.clients) socket.close(GOING_AWAY, 'the server is stopping');
    },
  };
}

/** An upgrade that is not granted. */
class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;
  constructor(status: number) {
    super(`upgrade refused: ${status}`);
    this.status = status;
  }
}

/** Who speaks with which workspace, and whose it is. */
interface Caller {
  readonly id: string;
  readonly person: Person;
  readonly ownerId: string;
  readonly cookies: string | undefined;
}

function receive(page: PageSocket, workspace: LiveWorkspace, text: string, caller: Caller): void {
  if (workspace.broken) {
    page.close(TRY_AGAIN, 'the workspace is loaded again');
    return;
  }
  const message = readClientMessage(text);
  const id = 'id' in message && message.id !== undefined ? { id: message.id } : {};
  if (message.type !== 'bad') {
    if (may(caller.person, MESSAGE_RULES[message.type], caller)) workspace.receive(page, message);
    else
      tell(page, {
        type: 'failed',
        ...id,
        code: 'forbidden',
        message: 'This workspace is not yours to change.',
      });
    return;
  }
  tell(page, {
    type: 'failed',
    ...id,
    code: 'invalid',
    message: `The page sent what the server does not take (${message.reason}).`,
  });
}

function refuse(page: PageSocket, id: string, error: unknown): void {
  const known = error instanceof AppError && APP_ERROR_STATUS[error.code] < 500;
  const busy = isStarved(error);
  if (!known) log(busy ? 'warn' : 'error', 'workspace-not-loaded', { workspace: id, error });
  const later = busy ? BUSY_LINE : 'The lab could not be loaded; another attempt follows by itself.';
  const message = known ? error.message : later;
  tell(page, { type: 'failed', code: known ? error.code : 'unavailable', message });
  page.close(known ? POLICY : TRY_AGAIN, 'not loaded');
}

function pageSocket(socket: WebSocket): PageSocket {
  return {
    send(text) {
      if (socket.readyState === socket.OPEN) socket.send(text);
    },
    get backlog() {
      return socket.bufferedAmount;
    },
    close: (code, reason) => socket.close(code, reason),
  };
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0] ?? '';
}
