import { FileError, quoteWord } from '../../base';
import { calculate, setVariable } from '../interpreter/assign';
import { ExitControl, LoopControl, ReturnControl, ShellError } from '../interpreter/control';
import { isStopped } from '../interpreter/jobs';
import { functionText } from '../interpreter/print-command';
import { runReturnTrap, untilReturn } from '../interpreter/return-trap';
import type { Builtin, BuiltinCall, Shell } from '../interpreter/shell';
import { resolvePath, SIGNALS, whichTool } from '../process';
import { signalTable } from './signal-names';

function statusArgument(call: BuiltinCall): number {
  const [text] = call.args;
  if (text === undefined) return call.shell.status;
  if (!/^[-+]?\d+$/.test(text)) throw new ShellError(`${text}: numeric argument required`, 2, true);
  return Number(text) & 255;
}

function loopControl(kind: 'break' | 'continue'): Builtin {
  return async (call) => {
    const levels = Number(call.args[0] ?? 1);
    if (call.shell.loops === 0) {
      await call.complain("only meaningful in a `for', `while', or `until' loop");
      return 0;
    }
    if (!(levels >= 1)) throw new ShellError(`${call.args[0]}: loop count out of range`);
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
  if (path === undefined) throw new ShellError('filename argument required', 2);
  let text: string;
  try {
    text = await call.context.readFile(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new ShellError(`${path}: ${error.message}`);
  }
  const { positional } = shell;
  if (args.length > 0) shell.positional = args;
  shell.sourcing += 1;
  try {
    const status = await untilReturn(call.runText(text));
    await runReturnTrap(call.run.engine, shell, call.io);
    return status;
  } finally {
    shell.sourcing -= 1;
    if (args.length > 0) shell.positional = positional;
  }
};

/** `exit` and `logout`: of stopped jobs an interactive shell warns once. */
const leave: Builtin = async (call) => {
  const { shell } = call;
  const status = statusArgument(call);
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
  if (builtins.has(name)) return { kind: 'builtin', text: name };
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

const trap: Builtin = async (call) => {
  const { traps } = call.shell;
  const words = call.args.filter((word) => word !== '--');
  if (words[0] === '-l') {
    await call.context.out(signalTable());
    return 0;
  }
  const asked = words[0] === '-p' ? words.slice(1).map(trapName) : [];
  if (words.length === 0 || words[0] === '-p') {
    for (const [name, action] of traps) {
      if (asked.length > 0 && !asked.includes(name)) continue;
      await call.context.out(
        `trap -- ${quoteWord(action)} ${SIGNALS[name] === undefined ? name : `SIG${name}`}\n`,
      );
    }
    return 0;
  }
  const [action = '', ...names] = words;
  let status = 0;
  for (const word of names.length === 0 ? [action] : names) {
    const name = trapName(word);
    if (name === undefined) {
      await call.complain(`${word}: invalid signal specification`);
      status = 1;
    } else if (action === '-' || names.length === 0) traps.delete(name);
    else traps.set(name, action);
  }
  return status;
};

const execBuiltin: Builtin = async (call) => {
  const words = call.args[0] === '-a' ? call.args.slice(2) : call.args;
  throw new ExitControl(await call.runArgv(words, 'command'));
};

/** Files are made with the same rights whatever is asked for here; what is shown is the usual mask. */
const umask: Builtin = async (call) => {
  const [word] = call.args;
  if (word === undefined) await call.context.out('0022\n');
  else if (word === '-S') await call.context.out('u=rwx,g=rx,o=rx\n');
  else if (word === '-p') await call.context.out('umask 0022\n');
  else if (/^[0-9]+$/.test(word) && !/^[0-7]+$/.test(word))
    throw new ShellError(`${word}: octal number out of range`);
  return 0;
};

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
    throw new ReturnControl(statusArgument(call));
  },
  cd,
  pwd: async (call) => {
    await call.context.out(`${call.shell.cwd}\n`);
    return 0;
  },
  source,
  '.': source,
  eval: async (call) => (call.args.length === 0 ? 0 : call.runText(call.args.join(' '))),
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
    await call.context.out('unlimited\n');
    return 0;
  },
};
