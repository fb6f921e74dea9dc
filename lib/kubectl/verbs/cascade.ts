import type { DeleteOptions } from '../../api';
import { text } from '../flags';
import type { ParsedArgs, UsageError } from '../seams';
import { fail } from '../session';

/** What becomes of the dependents of an object that is deleted. */
export type Cascade = NonNullable<DeleteOptions['propagationPolicy']>;

const CASCADES: Readonly<Record<string, Cascade>> = {
  background: 'Background',
  true: 'Background',
  orphan: 'Orphan',
  false: 'Orphan',
  foreground: 'Foreground',
};

/** What `--cascade` says; undefined when it is no word for it. */
export const cascadeOf = (args: ParsedArgs): Cascade | undefined =>
  CASCADES[text(args, 'cascade', 'background')];

/** kubectl's complaint about another word. */
export const badCascade = (args: ParsedArgs): UsageError =>
  fail(`invalid cascade value (${text(args, 'cascade')}). Must be "background", "foreground", or "orphan"`);
