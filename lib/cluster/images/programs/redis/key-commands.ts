import { matchesPattern } from '../../../../base';
import { type Call, type RedisCommand, reads, writes } from './command';
import { wholeNumber } from './keyspace';
import { bulk, integer, list, NIL, OK, RedisError, type RedisReply } from './reply';

function expire({ keys, args }: Call, at: (amount: number) => number): RedisReply {
  const [key = '', amount, word] = args;
  const entry = keys.entry(key);
  const moment = at(wholeNumber(amount));
  if (entry === undefined) return integer(0);
  const before = entry.expiresAt ?? Number.POSITIVE_INFINITY;
  const goes = {
    NX: entry.expiresAt === null,
    XX: entry.expiresAt !== null,
    GT: moment > before,
    LT: moment < before,
  }[word?.toUpperCase() ?? ''];
  if (goes === false) return integer(0);
  if (word !== undefined && goes === undefined) throw new RedisError(`ERR Unsupported option ${word}`);
  if (moment <= keys.now) keys.remove(key);
  else keys.put(key, entry.value, moment);
  return integer(1);
}

function left({ keys, args }: Call, unit: number): RedisReply {
  const entry = keys.entry(args[0] ?? '');
  if (entry === undefined) return integer(-2);
  if (entry.expiresAt === null) return integer(-1);
  return integer(unit === 1 ? entry.expiresAt - keys.now : Math.round((entry.expiresAt - keys.now) / unit));
}

function rename({ keys, args }: Call, onlyNew: boolean): boolean {
  const [from = '', to = ''] = args;
  const entry = keys.entry(from);
  if (entry === undefined) throw new RedisError('ERR no such key');
  if (onlyNew && keys.entry(to) !== undefined) return false;
  keys.remove(from);
  keys.put(to, entry.value, entry.expiresAt);
  return true;
}

/** All keys at once: the cursor comes back as 0. */
function scan({ keys, args }: Call): RedisReply {
  if (!/^\d+$/.test(args[0] ?? '')) throw new RedisError('ERR invalid cursor');
  const options = args.slice(1);
  const pattern = options[options.findIndex((word) => word.toUpperCase() === 'MATCH') + 1];
  const named = options.some((word) => word.toUpperCase() === 'MATCH') ? pattern : '*';
  const found = keys.keys().filter((key) => matchesPattern(named ?? '*', key));
  return { kind: 'array', items: [bulk('0'), list(found)] };
}

const ENCODINGS = {
  string: 'embstr',
  list: 'listpack',
  set: 'listpack',
  hash: 'listpack',
  zset: 'listpack',
} as const;

function object({ keys, args }: Call): RedisReply {
  const value = keys.entry(args[1] ?? '')?.value;
  if (value === undefined) return NIL;
  if (args[0]?.toUpperCase() !== 'ENCODING') return integer(0);
  if (value.type === 'string')
    return bulk(/^-?\d{1,18}$/.test(value.text) ? 'int' : value.text.length > 44 ? 'raw' : 'embstr');
  return bulk(ENCODINGS[value.type]);
}

/** Commands of keys, whatever they hold. */
export const KEY_COMMANDS: Readonly<Record<string, RedisCommand>> = {
  DEL: writes(-2, ({ keys, args }) => integer(args.filter((key) => keys.remove(key)).length)),
  UNLINK: writes(-2, ({ keys, args }) => integer(args.filter((key) => keys.remove(key)).length)),
  EXISTS: reads(-2, ({ keys, args }) => integer(args.filter((key) => keys.entry(key) !== undefined).length)),
  TYPE: reads(2, ({ keys, args }) => ({
    kind: 'status',
    text: keys.entry(args[0] ?? '')?.value.type ?? 'none',
  })),
  KEYS: reads(2, ({ keys, args }) => list(keys.keys().filter((key) => matchesPattern(args[0] ?? '', key)))),
  SCAN: reads(-2, scan),
  RANDOMKEY: reads(1, ({ keys, random }) => {
    const all = keys.keys();
    return bulk(all[Math.floor(random.next() * all.length)]);
  }),
  RENAME: writes(3, (call) => {
    rename(call, false);
    return OK;
  }),
  RENAMENX: writes(3, (call) => integer(rename(call, true) ? 1 : 0)),
  EXPIRE: writes(-3, (call) => expire(call, (seconds) => call.keys.now + seconds * 1000)),
  PEXPIRE: writes(-3, (call) => expire(call, (ms) => call.keys.now + ms)),
  EXPIREAT: writes(-3, (call) => expire(call, (seconds) => seconds * 1000)),
  TTL: reads(2, (call) => left(call, 1000)),
  PTTL: reads(2, (call) => left(call, 1)),
  PERSIST: writes(2, ({ keys, args }) => {
    const entry = keys.entry(args[0] ?? '');
    if (entry === undefined || entry.expiresAt === null) return integer(0);
    keys.put(args[0] ?? '', entry.value, null);
    return integer(1);
  }),
  MOVE: writes(3, ({ keys, args }) => {
    const [key = '', db] = args;
    const other = keys.in(wholeNumber(db));
    const entry = keys.entry(key);
    if (entry === undefined || other.entry(key) !== undefined) return integer(0);
    other.put(key, entry.value, entry.expiresAt);
    keys.remove(key);
    return integer(1);
  }),
  DBSIZE: reads(1, ({ keys }) => integer(keys.keys().length)),
  FLUSHDB: writes(-1, ({ keys }) => {
    keys.clear();
    return OK;
  }),
  FLUSHALL: writes(-1, ({ keys }) => {
    for (const db of Object.keys(keys.databases)) {
      const each = keys.in(Number(db));
      each.clear();
      keys.changes += each.changes;
    }
    return OK;
  }),
  OBJECT: reads(-2, object),
};
