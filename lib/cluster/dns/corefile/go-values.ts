import { CorefileError } from './dispenser';

const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** A duration as Go's time.ParseDuration reads it ("5s", "1h30m"), in ms; throws Go's error. */
export function parseDuration(text: string): number {
  const quoted = JSON.stringify(text);
  const body = text.replace(/^[-+]/, '');
  if (body === '0') return 0;
  if (/^\d+(\.\d*)?$/.test(body)) throw new CorefileError(`time: missing unit in duration ${quoted}`);
  const parts = [...body.matchAll(/(\d+\.?\d*|\.\d+)([^\d.]+)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== body)
    throw new CorefileError(`time: invalid duration ${quoted}`);
  let total = 0;
  for (const [, amount = '', unit = ''] of parts) {
    const each = UNIT_MS[unit];
    if (each === undefined)
      throw new CorefileError(`time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`);
    total += Number(amount) * each;
  }
  return text.startsWith('-') ? -total : total;
}

/** A duration as Go prints it: 5000 → "5s", 90000 → "1m30s", 1500 → "1.5s". */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0s';
  if (ms < 0) return `-${formatDuration(-ms)}`;
  if (ms < 1000) return ms < 1 ? `${round(ms * 1000)}µs` : `${round(ms)}ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = `${round((ms % 60_000) / 1000)}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}

const round = (value: number): number => Number(value.toFixed(6));

/** A whole number as strconv.Atoi reads it; throws its error. */
export function parseInteger(text: string, by = 'Atoi'): number {
  const pattern = by === 'ParseUint' ? /^\d+$/ : /^[-+]?\d+$/;
  if (!pattern.test(text))
    throw new CorefileError(`strconv.${by}: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

/** A regular expression of Go's (RE2) as ours; undefined for what is none. Named groups and leading flags differ. */
export function compileGoPattern(pattern: string): RegExp | undefined {
  const flags = /^\(\?([ims]+)\)/.exec(pattern);
  const body = (flags === null ? pattern : pattern.slice(flags[0].length))
    .replaceAll('(?P<', '(?<')
    .replaceAll('\\z', '$')
    .replaceAll('\\A', '^');
  // RE2 has neither look-around nor back references.
  if (/\(\?(<?[=!])|\\[1-9]/.test(body)) return undefined;
  try {
    return new RegExp(body, flags?.[1] ?? '');
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** How many groups an expression has. */
export function groupCount(pattern: RegExp): number {
  return (new RegExp(`${pattern.source}|`).exec('')?.length ?? 1) - 1;
}
