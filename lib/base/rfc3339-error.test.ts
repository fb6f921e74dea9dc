import { describe, expect, it } from 'vitest';
import { rfc3339Error } from './rfc3339-error';

describe('what time.Parse says', () => {
  it.each([
    ['2026-01-05T09:00:00Z', undefined],
    ['x', 'parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"'],
    ['', 'parsing time "" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "2006"'],
    ['2026/01/05', 'parsing time "2026/01/05" as "2006-01-02T15:04:05Z07:00": cannot parse "/01/05" as "-"'],
    ['2026-01-05', 'parsing time "2026-01-05" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T"'],
    [
      '2026-01-05T09:00:00',
      'parsing time "2026-01-05T09:00:00" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "Z07:00"',
    ],
    ['2026-13-05T09:00:00Z', 'parsing time "2026-13-05T09:00:00Z": month out of range'],
    ['2026-02-30T09:00:00Z', 'parsing time "2026-02-30T09:00:00Z": day out of range'],
    ['2026-02-03T29:00:00Z', 'parsing time "2026-02-03T29:00:00Z": hour out of range'],
    ['2026-02-03T09:00:00Zx', 'parsing time "2026-02-03T09:00:00Zx": extra text: "x"'],
  ])('%j', (text, why) => {
    expect(rfc3339Error(text)).toBe(why);
  });
});
