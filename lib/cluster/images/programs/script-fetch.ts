import type { Delivery } from '../../../api';
import type { Ran, ScriptEnv } from './script-env';

const URL_SHAPE = /^(?:(https?):\/\/)?([^/:]+|\[[^\]]+\])(?::(\d+))?(\/.*)?$/;

/** `curl` and `wget` as background programs use them: GET one URL, print the body, say why not. */
export function fetchUrl(tool: 'curl' | 'wget', args: readonly string[], env: ScriptEnv): Ran {
  const url = args.findLast((word) => !word.startsWith('-') && URL_SHAPE.test(word));
  const parts = url === undefined ? null : URL_SHAPE.exec(url);
  if (parts === null) return { status: 2, output: '', errors: `${tool}: no URL specified\n` };
  const secure = parts[1] === 'https';
  const host = parts[2] ?? '';
  const port = Number(parts[3] ?? (secure ? 443 : 80));
  const { outcome, trace } = env.send(host, port, {
    kind: 'http',
    method: 'GET',
    path: parts[4] ?? '/',
    host: parts[3] === undefined ? host : `${host}:${parts[3]}`,
    headers: { 'User-Agent': tool === 'curl' ? 'curl/8.14.1' : 'Wget', Accept: '*/*' },
    body: '',
    tls: secure ? { serverName: host } : undefined,
  });
  const waitMs = 'latencyMs' in outcome ? Math.ceil(outcome.latencyMs) : timeoutMs(args);
  const unresolved = trace.at(-1)?.at === 'DNS';
  return { ...describe(tool, args, { host, port, outcome, unresolved }), waitMs };
}

interface Fetched {
  readonly host: string;
  readonly port: number;
  readonly outcome: Delivery;
  readonly unresolved: boolean;
}

/** What a TCP connect gives up after when nobody answers: six retries of a SYN. */
const CONNECT_TIMEOUT_MS = 127_000;

function timeoutMs(args: readonly string[]): number {
  for (const [index, word] of args.entries()) {
    const joined = /^(?:--connect-timeout=|--max-time=|-m|-T|--timeout=)(\d+)$/.exec(word);
    if (joined !== null) return Number(joined[1]) * 1000;
    if (/^(--connect-timeout|--max-time|-m|-T|--timeout)$/.test(word)) return Number(args[index + 1]) * 1000;
  }
  return CONNECT_TIMEOUT_MS;
}

function describe(tool: 'curl' | 'wget', args: readonly string[], fetched: Fetched): Ran {
  const { outcome, host, port } = fetched;
  const silent = args.some((word) => /^-[a-zA-Z]*[sq]/.test(word) || word === '--silent');
  const loud = !silent || args.some((word) => /^-[a-zA-Z]*S/.test(word));
  const failed = (code: number, curl: string, wget: string): Ran =>
    tool === 'curl'
      ? { status: code, output: '', errors: loud ? `curl: (${code}) ${curl}\n` : '' }
      : { status: 1, output: '', errors: `wget: ${wget}\n` };
  if (fetched.unresolved) return failed(6, `Could not resolve host: ${host}`, `bad address '${host}'`);
  const cannot = (why: string) => `can't connect to remote host (${host}): ${why}`;
  const connect = (why: string) => `Failed to connect to ${host} port ${port}: ${why}`;
  if (outcome.kind === 'refused')
    return failed(7, connect('Could not connect to server'), cannot('Connection refused'));
  if (outcome.kind === 'unreachable')
    return failed(7, connect('No route to host'), cannot('No route to host'));
  if (outcome.kind === 'dropped') return failed(28, 'Connection timed out', 'download timed out');
  const { reply } = outcome;
  if (reply.kind !== 'http') return failed(52, 'Empty reply from server', 'error getting response');
  if (reply.status >= 400 && (tool === 'wget' || args.includes('-f') || args.includes('--fail')))
    return failed(
      22,
      `The requested URL returned error: ${reply.status}`,
      `server returned error: HTTP/1.1 ${reply.status} ${reply.reason}`,
    );
  const shows =
    tool === 'curl' ? !args.includes('/dev/null') : args.some((word) => /^-[a-z]*O-?$/.test(word));
  return { status: 0, output: shows ? reply.body : '', errors: '' };
}
