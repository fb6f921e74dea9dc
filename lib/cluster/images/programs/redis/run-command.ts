import type { ProcessEnv } from '../../../seams';
import type { RedisCommand } from './command';
import { HASH_COMMANDS, SET_COMMANDS } from './hash-and-set-commands';
import { usedMemory } from './info';
import { KEY_COMMANDS } from './key-commands';
import { Keyspace } from './keyspace';
import { LIST_COMMANDS } from './list-commands';
import { bulk, OK, RedisError, type RedisReply } from './reply';
import { SERVER_COMMANDS, type ServerAnswer } from './server-commands';
import { SORTED_SET_COMMANDS } from './sorted-set-commands';
import type { RedisState } from './state';
import { STRING_COMMANDS } from './string-commands';

const COMMANDS: Readonly<Record<string, RedisCommand>> = {
  ...STRING_COMMANDS,
  ...KEY_COMMANDS,
  ...LIST_COMMANDS,
  ...HASH_COMMANDS,
  ...SET_COMMANDS,
  ...SORTED_SET_COMMANDS,
};

/** What a connection is at: its database, and the password that it gave. */
export interface Connected {
  readonly db: number;
  readonly pass: string | null;
}

/** What a command came to. */
export interface Ran extends ServerAnswer {
  readonly state: RedisState;
}

/** Runs one command of a client; refusals are replies too. */
export function runCommand(state: RedisState, env: ProcessEnv, at: Connected, words: readonly string[]): Ran {
  try {
    const counted = { ...state, commands: state.commands + 1 };
    return { state: counted, ...dispatch(counted, env, at, words) };
  } catch (error) {
    if (error instanceof RedisError) return { state, reply: { kind: 'error', text: error.message } };
    throw error;
  }
}

function dispatch(
  state: RedisState,
  env: ProcessEnv,
  { db, pass }: Connected,
  words: readonly string[],
): ServerAnswer {
  const [given = '', ...args] = words;
  const name = given.toUpperCase();
  const wanted = state.config.requirepass ?? '';
  if (name === 'AUTH') return { reply: authenticate(args, wanted) };
  if (wanted !== '' && pass !== wanted && name !== 'HELLO' && name !== 'QUIT')
    throw new RedisError(known(name) ? 'NOAUTH Authentication required.' : 'NOAUTH Authentication required.');
  const small = SMALL[name];
  if (small !== undefined) {
    checkArity(given, words.length, small[0]);
    return { reply: small[1](args, state) };
  }
  const server = SERVER_COMMANDS[name];
  if (server !== undefined) {
    checkArity(given, words.length, server[0]);
    return server[1](state, env, args);
  }
  const command = COMMANDS[name];
  if (command === undefined) {
    const shown = args.map((each) => `'${each.slice(0, 128)}' `).join('');
    throw new RedisError(`ERR unknown command '${given}', with args beginning with: ${shown}`);
  }
  checkArity(given, words.length, command.arity);
  if (command.writes === true) {
    if (state.master !== null && state.config['replica-read-only'] !== 'no')
      throw new RedisError("READONLY You can't write against a read only replica.");
    const limit = Number(state.config.maxmemory ?? 0);
    if (
      limit > 0 &&
      usedMemory(state) > limit &&
      state.config['maxmemory-policy'] === 'noeviction' &&
      !FREES.includes(name)
    )
      throw new RedisError("OOM command not allowed when used memory > 'maxmemory'.");
  }
  const keys = new Keyspace(state.databases, db, env.now);
  const reply = command.run({ keys, args, random: env.random });
  if (keys.changes === 0) return { reply };
  return { reply, state: { ...state, databases: keys.databases, dirty: state.dirty + keys.changes } };
}

const FREES = ['DEL', 'UNLINK', 'FLUSHDB', 'FLUSHALL', 'EXPIRE', 'LPOP', 'RPOP', 'SPOP'];

const known = (name: string): boolean => COMMANDS[name] !== undefined || SERVER_COMMANDS[name] !== undefined;

function checkArity(given: string, words: number, arity: number): void {
  if (arity > 0 ? words !== arity : words < -arity)
    throw new RedisError(`ERR wrong number of arguments for '${given.toLowerCase()}' command`);
}

function authenticate(args: readonly string[], wanted: string): RedisReply {
  const [user, pass] = args.length > 1 ? args : ['default', args[0]];
  if (wanted === '' && args.length === 1)
    throw new RedisError(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    );
  if (user === 'default' && pass === wanted) return OK;
  throw new RedisError('WRONGPASS invalid username-password pair or user is disabled.');
}

/** Commands of the connection itself. */
const SMALL: Readonly<
  Record<string, readonly [arity: number, run: (args: readonly string[], state: RedisState) => RedisReply]>
> = {
  PING: [-1, ([text]) => (text === undefined ? { kind: 'status', text: 'PONG' } : bulk(text))],
  ECHO: [2, ([text]) => bulk(text)],
  QUIT: [1, () => OK],
  RESET: [1, () => ({ kind: 'status', text: 'RESET' })],
  SELECT: [
    2,
    ([text], { config }) => {
      if (text === undefined || !/^-?\d+$/.test(text)) throw new RedisError('ERR invalid DB index');
      if (Number(text) < 0 || Number(text) >= Number(config.databases ?? 16))
        throw new RedisError('ERR DB index is out of range');
      return OK;
    },
  ],
};
