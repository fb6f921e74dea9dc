import { greet, type Reply, type Request } from '../../api';
import type { ApiServer } from '../server';
import { answerRequest } from './answer-request';
import type { Reach } from './proxied';

const NO_TLS = 'Client sent an HTTP request to an HTTPS server.\n';

/** What somebody hears who connects to the API server's port, which shows the certificates of `chain`. */
export function answerConnection(
  server: ApiServer,
  request: Request,
  chain: string,
  now: number,
  reach: Reach,
): Reply {
  switch (request.kind) {
    case 'connect':
      return { kind: 'connected' };
    case 'tls':
    case 'http': {
      if (request.tls === undefined) return plainly();
      const { session, problem } = greet(request.tls, { chain, alpn: ['h2', 'http/1.1'] }, now);
      if (problem !== undefined) return { kind: 'untrusted', problem, session };
      if (request.kind === 'tls') return { kind: 'tls', session };
      const reply = answerRequest(server, request, reach);
      return reply.kind === 'http' ? { ...reply, session } : reply;
    }
    default:
      return { kind: 'closed', why: 'reset' };
  }
}

function plainly(): Reply {
  const headers = [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Connection', 'close'],
    ['Content-Length', String(NO_TLS.length)],
  ] as const;
  return { kind: 'http', status: 400, reason: 'Bad Request', headers, body: NO_TLS };
}
