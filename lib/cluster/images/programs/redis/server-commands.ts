import { matchesPattern } from '../../../../base';
import type { ProcessEnv } from '../../../seams';
import { info, usedMemory } from './info';
import { wholeNumber } from './keyspace';
import { redisVersion, setting } from './options';
import { bulk, integer, list, NIL, OK, RedisError, type RedisReply } from './reply';
import type { RedisState } from './state';

/** What a command about the server itself came to. */
export interface ServerAnswer {
  readonly reply: RedisReply;
  readonly state?: RedisState;
  /** It writes its data down. */
  readonly saves?: boolean;
  /** It ends. */
  readonly shutsDown?: boolean;
  readonly log?: string;
}

type Run = (state: RedisState, env: ProcessEnv, args: readonly string[]) => ServerAnswer;

const wrong = (name: string, sub: string | undefined): never => {
  throw new RedisError(`ERR unknown subcommand '${sub ?? ''}'. Try ${name} HELP.`);
};

const config: Run = (state, _env, [sub, ...rest]) => {
  switch (sub?.toUpperCase()) {
    case 'GET':
      return {
        reply: list(
          Object.entries(state.config)
            .filter(([name]) => rest.some((pattern) => matchesPattern(pattern.toLowerCase(), name)))
            .flat(),
        ),
      };
    case 'SET': {
      const [name = '', value = ''] = rest;
      if (state.config[name.toLowerCase()] === undefined)
        throw new RedisError(`ERR Unknown option or number of arguments for CONFIG SET - '${name}'`);
      const changed = setting(state.config, [name, value], true);
      if (typeof changed === 'string')
        throw new RedisError(`ERR CONFIG SET failed (possibly related to argument '${name}') - ${changed}`);
      return { reply: OK, state: { ...state, config: changed } };
    }
    case 'RESETSTAT':
      return { reply: OK, state: { ...state, commands: 0, connections: 0 } };
    case 'REWRITE':
      if (state.file === null) throw new RedisError('ERR The server is running without a config file');
      return { reply: OK };
    default:
      return wrong('CONFIG', sub);
  }
};

const client: Run = (_, env, [sub]) => {
  switch (sub?.toUpperCase()) {
    case 'LIST':
      return {
        reply: bulk(
          `id=3 addr=127.0.0.1:${40_000 + Math.floor(env.random.next() * 20_000)} laddr=127.0.0.1:6379 fd=8 name= age=0 idle=0 flags=N db=0 sub=0 psub=0 cmd=client|list user=default\n`,
        ),
      };
    case 'ID':
      return { reply: integer(3) };
    case 'GETNAME':
      return { reply: NIL };
    case 'SETNAME':
    case 'SETINFO':
    case 'NO-EVICT':
      return { reply: OK };
    default:
      return wrong('CLIENT', sub);
  }
};

const replicaOf: Run = (state, env, [host = '', port]) => {
  if (host.toLowerCase() === 'no' && port?.toLowerCase() === 'one')
    return {
      reply: OK,
      state: { ...state, master: null },
      ...(state.master === null ? {} : { log: 'MASTER MODE enabled (user request)' }),
    };
  const number = wholeNumber(port);
  if (number < 0 || number > 65_535) throw new RedisError('ERR Invalid master port');
  if (state.master?.host === host && state.master.port === number)
    return { reply: { kind: 'status', text: 'OK Already connected to specified master' } };
  return {
    reply: OK,
    state: {
      ...state,
      replicas: [],
      master: { host, port: number, up: false, lookAt: env.now, downSince: env.now },
    },
    log: `REPLICAOF ${host}:${port} enabled (user request)`,
  };
};

const role: Run = ({ master, offset, replicas }) => ({
  reply:
    master === null
      ? {
          kind: 'array',
          items: [
            bulk('master'),
            integer(offset),
            {
              kind: 'array',
              items: replicas.map(({ ip, port, offset: at }) => list([ip, String(port), String(at)])),
            },
          ],
        }
      : {
          kind: 'array',
          items: [
            bulk('slave'),
            bulk(master.host),
            integer(master.port),
            bulk(master.up ? 'connected' : 'connect'),
            integer(offset),
          ],
        },
});

/** Commands about the server: how many words they take, and what they do. */
export const SERVER_COMMANDS: Readonly<Record<string, readonly [arity: number, run: Run]>> = {
  INFO: [-1, (state, env, sections) => ({ reply: bulk(info(state, env, sections)) })],
  CONFIG: [-2, config],
  CLIENT: [-2, client],
  REPLICAOF: [3, replicaOf],
  SLAVEOF: [3, replicaOf],
  ROLE: [1, role],
  TIME: [
    1,
    (_, env) => ({ reply: list([String(Math.floor(env.now / 1000)), String((env.now % 1000) * 1000)]) }),
  ],
  SAVE: [1, () => ({ reply: OK, saves: true, log: 'DB saved on disk' })],
  BGSAVE: [
    -1,
    () => ({
      reply: { kind: 'status', text: 'Background saving started' },
      saves: true,
      log: 'Background saving terminated with success',
    }),
  ],
  BGREWRITEAOF: [
    1,
    () => ({ reply: { kind: 'status', text: 'Background append only file rewriting started' } }),
  ],
  LASTSAVE: [1, (state) => ({ reply: integer(Math.floor(state.savedAt / 1000)) })],
  SHUTDOWN: [-1, (_, __, [how]) => ({ reply: NIL, shutsDown: true, saves: how?.toUpperCase() !== 'NOSAVE' })],
  WAIT: [3, (state) => ({ reply: integer(state.replicas.length) })],
  PUBLISH: [3, () => ({ reply: integer(0) })],
  COMMAND: [-1, (_, __, [sub]) => ({ reply: sub?.toUpperCase() === 'COUNT' ? integer(241) : list([]) })],
  SLOWLOG: [-2, (_, __, [sub]) => ({ reply: sub?.toUpperCase() === 'LEN' ? integer(0) : list([]) })],
  MEMORY: [
    -2,
    (state, _, [sub, key]) => {
      if (sub?.toUpperCase() !== 'USAGE') return { reply: integer(usedMemory(state)) };
      const entry = state.databases['0']?.[key ?? ''];
      return { reply: entry === undefined ? NIL : integer(48 + JSON.stringify(entry.value).length) };
    },
  ],
  CLUSTER: [
    -2,
    () => {
      throw new RedisError('ERR This instance has cluster support disabled');
    },
  ],
  ACL: [
    -2,
    (_, __, [sub]) => (sub?.toUpperCase() === 'WHOAMI' ? { reply: bulk('default') } : wrong('ACL', sub)),
  ],
  HELLO: [
    -1,
    (_, env) => ({
      reply: list([
        'server',
        'redis',
        'version',
        redisVersion(env.image),
        'proto',
        '2',
        'mode',
        'standalone',
        'role',
        'master',
      ]),
    }),
  ],
};
