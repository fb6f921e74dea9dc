import {
  type Certificate,
  certificatesIn,
  coversHost,
  curlProblem,
  type DistinguishedName,
  judgeChain,
  printName,
  type TlsProblem,
  type TlsSession,
} from '../../api';
import { civilTime } from '../../base';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "Jan  5 09:00:02 2026 GMT", as OpenSSL prints times. */
export function opensslTime(ms: number): string {
  const { year, month, day, hour, minute, second } = civilTime(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [hour, minute, second].map(two).join(':');
  return `${MONTHS[month - 1]} ${String(day).padStart(2)} ${clock} ${year} GMT`;
}

/** "O=Acme Co; CN=shop", as curl prints names. */
const curlName = (name: DistinguishedName): string => printName(name, '=', '; ');

/** What curl was told about TLS. */
export interface TlsWishes {
  readonly host: string;
  readonly insecure: boolean;
  readonly authorities: string;
  readonly offersH2: boolean;
  readonly now: number;
}

/** What `curl -v` says of a handshake, up to its end or to the client's hanging up. */
export function handshakeLines(
  session: TlsSession,
  problem: TlsProblem | undefined,
  wishes: TlsWishes,
): readonly string[] {
  const { version } = session;
  const into = (text: string) => `${version} (IN), TLS ${text}:`;
  const out = (text: string) => `${version} (OUT), TLS ${text}:`;
  const begun = [
    `ALPN: curl offers ${wishes.offersH2 ? 'h2,' : ''}http/1.1`,
    out('handshake, Client hello (1)'),
    ...(wishes.insecure ? [] : [` CAfile: ${wishes.authorities}`, ' CApath: /etc/ssl/certs']),
    into('handshake, Server hello (2)'),
    into('change cipher, Change cipher spec (1)'),
    into('handshake, Encrypted Extensions (8)'),
    into('handshake, Certificate (11)'),
  ];
  if (problem !== undefined && problem.code !== 62)
    return [...begun, out(`alert, ${alertOf(problem)}`), curlProblem(problem, wishes.host)];
  const [leaf] = certificatesIn(session.chain);
  return [
    ...begun,
    into('handshake, CERT verify (15)'),
    into('handshake, Finished (20)'),
    out('change cipher, Change cipher spec (1)'),
    out('handshake, Finished (20)'),
    `SSL connection using ${version} / ${session.cipher} / X25519MLKEM768 / RSASSA-PSS`,
    session.alpn === undefined
      ? 'ALPN: server did not agree on a protocol. Uses default.'
      : `ALPN: server accepted ${session.alpn}`,
    ...(leaf === undefined ? [] : certificateLines(leaf, session.chain, problem, wishes)),
  ];
}

function alertOf({ code }: TlsProblem): string {
  return code === 10 || code === 9 ? 'certificate expired (557)' : 'unknown CA (560)';
}

function certificateLines(
  leaf: Certificate,
  chain: string,
  problem: TlsProblem | undefined,
  wishes: TlsWishes,
): readonly string[] {
  const { host, insecure, now } = wishes;
  const matched =
    leaf.names.find((name) => coversHost(name, host)) ?? leaf.addresses.find((ip) => ip === host);
  const kind = leaf.addresses.includes(host) ? 'IP address' : 'host';
  const about = [
    'Server certificate:',
    ` subject: ${curlName(leaf.subject)}`,
    ` start date: ${opensslTime(leaf.notBefore)}`,
    ` expire date: ${opensslTime(leaf.notAfter)}`,
    ...(insecure || matched === undefined
      ? []
      : [` subjectAltName: ${kind} "${host}" matched cert's "${matched}"`]),
  ];
  if (problem !== undefined) return [...about, curlProblem(problem, host)];
  // What is not asked for is looked at all the same; names are no part of it.
  const ignored = insecure ? judgeChain(certificatesIn(chain), { host }, now) : undefined;
  return [
    ...about,
    ` issuer: ${curlName(leaf.issuer)}`,
    ignored === undefined || ignored.code === 62
      ? ' SSL certificate verify ok.'
      : ` SSL certificate verify result: ${ignored.text} (${ignored.code}), continuing anyway.`,
    `  Certificate level 0: Public key type ${leaf.key.kind} (${leaf.key.bits}/${leaf.key.kind === 'EC' ? 128 : 112} Bits/secBits), signed using sha256WithRSAEncryption`,
  ];
}

/** What `curl -v` says of a request over HTTP/2. */
export function http2Lines(
  method: string,
  url: { readonly host: string; readonly path: string; readonly authority: string },
  headers: Readonly<Record<string, string>>,
): readonly string[] {
  const stream = (text: string) => `[HTTP/2] [1] ${text}`;
  return [
    'using HTTP/2',
    stream(`OPENED stream for https://${url.host}${url.path}`),
    stream(`[:method: ${method}]`),
    stream('[:scheme: https]'),
    stream(`[:authority: ${url.authority}]`),
    stream(`[:path: ${url.path}]`),
    ...Object.entries(headers).map(([name, value]) => stream(`[${name.toLowerCase()}: ${value}]`)),
  ];
}
