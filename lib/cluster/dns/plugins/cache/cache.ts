import type { DnsAnswer, DnsQuery, DnsRecord, Traced } from '../../../../api';
import { canonicalName, zoneOf } from '../../names';
import { type DnsResult, type DnsWorld, dnsHop, type Next } from '../../plugin';
import type { Directive } from '../../setup';
import { type ResponseType, responseType } from '../response-type';
import { type CacheConfig, readCacheConfig } from './config';
import { type CacheStore, cacheStore, type Item, type Side } from './store';

/** The `cache` plugin: gives an answer again for as long as it holds, with what is left of its time. */
export const cache: Directive = {
  name: 'cache',
  setUp(given) {
    const config = readCacheConfig(given);
    const { memoryKey, place } = given;
    return {
      name: 'cache',
      answer(query, world, next) {
        if (zoneOf(query.name, config.zones) === undefined) return next(query);
        const store = cacheStore(world.memory, memoryKey);
        return ask({ config, store, world, rule: `cache (${place})`, key: keyOf(query) }, query, next);
      },
    };
  },
};

interface Asked {
  readonly config: CacheConfig;
  readonly store: CacheStore;
  readonly world: DnsWorld;
  readonly rule: string;
  readonly key: string;
}

function keyOf({ name, type, edns, checkingDisabled }: DnsQuery): string {
  return `${canonicalName(name)} ${type}${edns?.dnssecOk ? ' do' : ''}${checkingDisabled ? ' cd' : ''}`;
}

const secondsLeft = ({ ttl, storedAt }: Item, now: number): number =>
  ttl - Math.floor((now - storedAt) / 1000);

function ask(asked: Asked, query: DnsQuery, next: Next): Traced<DnsResult> {
  const { config, store, world, key } = asked;
  world.count('cache_requests_total');
  const side = usable(asked, 'denial') ? 'denial' : usable(asked, 'success') ? 'success' : undefined;
  const item = side && store.get(side, key);
  if (side === undefined || item === undefined) {
    world.count('cache_misses_total');
    return keep(asked, query, next(query));
  }
  world.count('cache_hits_total', { type: side });
  const left = secondsLeft(item, world.now);
  if (left > 0) {
    const met = noteHit(asked, side, item);
    const threshold = Math.ceil((config.prefetch.percentage / 100) * item.ttl);
    if (config.prefetch.amount > 0 && met.hits >= config.prefetch.amount && left <= threshold)
      keep(asked, query, next(query));
    return again(asked, query, item, config.keepTtl ? item.ttl : left, `${left} s of ${item.ttl} are left`);
  }
  // Stale: given once more while, or unless, a fresh one can be had.
  const fresh = next(query);
  const good = !fresh.outcome.unwritten && /^(NOERROR|NXDOMAIN)$/.test(fresh.outcome.code);
  if (config.verifyStale && good) return keep(asked, query, fresh);
  if (!config.verifyStale || good) keep(asked, query, fresh);
  world.count('cache_served_stale_total');
  return again(asked, query, item, 0, `it is stale by ${-left} s`);
}

function usable({ config, store, world, key }: Asked, side: Side): boolean {
  const item = store.get(side, key);
  if (item === undefined) return false;
  const left = secondsLeft(item, world.now);
  return left > 0 || (config.staleFor > 0 && -left < config.staleFor);
}

function noteHit({ config, store, world, key }: Asked, side: Side, item: Item): Item {
  if (config.prefetch.amount === 0) return item;
  const paused = world.now - item.hitAt >= config.prefetch.durationMs;
  const met = { ...item, hits: paused ? 1 : item.hits + 1, hitAt: world.now };
  store.set(side, key, met, config[side].capacity);
  return met;
}

function again(
  { rule }: Asked,
  query: DnsQuery,
  { answer }: Item,
  ttl: number,
  why: string,
): Traced<DnsResult> {
  const outcome = { ...withTtl(answer, ttl), authoritative: true };
  const hop = dnsHop(rule, `knows ${canonicalName(query.name)} ${query.type}: ${why}`);
  return { outcome, trace: [hop] };
}

function withTtl<T extends DnsAnswer>(answer: T, ttl: number): T {
  const aged = (records: readonly DnsRecord[]) => records.map((record) => ({ ...record, ttl }));
  return {
    ...answer,
    answers: aged(answer.answers),
    authority: aged(answer.authority),
    additional: aged(answer.additional),
  };
}

/** Keeps a response that may be kept; its records' times become that of the whole. */
function keep(asked: Asked, query: DnsQuery, { outcome, trace }: Traced<DnsResult>): Traced<DnsResult> {
  if (outcome.unwritten || outcome.silent) return { outcome, trace };
  const { config, store, world, key, rule } = asked;
  const type = responseType(query, outcome);
  const ttl = ttlFor(config, type, outcome);
  const answer = withTtl(outcome, ttl);
  const side = sideOf(type);
  if (side === undefined || outcome.truncated || ttl <= 0) return { outcome: answer, trace };
  if (zoneOf(query.name, config[side].except) !== undefined) return { outcome: answer, trace };
  const { code, authoritative, recursionAvailable, answers, authority, additional } = answer;
  const kept = { code, authoritative, answers, authority, additional };
  const item: Item = {
    answer: recursionAvailable ? { ...kept, recursionAvailable } : kept,
    ttl,
    storedAt: world.now,
    hits: 0,
    hitAt: world.now,
  };
  store.set(side, key, item, config[side].capacity);
  store.remove(side === 'success' ? 'denial' : 'success', key);
  return { outcome: answer, trace: [...trace, dnsHop(rule, `keeps this answer for ${ttl} s`)] };
}

function sideOf(type: ResponseType): Side | undefined {
  if (type === 'NOERROR' || type === 'DELEGATION') return 'success';
  return type === 'NXDOMAIN' || type === 'NODATA' || type === 'SERVERERROR' ? 'denial' : undefined;
}

const MIN_TTL = 5;
const MAX_TTL = 3600;

/** The least time of a response's records, within the bounds of its side. */
function ttlFor({ success, denial, failTtl }: CacheConfig, type: ResponseType, answer: DnsAnswer): number {
  if (type === 'SERVERERROR') return failTtl;
  const { minTtl, maxTtl } = type === 'NXDOMAIN' || type === 'NODATA' ? denial : success;
  const records = [...answer.answers, ...answer.authority, ...answer.additional];
  const told = type === 'NOERROR' || type === 'NXDOMAIN' || type === 'NODATA';
  const least = told && records.length > 0 ? Math.min(MAX_TTL, ...records.map(({ ttl }) => ttl)) : MIN_TTL;
  return Math.min(Math.max(least, minTtl), maxTtl);
}
