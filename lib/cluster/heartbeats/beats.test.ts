import { describe, expect, it } from 'vitest';
import { lastBeat, NODE_LEASE, NODE_STATUS, untilNextBeat } from './beats';

const NOW = 1_795_470_000_000;
const NAMES = ['control-plane', 'worker-1', 'worker-2', 'a', ''];

describe('beats', () => {
  it.each(NAMES)('[HB1] %j renews in its rhythm, never ahead of time, never backwards', (name) => {
    let before = 0;
    for (let at = NOW; at < NOW + 120_000; at += 137) {
      const beat = lastBeat(NODE_LEASE, name, at);
      expect(beat).toBeLessThanOrEqual(at);
      expect(at - beat).toBeLessThanOrEqual(NODE_LEASE.periodMs + NODE_LEASE.jitterMs);
      expect(beat).toBeGreaterThanOrEqual(before);
      before = beat;
    }
  });

  it('[HB1] each has a beat of its own', () => {
    expect(new Set(NAMES.map((name) => lastBeat(NODE_STATUS, name, NOW))).size).toBe(NAMES.length);
  });

  it.each(NAMES)('the next round of %j begins when it says', (name) => {
    for (let at = NOW; at < NOW + 20_000; at += 333) {
      const wait = untilNextBeat(NODE_LEASE, name, at);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThan(NODE_LEASE.periodMs);
      expect(untilNextBeat(NODE_LEASE, name, at + wait)).toBe(0);
    }
  });
});
