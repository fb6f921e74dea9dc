import { type Certificate, certificatesIn } from '../../api';
import type { Flags, ToolContext } from '../process';
import type { Exchange, Url } from './http-request';

/** The status line: HTTP/2 has no reasons. */
export function statusLine({ status, reason, session }: AnsweredReply): string {
  return session?.alpn === 'h2' ? `HTTP/2 ${status} ` : `HTTP/1.1 ${status} ${reason}`;
}

type AnsweredReply = Extract<Exchange['outcome'], { readonly kind: 'answered' }>['reply'];

/** Headers as they are shown: HTTP/2 has small letters, and nothing about connections. */
export function shownHeaders({ headers, session }: AnsweredReply): readonly string[] {
  if (session?.alpn !== 'h2') return headers.map(([name, value]) => `${name}: ${value}`);
  return headers
    .filter(([name]) => !/^(connection|keep-alive|transfer-encoding)$/i.test(name))
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`);
}

/** The certificates of --cacert; a string is what is wrong with the file. */
export async function givenAuthorities(
  context: ToolContext,
  flags: Flags,
): Promise<readonly Certificate[] | string | undefined> {
  const path = flags.value('cacert');
  if (path === undefined) return undefined;
  const wrong = `error setting certificate verify locations:  CAfile: ${path} CApath: /etc/ssl/certs`;
  if (context.machine.files.stat(context.path(path))?.kind !== 'file') return wrong;
  const found = certificatesIn(await context.readFile(path));
  return found.length === 0 ? wrong : found;
}

/** --connect-to HOST1:PORT1:HOST2:PORT2; what is left out is anything, or stays. */
export function connectedTo(
  flags: Flags,
  url: Url,
): { readonly host: string; readonly port: number } | undefined {
  for (const rule of flags.values('connect-to')) {
    const [host = '', port = '', toHost = '', toPort = ''] = rule.split(':');
    if ((host !== '' && host !== url.host) || (port !== '' && Number(port) !== url.port)) continue;
    return { host: toHost || url.host, port: toPort === '' ? url.port : Number(toPort) };
  }
  return undefined;
}

/** The version of HTTP that was spoken, as --write-out has it. */
export function versionOf(outcome: Exchange['outcome']): string {
  if (outcome.kind !== 'answered') return '0';
  return outcome.reply.session?.alpn === 'h2' ? '2' : '1.1';
}

/** --resolve HOST:PORT:ADDRESS[,ADDRESS]: where a host is, instead of asking. */
export function resolvedTo(flags: Flags, url: Url): readonly string[] | undefined {
  for (const rule of flags.values('resolve')) {
    const match = /^([^:]+):(\d+|\*):(.+)$/.exec(rule.replace(/^[-+]/, ''));
    if (match === null) continue;
    if ((match[1] === url.host || match[1] === '*') && (match[2] === '*' || Number(match[2]) === url.port))
      return match[3]?.split(',');
  }
  return undefined;
}
