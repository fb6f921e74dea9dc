import { describe, expect, it } from 'vitest';
import { createRequestLimits, REQUEST_LIMITS } from './request-limits';

function atHand() {
  let now = 0;
  const limits = createRequestLimits(() => now);
  const take = (count: number) => Array.from({ length: count }, () => limits.take()).filter(Boolean).length;
  return {
    limits,
    take,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('request limits', () => {
  it('[V12] a burst is served, and then so many a second', () => {
    const { take, pass } = atHand();
    expect(take(REQUEST_LIMITS.burst + 50)).toBe(REQUEST_LIMITS.burst);
    pass(1_000);
    expect(take(REQUEST_LIMITS.perSecond + 50)).toBe(REQUEST_LIMITS.perSecond);
    pass(3_600_000);
    expect(take(REQUEST_LIMITS.burst + 50)).toBe(REQUEST_LIMITS.burst);
  });

  it('[V12] so many stay open, and a place given back twice is one place', () => {
    const { limits } = atHand();
    const places = Array.from({ length: REQUEST_LIMITS.longRunning }, () => limits.stay());
    expect(limits.stay()).toBeUndefined();
    places[0]?.();
    places[0]?.();
    expect(limits.stay()).toBeDefined();
    expect(limits.stay()).toBeUndefined();
  });

  it('[V12] is idle when the bucket is full and nothing is open', () => {
    const { limits, pass } = atHand();
    expect(limits.idle).toBe(true);
    limits.take();
    expect(limits.idle).toBe(false);
    pass(1_000);
    expect(limits.idle).toBe(true);
  });
});
