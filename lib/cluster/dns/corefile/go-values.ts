import { parseDuration } from '../../../base';
import { CorefileError } from './dispenser';

/** A duration as Go's time.ParseDuration reads it ("5s", "1h30m"), in ms; throws Go's error. */
export function readDuration(text: string): number {
  const found = parseDuration(text);
  if (typeof found !== 'number') throw new CorefileError(found.error);
  return found;
}

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
