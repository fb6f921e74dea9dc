import type { Command } from 'unbash';
import { quoteIfNeeded } from '../../../base';
import { executableName } from '../program';
import { BUILTINS } from './builtins';
import { appending, wordsOf } from './command-words';
import { describeCommand } from './describe-command';
import { expandText, ScriptFailure } from './expand';
import type { LiveThread } from './live-thread';
import { redirected } from './redirects';
import { stepExecutable } from './run-executable';
import { isShell, isTool, runTool } from './run-tool';
import { scopeOf } from './scope';
import { absolute } from './script-files';
import type { ScriptHost } from './script-host';
import { sendSignal, setTrap } from './signals';
import { takeLine, takeText } from './standard-input';
import { startChild, startShell } from './start-child';
import { substitutionsIn } from './substitutions';
import type { Descriptors } from './thread';
import { FOLLOW_MS } from './waits';

/** Builtins whose assignments in front stay. */
const SPECIAL: readonly string[] = ['export', 'eval', '.', 'set', 'exec', ':', 'readonly'];

/** Marks a pipe whose next stage has had a part already. */
export const FLUSHED = 'pipe flushed';

type Environment = Readonly<Record<string, string>>;

/** Runs the simple commands of a script. */
export class CommandRunner {
  private readonly machine: ScriptHost;

  constructor(machine: ScriptHost) {
    this.machine = machine;
  }

  run(thread: LiveThread, command: Command): void {
    const { machine } = this;
    const scope = scopeOf(machine, thread);
    const assigned = command.prefix.flatMap((each): [string, string][] => {
      if (each.type !== 'Assignment') return [];
      const value =
        each.value.type === 'Word'
          ? expandText(scope, each.value)
          : each.value.elements.map((word) => expandText(scope, word)).join(' ');
      return [[each.name, each.append === true ? (thread.variables[each.name] ?? '') + value : value]];
    });
    const words = wordsOf(command, scope);
    // What was handed on before (see flushStages) is not to be lost now.
    const goesOn = thread.slots[FLUSHED] !== undefined;
    delete thread.slots[FLUSHED];
    const argv = goesOn && words[0] === 'tee' ? ['tee', '-a', ...words.slice(1)] : words;
    if (thread.options.includes('x')) this.trace(thread, assigned, argv);
    let descriptors: Descriptors;
    try {
      descriptors = redirected(
        thread,
        scope,
        machine.files,
        goesOn ? command.redirects.map(appending) : command.redirects,
      );
    } catch (error) {
      if (!(error instanceof ScriptFailure)) throw error;
      machine.complain(thread, error.message);
      thread.status = 1;
      machine.mayLeave(thread);
      return;
    }
    if (argv.length > 0) {
      this.invoke(thread, argv, descriptors, Object.fromEntries(assigned));
      return;
    }
    for (const [name, value] of assigned) thread.variables[name] = value;
    if (substitutionsIn(command).length === 0) thread.status = 0;
    machine.mayLeave(thread);
  }

  private trace(
    thread: LiveThread,
    assigned: readonly (readonly [string, string])[],
    argv: readonly string[],
  ): void {
    const words = [
      ...assigned.map(([name, value]) => `${name}=${quoteIfNeeded(value)}`),
      ...argv.map(quoteIfNeeded),
    ];
    this.machine.write(thread, thread.descriptors.err, `+ ${words.join(' ')}\n`, true);
  }

  private invoke(
    thread: LiveThread,
    argv: readonly string[],
    descriptors: Descriptors,
    assigned: Environment,
  ): void {
    const [name = '', ...args] = argv;
    const body = thread.functions[name];
    if (body !== undefined) {
      Object.assign(thread.variables, assigned);
      const { program, pc, positional, tested } = thread;
      thread.push({
        kind: 'call',
        program,
        pc,
        positional,
        locals: {},
        descriptors: thread.descriptors,
        tested,
        kept: null,
      });
      [thread.program, thread.pc] = body;
      thread.positional = args;
      thread.descriptors = descriptors;
    } else if (name === 'exec') {
      if (args.length === 0) thread.descriptors = descriptors;
      else {
        thread.replaced = true;
        this.start(thread, args, descriptors, { ...thread.environment, ...assigned });
      }
    } else if (name === 'command' && args[0]?.startsWith('-') === false) {
      this.invoke(thread, args, descriptors, assigned);
    } else if (BUILTINS[name] !== undefined) this.builtin(thread, name, args, descriptors, assigned);
    else this.start(thread, argv, descriptors, { ...thread.environment, ...assigned });
  }

