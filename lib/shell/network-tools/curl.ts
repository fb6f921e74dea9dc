import { curlProblem, MORE_ABOUT_CERTIFICATES } from '../../api';
import { utf8Bytes } from '../../base';
import { type Flags, parseFlags, type Tool, type ToolContext } from '../process';
import { CURL_VERSION, headersOf } from './curl-headers';
import { connectedTo, givenAuthorities, resolvedTo, shownHeaders, statusLine, versionOf } from './curl-https';
import { type Failure, verboseLines } from './curl-verbose';
import { CONNECT_PATIENCE_MS, type Exchange, exchange, parseUrl, type Url } from './http-request';

const SPEC =
  's|silent S|show-error v|verbose i|include|show-headers I|head o:|output O|remote-name w:|write-out H:|header X:|request d:|data|data-ascii|data-urlencode ' +
  'data-raw: data-binary: m:|max-time connect-timeout: resolve: connect-to: k|insecure L|location f|fail fail-with-body 4|ipv4 6|ipv6 A:|user-agent u:|user ' +
  'cacert: cert: key: e:|referer b:|cookie c:|cookie-jar N|no-buffer g|globoff G|get url: retry: retry-delay: retry-connrefused retry-all-errors ' +
  'x:|proxy no-progress-meter http1.1 http2 http1.0 compressed V|version h::|help json: max-redirs: interface: noproxy: keepalive-time: no-keepalive D:|dump-header j Z ' +
  '#|progress-bar tcp-nodelay tlsv1.2 tlsv1.3 oauth2-bearer: stderr: T:|upload-file F:|form';

const METER = `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
`;

/** Redirects that -L follows at most, as curl's default. */
const MAX_REDIRECTS = 50;

function meterLine(bytes: number, seconds: number): string {
  const percent = bytes > 0 ? 100 : 0;
  const speed = seconds > 0 ? Math.floor(bytes / seconds) : bytes;
  const n = (value: number) => String(value).padStart(5);
  return `\r${String(percent).padStart(3)} ${n(bytes)}${String(percent).padStart(5)} ${n(bytes)}    0     0${String(speed).padStart(7)}      0 --:--:-- --:--:-- --:--:-- ${n(speed)}`;
}

function failureOf(done: Exchange, url: Url, totalMs: number): Failure | undefined {
  const { outcome } = done;
  const after = Math.max(0, Math.round(done.elapsedMs));
  switch (outcome.kind) {
    case 'unresolved':
      return { status: 6, message: `Could not resolve host: ${url.host}` };
    case 'refused':
    case 'unreachable':
      return {
        status: 7,
        message: `Failed to connect to ${url.host} port ${url.port} after ${after} ms: Could not connect to server`,
      };
    case 'connect-timeout':
      if (done.ip === undefined)
        return { status: 28, message: `Resolving timed out after ${after} milliseconds` };
      if (after >= CONNECT_PATIENCE_MS) {
        return {
          status: 28,
          message: `Failed to connect to ${url.host} port ${url.port} after ${after} ms: Could not connect to server`,
        };
      }
      return { status: 28, message: `Connection timed out after ${after} milliseconds` };
    case 'read-timeout':
      return {
        status: 28,
        message: `Operation timed out after ${Math.round(totalMs)} milliseconds with 0 bytes received`,
      };
    case 'closed':
      if (outcome.why === 'reset') return { status: 56, message: 'Recv failure: Connection reset by peer' };
      if (outcome.why === 'tls-mismatch') {
        return url.scheme === 'https'
          ? { status: 35, message: 'TLS connect error: error:0A0000C6:SSL routines::packet length too long' }
          : { status: 52, message: 'Empty reply from server' };
      }
      return { status: 52, message: 'Empty reply from server' };
    case 'untrusted':
      return { status: 60, message: curlProblem(outcome.problem, url.host) };
    case 'not-http':
      return { status: 1, message: 'Received HTTP/0.9 when not allowed' };
    default:
      return undefined;
  }
}

function seconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value * 1000 : undefined;
}

async function bodyOf(context: ToolContext, flags: Flags): Promise<string | undefined> {
  const pieces: string[] = [];
  for (const name of ['d', 'data-raw', 'data-binary', 'json'] as const) {
    for (const value of flags.values(name)) {
      if (!value.startsWith('@') || name === 'data-raw') pieces.push(value);
      else {
        const text = await context.readFile(value.slice(1));
        pieces.push(name === 'd' ? text.replace(/[\r\n]/g, '') : text);
      }
    }
  }
  return pieces.length === 0 ? undefined : pieces.join(flags.has('json') ? '' : '&');
}

