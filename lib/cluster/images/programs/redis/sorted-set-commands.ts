import { type Call, type RedisCommand, reads, writes } from './command';
import { anyNumber, between, shownScore, wholeNumber } from './keyspace';
import { bulk, integer, list, NIL, RedisError, type RedisReply } from './reply';

const scoresAt = ({ keys }: Call, key: string | undefined): Readonly<Record<string, number>> =>
  keys.value(key ?? '', 'zset')?.scores ?? {};

function putScores({ keys }: Call, key: string | undefined, scores: Readonly<Record<string, number>>): void {
  keys.put(key ?? '', { type: 'zset', scores });
}

type Ranked = readonly (readonly [member: string, score: number])[];

function ranked(scores: Readonly<Record<string, number>>): Ranked {
  return Object.entries(scores).toSorted(([a, x], [b, y]) => x - y || (a < b ? -1 : a > b ? 1 : 0));
}

const shown = (found: Ranked, withScores: boolean): RedisReply =>
  list(found.flatMap(([member, score]) => (withScores ? [member, shownScore(score)] : [member])));

const has = (args: readonly string[], word: string): boolean =>
  args.some((each) => each.toUpperCase() === word);

function add(call: Call): RedisReply {
  const [key, ...words] = call.args;
  const flags: string[] = [];
  while (/^(?:NX|XX|GT|LT|CH|INCR)$/i.test(words[0] ?? '')) flags.push(words.shift()?.toUpperCase() ?? '');
  if (words.length === 0 || words.length % 2 !== 0) throw new RedisError('ERR syntax error');
  const before = scoresAt(call, key);
  const scores = { ...before };
  let changed = 0;
  for (let at = 0; at < words.length; at += 2) {
    const [score, member = ''] = [anyNumber(words[at]), words[at + 1]];
    const old = Object.hasOwn(scores, member) ? scores[member] : undefined;
    if ((flags.includes('NX') && old !== undefined) || (flags.includes('XX') && old === undefined)) continue;
    if (
      old !== undefined &&
      ((flags.includes('GT') && score <= old) || (flags.includes('LT') && score >= old))
    )
      continue;
    if (old !== score) changed += 1;
    scores[member] = score;
  }
  if (changed > 0) putScores(call, key, scores);
  return integer(flags.includes('CH') ? changed : Object.keys(scores).length - Object.keys(before).length);
}

function bound(text: string | undefined): { readonly value: number; readonly open: boolean } {
  const open = text?.startsWith('(') === true;
  try {
    return { value: anyNumber(open ? text?.slice(1) : text), open };
  } catch (error) {
    if (error instanceof RedisError) throw new RedisError('ERR min or max is not a float');
    throw error;
  }
}

function byScore(call: Call, low: string | undefined, high: string | undefined): Ranked {
  const [min, max] = [bound(low), bound(high)];
  return ranked(scoresAt(call, call.args[0])).filter(
    ([, score]) =>
      (min.open ? score > min.value : score >= min.value) &&
      (max.open ? score < max.value : score <= max.value),
  );
}

function range(call: Call): RedisReply {
  const [key, from, to, ...words] = call.args;
  if (has(words, 'BYSCORE')) {
    const backwards = has(words, 'REV');
    const found = backwards ? byScore(call, to, from).toReversed() : byScore(call, from, to);
    return shown(found, has(words, 'WITHSCORES'));
  }
  const all = ranked(scoresAt(call, key));
  const order = has(words, 'REV') ? all.toReversed() : all;
  return shown(between(order, wholeNumber(from), wholeNumber(to)), has(words, 'WITHSCORES'));
}

function rank(call: Call, backwards: boolean): RedisReply {
  const all = ranked(scoresAt(call, call.args[0]));
  const at = (backwards ? all.toReversed() : all).findIndex(([member]) => member === call.args[1]);
  return at < 0 ? NIL : integer(at);
}

/** Commands of sorted sets. */
export const SORTED_SET_COMMANDS: Readonly<Record<string, RedisCommand>> = {
  ZADD: writes(-4, add),
  ZRANGE: reads(-4, range),
  ZREVRANGE: reads(-4, (call) => {
    const all = ranked(scoresAt(call, call.args[0])).toReversed();
    return shown(
      between(all, wholeNumber(call.args[1]), wholeNumber(call.args[2])),
      has(call.args.slice(3), 'WITHSCORES'),
    );
  }),
  ZRANGEBYSCORE: reads(-4, (call) =>
    shown(byScore(call, call.args[1], call.args[2]), has(call.args.slice(3), 'WITHSCORES')),
  ),
  ZCOUNT: reads(4, (call) => integer(byScore(call, call.args[1], call.args[2]).length)),
  ZSCORE: reads(3, (call) => {
    const scores = scoresAt(call, call.args[0]);
    const member = call.args[1] ?? '';
    return Object.hasOwn(scores, member) ? bulk(shownScore(scores[member] ?? 0)) : NIL;
  }),
  ZCARD: reads(2, (call) => integer(Object.keys(scoresAt(call, call.args[0])).length)),
  ZREM: writes(-3, (call) => {
    const [key, ...gone] = call.args;
    const before = scoresAt(call, key);
    const scores = Object.fromEntries(Object.entries(before).filter(([member]) => !gone.includes(member)));
    const count = Object.keys(before).length - Object.keys(scores).length;
    if (count > 0) putScores(call, key, scores);
    return integer(count);
  }),
  ZINCRBY: writes(4, (call) => {
    const [key, by, member = ''] = call.args;
    const before = scoresAt(call, key);
    const score = (Object.hasOwn(before, member) ? (before[member] ?? 0) : 0) + anyNumber(by);
    putScores(call, key, { ...before, [member]: score });
    return bulk(shownScore(score));
  }),
  ZRANK: reads(-3, (call) => rank(call, false)),
  ZREVRANK: reads(-3, (call) => rank(call, true)),
};
