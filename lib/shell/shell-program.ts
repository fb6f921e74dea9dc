import { FileError } from '../base';
import { type ProcessStart, type RawProgram, resolvePath, say } from './process';
import { asProcess, runLines, runWhole } from './run-lines';
import type { Machine } from './seams';
import { newShell } from './start-shell';

const BASH_OPTIONS: Readonly<Record<string, 'errexit' | 'nounset' | 'xtrace' | 'noexec'>> = {
  e: 'errexit',
  u: 'nounset',
  x: 'xtrace',
  n: 'noexec',
};

interface Invocation {
  command: string | undefined;
  script: string | undefined;
  operands: readonly string[];
  interactive: boolean;
  letters: string[];
}

function readInvocation(args: readonly string[]): Invocation {
  const found: Invocation = {
    command: undefined,
    script: undefined,
    operands: [],
    interactive: false,
    letters: [],
  };
  const words = [...args];
  let wantsCommand = false;
  let wantsStdin = false;
  while (words.length > 0) {
    const word = words[0] ?? '';
    if (word === '--') {
      words.shift();
      break;
    }
    if (!/^[-+]./.test(word)) break;
    words.shift();
    if (word.startsWith('--')) continue;
    for (const letter of word.slice(1)) {
      if (letter === 'c') wantsCommand = true;
      else if (letter === 's') wantsStdin = true;
      else if (letter === 'i') found.interactive = true;
      else if (letter === 'o') {
        const name = words.shift() ?? '';
        found.letters.push(name === 'pipefail' ? 'pipefail' : name.slice(0, 1));
      } else found.letters.push(letter);
    }
  }
  if (wantsCommand) found.command = words.shift() ?? '';
  else if (!wantsStdin) found.script = words.shift();
  found.operands = words;
  return found;
}

/** How interactive shells get their terminal; set by the terminal's own module, which is above this one. */
export type InteractiveShell = (start: ProcessStart, flavour: Machine['shell']) => Promise<number>;

/** A shell as a program: `sh -c '…'`, `bash script`, a script on standard input, or a prompt on a terminal. */
export function shellProgram(
  flavourOf: (start: ProcessStart) => Machine['shell'],
  interactive: InteractiveShell,
): RawProgram {
  return async (start) => {
    const { kernel, io, argv, cwd } = start;
    const invocation = readInvocation(argv.slice(1));
    const flavour = flavourOf(start);
    const reader = io.fds.get(0)?.reader;
    const { command, script } = invocation;
    if (command === undefined && script === undefined && reader?.terminal !== undefined)
      return interactive(start, flavour);
    const base = argv[0]?.slice((argv[0]?.lastIndexOf('/') ?? -1) + 1) ?? 'sh';
    const name = command === undefined ? (script ?? base) : (invocation.operands[0] ?? argv[0] ?? base);
    const level = Number(start.environment.SHLVL ?? 0) + 1;
    const shell = newShell({
      kernel,
      flavour,
      interactive: false,
      name,
      positional: command === undefined ? invocation.operands : invocation.operands.slice(1),
      cwd,
      environment: flavour === 'bash' ? { ...start.environment, SHLVL: String(level) } : start.environment,
    });
    for (const letter of invocation.letters) {
      const option = letter === 'pipefail' ? 'pipefail' : BASH_OPTIONS[letter];
      if (option !== undefined) shell.options[option] = true;
    }
    const own = { fds: new Map(io.fds), signal: io.signal };
    if (command !== undefined) return asProcess(shell, own, () => runWhole(shell, own, command));
    if (script === undefined)
      return asProcess(shell, own, () => runLines(shell, own, async () => reader?.readLine(io.signal)));
    let text: string;
    try {
      text = kernel.machine.files.read(resolvePath(cwd, script));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const missing = error.code === 'ENOENT' || error.code === 'ENOTDIR';
      await say(io, `${base}: ${flavour === 'sh' ? '0: cannot open ' : ''}${script}: ${error.message}\n`);
      return missing ? 127 : 126;
    }
    return asProcess(shell, own, () => runWhole(shell, own, text));
  };
}
