import type { ArrayValue, Assignment, Command, Redirection, Word } from 'unbash';
import { BrokenPipeError, FileError, quoteIfNeeded } from '../../base';
import {
  createContext,
  findCommand,
  Interrupted,
  type Io,
  runChild,
  runFound,
  say,
  ToolError,
} from '../process';
import { assign } from './assign';
import { complain, notFoundText } from './complain';
import { ExitControl, ShellError } from './control';
import { hasJobControl, runInForeground } from './jobs';
import { environmentOf } from './lookup';
import { parseScript } from './parse-script';
import { commandText } from './print-command';
import { redirected } from './redirect';
import { runReturnTrap, untilReturn } from './return-trap';
import {
  type Builtin,
  type BuiltinCall,
  type ExpandedAssignment,
  isTraced,
  lineNumber,
  type Run,
  type Scope,
  type Shell,
} from './shell';
import type { Variable } from './variables';
import { expandFields, expandString } from './words';

/** Functions may nest this deep, as with FUNCNEST; beyond, the host's stack would suffer. */
const MAX_FUNCTION_DEPTH = 100;
/** Builtins whose arguments may be assignments. */
const DECLARING = ['declare', 'typeset', 'local', 'export', 'readonly', 'alias'];
/** Builtins after which a temporary assignment stays, as POSIX has it only for these in sh; bash restores. */
const ERROR_IS_FATAL = ['exit', 'return', 'break', 'continue'];

async function expandArray(scope: Scope, value: ArrayValue): Promise<ExpandedAssignment['value']> {
  const elements: (readonly [string | undefined, string])[] = [];
  for (const word of value.elements) {
    const keyed = /^\[([^\]]*)\]=/.exec(word.text);
    if (keyed === null) {
      for (const field of await expandFields(scope, word)) elements.push([undefined, field]);
      continue;
    }
    const whole = await expandString(scope, word, true);
    const match = /^\[([^\]]*)\]=([\s\S]*)$/.exec(whole);
    elements.push([match?.[1] ?? keyed[1], match?.[2] ?? '']);
  }
  return elements;
}

/** Expands the words of an assignment. */
export async function expandAssignment(scope: Scope, node: Assignment): Promise<ExpandedAssignment> {
  const index = node.index === undefined ? undefined : await expandString(scope, node.index);
  const value =
    node.value.type === 'ArrayValue'
      ? await expandArray(scope, node.value)
      : await expandString(scope, node.value, true);
  return { name: node.name, append: node.append === true, index, value };
}

function assignmentText(assignment: ExpandedAssignment): string {
  const { name, append, index, value } = assignment;
  const shown =
    typeof value === 'string'
      ? value === ''
        ? ''
        : quoteIfNeeded(value)
      : `(${value.map(([key, text]) => (key === undefined ? quoteIfNeeded(text) : `[${key}]=${quoteIfNeeded(text)}`)).join(' ')})`;
  return `${name}${index === undefined ? '' : `[${index}]`}${append ? '+' : ''}=${shown}`;
}

async function expandArguments(scope: Scope, node: Command): Promise<(string | ExpandedAssignment)[]> {
  const words: (string | ExpandedAssignment)[] = [];
  const name = node.name === undefined ? [] : await expandFields(scope, node.name);
  words.push(...name);
  const declaring = DECLARING.includes(name[0] ?? '') || (name[0] === 'builtin' && node.args.length > 0);
  for (const argument of node.args) {
    if (argument.type === 'Word') words.push(...(await expandFields(scope, argument)));
    else if (declaring) words.push(await expandAssignment(scope, argument));
    else words.push(...(await assignmentAsWord(scope, argument)));
  }
  return words;
}

/** `echo a=~/b`: an argument that merely looks like an assignment. */
async function assignmentAsWord(scope: Scope, node: Assignment): Promise<readonly string[]> {
  if (node.value.type === 'ArrayValue') throw new ShellError("syntax error near unexpected token `('", 2);
  const head = node.text.slice(0, node.text.length - node.value.text.length);
  const value: Word = node.value;
  const fields = await expandFields(scope, value);
  return fields.length === 0 ? [head] : [`${head}${fields[0] ?? ''}`, ...fields.slice(1)];
}

const wordText = (word: string | ExpandedAssignment) => {
  if (typeof word === 'string') return word;
  return `${word.name}${word.append ? '+' : ''}=${typeof word.value === 'string' ? word.value : ''}`;
};

