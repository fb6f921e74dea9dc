import { CorefileError, type Dispenser } from '../../corefile/dispenser';
import { parseInteger, readDuration } from '../../corefile/go-values';
import { originsOf } from '../../corefile/zones';
import { canonicalName } from '../../names';
import { ONLY_ONCE, type SetUp } from '../../setup';

/** One half of the cache: answers, or denials. Seconds. */
export interface CacheSide {
  capacity: number;
  maxTtl: number;
  minTtl: number;
  /** Zones whose responses are not kept. */
  except: readonly string[];
}

/** What the Corefile says of the cache plugin. */
export interface CacheConfig {
  zones: readonly string[];
  success: CacheSide;
  denial: CacheSide;
  /** How long a SERVFAIL is kept, in seconds. */
  failTtl: number;
  keepTtl: boolean;
  prefetch: { amount: number; durationMs: number; percentage: number };
  /** How long after its end an answer may still be given, in seconds. */
  staleFor: number;
  verifyStale: boolean;
}

/** CoreDNS' defaults: an hour for answers, half of it for denials, five seconds at least. */
const MAX_TTL = 3600;
const MIN_TTL = 5;
const CAPACITY = 10_000;
const MAX_FAIL_MS = 300_000;

/** Reads `cache [TTL] [ZONES…] { … }`. */
export function readCacheConfig({ words, blockKeys }: SetUp): CacheConfig {
  const config: CacheConfig = {
    zones: [],
    success: { capacity: CAPACITY, maxTtl: MAX_TTL, minTtl: MIN_TTL, except: [] },
    denial: { capacity: CAPACITY, maxTtl: MAX_TTL / 2, minTtl: MIN_TTL, except: [] },
    failTtl: MIN_TTL,
    keepTtl: false,
    prefetch: { amount: 0, durationMs: 60_000, percentage: 10 },
    staleFor: 0,
    verifyStale: false,
  };
  let seen = 0;
  while (words.next()) {
    if (seen > 0) throw new CorefileError(ONLY_ONCE);
    seen += 1;
    let args = words.remainingArgs();
    if (/^[-+]?\d+$/.test(args[0] ?? '')) {
      const ttl = positive(args[0] ?? '');
      config.success.maxTtl = ttl;
      config.denial.maxTtl = ttl;
      args = args.slice(1);
    }
    config.zones = originsOf(args, blockKeys);
    while (words.nextBlock()) readOption(words, config);
  }
  return config;
}

function positive(text: string): number {
  const ttl = parseInteger(text);
  if (ttl <= 0) throw new CorefileError(`cache TTL can not be zero or negative: ${ttl}`);
  return ttl;
}

function readOption(words: Dispenser, config: CacheConfig): void {
  const name = words.val();
  const args = words.remainingArgs();
  const [first = '', second, third] = args;
  const need = (fits: boolean) => {
    if (!fits) throw words.argumentError();
  };
  switch (name) {
    case 'success':
    case 'denial': {
      need(args.length > 0);
      const side = config[name];
      side.capacity = parseInteger(first);
      if (second !== undefined) side.maxTtl = positive(second);
      if (third !== undefined) {
        side.minTtl = parseInteger(third);
        if (side.minTtl < 0) throw new CorefileError(`cache min TTL can not be negative: ${side.minTtl}`);
      }
      break;
    }
    case 'prefetch':
      need(args.length > 0 && args.length <= 3);
      readPrefetch(config, first, second, third);
      break;
    case 'serve_stale':
      need(args.length <= 2);
      readStale(config, args[0], second);
      break;
    case 'servfail': {
      need(args.length === 1);
      const ms = readDuration(first);
      if (ms < 0) throw new CorefileError('invalid negative ttl for servfail');
      if (ms > MAX_FAIL_MS)
        throw new CorefileError('caching SERVFAIL responses over 5 minutes is not permitted');
      config.failTtl = Math.floor(ms / 1000);
      break;
    }
    case 'disable': {
      need(args.length > 0);
      if (first !== 'success' && first !== 'denial')
        throw new CorefileError('cache type for disable must be "success" or "denial"');
      config[first].except = args.length === 1 ? ['.'] : args.slice(1).map((zone) => canonicalName(zone));
      break;
    }
    case 'keepttl':
      need(args.length === 0);
      config.keepTtl = true;
      break;
    default:
      throw words.argumentError();
  }
}

function readPrefetch(config: CacheConfig, amount: string, duration?: string, percentage?: string): void {
  config.prefetch.amount = parseInteger(amount);
  if (config.prefetch.amount < 0)
    throw new CorefileError(`prefetch amount should be positive: ${config.prefetch.amount}`);
  if (duration !== undefined) config.prefetch.durationMs = readDuration(duration);
  if (percentage === undefined) return;
  if (!percentage.endsWith('%')) {
    const last = `'${percentage.slice(-1)}'`;
    throw new CorefileError(`last character of percentage should be \`%\`, but is: ${last}`);
  }
  const value = parseInteger(percentage.slice(0, -1));
  if (value < 10 || value > 90) throw new CorefileError(`percentage should fall in range [10, 90]: ${value}`);
  config.prefetch.percentage = value;
}

const STALE_SECONDS = 3600;

function readStale(config: CacheConfig, duration?: string, mode?: string): void {
  const ms = duration === undefined ? STALE_SECONDS * 1000 : readDuration(duration);
  if (ms < 0) throw new CorefileError('invalid negative duration for serve_stale');
  config.staleFor = ms / 1000;
  const lower = mode?.toLowerCase();
  if (lower !== undefined && lower !== 'immediate' && lower !== 'verify')
    throw new CorefileError(`invalid value for serve_stale refresh mode: ${lower}`);
  config.verifyStale = lower === 'verify';
}
