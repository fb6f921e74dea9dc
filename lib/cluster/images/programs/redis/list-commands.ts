import { type Call, type RedisCommand, reads, writes } from './command';
import { between, wholeNumber } from './keyspace';
import { bulk, integer, list, NIL, OK, RedisError, type RedisReply } from './reply';

const itemsAt = ({ keys }: Call, key: string | undefined): readonly string[] | undefined =>
  keys.value(key ?? '', 'list')?.items;

function putItems({ keys }: Call, key: string | undefined, items: readonly string[]): void {
  keys.put(key ?? '', { type: 'list', items });
}

function push(call: Call, side: 'left' | 'right', onlyKnown: boolean): RedisReply {
  const [key, ...fresh] = call.args;
  const items = itemsAt(call, key);
  if (items === undefined && onlyKnown) return integer(0);
  const next = side === 'left' ? [...fresh.toReversed(), ...(items ?? [])] : [...(items ?? []), ...fresh];
  putItems(call, key, next);
  return integer(next.length);
}

function pop(call: Call, side: 'left' | 'right'): RedisReply {
  const [key, count] = call.args;
  const items = itemsAt(call, key);
  const wanted = count === undefined ? 1 : wholeNumber(count);
  if (wanted < 0) throw new RedisError('ERR value is out of range, must be positive');
  if (items === undefined) return count === undefined ? NIL : { kind: 'array', items: null };
  const taken = side === 'left' ? items.slice(0, wanted) : items.slice(-wanted || items.length).toReversed();
  putItems(call, key, side === 'left' ? items.slice(wanted) : items.slice(0, items.length - taken.length));
  return count === undefined ? bulk(taken[0]) : list(taken);
}

function move(
  call: Call,
  from: string | undefined,
  to: string | undefined,
  take: string,
  give: string,
): RedisReply {
  const items = itemsAt(call, from);
  const item = take === 'LEFT' ? items?.[0] : items?.at(-1);
  if (items === undefined || item === undefined) return NIL;
  putItems(call, from, take === 'LEFT' ? items.slice(1) : items.slice(0, -1));
  const target = itemsAt(call, to) ?? [];
  putItems(call, to, give === 'LEFT' ? [item, ...target] : [...target, item]);
  return bulk(item);
}

function blockingPop(call: Call, side: 'left' | 'right'): RedisReply {
  for (const key of call.args.slice(0, -1)) {
    const items = itemsAt(call, key);
    const item = side === 'left' ? items?.[0] : items?.at(-1);
    if (items === undefined || item === undefined) continue;
    putItems(call, key, side === 'left' ? items.slice(1) : items.slice(0, -1));
    return list([key, item]);
  }
  return { kind: 'array', items: null };
}

function removeItems(call: Call): RedisReply {
  const [key, count, value] = call.args;
  const items = itemsAt(call, key) ?? [];
  const wanted = wholeNumber(count);
  let budget = wanted === 0 ? items.length : Math.abs(wanted);
  const order = wanted < 0 ? items.toReversed() : items;
  const kept = order.filter((item) => {
    if (item !== value || budget === 0) return true;
    budget -= 1;
    return false;
  });
  if (kept.length < items.length) putItems(call, key, wanted < 0 ? kept.toReversed() : kept);
  return integer(items.length - kept.length);
}

function insert(call: Call): RedisReply {
  const [key, where, pivot = '', value = ''] = call.args;
  const items = itemsAt(call, key);
  if (items === undefined) return integer(0);
  const at = items.indexOf(pivot);
  if (at < 0) return integer(-1);
  const place = where?.toUpperCase() === 'BEFORE' ? at : at + 1;
  putItems(call, key, items.toSpliced(place, 0, value));
  return integer(items.length + 1);
}

function setItem(call: Call): RedisReply {
  const [key, index, value = ''] = call.args;
  const items = itemsAt(call, key);
  if (items === undefined) throw new RedisError('ERR no such key');
  const at = wholeNumber(index) < 0 ? items.length + wholeNumber(index) : wholeNumber(index);
  if (at < 0 || at >= items.length) throw new RedisError('ERR index out of range');
  putItems(call, key, items.with(at, value));
  return OK;
}

/** Commands of lists. */
export const LIST_COMMANDS: Readonly<Record<string, RedisCommand>> = {
  LPUSH: writes(-3, (call) => push(call, 'left', false)),
  RPUSH: writes(-3, (call) => push(call, 'right', false)),
  LPUSHX: writes(-3, (call) => push(call, 'left', true)),
  RPUSHX: writes(-3, (call) => push(call, 'right', true)),
  LPOP: writes(-2, (call) => pop(call, 'left')),
  RPOP: writes(-2, (call) => pop(call, 'right')),
  BLPOP: writes(-3, (call) => blockingPop(call, 'left')),
  BRPOP: writes(-3, (call) => blockingPop(call, 'right')),
  LRANGE: reads(4, (call) =>
    list(between(itemsAt(call, call.args[0]) ?? [], wholeNumber(call.args[1]), wholeNumber(call.args[2]))),
  ),
  LLEN: reads(2, (call) => integer((itemsAt(call, call.args[0]) ?? []).length)),
  LINDEX: reads(3, (call) => bulk((itemsAt(call, call.args[0]) ?? []).at(wholeNumber(call.args[1])))),
  LSET: writes(4, setItem),
  LREM: writes(4, removeItems),
  LINSERT: writes(5, insert),
  LTRIM: writes(4, (call) => {
    const items = itemsAt(call, call.args[0]);
    const [from, to] = [wholeNumber(call.args[1]), wholeNumber(call.args[2])];
    if (items !== undefined) putItems(call, call.args[0], between(items, from, to));
    return OK;
  }),
  RPOPLPUSH: writes(3, (call) => move(call, call.args[0], call.args[1], 'RIGHT', 'LEFT')),
  LMOVE: writes(5, (call) =>
    move(
      call,
      call.args[0],
      call.args[1],
      call.args[2]?.toUpperCase() ?? '',
      call.args[3]?.toUpperCase() ?? '',
    ),
  ),
};