/** Runs a simple command. */
export async function runCommand(run: Run, node: Command): Promise<number> {
  const { shell } = run;
  const scope = run.engine.scope(run);
  shell.substituted = 0;
  const words = await expandArguments(scope, node);
  if (words.length === 0) return bareAssignments(run, scope, node);
  const argv = words.map(wordText);
  const hidden = new Map<string, Variable | undefined>();
  try {
    // Each is seen by those after it.
    const assignments: ExpandedAssignment[] = [];
    for (const part of node.prefix) {
      if (part.type !== 'Assignment') continue;
      const assignment = await expandAssignment(scope, part);
      assignments.push(assignment);
      hideForCommand(shell, assignment, hidden);
    }
    if (shell.options.xtrace) await trace(run, assignments, words);
    shell.lastArgument = argv[argv.length - 1] ?? '';
    return await dispatch({ ...run, command: node }, argv, words, node.redirects);
  } finally {
    for (const [name, variable] of hidden) {
      if (variable === undefined) shell.variables.delete(name);
      else shell.variables.set(name, variable);
    }
  }
}

/** Assignments without a command: each is seen by those after it. */
async function bareAssignments(run: Run, scope: Scope, node: Command): Promise<number> {
  const { shell } = run;
  await redirected(scope, node.redirects);
  for (const part of node.prefix) {
    if (part.type !== 'Assignment') continue;
    const assignment = await expandAssignment(scope, part);
    if (shell.options.xtrace) await trace(run, [assignment], []);
    assign(shell, assignment);
  }
  return shell.substituted;
}

/** Sets a variable of `x=1 command` for the command's time, keeping what it hides. */
function hideForCommand(
  shell: Shell,
  assignment: ExpandedAssignment,
  hidden: Map<string, Variable | undefined>,
): void {
  if (!hidden.has(assignment.name)) hidden.set(assignment.name, shell.variables.get(assignment.name));
  assign(shell, assignment);
  const set = shell.variables.get(assignment.name);
  if (set !== undefined) shell.variables.set(assignment.name, { ...set, exported: true });
}

async function trace(
  run: Run,
  assignments: readonly ExpandedAssignment[],
  words: readonly (string | ExpandedAssignment)[],
): Promise<void> {
  const depth = '+'.repeat(Math.min(1 + run.shell.traced, 10));
  const lead = run.shell.variables.get('PS4')?.value ?? '+ ';
  const prefix = lead === '+ ' ? `${depth} ` : lead;
  for (const assignment of assignments) await say(run.io, `${prefix}${assignmentText(assignment)}\n`);
  if (words.length === 0) return;
  const shown = words.map((word) => (typeof word === 'string' ? quoteIfNeeded(word) : assignmentText(word)));
  await say(run.io, `${prefix}${shown.join(' ')}\n`);
}

async function dispatch(
  run: Run,
  argv: readonly string[],
  words: readonly (string | ExpandedAssignment)[],
  redirects: readonly Redirection[],
): Promise<number> {
  const { shell, engine } = run;
  const scope = engine.scope(run);
  const name = argv[0] ?? '';
  const fds = redirects.length === 0 ? run.io : await redirected(scope, redirects);
  if (name === 'exec' && argv.length === 1) {
    const kept = new Set([...fds.fds.values()].map((descriptor) => descriptor.writer));
    for (const { writer } of run.io.fds.values()) if (!kept.has(writer)) writer?.release?.();
    run.io.fds.clear();
    for (const [number, descriptor] of fds.fds) run.io.fds.set(number, descriptor);
    return 0;
  }
  const inner: Run = { ...run, io: fds, shellIo: run.io };
  const source = shell.functions.get(name);
  if (source !== undefined) return callFunction(inner, name, source, argv.slice(1));
  const isJob = name.startsWith('%') && hasJobControl(shell);
  if (isJob) return engine.runArgv(inner, ['fg', name], 'builtin');
  const builtin = engine.builtins.get(name);
  if (builtin !== undefined && !shell.disabled.has(name))
    return callBuiltin(inner, builtin, argv, words.slice(1));
  return callExternal(inner, argv);
}

