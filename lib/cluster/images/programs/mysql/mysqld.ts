import type { Json } from '../../../../api';
import { isRecord } from '../../../../base';
import type { Incoming, ProcessEnv, Stop } from '../../../seams';
import { exits, option, type Program, type Served } from '../../program';
import { accountFor, deniedToDatabase, mayEnter } from './accounts';
import { MysqlFailure, unknownDatabase } from './failure';
import { initialize, RESIDENT_BYTES, secret } from './initialize';
import { entrypoint, readyLog, SOCKET, stamp } from './log';
import { runStatement } from './run-statement';
import type { Connection, MysqlState } from './state';
import { changedFiles, isInitialized, readAll } from './storage';
import { SYSTEM_DATABASES } from './system-tables';
import { isOld, mysqlVersion } from './version';

/** The name of calls that speak MySQL's protocol. */
export const MYSQL_CALL = 'mysql';

const DATA_DIR = '/var/lib/mysql';
/** What a first start's initialisation takes, and any start. */
const INITIALIZE_MS = 7000;
const START_MS = 1200;
const PASSWORDS = ['MYSQL_ROOT_PASSWORD', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'MYSQL_RANDOM_ROOT_PASSWORD'];

/** mysqld behind the official image's entrypoint. */
export const mysqldProgram: Program<MysqlState> = {
  start(env) {
    const version = mysqlVersion(env.image);
    const say = entrypoint(env);
    const intro = say('Note', `Entrypoint script for MySQL Server ${packaged(version)} started.`);
    const fails = (...log: readonly string[]) => ({ ...exits(1, intro, ...log), state: NOTHING });
    if (option(env.argv, 'default-authentication-plugin') !== undefined && atLeast(version, 8, 4))
      return fails(
        say('ERROR', 'mysqld failed while attempting to check config'),
        `\tcommand was: ${env.argv.slice(1).join(' ')} --verbose --help --log-bin-index=/tmp/tmp.k3hBzoFzHs`,
        `\t${stamp(env)}Z 0 [ERROR] [MY-000067] [Server] unknown variable 'default-authentication-plugin=${option(env.argv, 'default-authentication-plugin')}'.`,
        `\t${stamp(env)}Z 0 [ERROR] [MY-010119] [Server] Aborting`,
      );
    const dataDir = option(env.argv, 'datadir') ?? DATA_DIR;
    const base = {
      port: Number(option(env.argv, 'port') ?? 3306),
      bind: option(env.argv, 'bind-address') ?? '*',
      networking: !env.argv.some((word) => word === '--skip-networking'),
      dataDir,
      version,
      ready: false,
      transactions: {},
      nextConnection: 8,
      questions: 0,
    };
    if (isInitialized(env, dataDir)) {
      const state: MysqlState = { ...base, ...readAll(env, dataDir), readyAt: env.now + START_MS };
      return { state, log: [intro], wakeAt: state.readyAt, memoryBytes: RESIDENT_BYTES };
    }
    const password = secret(env, 'MYSQL_ROOT_PASSWORD');
    if (password === '' && PASSWORDS.every((name) => (env.env[name] ?? '') === ''))
      return fails(
        say('ERROR', 'Database is uninitialized and password option is not specified'),
        '    You need to specify one of the following as an environment variable:',
        ...PASSWORDS.map((name) => `    - ${name}`),
      );
    if (env.env.MYSQL_USER === 'root')
      return fails(
        say(
          'ERROR',
          'MYSQL_USER="root", MYSQL_USER and MYSQL_PASSWORD are for configuring a regular user and cannot be used for the root user',
        ),
        '    Remove MYSQL_USER="root" and use one of the following to control the root user password:',
        ...PASSWORDS.map((name) => `    - ${name}`),
      );
    return initialize(
      { ...base, databases: {}, accounts: [], readyAt: env.now + INITIALIZE_MS + START_MS },
      env,
      password,
      [intro],
    );
  },
  turn(state, env) {
    if (state.ready) return { state };
    if (state.readyAt > env.now) return { state, wakeAt: state.readyAt };
    return { state: { ...state, ready: true }, log: readyLog(state, env), files: { [SOCKET]: '' } };
  },
  listens: (state) =>
    state.ready && state.networking
      ? [
          {
            address: /^(\*|::)$/.test(state.bind)
              ? '0.0.0.0'
              : state.bind === 'localhost'
                ? '127.0.0.1'
                : state.bind,
            port: state.port,
            protocol: 'TCP',
          },
        ]
      : [],
  serve(state, incoming, env) {
    const { request } = incoming;
    if (request.kind === 'connect') return { state, reply: { kind: 'connected' } };
    if (request.kind !== 'call' || request.name !== MYSQL_CALL || !isRecord(request.body))
      // It greets first, whoever comes.
      return { state, reply: { kind: 'bytes', text: `J\u0000\u0000\u0000\n${state.version}\u0000` } };
    return answer(state, env, incoming, request.body);
  },
  stop(state, env): Stop {
    const at = stamp(env);
    const plain = isOld(state.version);
    return {
      exitCode: 0,
      takesMs: 600 + Math.floor(env.random.next() * 900),
      files: { [SOCKET]: null },
      log: plain
        ? [
            `${at}Z 0 [Note] Giving 0 client threads a chance to die gracefully`,
            `${at}Z 0 [Note] mysqld: Shutdown complete`,
          ]
        : [
            `${at}Z 0 [System] [MY-013172] [Server] Received SHUTDOWN from user <via user signal>. Shutting down mysqld (Version: ${state.version}).`,
            `${at}Z 0 [System] [MY-010910] [Server] /usr/sbin/mysqld: Shutdown complete (mysqld ${state.version})  MySQL Community Server - GPL.`,
          ],
    };
  },
};

