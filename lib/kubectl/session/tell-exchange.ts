import { httpDate, sha256Hex, utf8Bytes } from '../../base';
import type { RequestLog } from './logging-client';

/** A request as `-v` tells of it. */
export interface Exchange {
  readonly verb: string;
  readonly url: string;
  readonly accept?: string | undefined;
  readonly contentType?: string | undefined;
  readonly body?: unknown;
}

/** How it was answered. */
interface Answered {
  readonly status: string;
  readonly since: number;
  /** Undefined: a stream. */
  readonly body: unknown;
}

/** What `get` accepts. */
export const TABLES =
  'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';
const AGENT = 'kubectl/v1.35.2 (linux/amd64) kubernetes/fdc9d74';

const HEADERS = 7;
const BODIES = 8;
const CURL = 9;
/** Of a body so many characters are shown; from 10 on all. */
const SHOWN: Readonly<Record<number, number>> = { 8: 1024, 9: 10_240 };

/** Where in kubectl's libraries bodies are told of. */
const BODY_SOURCE: Readonly<Record<string, string>> = {
  GET: 'helper.go:105',
  POST: 'helper.go:246',
  PUT: 'helper.go:281',
  PATCH: 'helper.go:269',
  DELETE: 'helper.go:202',
};

const headersOf = ({ accept = 'application/json', contentType }: Exchange): readonly string[] => [
  `Accept: ${accept}`,
  ...(contentType === undefined ? [] : [`Content-Type: ${contentType}`]),
  `User-Agent: ${AGENT}`,
];

/** Several lines as klog shows them: each set in, between angles. */
const block = (lines: readonly string[]): string => `<\n${lines.map((line) => `\t${line}\n`).join('')} >`;

function bodyLine(verb: string, which: 'Request' | 'Response', text: string, level: number): string {
  const most = SHOWN[level] ?? Number.POSITIVE_INFINITY;
  const cut = text.length > most ? `${text.slice(0, most)} [truncated ${text.length - most} chars]` : text;
  const shown = cut.includes('\n') ? block(cut.replace(/\n$/, '').split('\n')) : JSON.stringify(cut);
  return `${BODY_SOURCE[verb] ?? 'helper.go:105'}] "${which} Body" body=${shown}`;
}

/** Before it is sent: its body, its headers, or the curl that would send the same. */
export async function tellRequest(log: RequestLog, exchange: Exchange): Promise<void> {
  const { level } = log;
  const { verb, url, body } = exchange;
  if (level >= BODIES) {
    // Only a delete's options are written with a line's end.
    const text = body === undefined ? '' : `${JSON.stringify(body)}${verb === 'DELETE' ? '\n' : ''}`;
    await log.write(bodyLine(verb, 'Request', text, level));
  }
  if (level < HEADERS) return;
  if (level < CURL) {
    const headers = block(headersOf(exchange));
    await log.write(`round_trippers.go:527] "Request" verb="${verb}" url="${url}" headers=${headers}`);
    return;
  }
  const flags = headersOf(exchange).map((header) => `-H "${header}"`);
  const curl = block([`curl -v -X${verb}  ${flags.join(' ')} '${url}'`]);
  await log.write(`round_trippers.go:527] "Request" curlCommand=${curl}`);
  await log.write(
    `round_trippers.go:562] "HTTP Trace: Dial succeed" network="tcp" address="${/^https?:\/\/([^/]+)/.exec(url)?.[1] ?? ''}"`,
  );
}

/** Once it is answered: status, headers, how long it took, and what came. */
export async function tellResponse(
  log: RequestLog,
  { verb, url }: Exchange,
  { status, since, body }: Answered,
): Promise<void> {
  const { level } = log;
  const ms = Math.round(log.now() - since);
  const text = body === undefined ? '' : `${JSON.stringify(body)}\n`;
  const whole = `verb="${verb}" url="${url}" status="${status}"`;
  const headers = level < BODIES ? '' : ` headers=${block(answerHeaders(log, url, text))}`;
  const isLong = level < HEADERS || level >= CURL;
  const times =
    level < CURL
      ? ''
      : ` dnsLookupMilliseconds=0 dialMilliseconds=0 tlsHandshakeMilliseconds=0 serverProcessingMilliseconds=${ms}`;
  await log.write(
    `round_trippers.go:632] "Response" ${isLong ? whole : `status="${status}"`}${headers} milliseconds=${ms}${times}`,
  );
  if (level >= BODIES && body !== undefined) await log.write(bodyLine(verb, 'Response', text, level));
}

/** Headers of an API server's answer, by name. */
function answerHeaders(log: RequestLog, url: string, text: string): readonly string[] {
  const digits = sha256Hex(`${url} ${log.now()}`);
  const id = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})/.exec(digits)?.slice(1) ?? [];
  return [
    `Audit-Id: ${id[0]}-${id[1]}-4${id[2]}-8${id[3]}-${id[4]}`,
    'Cache-Control: no-cache, private',
    ...(text === '' ? [] : [`Content-Length: ${utf8Bytes(text).length}`]),
    'Content-Type: application/json',
    `Date: ${httpDate(log.now())}`,
  ];
}