  private builtin(
    thread: LiveThread,
    name: string,
    args: readonly string[],
    descriptors: Descriptors,
    assigned: Environment,
  ): void {
    const { machine } = this;
    const before = { frames: thread.frames, descriptors: thread.descriptors, variables: thread.variables };
    const stays = SPECIAL.includes(name);
    thread.variables = { ...thread.variables, ...assigned };
    thread.descriptors = descriptors;
    const scope = scopeOf(machine, thread);
    try {
      const status = BUILTINS[name]?.(args, {
        thread,
        scope,
        files: machine.files,
        out: (text) => machine.write(thread, descriptors.out, text),
        readLine: () => takeLine(thread, descriptors),
        exit: (code) => machine.exit(thread, code),
        return: (code) => machine.returns(thread, code),
        evaluate: (source, positional) => this.evaluate(thread, source, positional, before.descriptors),
        trap: (action, signals) => setTrap(machine, action, signals),
        describe: (each) => describeCommand(machine, thread, each),
        signal: (signal, target) => sendSignal(machine, thread, signal, target),
      });
      if (thread.frames === before.frames || name !== 'eval') thread.status = status ?? 0;
    } catch (error) {
      if (!(error instanceof ScriptFailure)) throw error;
      machine.complain(thread, error.message);
      thread.status = error.status;
    }
    if (!stays && Object.keys(assigned).length > 0)
      for (const key of Object.keys(assigned)) restore(thread, key, before.variables[key]);
    if (thread.frames === before.frames) {
      if (!thread.ended) thread.descriptors = before.descriptors;
      if (thread.wait === null) machine.mayLeave(thread);
    }
  }

  private evaluate(
    thread: LiveThread,
    source: string,
    positional: readonly string[] | null,
    descriptors: Descriptors,
  ): void {
    const { program, pc, tested } = thread;
    thread.push({ kind: 'call', program, pc, positional, locals: {}, descriptors, tested, kept: null });
    thread.program = this.machine.program(source);
    thread.pc = 0;
  }

  /** Starts what is no part of the shell: another shell, a server, a program of the image, a tool, a script's file. */
  start(
    thread: LiveThread,
    argv: readonly string[],
    descriptors: Descriptors,
    environment: Environment,
  ): void {
    const { machine } = this;
    const { image, files } = machine;
    const name = executableName(argv);
    if (image.starts(argv)) this.serve(thread, argv);
    else if (image.executables[name] !== undefined) {
      stepExecutable(machine, thread, { name, argv, environment, descriptors });
    } else if (isShell(name) && image.tools.includes(name))
      startShell(machine, thread, argv, descriptors, environment);
    else if (isTool(name) && image.tools.includes(name)) this.tool(thread, argv, descriptors, environment);
    else if (BUILTINS[name] !== undefined && image.tools.includes(name)) {
      // What the shell has within it, such as `true`, is on PATH as well.
      this.builtin(thread, name, argv.slice(1), descriptors, environment);
      machine.commandEnded(thread);
    } else {
      const path = argv[0]?.includes('/') ? absolute(thread.cwd, argv[0]) : undefined;
      const text = path === undefined ? undefined : files.read(path);
      if (text !== undefined && path !== undefined)
        startChild(machine, thread, text, argv.slice(1), descriptors, environment);
      else {
        this.notFound(thread, argv[0] ?? '', descriptors);
        thread.status = 127;
        machine.commandEnded(thread);
      }
    }
  }

  private notFound(thread: LiveThread, name: string, descriptors: Descriptors): void {
    const { machine } = this;
    const why =
      machine.shellName === 'bash'
        ? name.includes('/')
          ? 'No such file or directory'
          : 'command not found'
        : 'not found';
    const before = thread.descriptors;
    thread.descriptors = descriptors;
    machine.complain(thread, `${name}: ${why}`);
    thread.descriptors = before;
  }

  private serve(thread: LiveThread, argv: readonly string[]): void {
    const { machine } = this;
    const alone =
      thread === machine.threads[0] && machine.threads.every((each) => each === thread || each.ended);
    if (thread.replaced && alone) {
      machine.becomes = argv;
      return;
    }
    const id = machine.nextId;
    machine.nextId += 1;
    machine.started.push({ id, argv });
    thread.status = 0;
    if (machine.image.daemonizes(argv)) machine.commandEnded(thread);
    else thread.wait = { for: 'server', id };
  }

  private tool(
    thread: LiveThread,
    argv: readonly string[],
    descriptors: Descriptors,
    environment: Environment,
  ): void {
    const { machine } = this;
    const ran = runTool(machine, thread, argv, () => takeText(thread, descriptors), environment);
    const { now } = machine.world;
    const { out, err, status, waitMs = 0, follows } = ran;
    if (follows !== undefined) {
      machine.write(thread, descriptors.out, out);
      const seen = (machine.files.read(follows) ?? '').length;
      thread.wait = { for: 'file', path: follows, seen, at: now + FOLLOW_MS, descriptors };
      return;
    }
    if (!Number.isFinite(waitMs)) {
      // What never ends shows what it has at once.
      machine.write(thread, descriptors.out, out);
      thread.wait = { for: 'time', at: null, out: '', err: '', status, descriptors };
      return;
    }
    if (waitMs > 0) {
      thread.wait = { for: 'time', at: now + Math.ceil(waitMs), out, err, status, descriptors };
      return;
    }
    machine.write(thread, descriptors.err, err, true);
    machine.write(thread, descriptors.out, out);
    thread.status = status;
    machine.commandEnded(thread);
  }
}

function restore(thread: LiveThread, name: string, value: string | undefined): void {
  if (value === undefined) delete thread.variables[name];
  else thread.variables[name] = value;
}
