import type { FileChanges, Json } from '../../../../api';
import { isRecord } from '../../../../base';
import type { ProcessEnv, Stop } from '../../../seams';
import { exits, type Program, type Served } from '../../program';
import { usedMemory } from './info';
import { redisLine, roleOf } from './log';
import { readConfig, redisVersion, splitWords } from './options';
import { answerReplica, handOn, lookAtMaster, REDIS_CALL, takeChanges } from './replication';
import { encodeReply, type RedisReply } from './reply';
import { type Connected, type Ran, runCommand } from './run-command';
import type { RedisState } from './state';
import { appendFiles, readData, saveDueAt, snapshotFiles } from './storage';

/** What the server's own code takes. */
const RESIDENT_BYTES = 9 * 1024 * 1024;

/** redis-server: keys in memory, snapshots and the append-only file in its directory, replication by calls. */
export const redisProgram: Program<RedisState> = {
  start(env) {
    const read = readConfig(env);
    if ('fatal' in read) return { ...exits(1, ...read.fatal), state: NOTHING };
    const { config, file } = read;
    const data = readData(env, config);
    const master = /^(\S+) (\d+)$/.exec(config.replicaof ?? '');
    const state: RedisState = {
      config,
      file,
      runId: hex(env, 40),
      replId: hex(env, 40),
      startedAt: env.now,
      databases: data ?? {},
      dirty: 0,
      savedAt: env.now,
      master:
        master === null
          ? null
          : {
              host: master[1] ?? '',
              port: Number(master[2]),
              up: false,
              lookAt: env.now + 100,
              downSince: env.now,
            },
      replicas: [],
      offset: 0,
      commands: 0,
      connections: 0,
    };
    return { state, log: startLog(state, env, data !== undefined), ...memory(state), ...wake(state) };
  },
  turn(state, env) {
    const looked = lookAtMaster(state, env);
    const due = saveDueAt(looked.state);
    if (due === undefined || due > env.now) return { ...looked, ...wake(looked.state) };
    const saved = { ...looked.state, dirty: 0, savedAt: env.now };
    const seconds = Math.round((env.now - state.savedAt) / 1000);
    const line = (text: string) => redisLine(env, roleOf(state), '*', text);
    return {
      state: saved,
      log: [
        ...looked.log,
        line(`${looked.state.dirty} changes in ${seconds} seconds. Saving...`),
        line('Background saving started by pid 20'),
        line('Background saving terminated with success'),
      ],
      files: snapshotFiles(saved),
      ...wake(saved),
    };
  },
  listens({ config }) {
    const port = Number(config.port);
    const bound = (config.bind ?? '*').split(' ').map((address) => address.replace(/^-/, ''));
    const all = bound.some((address) => address === '*' || address === '0.0.0.0' || address.startsWith('::'));
    const addresses = all
      ? ['0.0.0.0']
      : bound.map((address) => (address === 'localhost' ? '127.0.0.1' : address));
    return addresses.map((address) => ({ address, port, protocol: 'TCP' as const }));
  },
  serve(state, { request, sourceIP }, env) {
    if (request.kind === 'connect') return { state, reply: { kind: 'connected' } };
    if (request.kind === 'http')
      return {
        state,
        reply: { kind: 'closed', why: 'empty-reply' },
        log: [
          redisLine(
            env,
            roleOf(state),
            '#',
            'Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis. This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your Redis instance. Connection aborted.',
          ),
        ],
      };
    if (request.kind === 'bytes') return inline(state, env, request.text);
    const body = request.kind === 'call' && request.name === REDIS_CALL ? request.body : null;
    if (!isRecord(body)) return { state, reply: { kind: 'closed', why: 'empty-reply' } };
    return called(state, env, body, sourceIP);
  },
  stop(state, env): Stop {
    const line = (mark: '*' | '#', text: string) => redisLine(env, roleOf(state), mark, text);
    const saves = (state.config.save ?? '') !== '';
    return {
      exitCode: 0,
      takesMs: 20 + Math.floor(env.random.next() * 80),
      files: saves ? snapshotFiles(state) : {},
      log: [
        `1:signal-handler (${Math.floor(env.now / 1000)}) Received SIGTERM scheduling shutdown...`,
        line('*', 'User requested shutdown...'),
        ...(saves
          ? [line('*', 'Saving the final RDB snapshot before exiting.'), line('*', 'DB saved on disk')]
          : []),
        line('#', 'Redis is now ready to exit, bye bye...'),
      ],
    };
  },
};

const NOTHING = {} as unknown as RedisState;

function hex({ random }: ProcessEnv, length: number): string {
  return Array.from({ length }, () => Math.floor(random.next() * 16).toString(16)).join('');
}

