import type { ParsedArgs, UsageError } from '../seams';
import { fail } from '../session';

/** cobra's complaint about required flags that were not given. */
export function requireFlags(args: ParsedArgs, names: readonly string[]): UsageError | undefined {
  const missing = names.filter((name) => !args.given.has(name)).sort();
  if (missing.length === 0) return undefined;
  return fail(`required flag(s) ${missing.map((name) => `"${name}"`).join(', ')} not set`);
}
