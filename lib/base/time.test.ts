import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilTime, formatMicroTime, formatTime, humanDuration, parseTime, shortHumanDuration } from './time';

const S = 1000;
const M = 60 * S;
const H = 60 * M;
const D = 24 * H;

describe('time', () => {
  it('formats and parses every moment as the platform does', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_000_000_000_000, max: 250_000_000_000_000 }), (ms) => {
        const whole = Math.floor(ms / 1000) * 1000;
        expect(formatTime(ms)).toBe(new Date(whole).toISOString().replace('.000Z', 'Z'));
        expect(parseTime(formatTime(ms))).toBe(whole);
        expect(civilTime(ms).weekday).toBe(new Date(ms).getUTCDay());
        expect(formatMicroTime(ms)).toBe(new Date(ms).toISOString().replace('Z', '000Z'));
      }),
    );
  });

  it.each([
    ['2026-11-23T22:10:00+02:30', '2026-11-23T19:40:00Z'],
    ['2026-11-23T22:10:00.999Z', '2026-11-23T22:10:00Z'],
  ])('reads offsets and fractions: %s', (text, expected) => {
    expect(formatTime(parseTime(text) ?? Number.NaN)).toBe(expected);
  });

  it.each(['2026-02-29T00:00:00Z', '2026-11-23', '2026-11-23T25:00:00Z', 'yesterday'])(
    'refuses %s',
    (text) => {
      expect(parseTime(text)).toBeUndefined();
    },
  );

  it.each([
    [-2 * S, '<invalid>'],
    [-S, '0s'],
    [0, '0s'],
    [119 * S, '119s'],
    [120 * S, '2m'],
    [3 * M + 4 * S, '3m4s'],
    [10 * M + 4 * S, '10m'],
    [179 * M, '179m'],
    [3 * H, '3h'],
    [7 * H + 59 * M, '7h59m'],
    [8 * H + 59 * M, '8h'],
    [47 * H, '47h'],
    [2 * D + 3 * H, '2d3h'],
    [8 * D + 3 * H, '8d'],
    [729 * D, '729d'],
    [2 * 365 * D + D, '2y1d'],
    [9 * 365 * D + D, '9y'],
  ])('ages of %d ms print as %s', (ms, text) => {
    expect(humanDuration(ms)).toBe(text);
  });

  it.each([
    [61 * S, '1m'],
    [25 * H, '1d'],
    [400 * D, '1y'],
  ])('short ages of %d ms print as %s', (ms, text) => {
    expect(shortHumanDuration(ms)).toBe(text);
  });
});
