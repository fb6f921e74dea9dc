import { FileError, quoteWord } from '../../base';
import { calculate, setVariable } from '../interpreter/assign';
import { complain } from '../interpreter/complain';
import { AbandonControl, ExitControl, LoopControl, ReturnControl, ShellError } from '../interpreter/control';
import { isStopped } from '../interpreter/jobs';
import { parseToEnd } from '../interpreter/parse-script';
import { functionText } from '../interpreter/print-command';
import { runReturnTrap, untilReturn } from '../interpreter/return-trap';
import { type Builtin, type BuiltinCall, lineNumber, type Shell } from '../interpreter/shell';
import { findCommand, resolvePath, SIGNALS, say, whichTool } from '../process';
import { misused, strangeOption } from './misused';
import { signalTable } from './signal-names';
import { umask } from './umask';

async function statusArgument(call: BuiltinCall): Promise<number> {
  const [text, more] = call.args;
  if (text === undefined) return call.shell.status;
  if (!/^[-+]?\d+$/.test(text)) {
    await call.complain(`${text}: numeric argument required`);
    return 2;
  }
  if (more !== undefined) {
    await call.complain('too many arguments');
    throw call.shell.interactive ? new AbandonControl(1) : new ExitControl(1);
  }
  return Number(text) & 255;
}

function loopControl(kind: 'break' | 'continue'): Builtin {
  return async (call) => {
    const levels = Number(call.args[0] ?? 1);
    const isNumber = /^[-+]?\d+$/.test(call.args[0] ?? '1');
    if (call.shell.loops === 0) {
      await call.complain("only meaningful in a `for', `while', or `until' loop");
      return 0;
    }
    if (!isNumber) {
      await call.complain(`${call.args[0]}: numeric argument required`);
      throw new ExitControl(128);
    }
    if (levels < 1) {
      await call.complain(`${call.args[0]}: loop count out of range`);
      throw new LoopControl('break', call.shell.loops, 1);
    }
    throw new LoopControl(kind, levels);
  };
}

/** The directory that CDPATH leads a relative name to. */
function inPathList(shell: Shell, target: string): string | undefined {
  const list = shell.variables.get('CDPATH')?.value;
  if (!list) return undefined;
  return list
    .split(':')
    .filter((base) => base !== '' && base !== '.')
    .map((base) => resolvePath(shell.cwd, `${base}/${target}`))
    .find((path) => shell.kernel.machine.files.stat(path)?.kind === 'directory');
}

const cd: Builtin = async (call) => {
  const { shell, context } = call;
  const strange = strangeOption(call.args, 'LPe@');
  if (strange !== undefined && !/^-\d*$/.test(call.args[0] ?? ''))
    return misused(call, '[-L|[-P [-e]] [-@]] [dir]', strange);
  const args = call.args.filter((word) => !/^-[LPe@]+$/.test(word) && word !== '--');
  if (args.length > 1) throw new ShellError('too many arguments');
  let target = args[0];
  if (target === undefined) {
    target = shell.variables.get('HOME')?.value;
    if (target === undefined) throw new ShellError('HOME not set');
  }
  const back = target === '-';
  if (back) {
    target = shell.variables.get('OLDPWD')?.value;
    if (target === undefined) throw new ShellError('OLDPWD not set');
  }
  if (target === '') return 0;
  const searched = /^(?:\/|\.\.?(?:\/|$))/.test(target) || back ? undefined : inPathList(shell, target);
  const path = searched ?? resolvePath(shell.cwd, target);
  const stat = shell.kernel.machine.files.stat(path);
  if (stat?.kind !== 'directory') {
    const why = stat === undefined ? 'No such file or directory' : 'Not a directory';
    throw new ShellError(
      shell.flavour === 'sh' ? `can't cd to ${target}` : `${target}: ${why}`,
      shell.flavour === 'sh' ? 2 : 1,
    );
  }
  if (back || searched !== undefined) await context.out(`${path}\n`);
  const before = shell.cwd;
  shell.cwd = path;
  setVariable(shell, 'OLDPWD', before);
  setVariable(shell, 'PWD', path);
  return 0;
};

