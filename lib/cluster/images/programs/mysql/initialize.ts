import type { ProcessEnv } from '../../../seams';
import { exits } from '../../program';
import { MysqlFailure } from './failure';
import { entrypoint } from './log';
import { runStatement } from './run-statement';
import type { Account, Connection, MysqlState } from './state';
import { statementsOf } from './statements-of';
import { changedFiles } from './storage';

/** What a small mysqld holds. */
export const RESIDENT_BYTES = 380 * 1024 * 1024;
const INIT_FOLDER = '/docker-entrypoint-initdb.d';
const NOTHING = {} as unknown as MysqlState;

/** NAME, or what the file that NAME_FILE names has. */
export function secret(env: ProcessEnv, name: string): string {
  const file = env.env[`${name}_FILE`];
  return env.env[name] ?? (file === undefined ? '' : (env.readFile(file) ?? '').replace(/\n+$/, ''));
}

/** What the entrypoint makes of an empty directory: users, a database, scripts. */
export function initialize(empty: MysqlState, env: ProcessEnv, given: string, said: readonly string[]) {
  const say = entrypoint(env);
  const log = [
    ...said,
    say('Note', "Switching to dedicated user 'mysql'"),
    ...said,
    say('Note', 'Initializing database files'),
    say('Note', 'Database files initialized'),
    say('Note', 'Starting temporary server'),
    say('Note', 'Temporary server started.'),
  ];
  let password = given;
  if ((env.env.MYSQL_RANDOM_ROOT_PASSWORD ?? '') !== '') {
    password = Array.from(
      { length: 32 },
      () =>
        'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'[
          Math.floor(env.random.next() * 64)
        ],
    ).join('');
    log.push(say('Note', `GENERATED ROOT PASSWORD: ${password}`));
  }
  const root = (host: string): Account => ({
    user: 'root',
    host,
    password,
    rights: { '*': ['ALL PRIVILEGES'] },
  });
  const anywhere = env.env.MYSQL_ROOT_HOST ?? '%';
  let state: MysqlState = {
    ...empty,
    accounts: [root('localhost'), ...(anywhere === 'localhost' ? [] : [root(anywhere)])],
  };
  const database = secret(env, 'MYSQL_DATABASE');
  if (database !== '') {
    log.push(say('Note', `Creating database ${database}`));
    state = { ...state, databases: { [database]: {} } };
  }
  const user = secret(env, 'MYSQL_USER');
  const own = secret(env, 'MYSQL_PASSWORD');
  if (user !== '' && own !== '') {
    log.push(say('Note', `Creating user ${user}`));
    const rights = database === '' ? {} : { [database]: ['ALL PRIVILEGES'] };
    if (database !== '') log.push(say('Note', `Giving user ${user} access to schema ${database}`));
    state = { ...state, accounts: [...state.accounts, { user, host: '%', password: own, rights }] };
  } else if (user !== '' || own !== '')
    log.push(say('Warn', `MYSQL_USER specified, but missing MYSQL_PASSWORD; MYSQL_USER will not be created`));
  const scripts = env
    .listFiles(INIT_FOLDER)
    .filter((path) => !path.endsWith('/'))
    .sort();
  for (const path of scripts) {
    log.push('');
    if (!path.endsWith('.sql')) {
      log.push(say('Warn', `/usr/local/bin/docker-entrypoint.sh: ignoring ${path}`));
      continue;
    }
    log.push(say('Note', `/usr/local/bin/docker-entrypoint.sh: running ${path}`));
    const ran = runScript(state, env, env.readFile(path) ?? '', database === '' ? null : database);
    if ('error' in ran) return { ...exits(1, ...log, ran.error), state: NOTHING };
    state = ran.state;
  }
  log.push(
    '',
    say('Note', 'Stopping temporary server'),
    say('Note', 'Temporary server stopped'),
    '',
    say('Note', 'MySQL init process done. Ready for start up.'),
    '',
  );
  return {
    state,
    log,
    files: changedFiles(undefined, state),
    wakeAt: state.readyAt,
    memoryBytes: RESIDENT_BYTES,
  };
}

function runScript(
  first: MysqlState,
  env: ProcessEnv,
  text: string,
  database: string | null,
): { readonly state: MysqlState } | { readonly error: string } {
  let state = first;
  let connection: Connection = { id: 5, user: 'root', host: 'localhost', database };
  const [root] = state.accounts;
  if (root === undefined) return { state };
  for (const { sql, line } of statementsOf(text)) {
    try {
      const ran = runStatement(state, env, connection, root, sql);
      state = ran.state;
      connection = { ...connection, database: ran.result.database ?? connection.database };
    } catch (error) {
      if (!(error instanceof MysqlFailure)) throw error;
      return { error: `ERROR ${error.code} (${error.sqlState}) at line ${line}: ${error.message}` };
    }
  }
  return { state };
}
