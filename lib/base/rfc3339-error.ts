import { parseTime } from './time';

/** The parts of Go's layout in order: what has to stand there, and how the layout writes it. */
const LAYOUT: readonly (readonly [pattern: RegExp, name: string, range?: readonly [string, number]])[] = [
  [/^\d{4}/, '2006'],
  [/^-/, '-'],
  [/^\d{2}/, '01', ['month', 12]],
  [/^-/, '-'],
  [/^\d{2}/, '02'],
  [/^T/, 'T'],
  [/^\d{2}/, '15', ['hour', 23]],
  [/^:/, ':'],
  [/^\d{2}/, '04', ['minute', 59]],
  [/^:/, ':'],
  [/^\d{2}(?:[.,]\d+)?/, '05', ['second', 59]],
  [/^(?:Z|[-+]\d{2}:\d{2})/, 'Z07:00'],
];

/** What time.Parse says of a text that is no RFC 3339 time; undefined for one that is. */
export function rfc3339Error(text: string): string | undefined {
  if (parseTime(text) !== undefined) return undefined;
  const quoted = JSON.stringify(text);
  let rest = text;
  for (const [pattern, name, range] of LAYOUT) {
    const [found] = pattern.exec(rest) ?? [];
    if (found === undefined)
      return `parsing time ${quoted} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(name)}`;
    rest = rest.slice(found.length);
    const value = Number.parseInt(found, 10);
    if (range && (value > range[1] || (range[0] === 'month' && value === 0)))
      return `parsing time ${quoted}: ${range[0]} out of range`;
  }
  return rest === ''
    ? `parsing time ${quoted}: day out of range`
    : `parsing time ${quoted}: extra text: ${JSON.stringify(rest)}`;
}
