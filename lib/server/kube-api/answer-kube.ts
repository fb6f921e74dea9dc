import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHandler, readCredentials } from '../../http';
import { ADMIN } from '../../workspace';
import { log } from '../log';
import { type Caller, createHostClient } from './host-client';
import type { KubeHost } from './kube-host';
import { exchange } from './node-exchange';

/** Answers one request to the API of a hosted workspace; `path` is what is left when the mount's prefix is gone. */
export async function answerKube(
  host: KubeHost,
  path: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const handle = createHandler((request) => createHostClient(host, callerOf(request.headers)));
  try {
    await exchange(handle, path, incoming, outgoing);
  } catch (error) {
    if (outgoing.destroyed) return;
    log('error', 'kube-request-failed', { path: path.split('?')[0], error });
    if (!outgoing.headersSent) outgoing.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
    outgoing.end('Internal error\n');
  }
}

/** Whoever holds the address is the cluster's admin, unless the headers bring a token or ask to be somebody else. */
export function callerOf(headers: Headers): Caller {
  return {
    own: ADMIN,
    credentials: readCredentials(headers),
    session: headers.get('kubectl-session') ?? undefined,
    command: headers.get('kubectl-command') ?? undefined,
  };
}
