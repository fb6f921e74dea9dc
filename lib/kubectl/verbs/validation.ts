import { text } from '../flags';
import type { ParsedArgs } from '../seams';
import { fail } from '../session';

/** What `--validate` asks of the server: strict by default. */
export function fieldValidation(args: ParsedArgs): 'Strict' | 'Warn' | 'Ignore' {
  const value = text(args, 'validate', 'strict');
  if (value === 'strict' || value === 'true') return 'Strict';
  if (value === 'warn') return 'Warn';
  if (value === 'ignore' || value === 'false') return 'Ignore';
  throw fail(
    `invalid - validate option "${value}"; must be one of: strict (or true), warn, ignore (or false)`,
  );
}
