import { greet, type Reply, type Request } from '../../api';
import { httpDate } from '../../base';
import { byteLength, reasonOf } from '../images/http';
import { siteChain } from './certify';
import type { Site, SiteAnswer, SiteRequest } from './site';
import { SITES } from './sites';

/** Machines that are no site of their own serve like one that knows nobody. */
const NOBODY: Omit<Site, 'hosts'> = {
  issuer: [['CN', 'localhost']],
  server: 'nginx',
  secureOnly: false,
  answer: () => undefined,
};

/** A request that came to a host's machine in the world outside, and how it was answered. */
export function visitSite(
  host: string,
  request: Request,
  { secure, clientIP, now }: { readonly secure: boolean; readonly clientIP: string; readonly now: number },
): Reply {
  if (request.kind === 'connect') return { kind: 'connected' };
  const site = SITES.find(({ hosts }) => hosts.includes(host)) ?? { ...NOBODY, hosts: [host] };
  const offer = request.kind === 'tls' || request.kind === 'http' ? request.tls : undefined;
  if (request.kind !== 'http' && request.kind !== 'tls') return { kind: 'closed', why: 'reset' };
  if ((offer !== undefined) !== secure) return { kind: 'closed', why: 'tls-mismatch' };
  if (offer === undefined) return request.kind === 'http' ? plainly(site, request, clientIP, now) : CLOSED;
  const server = { chain: siteChain(site, now), alpn: ['h2', 'http/1.1'] };
  const { session, problem } = greet(offer, server, now);
  if (problem !== undefined) return { kind: 'untrusted', problem, session };
  if (request.kind === 'tls') return { kind: 'tls', session };
  const answered = page(site, request, clientIP);
  return { ...headed(site, answered, now), session };
}

const CLOSED: Reply = { kind: 'closed', why: 'reset' };

type HttpReply = Extract<Reply, { kind: 'http' }>;

function plainly(site: Site, request: SiteRequest, clientIP: string, now: number): HttpReply {
  const bare = request.host.replace(/:\d+$/, '').toLowerCase();
  if (!site.secureOnly || !site.hosts.includes(bare)) return headed(site, page(site, request, clientIP), now);
  return headed(
    site,
    { status: 301, body: '', headers: [['Location', `https://${bare}${request.path}`]] },
    now,
  );
}

/** Virtual hosts: a name that the machine does not know (a Service's, through ExternalName) gets no page. */
function page(site: Site, request: SiteRequest, clientIP: string): SiteAnswer {
  const bare = request.host.replace(/:\d+$/, '').toLowerCase().replace(/\.$/, '');
  const missing: SiteAnswer = { status: 404, type: 'text/plain', body: '404 Not Found\n' };
  if (!site.hosts.includes(bare)) return missing;
  return site.answer(request.path.replace(/[?#].*$/, ''), request, clientIP) ?? missing;
}

function headed({ server }: Site, { status, type, body, headers = [] }: SiteAnswer, now: number): HttpReply {
  return {
    kind: 'http',
    status,
    reason: reasonOf(status),
    headers: [
      ['Date', httpDate(now)],
      ...(type === undefined ? [] : ([['Content-Type', type]] as const)),
      ['Content-Length', String(byteLength(body))],
      ['Connection', 'keep-alive'],
      ...headers,
      ['Server', server],
    ],
    body,
  };
}
