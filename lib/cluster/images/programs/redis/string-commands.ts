import { type Call, type RedisCommand, reads, writes } from './command';
import { anyNumber, between, wholeNumber } from './keyspace';
import { bulk, integer, list, NIL, OK, RedisError, type RedisReply } from './reply';

const textAt = ({ keys }: Call, key: string | undefined): string | undefined =>
  keys.value(key ?? '', 'string')?.text;

function putText({ keys }: Call, key: string | undefined, text: string, expiresAt?: number | null): void {
  keys.put(key ?? '', { type: 'string', text }, expiresAt);
}

const SPANS: Readonly<Record<string, (keys: Call['keys'], amount: number) => number>> = {
  EX: ({ now }, amount) => now + amount * 1000,
  PX: ({ now }, amount) => now + amount,
  EXAT: (_, amount) => amount * 1000,
  PXAT: (_, amount) => amount,
};

function set(call: Call): RedisReply {
  const [key = '', text = '', ...words] = call.args;
  let expiresAt: number | null | undefined = null;
  let [only, answersOld] = ['', false];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]?.toUpperCase() ?? '';
    const span = SPANS[word];
    if (span !== undefined) {
      const amount = wholeNumber(words[at + 1]);
      if (amount <= 0) throw new RedisError("ERR invalid expire time in 'set' command");
      expiresAt = span(call.keys, amount);
      at += 1;
    } else if (word === 'NX' || word === 'XX') only = word;
    else if (word === 'GET') answersOld = true;
    else if (word === 'KEEPTTL') expiresAt = undefined;
    else throw new RedisError('ERR syntax error');
  }
  const known = call.keys.entry(key) !== undefined;
  const old = answersOld ? bulk(textAt(call, key)) : undefined;
  if ((only === 'NX' && known) || (only === 'XX' && !known)) return old ?? NIL;
  putText(call, key, text, expiresAt);
  return old ?? OK;
}

function add(call: Call, by: number): RedisReply {
  const sum = wholeNumber(textAt(call, call.args[0]) ?? '0') + by;
  if (!Number.isSafeInteger(sum)) throw new RedisError('ERR increment or decrement would overflow');
  putText(call, call.args[0], String(sum));
  return integer(sum);
}

function setMany(call: Call, name: string, onlyNew: boolean): boolean {
  const { args } = call;
  if (args.length % 2 !== 0) throw new RedisError(`ERR wrong number of arguments for '${name}' command`);
  if (onlyNew && args.some((key, at) => at % 2 === 0 && call.keys.entry(key) !== undefined)) return false;
  for (let at = 0; at < args.length; at += 2) putText(call, args[at], args[at + 1] ?? '', null);
  return true;
}

function setFor(call: Call, unit: number, name: string): RedisReply {
  const [key, span, text = ''] = call.args;
  const amount = wholeNumber(span);
  if (amount <= 0) throw new RedisError(`ERR invalid expire time in '${name}' command`);
  putText(call, key, text, call.keys.now + amount * unit);
  return OK;
}

/** Commands of strings. */
export const STRING_COMMANDS: Readonly<Record<string, RedisCommand>> = {
  SET: writes(-3, set),
  GET: reads(2, (call) => bulk(textAt(call, call.args[0]))),
  GETSET: writes(3, (call) => {
    const old = bulk(textAt(call, call.args[0]));
    putText(call, call.args[0], call.args[1] ?? '', null);
    return old;
  }),
  GETDEL: writes(2, (call) => {
    const old = bulk(textAt(call, call.args[0]));
    call.keys.remove(call.args[0] ?? '');
    return old;
  }),
  GETEX: writes(-2, (call) => {
    const [key = '', word, amount] = call.args;
    const text = textAt(call, key);
    const span = SPANS[word?.toUpperCase() ?? ''];
    if (text !== undefined && span !== undefined)
      putText(call, key, text, span(call.keys, wholeNumber(amount)));
    if (text !== undefined && word?.toUpperCase() === 'PERSIST') putText(call, key, text, null);
    return bulk(text);
  }),
  SETNX: writes(3, (call) => {
    if (call.keys.entry(call.args[0] ?? '') !== undefined) return integer(0);
    putText(call, call.args[0], call.args[1] ?? '', null);
    return integer(1);
  }),
  SETEX: writes(4, (call) => setFor(call, 1000, 'setex')),
  PSETEX: writes(4, (call) => setFor(call, 1, 'psetex')),
  MSET: writes(-3, (call) => {
    setMany(call, 'mset', false);
    return OK;
  }),
  MSETNX: writes(-3, (call) => integer(setMany(call, 'msetnx', true) ? 1 : 0)),
  MGET: reads(-2, (call) =>
    list(
      call.args.map((key) => {
        const value = call.keys.entry(key)?.value;
        return value?.type === 'string' ? value.text : null;
      }),
    ),
  ),
  APPEND: writes(3, (call) => {
    const text = (textAt(call, call.args[0]) ?? '') + (call.args[1] ?? '');
    putText(call, call.args[0], text);
    return integer(text.length);
  }),
  STRLEN: reads(2, (call) => integer((textAt(call, call.args[0]) ?? '').length)),
  INCR: writes(2, (call) => add(call, 1)),
  DECR: writes(2, (call) => add(call, -1)),
  INCRBY: writes(3, (call) => add(call, wholeNumber(call.args[1]))),
  DECRBY: writes(3, (call) => add(call, -wholeNumber(call.args[1]))),
  INCRBYFLOAT: writes(3, (call) => {
    const sum = String(anyNumber(textAt(call, call.args[0]) ?? '0') + anyNumber(call.args[1]));
    putText(call, call.args[0], sum);
    return bulk(sum);
  }),
  GETRANGE: reads(4, (call) =>
    bulk(
      between(
        [...(textAt(call, call.args[0]) ?? '')],
        wholeNumber(call.args[1]),
        wholeNumber(call.args[2]),
      ).join(''),
    ),
  ),
};
