import type { Json } from '../../../../api';
import { timeParts } from '../../../../base';
import type { Incoming, ProcessEnv } from '../../../seams';
import { goText, type HttpReply, type HttpRequest, reasonOf } from '../../http';
import { everywhere, GO_TERMINATED, option, type Program, stopsWith } from '../../program';
import { type Effects, formValues, splitPath, webServer } from '../web-server';
import { dial } from './dial';
import { clientOf, logLine, netexecWords, numberOption } from './words';

const httpPort = (env: ProcessEnv) => numberOption(env, 'http-port', 8080);
const udpPort = (env: ProcessEnv) => numberOption(env, 'udp-port', 8081);
const sctpPort = (env: ProcessEnv) => numberOption(env, 'sctp-port', -1);
const udpAddresses = (env: ProcessEnv) =>
  (option(env.argv, 'udp-listen-addresses') ?? '').split(',').filter((address) => address !== '');

const web = webServer({
  ports: (env) => [httpPort(env)],
  tlsPorts: (env) => ((option(env.argv, 'tls-cert-file') ?? '') === '' ? [] : [httpPort(env)]),
  startLog: (env) => [
    logLine(env.now, `Started HTTP server on port ${httpPort(env)}`),
    ...(udpPort(env) === -1
      ? []
      : (udpAddresses(env).length === 0 ? [''] : udpAddresses(env)).map((address) =>
          logLine(env.now, `Started UDP server on port ${address} ${udpPort(env)}`),
        )),
    ...(sctpPort(env) === -1 ? [] : [logLine(env.now, 'Started SCTP server')]),
  ],
  answer(request, incoming, env) {
    const override = option(env.argv, 'http-override');
    return answer(override === undefined ? request : { ...request, path: override }, incoming, env);
  },
});

/** `agnhost netexec`: an HTTP server with many paths, and UDP and SCTP servers that talk. */
export const netexec: Program<Json> = {
  ...web,
  listens: (state, env) => [
    ...web.listens(state, env),
    ...(udpPort(env) === -1
      ? []
      : udpAddresses(env).length === 0
        ? [everywhere(udpPort(env), 'UDP')]
        : udpAddresses(env).map((address) => ({ address, port: udpPort(env), protocol: 'UDP' as const }))),
    ...(sctpPort(env) === -1 ? [] : [everywhere(sctpPort(env), 'SCTP')]),
  ],
  serve(state, incoming, env) {
    const { protocol = 'TCP' } = incoming;
    return protocol === 'TCP' ? web.serve(state, incoming, env) : netexecWords(incoming, env, protocol);
  },
  stop(state, env) {
    const seconds = numberOption(env, 'delay-shutdown', 0);
    return seconds > 0
      ? {
          exitCode: 0,
          log: [logLine(env.now, `Sleeping ${seconds} seconds before terminating...`)],
          takesMs: seconds * 1000,
        }
      : stopsWith(GO_TERMINATED)(state, env);
  },
};

type Answered = HttpReply | { readonly reply: HttpReply; readonly effects: Effects };

function answer(request: HttpRequest, incoming: Incoming, env: ProcessEnv): Answered {
  const { path, query: asked } = splitPath(request.path);
  const query = { ...formValues(request.body), ...asked };
  const { said, does, status = 200, body = '', headers = [] } = pageOf(path, query, request, incoming, env);
  const log = said === undefined ? [] : [logLine(env.now, said)];
  if (path === '/dial') {
    const { reply, latencyMs } = dial(env, query);
    return { reply, effects: { log, latencyMs } };
  }
  return { reply: goText(env.now, status, body, headers), effects: { log, ...does } };
}

interface Page {
  readonly said?: string;
  readonly status?: number;
  readonly body?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly does?: Effects;
}

function pageOf(
  path: string,
  query: Readonly<Record<string, string>>,
  request: HttpRequest,
  incoming: Incoming,
  env: ProcessEnv,
): Page {
  const { code = '' } = query;
  const badCode = code !== '' && !/^[+-]?\d+$/.test(code);
  const notNumber = `argument 'code' must be an integer or empty, got ${JSON.stringify(code)}\n`;
  switch (path) {
    case '/clientip':
      return { said: 'GET /clientip', body: clientOf(incoming, env) };
    case '/dial':
      return {
        said: `GET /dial?${['host', 'protocol', 'port', 'request', 'tries'].map((name) => `${name}=${query[name] ?? ''}`).join('&')}`,
      };
    case '/echo': {
      const said = `GET /echo?msg=${query.msg ?? ''}&code=${code}`;
      return badCode
        ? { said, body: notNumber }
        : { said, body: query.msg ?? '', status: code === '' ? 200 : Number(code) };
    }
    case '/exit':
    case '/shutdown':
      return { said: `GET ${request.path}`, does: { exitCode: path === '/exit' ? Number(code) || 0 : 0 } };
    case '/header':
      return { said: `GET /header?key=${query.key ?? ''}`, body: headerNamed(request, query.key ?? '') };
    case '/healthz':
      return { said: 'GET /healthz', status: udpPort(env) === -1 && sctpPort(env) === -1 ? 412 : 200 };
    case '/hostname':
    case '/hostName':
      return { said: `GET ${path}`, body: env.hostname };
    case '/redirect': {
      const { location = '' } = query;
      const said = `${request.method} /redirect?msg=${location}&code=${code}`;
      if (badCode) return { said, body: notNumber };
      const status = code === '' ? 302 : Number(code);
      const body = request.method === 'GET' ? `<a href="${location}">${reasonOf(status)}</a>.\n\n` : '';
      return { said, status, body, headers: [['Location', location]] };
    }
    case '/shell':
      return {
        said: `GET /shell?cmd=${query.shellCommand ?? query.cmd ?? ''}`,
        body: JSON.stringify({ error: 'fork/exec /bin/sh: operation not permitted' }),
      };
    default:
      return { said: 'GET /', body: `NOW: ${goTime(env.now)}` };
  }
}

function headerNamed({ headers }: HttpRequest, name: string): string {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? '';
}

/** "2026-11-23 22:55:25.000000000 +0000 UTC", as Go prints a time. */
function goTime(now: number): string {
  const { date, clock } = timeParts(now);
  return `${date.join('-')} ${clock}.${String(now % 1000).padStart(3, '0')}000000 +0000 UTC`;
}
