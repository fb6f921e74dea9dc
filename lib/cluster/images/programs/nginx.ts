import type { Incoming, ProcessEnv } from '../../seams';
import { type HttpRequest, servePlainHttp, serveTls, slashTime } from '../http';
import { exits, type Program } from '../program';
import { answer } from './nginx-answer';
import { type NginxServer, parseDirectives, serversOf, wordsOf } from './nginx-config';
import { errorPage, page } from './nginx-pages';
import { upstreamHosts } from './nginx-proxy';
import { type Conf, type NginxState, WORKER_PID } from './nginx-state';
import { nginxVersion } from './nginx-version';

const MAIN_CONF = '/etc/nginx/nginx.conf';
const CONF_DIRECTORY = '/etc/nginx/conf.d';
/** nginx as the official image runs it: its entrypoint's talk, its pages, its logs. */
export const nginxProgram: Program<NginxState> = {
  start(env) {
    const prefix = env.argv[0]?.endsWith('docker-entrypoint.sh') === true ? entrypointLog() : [];
    const conf = readConf(env);
    const { problem, resolved } = check(conf, env);
    if (problem !== undefined) {
      const lines = [`${slashTime(env.now)} [emerg] 1#1: ${problem}`, `nginx: [emerg] ${problem}`];
      return { ...exits(1, ...prefix, ...lines), state: stateAt(env, conf, {}) };
    }
    return { state: stateAt(env, conf, resolved), log: [...prefix, ...startLog(env)] };
  },
  /** A signal: HUP reads the configuration anew, unless it is broken. */
  turn(state, env) {
    if (env.signal !== 'HUP') return { state };
    const notice = (text: string) => `${slashTime(env.now)} [notice] 1#1: ${text}`;
    const received = notice('signal 1 (SIGHUP) received from 42, reconfiguring');
    const conf = readConf(env);
    const { problem, resolved } = check(conf, env);
    if (problem !== undefined)
      return {
        state,
        log: [received, notice('reconfiguring'), `${slashTime(env.now)} [emerg] 1#1: ${problem}`],
      };
    const lines = ['reconfiguring', 'using the "epoll" event method', 'start worker processes'];
    return { state: { ...state, conf, resolved }, log: [received, ...lines.map(notice)] };
  },
  listens(state) {
    return serversIn(state.conf).flatMap(({ listens }) =>
      listens.map(({ address, port }) => ({ address, port, protocol: 'TCP' as const })),
    );
  },
  serve(state, incoming, env) {
    const server = serverAt(serversIn(state.conf), incoming);
    if (server === undefined) return { state, reply: { kind: 'closed', why: 'reset' } };
    const next = { ...state, connections: state.connections + 1 };
    const handle = (request: HttpRequest) => answer(next, server, request, incoming, env);
    const tls = server.listens.some(({ port, tls: secure }) => port === incoming.port && secure);
    return tls
      ? serveTls(next, incoming, page(env, 400, errorPage(400, env)), handle)
      : servePlainHttp(next, incoming, handle);
  },
  // The official image's stop signal is SIGQUIT.
  stop(_, env) {
    const notice = (text: string) => `${slashTime(env.now)} [notice] 1#1: ${text}`;
    const log = [
      'signal 3 (SIGQUIT) received, shutting down',
      `signal 17 (SIGCHLD) received from ${WORKER_PID}`,
      'exit',
    ];
    return { exitCode: 0, takesMs: 60 + Math.floor(env.random.next() * 240), log: log.map(notice) };
  },
};

function stateAt(env: ProcessEnv, conf: Conf, resolved: NginxState['resolved']): NginxState {
  return { startedAt: env.now, connections: 0, conf, resolved };
}

/** The configuration as it lies in the container now. */
export function readConf(env: Pick<ProcessEnv, 'readFile' | 'listFiles'>): Conf {
  const main = env.readFile(MAIN_CONF);
  const drop = env
    .listFiles(CONF_DIRECTORY)
    .filter((path) => /^[^/]+\.conf$/.test(path.slice(CONF_DIRECTORY.length + 1)));
  const included = main === undefined || main.includes('conf.d/*.conf') ? drop : [];
  return [...included, MAIN_CONF].flatMap((path) => {
    const text = env.readFile(path);
    return text === undefined ? [] : [[path, text] as const];
  });
}

/** What nginx -t would complain about, and where the names that it passes requests to lead. */
export function check(
  conf: Conf,
  env: Pick<ProcessEnv, 'lookup'>,
): { readonly problem?: string; readonly resolved: NginxState['resolved'] } {
  const resolved: Record<string, string> = {};
  if (!conf.some(([path]) => path === MAIN_CONF))
    return { problem: `open() "${MAIN_CONF}" failed (2: No such file or directory)`, resolved };
  for (const [path, text] of conf) {
    const directives = parseDirectives(text);
    if (typeof directives === 'string')
      return { problem: `${directives} in ${path}:${text.trimEnd().split('\n').length}`, resolved };
    for (const host of upstreamHosts(directives)) {
      const [ip] = env.lookup(host).outcome.addresses;
      if (ip === undefined)
        return { problem: `host not found in upstream "${host}" in ${path}:${lineOf(text, host)}`, resolved };
      resolved[host] = ip;
    }
  }
  return { resolved };
}

const lineOf = (text: string, word: string): number => text.slice(0, text.indexOf(word)).split('\n').length;

function serversIn(conf: Conf): readonly NginxServer[] {
  return conf.flatMap(([, text]) => {
    const directives = parseDirectives(text);
    return typeof directives === 'string' ? [] : serversOf(directives);
  });
}

function serverAt(servers: readonly NginxServer[], incoming: Incoming): NginxServer | undefined {
  const there = servers.filter(({ listens }) => listens.some(({ port }) => port === incoming.port));
  const host = incoming.request.kind === 'http' ? incoming.request.host.replace(/:\d+$/, '') : '';
  return there.find(({ directives }) => wordsOf(directives, 'server_name')?.includes(host)) ?? there[0];
}

function entrypointLog(): readonly string[] {
  const self = '/docker-entrypoint.sh:';
  const scripts = '/docker-entrypoint.d';
  const ipv6 = '10-listen-on-ipv6-by-default.sh';
  return [
    `${self} ${scripts}/ is not empty, will attempt to perform configuration`,
    `${self} Looking for shell scripts in ${scripts}/`,
    `${self} Launching ${scripts}/${ipv6}`,
    `${ipv6}: info: Getting the checksum of /etc/nginx/conf.d/default.conf`,
    `${ipv6}: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf`,
    `${self} Sourcing ${scripts}/15-local-resolvers.envsh`,
    `${self} Launching ${scripts}/20-envsubst-on-templates.sh`,
    `${self} Launching ${scripts}/30-tune-worker-processes.sh`,
    `${self} Configuration complete; ready for start up`,
  ];
}

function startLog(env: ProcessEnv): readonly string[] {
  const notice = (text: string) => `${slashTime(env.now)} [notice] 1#1: ${text}`;
  return [
    notice('using the "epoll" event method'),
    notice(`nginx/${nginxVersion(env.image)}`),
    notice('built by gcc 14.2.0 (Debian 14.2.0-19) '),
    notice('OS: Linux 6.8.0-64-generic'),
    notice('getrlimit(RLIMIT_NOFILE): 1048576:1048576'),
    notice('start worker processes'),
    notice(`start worker process ${WORKER_PID}`),
    notice(`start worker process ${WORKER_PID + 1}`),
  ];
}
