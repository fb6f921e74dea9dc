import type { ProcessEnv } from '../seams';
import type { CommandResult } from './world';

/** Runs the commands that exec probes are usually made of: those that only look at files. */
export function lookCommand(
  argv: readonly string[],
  env: ProcessEnv,
  tools: readonly string[],
): CommandResult {
  const [program = '', ...args] = argv;
  const name = program.slice(program.lastIndexOf('/') + 1);
  if ((name === 'sh' || name === 'bash') && args[0] === '-c') {
    return lookCommand((args[1] ?? '').trim().split(/\s+/), env, tools);
  }
  const files = args.filter((arg) => !arg.startsWith('-') && arg !== ']');
  switch (name) {
    case 'true':
    case ':':
      return { exitCode: 0, output: '' };
    case 'false':
      return { exitCode: 1, output: '' };
    case 'cat':
    case 'ls':
      return eachFile(name, files, env);
    case 'test':
    case '[':
      return { exitCode: files.every((file) => env.readFile(file) !== undefined) ? 0 : 1, output: '' };
    default:
      return tools.includes(name) || name === ''
        ? { exitCode: 0, output: '' }
        : { exitCode: 127, output: `exec: "${program}": executable file not found in $PATH` };
  }
}

function eachFile(name: string, files: readonly string[], env: ProcessEnv): CommandResult {
  const missing = files.filter((file) => env.readFile(file) === undefined);
  if (missing.length === 0)
    return { exitCode: 0, output: files.map((file) => env.readFile(file) ?? '').join('') };
  const lines = missing.map((file) =>
    name === 'cat'
      ? `cat: can't open '${file}': No such file or directory\n`
      : `ls: ${file}: No such file or directory\n`,
  );
  return { exitCode: 1, output: lines.join('') };
}
