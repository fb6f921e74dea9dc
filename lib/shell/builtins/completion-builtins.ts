import { quoteIfNeeded } from '../../base';
import type { Builtin } from '../interpreter/shell';
import { isInstalled } from '../process';

const LETTERS = 'abcdefgjksuvo';
const ARGUMENTS = 'oAGWFCXPS';

/** `complete`: keeps what it is told; Tab asks the shell's own completion, which knows kubectl and its aliases. */
const complete: Builtin = async (call) => {
  const { completions } = call.shell;
  const words = [...call.args];
  const options: string[] = [];
  let action = '';
  while (/^-./.test(words[0] ?? '')) {
    const word = words.shift() ?? '';
    if (word === '--') break;
    for (const letter of word.slice(1)) {
      if (letter === 'p' || letter === 'r') action = letter;
      else if (ARGUMENTS.includes(letter)) options.push(`-${letter} ${quoteIfNeeded(words.shift() ?? '')}`);
      else if (`${LETTERS}DEI`.includes(letter)) options.push(`-${letter}`);
      else {
        await call.complain(`-${letter}: invalid option`);
        await call.context.err(
          'complete: usage: complete [-abcdefgjksuv] [-pr] [-DEI] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [name ...]\n',
        );
        return 2;
      }
    }
  }
  let status = 0;
  if (action === 'r')
    for (const name of words.length > 0 ? words : [...completions.keys()]) completions.delete(name);
  else if (action === 'p' || call.args.length === 0) {
    for (const name of words.length > 0 ? words : completions.keys()) {
      const spec = completions.get(name);
      if (spec !== undefined) await call.context.out(`complete ${spec} ${name}\n`);
      else {
        await call.complain(`${name}: no completion specification`);
        status = 1;
      }
    }
  } else for (const name of words) completions.set(name, options.join(' '));
  return status;
};

/** `compgen`: names that begin with a word. */
const compgen: Builtin = async (call) => {
  const { shell } = call;
  const names: string[] = [];
  const words = [...call.args];
  const installed = () =>
    [...shell.kernel.tools.keys(), ...shell.kernel.programs.keys()].filter((name) =>
      isInstalled(shell.kernel, name),
    );
  const kinds: Readonly<Record<string, () => Iterable<string>>> = {
    function: () => [...shell.functions.keys()].sort(),
    variable: () => [...shell.variables.keys()].sort(),
    alias: () => [...shell.aliases.keys()].sort(),
    builtin: () => [...call.run.engine.builtins.keys()].sort(),
    command: () => [...installed(), ...call.run.engine.builtins.keys(), ...shell.functions.keys()].sort(),
    job: () => shell.jobs.map((job) => job.command),
    file: () => shell.kernel.machine.files.list(shell.cwd),
    directory: () =>
      shell.kernel.machine.files
        .list(shell.cwd)
        .filter((name) => shell.kernel.machine.files.stat(`${shell.cwd}/${name}`)?.kind === 'directory'),
  };
  const letters: Readonly<Record<string, string>> = {
    a: 'alias',
    b: 'builtin',
    c: 'command',
    d: 'directory',
    f: 'file',
    j: 'job',
    v: 'variable',
  };
  while (/^-./.test(words[0] ?? '')) {
    const word = words.shift() ?? '';
    if (word === '--') break;
    for (const letter of word.slice(1)) {
      if (letter === 'W') names.push(...(words.shift() ?? '').split(/\s+/).filter((each) => each !== ''));
      else if (letter === 'A') names.push(...(kinds[words.shift() ?? '']?.() ?? []));
      else if (ARGUMENTS.includes(letter)) words.shift();
      else names.push(...(kinds[letters[letter] ?? '']?.() ?? []));
    }
  }
  const found = names.filter((name) => name.startsWith(words[0] ?? ''));
  for (const name of found) await call.context.out(`${name}\n`);
  return found.length > 0 ? 0 : 1;
};

/** Builtins about programmable completion. */
export const completionBuiltins: Readonly<Record<string, Builtin>> = { complete, compgen };