function writeOut(
  format: string,
  done: Exchange,
  url: Url,
  typed: string,
  bytes: number,
  exit: number,
  redirects: number,
): string {
  const { outcome } = done;
  const code = outcome.kind === 'answered' ? outcome.reply.status : 0;
  const time = (ms: number) => (ms / 1000).toFixed(6);
  const header = (name: string) =>
    outcome.kind === 'answered'
      ? (outcome.reply.headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? '')
      : '';
  const values: Readonly<Record<string, string>> = {
    http_code: String(code).padStart(3, '0'),
    response_code: String(code).padStart(3, '0'),
    time_total: time(done.elapsedMs),
    time_namelookup: time(done.lookupMs),
    time_connect: time(outcome.kind === 'answered' ? done.elapsedMs : 0),
    time_starttransfer: time(outcome.kind === 'answered' ? done.elapsedMs : 0),
    time_appconnect: time(url.scheme === 'https' ? done.elapsedMs : 0),
    time_pretransfer: time(outcome.kind === 'answered' ? done.elapsedMs : 0),
    time_redirect: time(0),
    size_download: String(bytes),
    size_upload: '0',
    speed_download: String(done.elapsedMs > 0 ? Math.floor((bytes * 1000) / done.elapsedMs) : bytes),
    remote_ip: done.ip ?? '',
    remote_port: String(done.ip === undefined ? 0 : url.port),
    url_effective: typed.includes('://') ? typed : `http://${typed}/`,
    url: typed,
    method: 'GET',
    scheme: url.scheme.toUpperCase(),
    http_version: versionOf(outcome),
    content_type: header('content-type'),
    redirect_url: header('location'),
    num_redirects: String(redirects),
    num_connects: done.ip === undefined || code === 0 ? '0' : '1',
    exitcode: String(exit),
    errormsg: '',
    ssl_verify_result: outcome.kind === 'untrusted' ? String(outcome.problem.code) : '0',
  };
  return format.replace(/%\{(\w+)\}|%%|\\n|\\t|\\r/g, (whole, name: string | undefined) => {
    if (name !== undefined) return values[name] ?? '';
    return whole === '%%' ? '%' : whole === '\\n' ? '\n' : whole === '\\t' ? '\t' : '\r';
  });
}

/** curl, as far as HTTP goes. */
export const curl: Tool = async (context) => {
  const flags = await readFlags(context, context.args);
  if (flags === undefined) return 2;
  if (flags.has('V')) {
    await context.out(
      `curl ${CURL_VERSION} (x86_64-pc-linux-gnu) libcurl/${CURL_VERSION} OpenSSL/3.5.1 zlib/1.3.1\nProtocols: http https\n`,
    );
    return 0;
  }
  if (flags.has('h')) {
    await context.out(
      'Usage: curl [options...] <url>\n -d, --data <data>           HTTP POST data\n -f, --fail                  Fail fast with no output on HTTP errors\n -H, --header <header>       Pass custom header(s) to server\n -I, --head                  Show document info only\n -i, --show-headers          Show response headers in output\n -L, --location              Follow redirects\n -m, --max-time <seconds>    Maximum time allowed for transfer\n -o, --output <file>         Write to file instead of stdout\n -s, --silent                Silent mode\n -v, --verbose               Make the operation more talkative\n -w, --write-out <format>    Output FORMAT after completion\n -X, --request <method>      Specify request method to use\n',
    );
    return 0;
  }
  const urls = [...flags.values('url'), ...flags.rest];
  if (urls.length === 0) {
    await context.err(
      "curl: (2) no URL specified\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
    );
    return 2;
  }
  let status = 0;
  for (const [index, typed] of urls.entries()) {
    const tries = 1 + Number(flags.value('retry') ?? 0);
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      status = await transfer(context, flags, typed, index);
      const again =
        status === 28 ||
        (status === 7 && flags.has('retry-connrefused')) ||
        (status !== 0 && flags.has('retry-all-errors'));
      if (!again || attempt === tries) break;
      await context.sleep((seconds(flags.value('retry-delay')) ?? 1000 * 2 ** (attempt - 1)) | 0);
    }
  }
  return status;
};

async function readFlags(context: ToolContext, args: readonly string[]): Promise<Flags | undefined> {
  const bad = { message: '' };
  const flags = ((): Flags | undefined => {
    try {
      return parseFlags(args, SPEC, { status: 2 });
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ToolError') throw error;
      bad.message = error.message;
      return undefined;
    }
  })();
  if (flags !== undefined) return flags;
  const unknown = /option '(--[^']*)'|-- '(.)'/.exec(bad.message);
  const shown = unknown?.[1] ?? `-${unknown?.[2] ?? ''}`;
  const what = bad.message.includes('requires') ? 'requires parameter' : 'is unknown';
  await context.err(
    `curl: option ${shown}: ${what}\ncurl: try 'curl --help' or 'curl --manual' for more information\n`,
  );
  return undefined;
}

