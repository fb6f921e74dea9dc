import { describe, expect, it } from 'vitest';
import { formatTime, parseTime } from '../../../base';
import { readSchedule } from './schedule';
import { offsetOf, offsetText } from './time-zone';

const next = (schedule: string, after: string, zone?: string): string | undefined => {
  const offsetAt = offsetOf(zone);
  if (!offsetAt) return 'no such zone';
  const ms = readSchedule(schedule, offsetAt).next(parseTime(after) ?? 0);
  return ms === undefined ? undefined : formatTime(ms);
};

describe('[CJ1] schedules', () => {
  it.each([
    ['* * * * *', '2026-01-05T09:00:00Z', '2026-01-05T09:01:00Z'],
    ['*/15 * * * *', '2026-01-05T09:01:00Z', '2026-01-05T09:15:00Z'],
    ['5/20 * * * *', '2026-01-05T09:46:00Z', '2026-01-05T10:05:00Z'],
    ['0 3 * * *', '2026-01-05T09:00:00Z', '2026-01-06T03:00:00Z'],
    ['0 0 1,15 * *', '2026-01-05T09:00:00Z', '2026-01-15T00:00:00Z'],
    ['0 0 * * mon-fri', '2026-01-03T09:00:00Z', '2026-01-05T00:00:00Z'],
    // Where both a day and a weekday are named, either will do.
    ['0 0 13 * fri', '2026-01-05T09:00:00Z', '2026-01-09T00:00:00Z'],
    ['0 0 29 feb *', '2026-01-05T09:00:00Z', '2028-02-29T00:00:00Z'],
    ['0 0 31 2 *', '2026-01-05T09:00:00Z', undefined],
    ['@monthly', '2026-01-05T09:00:00Z', '2026-02-01T00:00:00Z'],
    ['@every 1h30m', '2026-01-05T09:00:00Z', '2026-01-05T10:30:00Z'],
  ])('%s after %s', (schedule, after, expected) => {
    expect(next(schedule, after)).toBe(expected);
  });

  it.each([
    ['0 9 * * *', 'Europe/Berlin', '2026-01-05T09:00:00Z', '2026-01-06T08:00:00Z'],
    ['0 9 * * *', 'Europe/Berlin', '2026-07-05T09:00:00Z', '2026-07-06T07:00:00Z'],
    ['30 23 * * *', 'Asia/Kolkata', '2026-01-05T09:00:00Z', '2026-01-05T18:00:00Z'],
    // At 2:30 the clocks of Berlin show 3:30 already, that day.
    ['30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-30T00:30:00Z'],
  ])('%s in %s', (schedule, zone, after, expected) => {
    expect(next(schedule, after, zone)).toBe(expected);
  });

  it('know their zones', () => {
    expect(offsetOf('Mars/Base')).toBeUndefined();
    expect(offsetText(offsetOf('Asia/Kolkata')?.(0) ?? 0)).toBe('+05:30');
    expect(offsetText(offsetOf('America/New_York')?.(parseTime('2026-01-05T09:00:00Z') ?? 0) ?? 0)).toBe(
      '-05:00',
    );
    expect(offsetText(0)).toBe('Z');
  });
});