const NOTHING = {} as unknown as MysqlState;
const packaged = (version: string): string => `${version}-1.${isOld(version) ? 'el7' : 'el9'}`;
const atLeast = (version: string, major: number, minor: number): boolean => {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
};

/** One exchange of a client: it connects, asks, or leaves. */
function answer(
  state: MysqlState,
  env: ProcessEnv,
  { sourceIP }: Incoming,
  body: Readonly<Record<string, unknown>>,
): Served<MysqlState> {
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  const user = text('user');
  const host = body.socket === true ? 'localhost' : sourceIP;
  const reply = (value: Json): Served<MysqlState>['reply'] => ({ kind: 'call', body: value });
  const refuse = (error: MysqlFailure): Served<MysqlState> => ({
    state,
    reply: reply({ error: { code: error.code, sqlState: error.sqlState, message: error.message } }),
    latencyMs: 1,
  });
  if (body.op === 'quit') {
    const { [String(body.id)]: _, ...transactions } = state.transactions;
    return { state: { ...state, transactions }, reply: reply({}), latencyMs: 1 };
  }
  const account = accountFor(state.accounts, user, host, text('password'));
  if (account === undefined)
    return refuse(
      new MysqlFailure(
        1045,
        '28000',
        `Access denied for user '${user}'@'${host}' (using password: ${text('password') === '' ? 'NO' : 'YES'})`,
      ),
    );
  const database = text('database') === '' ? null : text('database');
  if (body.op === 'connect') {
    if (database !== null && !mayEnter(account, database)) return refuse(deniedToDatabase(account, database));
    if (database !== null && state.databases[database] === undefined && !SYSTEM_DATABASES.includes(database))
      return refuse(unknownDatabase(database));
    const id = state.nextConnection;
    return {
      state: { ...state, nextConnection: id + 1 },
      reply: reply({ id, version: state.version }),
      latencyMs: 1,
    };
  }
  const connection: Connection = { id: typeof body.id === 'number' ? body.id : 0, user, host, database };
  try {
    const ran = runStatement(
      { ...state, questions: state.questions + 1 },
      env,
      connection,
      account,
      text('sql'),
    );
    const files = changedFiles(state, ran.state);
    const tables =
      database === null ? [] : Object.keys(ran.state.databases[ran.result.database ?? database] ?? {});
    return {
      state: ran.state,
      reply: reply({
        result: ran.result as unknown as Json,
        hasTables:
          tables.length > 0 || Object.keys(ran.state.databases[ran.result.database ?? ''] ?? {}).length > 0,
      }),
      latencyMs: 1 + ran.ms,
      ...(Object.keys(files).length === 0 ? {} : { files }),
    };
  } catch (error) {
    if (error instanceof MysqlFailure) return refuse(error);
    throw error;
  }
}