async function transfer(context: ToolContext, flags: Flags, typed: string, index: number): Promise<number> {
  const silent = flags.has('s');
  const tell = async (failure: Failure) => {
    if (!silent || flags.has('S')) {
      await context.err(`curl: (${failure.status}) ${failure.message}\n`);
      if (failure.status === 60) await context.err(MORE_ABOUT_CERTIFICATES);
    }
    return failure.status;
  };
  let body = await bodyOf(context, flags);
  const parsed = parseUrl(typed);
  if (parsed === undefined)
    return tell({ status: 3, message: 'URL rejected: Malformed input to a URL function' });
  if (parsed === 'unsupported')
    return tell({ status: 1, message: `Protocol "${typed.split(':')[0]}" not supported` });
  let url: Url =
    flags.has('G') && body !== undefined
      ? { ...parsed, path: `${parsed.path}${parsed.path.includes('?') ? '&' : '?'}${body}` }
      : parsed;
  if (flags.has('G')) body = undefined;
  const headers = headersOf(flags, body);
  const hostKey = Object.keys(headers).find((name) => name.toLowerCase() === 'host');
  const hostHeader = hostKey === undefined ? undefined : headers[hostKey];
  if (hostKey !== undefined) delete headers[hostKey];
  const totalTimeoutMs = seconds(flags.value('m')) ?? Number.POSITIVE_INFINITY;
  const connectTimeoutMs = seconds(flags.value('connect-timeout')) ?? Number.POSITIVE_INFINITY;
  let method = flags.value('X') ?? (flags.has('I') ? 'HEAD' : body === undefined ? 'GET' : 'POST');
  const output = flags.has('O') ? (url.path.split('?')[0]?.split('/').pop() ?? '') : flags.values('o')[index];
  const metered =
    !silent &&
    !flags.has('no-progress-meter') &&
    !flags.has('#') &&
    (output !== undefined || !context.stdoutIsTerminal) &&
    output !== '-';
  const authorities = await givenAuthorities(context, flags);
  if (typeof authorities === 'string') return tell({ status: 77, message: authorities });
  const offersH2 = !flags.has('http1.1') && !flags.has('http1.0');
  let redirects = 0;
  for (;;) {
    const done = await exchange(context, {
      ...(flags.has('k') ? {} : { trust: { host: url.host, authorities } }),
      alpn: offersH2 ? ['h2', 'http/1.1'] : ['http/1.1'],
      connectTo: connectedTo(flags, url),
      url,
      method,
      headers,
      body: body ?? '',
      connectTimeoutMs,
      totalTimeoutMs,
      hostHeader,
      addresses: resolvedTo(flags, url),
    });
    const failure = failureOf(done, url, totalTimeoutMs);
    const wishes = {
      host: url.host,
      insecure: flags.has('k'),
      authorities: flags.value('cacert') ?? '/etc/ssl/certs/ca-certificates.crt',
      offersH2,
      now: context.now(),
    };
    if (flags.has('v')) {
      const shown = { url, method, headers, hostHeader, user: flags.value('u')?.split(':')[0] };
      const bodies = {
        sent: body === undefined ? 0 : utf8Bytes(body).length,
        told: output !== undefined || !context.stdoutIsTerminal,
      };
      await context.err(verboseLines(context, done, shown, failure, wishes, bodies));
    }
    if (failure !== undefined || done.outcome.kind !== 'answered') {
      if (metered) await context.err(`${METER}${meterLine(0, 0)}\n`);
      const status = await tell(failure ?? { status: 52, message: 'Empty reply from server' });
      const format = flags.value('w');
      if (format !== undefined) await context.out(writeOut(format, done, url, typed, 0, status, redirects));
      return status;
    }
    const { reply } = done.outcome;
    const location = reply.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
    const head = `${statusLine(reply)}\r\n${shownHeaders(reply)
      .map((line) => `${line}\r\n`)
      .join('')}\r\n`;
    const followed =
      flags.has('L') &&
      location !== undefined &&
      reply.status >= 300 &&
      reply.status < 400 &&
      redirects < MAX_REDIRECTS;
    const failed = flags.has('f') && reply.status >= 400;
    const shownBody = method === 'HEAD' || flags.has('I') || followed || failed ? '' : reply.body;
    const shownHead = flags.has('i') || flags.has('I') ? head : '';
    const bytes = shownBody.length;
    if (metered && !followed) await context.err(`${METER}${meterLine(bytes, done.elapsedMs / 1000)}\n`);
    if (output === undefined || output === '-') await context.out(shownHead + shownBody);
    else if (context.path(output) !== '/dev/null')
      context.machine.files.write(context.path(output), shownHead + shownBody);
    if (followed && location !== undefined) {
      const next = parseUrl(
        location.startsWith('/')
          ? `${url.scheme}://${url.host}${url.portGiven ? `:${url.port}` : ''}${location}`
          : location,
      );
      if (next === undefined || next === 'unsupported')
        return tell({ status: 1, message: 'Protocol not supported' });
      url = next;
      if (reply.status !== 307 && reply.status !== 308 && method === 'POST') method = 'GET';
      redirects += 1;
      continue;
    }
    const status = failed ? 22 : 0;
    if (failed) await tell({ status: 22, message: `The requested URL returned error: ${reply.status}` });
    const format = flags.value('w');
    if (format !== undefined) await context.out(writeOut(format, done, url, typed, bytes, status, redirects));
    return status;
  }
}
