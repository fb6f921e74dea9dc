import { ShellError } from '../interpreter/control';
import type { Builtin } from '../interpreter/shell';
import { misused } from './misused';

const ALL = 0o777;
const WHO: Readonly<Record<string, number>> = { u: 0o700, g: 0o070, o: 0o007, a: ALL };
const RIGHTS: Readonly<Record<string, number>> = { r: 0o444, w: 0o222, x: 0o111 };

/** `u=rwx,g=rx,o=`: the rights that a mask leaves. */
function symbols(mask: number): string {
  const left = ALL & ~mask;
  const rights = (shift: number): string =>
    ['r', 'w', 'x'].filter((_, bit) => ((left >> shift) & (4 >> bit)) !== 0).join('');
  return `u=${rights(6)},g=${rights(3)},o=${rights(0)}`;
}

/** The mask that a symbolic mode makes of `mask`. */
function fromSymbols(text: string, mask: number): number {
  let left = ALL & ~mask;
  for (const clause of text.split(',')) {
    let at = 0;
    let who = 0;
    for (; WHO[clause[at] ?? ''] !== undefined; at += 1) who |= WHO[clause[at] ?? ''] ?? 0;
    if (who === 0) who = ALL;
    do {
      const operator = clause[at] ?? '';
      if (!/^[-+=]$/.test(operator)) throw new ShellError(`\`${operator}': invalid symbolic mode operator`);
      at += 1;
      let rights = 0;
      for (; at < clause.length && !/[-+=]/.test(clause[at] ?? ''); at += 1) {
        const letter = clause[at] ?? '';
        const right = RIGHTS[letter];
        if (right === undefined) throw new ShellError(`\`${letter}': invalid symbolic mode character`);
        rights |= right;
      }
      if (operator === '+') left |= who & rights;
      else if (operator === '-') left &= ~(who & rights);
      else left = (left & ~who) | (who & rights);
    } while (at < clause.length);
  }
  return ALL & ~left;
}

/** `umask`: which rights new files and folders do not get. */
export const umask: Builtin = async (call) => {
  const { shell } = call;
  const flags = new Set<string>();
  let first = 0;
  for (; /^-./.test(call.args[first] ?? ''); first += 1) {
    for (const flag of call.args[first]?.slice(1) ?? '') {
      if (flag !== 'p' && flag !== 'S') return misused(call, '[-p] [-S] [mode]', `-${flag}: invalid option`);
      flags.add(flag);
    }
  }
  const mode = call.args[first];
  if (mode !== undefined) {
    if (/^\d/.test(mode)) {
      if (!/^[0-7]+$/.test(mode) || Number.parseInt(mode, 8) > 0o7777)
        throw new ShellError(`${mode}: octal number out of range`);
      shell.umask = Number.parseInt(mode, 8) & ALL;
    } else shell.umask = fromSymbols(mode, shell.umask);
    if (!flags.has('S')) return 0;
  }
  const shown = flags.has('S') ? symbols(shell.umask) : shell.umask.toString(8).padStart(4, '0');
  const lead = flags.has('p') && mode === undefined ? `umask${flags.has('S') ? ' -S' : ''} ` : '';
  await call.context.out(`${lead}${shown}\n`);
  return 0;
};