const source: Builtin = async (call) => {
  const { shell } = call;
  const [path, ...args] = call.args;
  if (path === undefined) return misused(call, 'filename [arguments]', 'filename argument required');
  let text: string;
  try {
    text = await call.context.readFile(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === 'EISDIR') throw new ShellError(`${path}: is a directory`);
    // Of a missing file it is the shell that tells.
    await complain(shell, call.io, `${path}: ${error.message}`);
    return 1;
  }
  const { positional } = shell;
  if (args.length > 0) shell.positional = args;
  shell.sourcing += 1;
  shell.traced += 1;
  try {
    const status = await untilReturn(call.runText(text));
    await runReturnTrap(call.run.engine, shell, call.io);
    return status;
  } finally {
    shell.sourcing -= 1;
    shell.traced -= 1;
    if (args.length > 0) shell.positional = positional;
  }
};

/** `exit` and `logout`: of stopped jobs an interactive shell warns once. */
const leave: Builtin = async (call) => {
  const { shell } = call;
  const status = await statusArgument(call);
  if (shell.interactive && shell.flavour === 'bash')
    await call.context.err(shell.login ? 'logout\n' : 'exit\n');
  if (shell.interactive && !(await mayLeave(shell, call.context.err))) return 1;
  throw new ExitControl(status);
};

/** Whether an interactive shell may end now; says why not, unless it has just said so. */
export async function mayLeave(shell: Shell, say: (text: string) => Promise<void>): Promise<boolean> {
  const warned = ['exit', 'logout', 'jobs'].includes(shell.lastBuiltin);
  shell.lastBuiltin = 'exit';
  if (warned || !shell.jobs.some(isStopped)) return true;
  await say(shell.flavour === 'bash' ? 'There are stopped jobs.\n' : 'You have stopped jobs.\n');
  return false;
}

/** What a name means to this shell, for `type` and `command -v`. */
export function describeName(
  shell: Shell,
  builtins: ReadonlyMap<string, Builtin>,
  name: string,
):
  | { readonly kind: 'alias' | 'keyword' | 'function' | 'builtin' | 'file'; readonly text: string }
  | undefined {
  const aliased = shell.aliases.get(name);
  if (aliased !== undefined) return { kind: 'alias', text: aliased };
  if (KEYWORDS.includes(name)) return { kind: 'keyword', text: name };
  const body = shell.functions.get(name);
  if (body !== undefined) return { kind: 'function', text: body };
  if (builtins.has(name) && !shell.disabled.has(name)) return { kind: 'builtin', text: name };
  const path = whichTool(shell.kernel, name);
  if (path !== undefined) return { kind: 'file', text: path };
  if (!name.includes('/')) return undefined;
  const stat = shell.kernel.machine.files.stat(resolvePath(shell.cwd, name));
  return stat?.kind === 'file' && (stat.mode & 0o111) !== 0 ? { kind: 'file', text: name } : undefined;
}

/** Words that the shell's grammar reserves. */
export const KEYWORDS: readonly string[] = [
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'for',
  'while',
  'until',
  'do',
  'done',
  'case',
  'esac',
  'in',
  'function',
  'select',
  'time',
  '{',
  '}',
  '!',
  '[[',
  ']]',
];

const type: Builtin = async (call) => {
  const strange = strangeOption(call.args, 'afptP');
  if (strange !== undefined) return misused(call, '[-afptP] name [name ...]', strange);
  const short = call.args[0] === '-t';
  const pathOnly = call.args[0] === '-p' || call.args[0] === '-P';
  let status = 0;
  for (const name of call.args.filter((word) => !/^-[tpaP]+$/.test(word))) {
    const found = describeName(call.shell, call.run.engine.builtins, name);
    if (found === undefined) {
      if (!short && !pathOnly) await call.complain(`${name}: not found`);
      status = 1;
    } else if (short) await call.context.out(`${found.kind}\n`);
    else if (pathOnly) await call.context.out(found.kind === 'file' ? `${found.text}\n` : '');
    else if (found.kind === 'alias') await call.context.out(`${name} is aliased to \`${found.text}'\n`);
    else if (found.kind === 'keyword') await call.context.out(`${name} is a shell keyword\n`);
    else if (found.kind === 'function')
      await call.context.out(`${name} is a function\n${functionText(found.text)}\n`);
    else if (found.kind === 'builtin') await call.context.out(`${name} is a shell builtin\n`);
    else await call.context.out(`${name} is ${found.text}\n`);
  }
  return status;
};

