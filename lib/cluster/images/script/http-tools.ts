import {
  type Certificate,
  certificatesIn,
  curlProblem,
  type Delivery,
  MORE_ABOUT_CERTIFICATES,
  type TlsOffer,
  type TlsProblem,
} from '../../../api';
import { type Flags, parseFlags } from '../../../base';
import { absolute } from './script-files';
import { fails, type Ran, type ScriptTool, type ToolIo } from './tool';

/** What a TCP connect gives up after when nobody answers: six retries of a SYN. */
const CONNECT_TIMEOUT_MS = 127_000;
const MAX_REDIRECTS = 10;

interface Url {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  readonly shown: string;
  readonly path: string;
}

function readUrl(text: string): Url | undefined {
  const match = /^(?:(https?):\/\/)?(?:[^/@]*@)?([^/?#:]+)(?::(\d+))?([/?][^#]*)?/.exec(text);
  if (match === null) return undefined;
  const [, scheme, host = '', port, path = '/'] = match;
  const secure = scheme === 'https';
  const number = Number(port ?? (secure ? 443 : 80));
  return {
    secure,
    host,
    port: number,
    shown: port === undefined ? host : `${host}:${port}`,
    path: path.startsWith('/') ? path : `/${path}`,
  };
}

/** What became of a request, with the time that it took. */
type Fetched =
  | {
      readonly kind: 'answered';
      readonly reply: Extract<Extract<Delivery, { kind: 'delivered' }>['reply'], { kind: 'http' }>;
      readonly ms: number;
    }
  | {
      readonly kind: 'unresolved' | 'refused' | 'unreachable' | 'silent' | 'hung-up' | 'late';
      readonly ms: number;
    }
  | { readonly kind: 'untrusted'; readonly problem: TlsProblem; readonly ms: number };

interface Asking {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connectMs: number;
  readonly totalMs: number;
  /** Whom a server's certificate may be from: known authorities, or those of a file; anybody when absent. */
  readonly trusted?: readonly Certificate[] | 'known' | undefined;
}

function ask(io: ToolIo, url: Url, asking: Asking): Fetched {
  const found = /^[\d.]+$/.test(url.host) ? undefined : io.world.lookup(url.host).outcome;
  const ip = found === undefined ? url.host : found.addresses[0];
  const lookupMs = found?.latencyMs ?? 0;
  const limit = Math.min(asking.connectMs, asking.totalMs);
  if (lookupMs >= limit) return { kind: 'silent', ms: limit };
  if (ip === undefined) return { kind: 'unresolved', ms: lookupMs };
  const { Host: host = url.shown, ...headers } = asking.headers;
  const { outcome } = io.world.send(ip, url.port, {
    kind: 'http',
    method: asking.method,
    path: url.path,
    host,
    headers,
    body: asking.body,
    ...(url.secure ? { tls: offerOf(url, asking) } : {}),
  });
  if (outcome.kind === 'dropped') return { kind: 'silent', ms: Math.min(limit, CONNECT_TIMEOUT_MS) };
  const ms = lookupMs + outcome.latencyMs;
  if (ms > asking.totalMs) return { kind: 'late', ms: asking.totalMs };
  if (outcome.kind === 'refused') return { kind: 'refused', ms };
  if (outcome.kind === 'unreachable') return { kind: 'unreachable', ms };
  if (outcome.reply.kind === 'untrusted') return { kind: 'untrusted', problem: outcome.reply.problem, ms };
  return outcome.reply.kind === 'http'
    ? { kind: 'answered', reply: outcome.reply, ms }
    : { kind: 'hung-up', ms };
}

function offerOf({ host }: Url, { trusted }: Asking): TlsOffer {
  const serverName = /^[\d.]+$/.test(host) ? '' : host;
  if (trusted === undefined) return { serverName };
  return { serverName, trust: { host, authorities: trusted === 'known' ? undefined : trusted } };
}

const secondsOf = (text: string | undefined): number => {
  const value = Number(text);
  return text !== undefined && value > 0 ? value * 1000 : Number.POSITIVE_INFINITY;
};

function headersOf(given: readonly string[], own: Readonly<Record<string, string>>): Record<string, string> {
  const headers: Record<string, string> = { ...own };
  for (const text of given) {
    const cut = text.indexOf(':');
    if (cut > 0) headers[text.slice(0, cut).trim()] = text.slice(cut + 1).trim();
  }
  return headers;
}

/** Follows redirects as far as it may. */
function fetch(
  io: ToolIo,
  first: Url,
  asking: Asking,
  follow: boolean,
): { readonly fetched: Fetched; readonly url: Url; readonly ms: number } {
  let url = first;
  let ms = 0;
  for (let count = 0; ; count += 1) {
    const fetched = ask(io, url, asking);
    ms += fetched.ms;
    const location =
      fetched.kind === 'answered' && fetched.reply.status >= 300 && fetched.reply.status < 400
        ? fetched.reply.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
        : undefined;
    if (!follow || location === undefined || count >= MAX_REDIRECTS) return { fetched, url, ms };
    const next = readUrl(
      location.startsWith('/') ? `${url.secure ? 'https' : 'http'}://${url.shown}${location}` : location,
    );
    if (next === undefined) return { fetched, url, ms };
    url = next;
  }
}

const CURL_FLAGS =
  's|silent S|show-error f|fail L|location i|include I|head k|insecure v|verbose g G|get o:|output O X:|request H:|header d:|data data-raw: data-binary: json: u: A: m:|max-time connect-timeout: retry: retry-delay: retry-connrefused retry-all-errors w:|write-out resolve: cacert: cert: key: compressed 4 6 N|no-buffer fail-with-body http1.1 path-as-is T: x: b: c: e: oauth2-bearer:';

const curl: ScriptTool = (io) => {
  const flags = parseFlags(io.args, CURL_FLAGS, { status: 2 });
  const [typed] = flags.rest;
  const url = typed === undefined ? undefined : readUrl(typed);
  if (typed === undefined)
    return {
      status: 2,
      out: '',
      err: "curl: (2) no URL specified\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
    };
  if (url === undefined) return curlFailure(flags, 3, 'URL rejected: Malformed input to a URL function', 0);
  const data = ['d', 'data-raw', 'data-binary', 'json'].flatMap((name) => flags.values(name));
  const own = {
    'User-Agent': flags.value('A') ?? 'curl/8.14.1',
    Accept: '*/*',
    ...(data.length === 0
      ? {}
      : { 'Content-Type': flags.has('json') ? 'application/json' : 'application/x-www-form-urlencoded' }),
    ...(flags.has('oauth2-bearer') ? { Authorization: `Bearer ${flags.value('oauth2-bearer')}` } : {}),
  };
  const asking: Asking = {
    method: flags.value('X') ?? (flags.has('I') ? 'HEAD' : data.length > 0 ? 'POST' : 'GET'),
    headers: headersOf(flags.values('H'), own),
    body: data
      .map((text) => (text.startsWith('@') ? (io.files.read(absolute(io.cwd, text.slice(1))) ?? '') : text))
      .join('&'),
    connectMs: secondsOf(flags.value('connect-timeout')),
    totalMs: secondsOf(flags.value('m')),
    trusted: flags.has('k') ? undefined : authoritiesOf(io, flags),
  };
  const tries = Number(flags.value('retry') ?? 0) + 1;
  let waited = 0;
  for (let attempt = 1; ; attempt += 1) {
    const { fetched, url: last, ms } = fetch(io, url, asking, flags.has('L'));
    const ran = curlResult(io, flags, last, fetched, ms);
    const again =
      ran.status === 28 ||
      (ran.status === 7 && flags.has('retry-connrefused')) ||
      (ran.status !== 0 && flags.has('retry-all-errors'));
    if (!again || attempt >= tries) return { ...ran, waitMs: (ran.waitMs ?? 0) + waited };
    waited +=
      ms + (flags.has('retry-delay') ? Number(flags.value('retry-delay')) * 1000 : 1000 * 2 ** (attempt - 1));
  }
};

function authoritiesOf(io: ToolIo, flags: Flags): Asking['trusted'] {
  const path = flags.value('cacert');
  return path === undefined ? 'known' : certificatesIn(io.files.read(absolute(io.cwd, path)) ?? '');
}

function curlFailure(flags: Flags, status: number, message: string, ms: number): Ran {
  const quiet = flags.has('s') && !flags.has('S');
  const format = flags.value('w');
  return {
    status,
    out: format === undefined ? '' : writeOut(format, 0, ms),
    err: quiet ? '' : `curl: (${status}) ${message}\n${status === 60 ? MORE_ABOUT_CERTIFICATES : ''}`,
    waitMs: ms,
  };
}

function writeOut(format: string, code: number, ms: number): string {
  return format
    .replaceAll('%{http_code}', String(code).padStart(3, '0'))
    .replaceAll('%{response_code}', String(code).padStart(3, '0'))
    .replaceAll('%{time_total}', (ms / 1000).toFixed(6))
    .replaceAll('\\n', '\n');
}

function curlResult(io: ToolIo, flags: Flags, url: Url, fetched: Fetched, ms: number): Ran {
  const connect = `Failed to connect to ${url.host} port ${url.port} after ${Math.round(ms)} ms: Could not connect to server`;
  switch (fetched.kind) {
    case 'unresolved':
      return curlFailure(flags, 6, `Could not resolve host: ${url.host}`, ms);
    case 'refused':
    case 'unreachable':
      return curlFailure(flags, 7, connect, ms);
    case 'silent':
      return curlFailure(
        flags,
        28,
        ms >= CONNECT_TIMEOUT_MS ? connect : `Connection timed out after ${Math.round(ms)} milliseconds`,
        ms,
      );
    case 'late':
      return curlFailure(
        flags,
        28,
        `Operation timed out after ${Math.round(ms)} milliseconds with 0 bytes received`,
        ms,
      );
    case 'untrusted':
      return curlFailure(flags, 60, curlProblem(fetched.problem, url.host), ms);
    case 'hung-up':
      return curlFailure(flags, 52, 'Empty reply from server', ms);
  }
  const { reply } = fetched;
  const failed = flags.has('f') && reply.status >= 400;
  const head = `HTTP/1.1 ${reply.status} ${reply.reason}\r\n${reply.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  const shown = `${flags.has('i') || flags.has('I') ? head : ''}${failed || flags.has('I') ? '' : reply.body}`;
  const output = flags.has('O') ? url.path.replace(/^.*\//, '') : flags.value('o');
  const saved = output !== undefined && output !== '-';
  const failure = saved ? io.files.write(absolute(io.cwd, output), shown) : undefined;
  if (failure !== undefined) return curlFailure(flags, 23, 'client returned ERROR on write', ms);
  const format = flags.value('w');
  const quiet = flags.has('s') && !flags.has('S');
  return {
    status: failed ? 22 : 0,
    out: (saved ? '' : shown) + (format === undefined ? '' : writeOut(format, reply.status, ms)),
    err: failed && !quiet ? `curl: (22) The requested URL returned error: ${reply.status}\n` : '',
    waitMs: ms,
  };
}

const WGET_FLAGS =
  'q|quiet O:|output-document T:|timeout spider S|server-response t:|tries header: no-check-certificate post-data: c n nv|no-verbose v U: connect-timeout: retry-connrefused waitretry: P: method: body-data:';

const wget: ScriptTool = (io) => {
  const flags = parseFlags(
    io.args.map((word) => (word === '-nv' ? '--no-verbose' : word)),
    WGET_FLAGS,
    { status: 1 },
  );
  const [typed] = flags.rest;
  const url = typed === undefined ? undefined : readUrl(typed);
  if (url === undefined)
    return fails(io, typed === undefined ? 'missing URL' : `not an http or ftp url: ${typed}`);
  const limit = secondsOf(flags.value('T') ?? flags.value('connect-timeout'));
  const body = flags.value('post-data') ?? '';
  const asking: Asking = {
    method: body === '' ? 'GET' : 'POST',
    headers: headersOf(flags.values('header'), { 'User-Agent': 'Wget', Connection: 'close' }),
    body,
    connectMs: limit,
    totalMs: limit,
  };
  const { fetched, url: last, ms } = fetch(io, url, asking, true);
  const quiet = flags.has('q');
  const failed = (message: string): Ran => ({ status: 1, out: '', err: `wget: ${message}\n`, waitMs: ms });
  const ip = /^[\d.]+$/.test(last.host) ? last.host : (io.world.lookup(last.host).outcome.addresses[0] ?? '');
  switch (fetched.kind) {
    case 'unresolved':
      return failed(`bad address '${last.shown}'`);
    case 'refused':
      return failed(`can't connect to remote host (${ip}): Connection refused`);
    case 'unreachable':
      return failed(`can't connect to remote host (${ip}): Host is unreachable`);
    case 'silent':
    case 'late':
      return failed(
        Number.isFinite(limit)
          ? 'download timed out'
          : `can't connect to remote host (${ip}): Operation timed out`,
      );
    case 'hung-up':
    case 'untrusted':
      return failed('error getting response');
  }
  const { reply } = fetched;
  const connecting = quiet ? '' : `Connecting to ${last.shown} (${ip}:${last.port})\n`;
  if (reply.status >= 400)
    return {
      ...failed(`server returned error: HTTP/1.1 ${reply.status} ${reply.reason}`),
      err: `${connecting}wget: server returned error: HTTP/1.1 ${reply.status} ${reply.reason}\n`,
    };
  if (flags.has('spider'))
    return { status: 0, out: '', err: `${connecting}${quiet ? '' : 'remote file exists\n'}`, waitMs: ms };
  const target = flags.value('O') ?? (last.path.replace(/\?.*$/, '').replace(/^.*\//, '') || 'index.html');
  if (target !== '-') {
    const failure = io.files.write(absolute(io.cwd, target), reply.body);
    if (failure !== undefined) return failed(`can't open '${target}': ${failure}`);
  }
  const progress = quiet
    ? ''
    : `${target === '-' ? 'writing to stdout' : `saving to '${target}'`}\n${target.slice(0, 20).padEnd(20)} 100% |********************************| ${String(reply.body.length).padStart(5)}  0:00:00 ETA\n${target === '-' ? 'written to stdout' : `'${target}' saved`}\n`;
  return { status: 0, out: target === '-' ? reply.body : '', err: connecting + progress, waitMs: ms };
};

/** Commands that speak HTTP. */
export const httpTools: Readonly<Record<string, ScriptTool>> = { curl, wget };
