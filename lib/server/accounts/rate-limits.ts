import type { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

/** What is limited, and by whom or what it is counted. */
export type Limited =
  | 'sign-in-here'
  | 'sign-in-account'
  | 'sign-in-address'
  | 'sign-up-address'
  | 'mail-account'
  | 'mail-address'
  | 'change-account';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** A class sits behind one address, so addresses get more than accounts do. */
export const RATE_LIMITS: Readonly<Record<Limited, { readonly points: number; readonly duration: number }>> =
  {
    // One account from one address: somebody who mistypes, or guesses.
    'sign-in-here': { points: 10, duration: 15 * MINUTE },
    // One account from everywhere: guessing from many addresses.
    'sign-in-account': { points: 60, duration: HOUR },
    'sign-in-address': { points: 300, duration: 15 * MINUTE },
    'sign-up-address': { points: 120, duration: HOUR },
    'mail-account': { points: 4, duration: HOUR },
    'mail-address': { points: 60, duration: HOUR },
    'change-account': { points: 20, duration: 15 * MINUTE },
  };

/** How often things may be tried, counted in the database for all processes together. */
export interface RateLimits {
  /** Counts one try; the seconds to wait when it is one too many, else undefined. */
  take(what: Limited, key: string): Promise<number | undefined>;
  /** It went well: what was counted against this key is forgotten. */
  forgive(what: Limited, key: string): Promise<void>;
}

/** Limits over PostgreSQL. */
export function createRateLimits(pool: Pool, schemaName = 'public'): RateLimits {
  const limiters = new Map(
    Object.entries(RATE_LIMITS).map(([name, limit]) => [
      name,
      new RateLimiterPostgres({
        storeClient: pool,
        storeType: 'pool',
        schemaName,
        tableName: 'rate_limit',
        tableCreated: true,
        keyPrefix: name,
        ...limit,
      }),
    ]),
  );
  const limiter = (what: Limited): RateLimiterPostgres => {
    const found = limiters.get(what);
    if (found === undefined) throw new RangeError(`no limit for ${what}`);
    return found;
  };
  return {
    async take(what, key) {
      try {
        await limiter(what).consume(key);
        return undefined;
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
        throw refusal;
      }
    },
    async forgive(what, key) {
      await limiter(what).delete(key);
    },
  };
}