function startLog(state: RedisState, env: ProcessEnv, restored: boolean): readonly string[] {
  const { config, file } = state;
  const c = (mark: '*' | '#', text: string) => redisLine(env, 'C', mark, text);
  const role = roleOf(state);
  const line = (text: string) => redisLine(env, role, '*', text);
  const options = env.argv.length > 2 || file !== null;
  return [
    c('*', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo'),
    c(
      '*',
      `Redis version=${redisVersion(env.image)}, bits=64, commit=00000000, modified=0, pid=1, just started`,
    ),
    options
      ? c('*', 'Configuration loaded')
      : c(
          '#',
          'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
        ),
    line('monotonic clock: POSIX clock_gettime'),
    line(`Running mode=standalone, port=${config.port}.`),
    line('Server initialized'),
    ...(restored
      ? [
          line(`Loading RDB produced by version ${redisVersion(env.image)}`),
          line(
            `Done loading RDB, keys loaded: ${Object.values(state.databases).reduce((sum, keys) => sum + Object.keys(keys).length, 0)}, keys expired: 0.`,
          ),
          line('DB loaded from disk: 0.000 seconds'),
        ]
      : []),
    line('Ready to accept connections tcp'),
  ];
}

/** Its master, and its snapshots, give it something to do by itself. */
function wake(state: RedisState): { readonly wakeAt?: number } {
  const moments = [state.master?.lookAt, saveDueAt(state)].filter((at) => at !== undefined);
  return moments.length === 0 ? {} : { wakeAt: Math.min(...moments) };
}

const memory = (state: RedisState) => ({ memoryBytes: RESIDENT_BYTES + usedMemory(state) });

function called(
  state: RedisState,
  env: ProcessEnv,
  body: Readonly<Record<string, unknown>>,
  sourceIP: string,
): Served<RedisState> {
  const { requirepass = '' } = state.config;
  if (isRecord(body.psync)) {
    if (requirepass !== '' && body.pass !== requirepass)
      return { state, reply: { kind: 'call', body: { error: 'NOAUTH Authentication required.' } } };
    const { state: next, log, reply } = answerReplica(state, env, body.psync, sourceIP);
    return { state: next, log, reply: { kind: 'call', body: reply } };
  }
  if (isRecord(body.replicate)) {
    const { state: next, reply } = takeChanges(state, env, body.replicate);
    return { state: next, reply: { kind: 'call', body: reply }, ...files(state, next), ...wake(next) };
  }
  const words = Array.isArray(body.words) ? body.words.map(String) : [];
  const at: Connected = {
    db: typeof body.db === 'number' ? body.db : 0,
    pass: typeof body.pass === 'string' ? body.pass : null,
  };
  const ran = runCommand(
    body.first === true ? { ...state, connections: state.connections + 1 } : state,
    env,
    at,
    words,
  );
  return served(state, ran, env, words, (reply) => ({ kind: 'call', body: reply as unknown as Json }));
}

function served(
  before: RedisState,
  ran: Ran,
  env: ProcessEnv,
  words: readonly string[],
  wrap: (reply: RedisReply) => Served<RedisState>['reply'],
): Served<RedisState> {
  const bytes = words.reduce((sum, word) => sum + word.length + 5 + String(word.length).length, 4);
  const handed =
    ran.state.databases === before.databases
      ? { state: ran.state, log: [] }
      : handOn(before, ran.state, env, bytes);
  const saved = ran.saves === true ? { ...handed.state, dirty: 0, savedAt: env.now } : handed.state;
  const log = [
    ...(ran.log === undefined ? [] : [redisLine(env, roleOf(ran.state), '*', ran.log)]),
    ...handed.log,
  ];
  return {
    state: saved,
    reply: ran.shutsDown === true ? { kind: 'closed', why: 'empty-reply' } : wrap(ran.reply),
    latencyMs: 1,
    ...(log.length === 0 ? {} : { log }),
    ...files(before, saved, ran.saves === true),
    ...memory(saved),
    ...wake(saved),
    ...(ran.shutsDown === true ? { exitCode: 0 } : {}),
  };
}

function files(before: RedisState, after: RedisState, saves = false): { readonly files?: FileChanges } {
  const all = {
    ...(saves ? snapshotFiles(after) : {}),
    ...(before.databases === after.databases ? {} : appendFiles(after)),
  };
  return Object.keys(all).length === 0 ? {} : { files: all };
}

/** Commands that somebody wrote by hand (nc), a line each, or as clients write them. */
function inline(first: RedisState, env: ProcessEnv, text: string): Served<RedisState> {
  let state = first;
  let at: Connected = { db: 0, pass: null };
  const replies: string[] = [];
  for (const words of commandsIn(text)) {
    const ran = runCommand(state, env, at, words);
    const [name = '', ...args] = words;
    if (ran.reply.kind === 'status' && name.toUpperCase() === 'SELECT') at = { ...at, db: Number(args[0]) };
    if (ran.reply.kind === 'status' && name.toUpperCase() === 'AUTH')
      at = { ...at, pass: args.at(-1) ?? null };
    const answered = served(state, ran, env, words, () => ({ kind: 'bytes', text: '' }));
    state = answered.state;
    replies.push(encodeReply(ran.reply));
  }
  return { state, reply: { kind: 'bytes', text: replies.join('') }, ...files(first, state), ...wake(state) };
}

function commandsIn(text: string): readonly (readonly string[])[] {
  if (!text.startsWith('*'))
    return text
      .split(/\r?\n/)
      .map(splitWords)
      .filter((words) => words.length > 0);
  const parts = text.split('\r\n');
  const commands: string[][] = [];
  while (parts[0]?.startsWith('*') === true) {
    const count = Number(parts.shift()?.slice(1));
    const words: string[] = [];
    for (let index = 0; index < count; index += 1) {
      parts.shift();
      words.push(parts.shift() ?? '');
    }
    commands.push(words);
  }
  return commands;
}
