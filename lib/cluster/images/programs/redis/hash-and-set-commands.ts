import { type Call, type RedisCommand, reads, writes } from './command';
import { anyNumber, wholeNumber } from './keyspace';
import { bulk, integer, list, OK, RedisError, type RedisReply } from './reply';

const fieldsAt = ({ keys }: Call, key: string | undefined): Readonly<Record<string, string>> =>
  keys.value(key ?? '', 'hash')?.fields ?? {};
const fieldOf = (fields: Readonly<Record<string, string>>, name: string | undefined): string | undefined =>
  name !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;

function putFields({ keys }: Call, key: string | undefined, fields: Readonly<Record<string, string>>): void {
  keys.put(key ?? '', { type: 'hash', fields });
}

function setFields(call: Call, name: string): number {
  const [key, ...pairs] = call.args;
  if (pairs.length % 2 !== 0) throw new RedisError(`ERR wrong number of arguments for '${name}' command`);
  const before = fieldsAt(call, key);
  const fields = { ...before };
  for (let at = 0; at < pairs.length; at += 2) fields[pairs[at] ?? ''] = pairs[at + 1] ?? '';
  putFields(call, key, fields);
  return Object.keys(fields).length - Object.keys(before).length;
}

function addToField(call: Call, by: number, whole: boolean): RedisReply {
  const [key, name = ''] = call.args;
  const fields = fieldsAt(call, key);
  const text = fieldOf(fields, name) ?? '0';
  if (whole && !/^-?\d+$/.test(text)) throw new RedisError('ERR hash value is not an integer');
  const sum = Number(text) + by;
  putFields(call, key, { ...fields, [name]: String(sum) });
  return whole ? integer(sum) : bulk(String(sum));
}

/** Commands of hashes. */
export const HASH_COMMANDS: Readonly<Record<string, RedisCommand>> = {
  HSET: writes(-4, (call) => integer(setFields(call, 'hset'))),
  HMSET: writes(-4, (call) => {
    setFields(call, 'hmset');
    return OK;
  }),
  HSETNX: writes(4, (call) => {
    const [key, name = '', text = ''] = call.args;
    const fields = fieldsAt(call, key);
    if (fieldOf(fields, name) !== undefined) return integer(0);
    putFields(call, key, { ...fields, [name]: text });
    return integer(1);
  }),
  HGET: reads(3, (call) => bulk(fieldOf(fieldsAt(call, call.args[0]), call.args[1]))),
  HMGET: reads(-3, (call) => {
    const fields = fieldsAt(call, call.args[0]);
    return list(call.args.slice(1).map((name) => fieldOf(fields, name) ?? null));
  }),
  HGETALL: reads(2, (call) => list(Object.entries(fieldsAt(call, call.args[0])).flat())),
  HKEYS: reads(2, (call) => list(Object.keys(fieldsAt(call, call.args[0])))),
  HVALS: reads(2, (call) => list(Object.values(fieldsAt(call, call.args[0])))),
  HLEN: reads(2, (call) => integer(Object.keys(fieldsAt(call, call.args[0])).length)),
  HEXISTS: reads(3, (call) =>
    integer(fieldOf(fieldsAt(call, call.args[0]), call.args[1]) === undefined ? 0 : 1),
  ),
  HDEL: writes(-3, (call) => {
    const [key, ...names] = call.args;
    const before = fieldsAt(call, key);
    const fields = Object.fromEntries(Object.entries(before).filter(([name]) => !names.includes(name)));
    const gone = Object.keys(before).length - Object.keys(fields).length;
    if (gone > 0) putFields(call, key, fields);
    return integer(gone);
  }),
  HINCRBY: writes(4, (call) => addToField(call, wholeNumber(call.args[2]), true)),
  HINCRBYFLOAT: writes(4, (call) => addToField(call, anyNumber(call.args[2]), false)),
};

const membersAt = ({ keys }: Call, key: string | undefined): readonly string[] =>
  keys.value(key ?? '', 'set')?.members ?? [];

function putMembers({ keys }: Call, key: string | undefined, members: readonly string[]): void {
  keys.put(key ?? '', { type: 'set', members });
}

function drawn(call: Call, count: number): readonly string[] {
  const left = [...membersAt(call, call.args[0])];
  const taken: string[] = [];
  while (taken.length < count && left.length > 0)
    taken.push(...left.splice(Math.floor(call.random.next() * left.length), 1));
  return taken;
}

const combined = (
  call: Call,
  keep: (sets: readonly (readonly string[])[]) => readonly string[],
): RedisReply => list([...new Set(keep(call.args.map((key) => membersAt(call, key))))]);

/** Commands of sets. */
export const SET_COMMANDS: Readonly<Record<string, RedisCommand>> = {
  SADD: writes(-3, (call) => {
    const [key, ...fresh] = call.args;
    const before = membersAt(call, key);
    const members = [...new Set([...before, ...fresh])];
    if (members.length > before.length) putMembers(call, key, members);
    return integer(members.length - before.length);
  }),
  SREM: writes(-3, (call) => {
    const [key, ...gone] = call.args;
    const before = membersAt(call, key);
    const members = before.filter((member) => !gone.includes(member));
    if (members.length < before.length) putMembers(call, key, members);
    return integer(before.length - members.length);
  }),
  SMEMBERS: reads(2, (call) => list(membersAt(call, call.args[0]))),
  SISMEMBER: reads(3, (call) => integer(membersAt(call, call.args[0]).includes(call.args[1] ?? '') ? 1 : 0)),
  SCARD: reads(2, (call) => integer(membersAt(call, call.args[0]).length)),
  SPOP: writes(-2, (call) => {
    const [key, count] = call.args;
    const taken = drawn(call, count === undefined ? 1 : wholeNumber(count));
    if (taken.length > 0)
      putMembers(
        call,
        key,
        membersAt(call, key).filter((member) => !taken.includes(member)),
      );
    return count === undefined ? bulk(taken[0]) : list(taken);
  }),
  SRANDMEMBER: reads(-2, (call) => {
    const count = call.args[1];
    const taken = drawn(call, count === undefined ? 1 : Math.abs(wholeNumber(count)));
    return count === undefined ? bulk(taken[0]) : list(taken);
  }),
  SUNION: reads(-2, (call) => combined(call, (sets) => sets.flat())),
  SINTER: reads(-2, (call) =>
    combined(call, ([first = [], ...rest]) =>
      first.filter((each) => rest.every((set) => set.includes(each))),
    ),
  ),
  SDIFF: reads(-2, (call) =>
    combined(call, ([first = [], ...rest]) =>
      first.filter((each) => !rest.some((set) => set.includes(each))),
    ),
  ),
};
