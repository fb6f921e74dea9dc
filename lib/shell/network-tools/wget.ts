import { civilTime, FileError } from '../../base';
import { type Flags, parseFlags, type Tool, type ToolContext } from '../process';
import { type Exchange, exchange, parseUrl, type Url } from './http-request';

const SPEC =
  'q|quiet O:|output-document T:|timeout spider S|server-response t:|tries header:|H no-check-certificate post-data: c n nv|no-verbose v|verbose U:|user-agent ' +
  'connect-timeout: read-timeout: dns-timeout: method: body-data: max-redirect: content-on-error retry-connrefused P: Y: L';

function seconds(flags: Flags): number {
  for (const name of ['T', 'connect-timeout', 'read-timeout']) {
    const value = Number(flags.value(name) ?? 0);
    if (value > 0) return value * 1000;
  }
  return Number.POSITIVE_INFINITY;
}

/** Redirects that are followed. */
const MAX_REDIRECTS = 20;

async function fetchAll(
  context: ToolContext,
  flags: Flags,
  first: Url,
): Promise<{ readonly done: Exchange; readonly url: Url; readonly method: string }> {
  const headers: Record<string, string> = {
    'User-Agent': isBusybox(context) ? 'Wget' : 'Wget/1.25.0',
    Accept: '*/*',
  };
  if (isBusybox(context)) headers.Connection = 'close';
  for (const text of flags.values('header')) {
    const cut = text.indexOf(':');
    if (cut > 0) headers[text.slice(0, cut).trim()] = text.slice(cut + 1).trim();
  }
  const hostHeader = headers.Host;
  delete headers.Host;
  const body = flags.value('post-data') ?? flags.value('body-data');
  const spider = flags.has('spider');
  const method =
    flags.value('method') ?? (body !== undefined ? 'POST' : spider && !isBusybox(context) ? 'HEAD' : 'GET');
  const limit = seconds(flags);
  let url = first;
  for (let redirects = 0; ; redirects += 1) {
    const done = await exchange(context, {
      url,
      method,
      headers,
      body: body ?? '',
      connectTimeoutMs: limit,
      totalTimeoutMs: limit,
      hostHeader,
      // busybox' wget looks at no certificate.
      ...(isBusybox(context) || flags.has('no-check-certificate') ? {} : { trust: { host: url.host } }),
    });
    if (done.outcome.kind !== 'answered' || redirects >= MAX_REDIRECTS) return { done, url, method };
    const { reply } = done.outcome;
    const location = reply.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
    if (location === undefined || reply.status < 300 || reply.status >= 400) return { done, url, method };
    const next = parseUrl(
      location.startsWith('/')
        ? `${url.scheme}://${url.host}${url.portGiven ? `:${url.port}` : ''}${location}`
        : location,
    );
    if (next === undefined || next === 'unsupported') return { done, url, method };
    url = next;
  }
}

const isBusybox = (context: ToolContext) => context.machine.shell === 'ash';

async function save(context: ToolContext, flags: Flags, url: Url, body: string): Promise<string> {
  const target = flags.value('O') ?? (url.path.split('?')[0]?.split('/').pop() || 'index.html');
  if (target === '-') await context.out(body);
  else if (context.path(target) !== '/dev/null') context.machine.files.write(context.path(target), body);
  return target;
}

async function busyboxWget(context: ToolContext, flags: Flags, url: Url): Promise<number> {
  const quiet = flags.has('q');
  const fail = async (message: string): Promise<number> => {
    await context.err(`wget: ${message}\n`);
    return 1;
  };
  const { done, url: last } = await fetchAll(context, flags, url);
  const { outcome, ip } = done;
  if (outcome.kind === 'unresolved')
    return fail(`bad address '${url.portGiven ? `${url.host}:${url.port}` : url.host}'`);
  if (ip === undefined) return fail('download timed out');
  if (!quiet)
    await context.err(
      `Connecting to ${url.portGiven ? `${url.host}:${url.port}` : url.host} (${ip}:${url.port})\n`,
    );
  const place = `can't connect to remote host (${ip})`;
  switch (outcome.kind) {
    case 'refused':
      return fail(`${place}: Connection refused`);
    case 'unreachable':
      return fail(`${place}: ${outcome.why === 'host' ? 'Host is unreachable' : 'Network is unreachable'}`);
    case 'connect-timeout':
      return fail(Number.isFinite(seconds(flags)) ? 'download timed out' : `${place}: Operation timed out`);
    case 'read-timeout':
      return fail('download timed out');
    case 'closed':
    case 'untrusted':
    case 'not-http':
      return fail('error getting response');
    default: {
      const { reply } = outcome;
      if (flags.has('S'))
        await context.err(
          `  HTTP/1.1 ${reply.status} ${reply.reason}\n${reply.headers.map(([name, value]) => `  ${name}: ${value}\n`).join('')}  \n`,
        );
      if (reply.status >= 400) return fail(`server returned error: HTTP/1.1 ${reply.status} ${reply.reason}`);
      if (flags.has('spider')) {
        if (!quiet) await context.err('remote file exists\n');
        return 0;
      }
      const target = await save(context, flags, last, reply.body);
      const size = reply.body.length;
      if (!quiet) {
        const name = (target === '-' ? '-' : target).slice(0, 20).padEnd(20);
        const to = target === '-' ? 'writing to stdout\n' : `saving to '${target}'\n`;
        const end = target === '-' ? 'written to stdout\n' : `'${target}' saved\n`;
        await context.err(
          `${to}${name} 100% |********************************| ${String(size).padStart(5)}  0:00:00 ETA\n${end}`,
        );
      }
      return 0;
    }
  }
}

