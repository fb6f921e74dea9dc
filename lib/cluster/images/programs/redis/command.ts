import type { Random } from '../../../../base';
import type { Keyspace } from './keyspace';
import type { RedisReply } from './reply';

/** What a command works on. */
export interface Call {
  readonly keys: Keyspace;
  readonly args: readonly string[];
  readonly random: Random;
}

/** A command: how many words it takes with its name (at least, when negative), and whether it changes data. */
export interface RedisCommand {
  readonly arity: number;
  readonly writes?: boolean;
  run(call: Call): RedisReply;
}

/** A command that only reads. */
export const reads = (arity: number, run: RedisCommand['run']): RedisCommand => ({ arity, run });
/** A command that may change data. */
export const writes = (arity: number, run: RedisCommand['run']): RedisCommand => ({
  arity,
  writes: true,
  run,
});