const command: Builtin = async (call) => {
  const [first, ...rest] = call.args;
  const strange = strangeOption(call.args, 'pVv');
  if (strange !== undefined) return misused(call, '[-pVv] command [arg ...]', strange);
  if (first === '-v' || first === '-V') {
    let status = 1;
    for (const name of rest) {
      const found = describeName(call.shell, call.run.engine.builtins, name);
      if (found === undefined) continue;
      status = 0;
      if (first === '-V') await type({ ...call, args: [name] });
      else if (found.kind === 'alias') await call.context.out(`alias ${name}=${quoteWord(found.text)}\n`);
      else await call.context.out(`${found.kind === 'file' ? found.text : name}\n`);
    }
    return status;
  }
  const argv = first === '-p' || first === '--' ? rest : call.args;
  return argv.length === 0 ? 0 : call.runArgv(argv, 'command');
};

/** The name that `trap` keeps an action under. */
function trapName(word: string): string | undefined {
  if (word === '0' || word === 'EXIT') return 'EXIT';
  const name = word.toUpperCase().replace(/^SIG/, '');
  if (['ERR', 'DEBUG', 'RETURN'].includes(name) || SIGNALS[name] !== undefined) return name;
  return Object.keys(SIGNALS).find((known) => String(SIGNALS[known]) === word);
}

const TRAP_USAGE = '[-lp] [[arg] signal_spec ...]';

/** Traps are listed by signal, EXIT first and what is no signal last. */
function trapOrder(name: string): number {
  if (name === 'EXIT') return 0;
  return SIGNALS[name] ?? 1000 + ['DEBUG', 'ERR', 'RETURN'].indexOf(name);
}

const trap: Builtin = async (call) => {
  const { traps } = call.shell;
  const strange = call.args[0] === '-' ? undefined : strangeOption(call.args.slice(0, 1), 'lp');
  if (strange !== undefined) return misused(call, TRAP_USAGE, strange);
  const words = call.args.filter((word) => word !== '--');
  if (words[0] === '-l') {
    await call.context.out(signalTable());
    return 0;
  }
  const asked = words[0] === '-p' ? words.slice(1).map(trapName) : [];
  const unknown = words.slice(1).find((word) => words[0] === '-p' && trapName(word) === undefined);
  if (unknown !== undefined) throw new ShellError(`${unknown}: invalid signal specification`);
  if (words.length === 0 || words[0] === '-p') {
    const inOrder = [...traps].sort(([a], [b]) => trapOrder(a) - trapOrder(b));
    for (const [name, action] of inOrder) {
      if (asked.length > 0 && !asked.includes(name)) continue;
      await call.context.out(
        `trap -- ${quoteWord(action)} ${SIGNALS[name] === undefined ? name : `SIG${name}`}\n`,
      );
    }
    return 0;
  }
  const [action = '', ...names] = words;
  if (names.length === 0 && trapName(action) === undefined) return misused(call, TRAP_USAGE);
  // A number first is no action: the signals are taken back.
  const isReset = action === '-' || names.length === 0 || /^\d+$/.test(action);
  let status = 0;
  for (const word of /^\d+$/.test(action) || names.length === 0 ? words : names) {
    const name = trapName(word);
    if (name === undefined) {
      await call.complain(`${word}: invalid signal specification`);
      status = 1;
    } else if (isReset) traps.delete(name);
    else traps.set(name, action);
  }
  return status;
};

const execBuiltin: Builtin = async (call) => {
  const words = call.args[0] === '-a' ? call.args.slice(2) : call.args;
  const [name = ''] = words;
  const { kernel, cwd } = call.shell;
  if (!name.includes('/') && findCommand({ kernel, cwd }, name).kind === 'not-found') {
    await call.complain(`${name}: not found`);
    throw new ExitControl(127);
  }
  throw new ExitControl(await call.runArgv(words, 'command'));
};

/** `eval`: what is no program is told of in its name, outside of a prompt with its line. */
const evaluate: Builtin = async (call) => {
  const { shell, io } = call;
  const text = call.args.join(' ');
  if (text === '') return 0;
  const parsed = parseToEnd(text);
  if (parsed.kind !== 'program' && !shell.interactive && shell.flavour === 'bash') {
    const lead = `${shell.name}: eval: line ${lineNumber(shell) + parsed.line - 1}: `;
    await say(io, `${lead}${parsed.message}\n`);
    if (parsed.kind === 'error' && parsed.alone !== true)
      await say(io, `${lead}\`${text.split('\n')[parsed.line - 1] ?? ''}'\n`);
    return parsed.kind === 'error' ? parsed.status : 2;
  }
  shell.traced += 1;
  try {
    return await call.runText(text);
  } finally {
    shell.traced -= 1;
  }
};