function stamp(now: number): string {
  const t = civilTime(now);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${t.year}-${two(t.month)}-${two(t.day)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)}`;
}

async function gnuWget(context: ToolContext, flags: Flags, url: Url): Promise<number> {
  const quiet = flags.has('q');
  const say = async (text: string) => {
    if (!quiet && !flags.has('nv')) await context.err(text);
  };
  const shownUrl = `${url.scheme}://${url.host}${url.portGiven ? `:${url.port}` : ''}${url.path}`;
  if (flags.has('spider')) await say('Spider mode enabled. Check if remote file exists.\n');
  await say(`--${stamp(context.now())}--  ${shownUrl}\n`);
  const { done, url: last } = await fetchAll(context, flags, url);
  const { outcome, ip } = done;
  const named = ip !== url.host;
  const where = named ? `${url.host} (${url.host})|${ip}|:${url.port}` : `${url.host}:${url.port}`;
  if (outcome.kind === 'unresolved') {
    await say(
      `Resolving ${url.host} (${url.host})... failed: Name or service not known.\nwget: unable to resolve host address ‘${url.host}’\n`,
    );
    return 4;
  }
  if (named) await say(`Resolving ${url.host} (${url.host})... ${done.addresses.join(', ')}\n`);
  if (outcome.kind === 'refused' || outcome.kind === 'unreachable' || outcome.kind === 'connect-timeout') {
    const why =
      outcome.kind === 'refused'
        ? 'Connection refused'
        : outcome.kind === 'connect-timeout'
          ? 'Connection timed out'
          : 'No route to host';
    await say(`Connecting to ${where}... failed: ${why}.\n`);
    return 4;
  }
  if (outcome.kind === 'untrusted') {
    const { code } = outcome.problem;
    const shown = `certificate of ‘${url.host}’`;
    await say(`Connecting to ${where}... connected.\n`);
    await context.err(
      code === 62
        ? `The certificate's owner does not match hostname ‘${url.host}’\n`
        : code === 10
          ? `ERROR: The ${shown} is not trusted.\nERROR: The ${shown} has expired.\n`
          : `ERROR: The ${shown} is not trusted.\nERROR: The ${shown} doesn't have a known issuer.\n`,
    );
    return 5;
  }
  await say(`Connecting to ${where}... connected.\nHTTP request sent, awaiting response... `);
  if (outcome.kind !== 'answered') {
    await say(
      outcome.kind === 'read-timeout'
        ? 'Read error (Connection timed out) in headers.\nGiving up.\n\n'
        : 'No data received.\nGiving up.\n\n',
    );
    return 4;
  }
  const { reply } = outcome;
  const type =
    reply.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]?.split(';')[0] ?? 'text/plain';
  await say(`${reply.status} ${reply.reason}\n`);
  if (flags.has('S'))
    await context.err(
      `  HTTP/1.1 ${reply.status} ${reply.reason}\n${reply.headers.map(([name, value]) => `  ${name}: ${value}\n`).join('')}`,
    );
  if (reply.status >= 400) {
    await say(`${stamp(context.now())} ERROR ${reply.status}: ${reply.reason}.\n\n`);
    return 8;
  }
  const size = reply.body.length;
  await say(`Length: ${size} [${type}]\n`);
  if (flags.has('spider')) {
    await say(
      'Remote file exists and could contain further links,\nbut recursion is disabled -- not retrieving.\n\n',
    );
    return 0;
  }
  const target = flags.value('O') ?? (last.path.split('?')[0]?.split('/').pop() || 'index.html');
  await say(`Saving to: ‘${target === '-' ? 'STDOUT' : target}’\n\n`);
  await save(context, flags, last, reply.body);
  await say(
    `\n${stamp(context.now())} (1.00 MB/s) - ${target === '-' ? 'written to stdout' : `‘${target}’ saved`} [${size}/${size}]\n\n`,
  );
  return 0;
}

/** wget, in busybox's or GNU's dialect. */
export const wget: Tool = async (context) => {
  const flags = parseFlags(context.args, SPEC, { status: isBusybox(context) ? 1 : 2 });
  const [typed] = flags.rest;
  if (typed === undefined) {
    await context.err(
      isBusybox(context)
        ? 'Usage: wget [-cqS] [--spider] [-O FILE] [-T SEC] URL...\n'
        : "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n",
    );
    return 1;
  }
  const url = parseUrl(typed);
  if (url === undefined || url === 'unsupported') {
    await context.err(
      isBusybox(context) ? `wget: not an http or ftp url: ${typed}\n` : `${typed}: Unsupported scheme.\n`,
    );
    return 1;
  }
  try {
    return await (isBusybox(context) ? busyboxWget(context, flags, url) : gnuWget(context, flags, url));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const target = flags.value('O') ?? 'index.html';
    await context.err(`wget: ${isBusybox(context) ? `can't open '${target}'` : target}: ${error.message}\n`);
    return isBusybox(context) ? 1 : 3;
  }
};
