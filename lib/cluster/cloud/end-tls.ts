import {
  type Delivery,
  greet,
  issueCertificate,
  PUBLIC_AUTHORITIES,
  type Reply,
  type Request,
  type TlsSession,
} from '../../api';
import type { Listener } from './state';

/** What a listener heard: what to ask the target, or what to say at once. */
export type Heard =
  | { readonly request: Request; readonly session?: TlsSession | undefined }
  | { readonly reply: Reply };

const MISMATCH: Heard = { reply: { kind: 'closed', why: 'tls-mismatch' } };
const DAY_MS = 86_400_000;
/** Amazon's certificates are good for thirteen months. */
const VALID_MS = 395 * DAY_MS;
/** Who the account's certificates are for. */
const CERTIFIED = ['example.com', '*.example.com'];

/** Ends a client's TLS at a listener that has a certificate; towards the target it begins anew where `again` says so. */
export function endTls(listener: Listener, request: Request, again: boolean, now: number): Heard {
  if (request.kind !== 'http' && request.kind !== 'tls') return { request };
  if (request.tls === undefined) return MISMATCH;
  const chain = chainOf(listener.certificate ?? '', now);
  const { session, problem } = greet(request.tls, { chain, alpn: ['http/1.1'] }, now);
  if (problem !== undefined) return { reply: { kind: 'untrusted', problem, session } };
  if (request.kind === 'tls') return { reply: { kind: 'tls', session } };
  return { request: { ...request, tls: again ? { serverName: '' } : undefined }, session };
}

/** A listener without a certificate that itself speaks HTTP. */
export function hearPlainly(request: Request): Heard {
  const secure = request.kind === 'tls' || (request.kind === 'http' && request.tls !== undefined);
  return secure ? MISMATCH : { request };
}

/** An answer as the client has it, over the session that it made with the balancer. */
export function overSession(outcome: Delivery, session: TlsSession | undefined): Delivery {
  if (session === undefined || outcome.kind !== 'delivered' || outcome.reply.kind !== 'http') return outcome;
  return { ...outcome, reply: { ...outcome.reply, session } };
}

/** The certificate behind an ARN: of Amazon's, for the same names each. */
function chainOf(arn: string, now: number): string {
  const notBefore = Math.floor(now / (30 * DAY_MS)) * 30 * DAY_MS - 30 * DAY_MS;
  return issueCertificate(arn, {
    subject: [['CN', CERTIFIED[0] ?? '']],
    issuer: PUBLIC_AUTHORITIES.at(-1) ?? [],
    notBefore,
    notAfter: notBefore + VALID_MS,
    names: CERTIFIED,
    addresses: [],
    isAuthority: false,
  });
}
