import { utf8Bytes } from '../../base';
import type { ToolContext } from '../process';
import { shownHeaders, statusLine } from './curl-https';
import type { Exchange, Url } from './http-request';
import { handshakeLines, http2Lines, type TlsWishes } from './tls-lines';

/** Why a transfer failed: curl's exit status and message. */
export interface Failure {
  readonly status: number;
  readonly message: string;
}

/** A request as `-v` shows it. */
interface Shown {
  readonly url: Url;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly hostHeader: string | undefined;
  readonly user: string | undefined;
}

/** Bytes of the request's body, and whether bodies are told of: not where the terminal shows them. */
interface Bodies {
  readonly sent: number;
  readonly told: boolean;
}

/** What `-v` tells of an exchange: the way there, the request, the head of the answer. */
export function verboseLines(
  context: ToolContext,
  done: Exchange,
  { url, method, headers, hostHeader, user }: Shown,
  failure: Failure | undefined,
  wishes: TlsWishes,
  bodies: Bodies,
): string {
  const { outcome, ip } = done;
  let text = '';
  if (outcome.kind === 'unresolved')
    text += `* Could not resolve host: ${url.host}\n* closing connection #0\n`;
  if (ip !== undefined) {
    if (ip !== url.host)
      text += `* Host ${url.host}:${url.port} was resolved.\n* IPv6: (none)\n* IPv4: ${done.addresses.join(', ')}\n`;
    text += `*   Trying ${ip.includes(':') ? `[${ip}]` : ip}:${url.port}...\n`;
  }
  if (outcome.kind === 'refused')
    text += `* connect to ${ip} port ${url.port} from ${context.world.network.addresses(context.machine.vantage)[0] ?? '0.0.0.0'} port 43210 failed: Connection refused\n`;
  const session =
    outcome.kind === 'untrusted'
      ? outcome.session
      : outcome.kind === 'answered'
        ? outcome.reply.session
        : undefined;
  if (session !== undefined) {
    const problem = outcome.kind === 'untrusted' ? outcome.problem : undefined;
    for (const line of handshakeLines(session, problem, wishes)) text += `* ${line}\n`;
  }
  if (outcome.kind === 'untrusted') text += '* closing connection #0\n';
  else if (failure !== undefined && outcome.kind !== 'closed' && outcome.kind !== 'unresolved')
    text += `* ${failure.message}\n* closing connection #0\n`;
  if (outcome.kind === 'answered' || outcome.kind === 'closed') {
    text += `* Connected to ${url.host} (${ip}) port ${url.port}\n`;
    if (url.scheme === 'https' && session === undefined)
      text += '* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384 / X25519 / RSASSA-PSS\n';
    const standard = url.scheme === 'https' ? 443 : 80;
    const host = hostHeader ?? (url.port === standard ? url.host : `${url.host}:${url.port}`);
    const h2 = session?.alpn === 'h2';
    const using = h2
      ? http2Lines(method, { host: url.host, path: url.path, authority: host }, headers)
      : ['using HTTP/1.x'];
    for (const line of using) text += `* ${line}\n`;
    if (user !== undefined) text += `* Server auth using Basic with user '${user}'\n`;
    text += `> ${method} ${url.path} HTTP/${h2 ? '2' : '1.1'}\n> Host: ${host}\n`;
    for (const [name, value] of Object.entries(headers)) text += `> ${name}: ${value}\n`;
    text += '> \n';
    if (bodies.sent > 0 && bodies.told) text += `} [${bodies.sent} bytes data]\n`;
    text +=
      bodies.sent > 0
        ? `* upload completely sent off: ${bodies.sent} bytes\n`
        : '* Request completely sent off\n';
  }
  if (outcome.kind === 'closed')
    text += `* ${failure?.message ?? 'Empty reply from server'}\n* shutting down connection #0\n`;
  if (outcome.kind === 'answered') {
    text += `< ${statusLine(outcome.reply)}\n`;
    for (const line of shownHeaders(outcome.reply)) text += `< ${line}\n`;
    text += '< \n';
    const received = method === 'HEAD' ? 0 : utf8Bytes(outcome.reply.body).length;
    if (received > 0 && bodies.told) text += `{ [${received} bytes data]\n`;
  }
  if (outcome.kind === 'answered') text += `* Connection #0 to host ${url.host} left intact\n`;
  return text;
}