/** Who called the function that is run: its line, name and file; fails where nobody did. */
const caller: Builtin = async (call) => {
  const { shell, context } = call;
  const [depth] = call.args;
  if (depth !== undefined && !/^\d+$/.test(depth)) return misused(call, '[expr]', `${depth}: invalid number`);
  const frame = shell.frames.at(-1 - Number(depth ?? 0));
  if (frame === undefined) return 1;
  const isScript = !shell.interactive && shell.name !== 'bash';
  const above = shell.frames.at(-2 - Number(depth ?? 0));
  if (depth === undefined) {
    await context.out(
      `${frame.line} ${isScript ? shell.name : above === undefined ? 'NULL' : 'environment'}\n`,
    );
    return 0;
  }
  if (above === undefined && !isScript) return 1;
  await context.out(`${frame.line} ${above?.name ?? 'main'} ${isScript ? shell.name : 'environment'}\n`);
  return 0;
};

/** `enable`: which builtins are there; `-n` puts them aside, so that a program of that name is run. */
const enable: Builtin = async (call) => {
  const { shell, context, run } = call;
  const strange = strangeOption(call.args, 'anpsdf');
  if (strange !== undefined) return misused(call, '[-a] [-dnps] [-f filename] [name ...]', strange);
  const flags = new Set(call.args.filter((word) => /^-./.test(word)).flatMap((word) => [...word.slice(1)]));
  const names = call.args.filter((word) => !/^-./.test(word));
  if (names.length === 0 || flags.has('p')) {
    const special = flags.has('s') ? SPECIAL : undefined;
    const all = [...run.engine.builtins.keys()].filter((name) => special?.includes(name) ?? true).sort();
    for (const name of all) {
      const off = shell.disabled.has(name);
      if (!flags.has('a') && off !== flags.has('n')) continue;
      await context.out(`enable ${off ? '-n ' : ''}${name}\n`);
    }
    return 0;
  }
  let status = 0;
  for (const name of names) {
    if (!run.engine.builtins.has(name)) {
      await call.complain(`${name}: not a shell builtin`);
      status = 1;
    } else if (flags.has('n')) shell.disabled.add(name);
    else shell.disabled.delete(name);
  }
  return status;
};

/** Builtins that POSIX calls special. */
const SPECIAL =
  '. : break continue eval exec exit export readonly return set shift source times trap unset'.split(' ');

/** Builtins that steer the shell. */
export const controlBuiltins: Readonly<Record<string, Builtin>> = {
  ':': async () => 0,
  true: async () => 0,
  false: async () => 1,
  break: loopControl('break'),
  continue: loopControl('continue'),
  exit: leave,
  logout: leave,
  return: async (call) => {
    if (call.shell.frames.length === 0 && call.shell.sourcing === 0) {
      throw new ShellError("can only `return' from a function or sourced script", 2);
    }
    throw new ReturnControl(await statusArgument(call));
  },
  cd,
  pwd: async (call) => {
    await call.context.out(`${call.shell.cwd}\n`);
    return 0;
  },
  source,
  '.': source,
  eval: evaluate,
  caller,
  enable,
  type,
  command,
  builtin: async (call) => (call.args.length === 0 ? 0 : call.runArgv(call.args, 'builtin')),
  exec: execBuiltin,
  trap,
  let: async (call) => {
    if (call.args.length === 0) throw new ShellError('expression expected');
    let value = 0n;
    for (const text of call.args) value = calculate(call.shell, text);
    return value === 0n ? 1 : 0;
  },
  umask,
  hash: async (call) => {
    if (call.args.length === 0) await call.context.out('hash: hash table empty\n');
    let status = 0;
    for (const name of call.args.filter((word) => !word.startsWith('-'))) {
      if (whichTool(call.shell.kernel, name) !== undefined) continue;
      await call.complain(`${name}: not found`);
      status = 1;
    }
    return status;
  },
  times: async (call) => {
    await call.context.out('0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n');
    return 0;
  },
  ulimit: async (call) => {
    const strange = strangeOption(call.args, 'SHabcdefiklmnpqrstuvxPRT');
    if (strange !== undefined) return misused(call, '[-SHabcdefiklmnpqrstuvxPRT] [limit]', strange);
    await call.context.out('unlimited\n');
    return 0;
  },
};