async function callFunction(
  run: Run,
  name: string,
  source: string,
  args: readonly string[],
): Promise<number> {
  const { shell, io, engine } = run;
  if (shell.frames.length >= MAX_FUNCTION_DEPTH) {
    throw new ShellError(`${name}: maximum function nesting level exceeded (${MAX_FUNCTION_DEPTH})`, 1, true);
  }
  const parsed = parseScript(source);
  const node = parsed.kind === 'program' ? parsed.program.script.commands[0]?.command : undefined;
  if (node?.type !== 'Function') throw new ShellError(`${name}: not a function`);
  shell.frames.push({ name, line: lineNumber(shell), positional: shell.positional, hidden: new Map() });
  const { loops } = shell;
  shell.loops = 0;
  shell.positional = args;
  // A function does not inherit the trap; one that it sets stays where there was none before.
  const trapped = isTraced(shell, 'RETURN') ? undefined : shell.traps.get('RETURN');
  if (trapped !== undefined) shell.traps.delete('RETURN');
  try {
    const status = await untilReturn(engine.runNode({ engine, shell, io, source }, node.body));
    await runReturnTrap(engine, shell, io);
    return status;
  } finally {
    if (trapped !== undefined && !shell.traps.has('RETURN')) shell.traps.set('RETURN', trapped);
    const frame = shell.frames.pop();
    if (frame?.options) shell.options = frame.options;
    shell.loops = loops;
    shell.positional = frame?.positional ?? [];
    for (const [hiddenName, variable] of frame?.hidden ?? []) {
      if (variable === undefined) shell.variables.delete(hiddenName);
      else shell.variables.set(hiddenName, variable);
    }
  }
}

/** Calls a builtin and turns what it throws into messages and a status. */
export async function callBuiltin(
  run: Run,
  builtin: Builtin,
  argv: readonly string[],
  words: readonly (string | ExpandedAssignment)[],
): Promise<number> {
  const { shell, io, engine } = run;
  const start = { kernel: shell.kernel, argv, io, cwd: shell.cwd, environment: environmentOf(shell) };
  const context = createContext({ ...start, run: (child, options) => runChild(start, child, options) });
  const call: BuiltinCall = {
    shell,
    io,
    run,
    context,
    argv,
    args: argv.slice(1),
    words,
    runText: (text, other) => engine.runText(shell, other ?? io, text),
    runArgv: (child, how) => engine.runArgv(run, child, how),
    complain: (message) => complain(shell, io, `${argv[0]}: ${message}`),
  };
  try {
    const status = await builtin(call);
    shell.lastBuiltin = argv[0] ?? '';
    return status;
  } catch (error) {
    return builtinFailure(shell, io, argv[0] ?? '', error);
  }
}

async function builtinFailure(shell: Shell, io: Io, name: string, error: unknown): Promise<number> {
  if (error instanceof ShellError) {
    if (error.fatal && ERROR_IS_FATAL.includes(name)) throw new ExitControl(error.status);
    await complain(shell, io, `${name}: ${error.message}`);
    return error.status;
  }
  if (error instanceof ToolError) {
    await complain(shell, io, `${name}: ${error.message}`);
    return error.status;
  }
  if (error instanceof FileError) {
    await complain(shell, io, `${name}: ${error.path}: ${error.message}`);
    return 1;
  }
  if (error instanceof BrokenPipeError) {
    if (shell.depth > 0) throw error;
    await complain(shell, io, `${name}: write error: Broken pipe`);
    return 1;
  }
  if (error instanceof Interrupted) return 128 + (io.signal.number || 2);
  throw error;
}

/**
 * Starts a program from PATH or by its path, where a shell has job control as a job; on the admin machine whoever watches is
 * told how it ended.
 */
export async function callExternal(run: Run, argv: readonly string[]): Promise<number> {
  const { shell, io } = run;
  const { machine, world } = shell.kernel;
  const start = async (own: Io) => {
    const status = await startExternal({ ...run, io: own }, argv);
    if (machine.kind === 'admin') world.observe?.(argv, status);
    return status;
  };
  if (!hasJobControl(shell)) return start(io);
  const command = () => (run.command === undefined ? argv.join(' ') : commandText(run.command, run.source));
  const processes = () => [{ pid: shell.kernel.nextPid(), text: command() }];
  return runInForeground(shell, io, { command, processes }, start, run.shellIo);
}

async function startExternal(run: Run, argv: readonly string[]): Promise<number> {
  const { shell, io } = run;
  const name = argv[0] ?? '';
  const start = { kernel: shell.kernel, argv, io, cwd: shell.cwd, environment: environmentOf(shell) };
  const found = findCommand(start, name);
  switch (found.kind) {
    case 'tool':
    case 'script':
      return runFound(start, found);
    case 'not-found':
      await complain(shell, io, notFoundText(shell, name));
      return 127;
    case 'no-file':
      await complain(
        shell,
        io,
        `${name}: ${shell.flavour === 'bash' ? 'No such file or directory' : 'not found'}`,
      );
      return 127;
    case 'directory':
      await complain(
        shell,
        io,
        `${name}: ${shell.flavour === 'bash' ? 'Is a directory' : 'Permission denied'}`,
      );
      return 126;
    default:
      await complain(shell, io, `${name}: Permission denied`);
      return 126;
  }
}
