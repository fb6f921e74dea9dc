import type { Command, Redirection, Word } from 'unbash';
import { quoteIfNeeded, ToolError } from '../../../base';
import { executableName } from '../program';
import { BUILTINS } from './builtins';
import { expandFields, expandText, type Scope, ScriptFailure } from './expand';
import { fileTools } from './file-tools';
import { httpTools } from './http-tools';
import type { LiveThread } from './live-thread';
import { networkTools } from './network-tools';
import { redirected } from './redirects';
import { stepExecutable } from './run-executable';
import { scopeOf } from './scope';
import { absolute } from './script-files';
import type { ScriptHost } from './script-host';
import { takeLine, takeText } from './standard-input';
import { substitutionsIn } from './substitutions';
import { systemTools } from './system-tools';
import { textTools } from './text-tools';
import type { Descriptors, Frame } from './thread';
import type { Ran, ScriptTool, ToolIo } from './tool';
import { FOLLOW_MS } from './waits';

const TOOLS: Readonly<Record<string, ScriptTool>> = {
  ...textTools,
  ...fileTools,
  ...systemTools,
  ...networkTools,
  ...httpTools,
};
const SHELLS: readonly string[] = ['sh', 'bash', 'ash', 'dash'];
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
        trap: (action, signals) => this.trap(action, signals),
        describe: (each) => this.describe(thread, each),
        signal: (signal, target) => this.send(thread, signal, target),
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

  private trap(action: string, signals: readonly string[]): void {
    const { traps } = this.machine;
    for (const each of signals) {
      const name =
        { '0': 'EXIT', '1': 'HUP', '2': 'INT', '3': 'QUIT', '15': 'TERM' }[each] ?? each.replace(/^SIG/, '');
      if (action === '-') delete traps[name];
      else traps[name] = action;
    }
  }

  /** `kill`: a background job ends, the main process gets its signal. */
  private send(thread: LiveThread, signal: string, target: string): boolean {
    const { machine } = this;
    const job = machine.threads.find(
      ({ id, ended }) => id === Number(target.replace('%', '')) && id !== thread.id && !ended && id > 1,
    );
    if (job !== undefined) {
      if (signal !== '0') {
        job.ended = true;
        machine.ended[job.id] = 143;
      }
      return true;
    }
    if (target !== '1' && target !== '$$') return false;
    machine.signal = signal === '0' ? undefined : signalOf(signal);
    return true;
  }

  private describe(thread: LiveThread, name: string): string | undefined {
    if (BUILTINS[name] !== undefined || thread.functions[name] !== undefined || name === 'exec') return name;
    const { image, files } = this.machine;
    if (name.includes('/')) return files.read(absolute(thread.cwd, name)) === undefined ? undefined : name;
    const known = image.tools.includes(name) || image.executables[name] !== undefined || image.starts([name]);
    return known ? `/${image.tools.includes('ash') ? 'bin' : 'usr/bin'}/${name}` : undefined;
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
    } else if (SHELLS.includes(name) && image.tools.includes(name))
      this.shell(thread, argv, descriptors, environment);
    else if (TOOLS[name] !== undefined && image.tools.includes(name))
      this.tool(thread, argv, descriptors, environment);
    else if (BUILTINS[name] !== undefined && image.tools.includes(name)) {
      // What the shell has within it, such as `true`, is on PATH as well.
      this.builtin(thread, name, argv.slice(1), descriptors, environment);
      machine.commandEnded(thread);
    } else {
      const path = argv[0]?.includes('/') ? absolute(thread.cwd, argv[0]) : undefined;
      const text = path === undefined ? undefined : files.read(path);
      if (text !== undefined && path !== undefined)
        this.child(thread, text, argv.slice(1), descriptors, environment);
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

  private shell(
    thread: LiveThread,
    argv: readonly string[],
    descriptors: Descriptors,
    environment: Environment,
  ): void {
    const words = argv.slice(1);
    let options = '';
    let command: string | undefined;
    while (words[0]?.startsWith('-') === true && words[0] !== '--') {
      const word = words.shift() ?? '';
      if (word.startsWith('--')) continue;
      options += word.slice(1).replace(/[^eux]/g, '');
      if (word.includes('o')) words.shift();
      if (word.includes('c')) command = words.shift() ?? '';
    }
    const path = command === undefined ? words.shift() : undefined;
    const text =
      command ??
      (path === undefined
        ? (takeText(thread, descriptors) ?? '')
        : this.machine.files.read(absolute(thread.cwd, path)));
    if (text === undefined) {
      this.machine.complain(thread, `can't open '${path}': No such file or directory`);
      thread.status = 127;
      this.machine.commandEnded(thread);
      return;
    }
    const positional = command === undefined ? words : words.slice(1);
    this.child(thread, text, positional, descriptors, environment);
    thread.options = options;
  }

  private child(
    thread: LiveThread,
    source: string,
    positional: readonly string[],
    descriptors: Descriptors,
    environment: Environment,
  ): void {
    const { program, pc, tested } = thread;
    const kept = thread.own;
    thread.push({
      kind: 'call',
      program,
      pc,
      positional: thread.positional,
      locals: {},
      descriptors: thread.descriptors,
      tested,
      kept,
    });
    thread.variables = { ...environment };
    thread.exported = Object.keys(environment);
    thread.positional = positional;
    thread.options = '';
    thread.tested = 0;
    thread.descriptors = descriptors;
    thread.program = this.machine.program(source);
    thread.pc = 0;
  }

  private tool(
    thread: LiveThread,
    argv: readonly string[],
    descriptors: Descriptors,
    environment: Environment,
  ): void {
    const { machine } = this;
    const ran = this.ran(thread, argv, descriptors, environment);
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

  private ran(
    thread: LiveThread,
    argv: readonly string[],
    descriptors: Descriptors,
    environment: Environment,
  ): Ran {
    return this.ranWith(thread, argv, () => takeText(thread, descriptors), environment);
  }

  /** Gives a piece of a stage's text to the next stage, where that is one command that `takes` it; false when it is not. */
  filter(
    thread: LiveThread,
    frame: Extract<Frame, { kind: 'apart' }>,
    text: string,
    takes: (argv: readonly string[]) => boolean,
  ): boolean {
    const { machine } = this;
    const { steps } = machine.compiled(frame.program);
    const [enter, step, leave] = steps.slice(frame.end + 1, frame.end + 4);
    if (enter?.op !== 'enter' || step?.op !== 'run' || leave?.op !== 'leave' || enter.writes === true)
      return false;
    const scope = scopeOf(machine, thread);
    const argv = wordsOf(step.command, scope);
    if (!takes(argv)) return false;
    const before = thread.descriptors;
    thread.descriptors = frame.descriptors;
    const flushed = `flushed ${frame.slot}`;
    const more =
      thread.slots[flushed] !== undefined && argv[0] === 'tee' ? ['tee', '-a', ...argv.slice(1)] : argv;
    const append = thread.slots[flushed] !== undefined;
    const redirects = append ? step.command.redirects.map(appending) : step.command.redirects;
    const descriptors = redirected(thread, scope, machine.files, redirects);
    const ran = this.ranWith(thread, more, () => text, thread.environment);
    machine.write(thread, descriptors.err, ran.err, true);
    machine.write(thread, descriptors.out, ran.out);
    thread.descriptors = before;
    thread.slots[flushed] = '1';
    return true;
  }

  /** Runs a tool on a text at once. */
  ranWith(
    thread: LiveThread,
    argv: readonly string[],
    stdin: () => string | undefined,
    environment: Environment,
  ): Ran {
    const { machine } = this;
    const name = executableName(argv);
    const tool = TOOLS[name];
    if (name === 'command' || name === 'true' || name === 'false' || name === ':') {
      const status =
        name === 'false'
          ? 1
          : name === 'command' && this.describe(thread, argv.at(-1) ?? '') === undefined
            ? 127
            : 0;
      return { status, out: '', err: '' };
    }
    if (SHELLS.includes(name) && argv[1] === '-c') return this.nested(thread, argv, environment);
    if (tool === undefined || !machine.image.tools.includes(name))
      return { status: 127, out: '', err: `${argv[0]}: not found\n` };
    // What a tool does not read is left for the next one.
    let taken: { readonly text: string | undefined } | undefined;
    const io: ToolIo = {
      name,
      args: argv.slice(1),
      get stdin() {
        taken ??= { text: stdin() };
        return taken.text;
      },
      cwd: thread.cwd,
      env: environment,
      world: machine.world,
      files: machine.files,
      busybox: machine.image.tools.includes('ash'),
      run: (words, text) => this.ranWith(thread, words, () => text, environment),
    };
    try {
      return tool(io);
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      return { status: error.status, out: '', err: `${name}: ${error.message}\n` };
    }
  }

  /** A shell for a tool (`xargs sh -c`): its one simple command. */
  private nested(thread: LiveThread, argv: readonly string[], environment: Environment): Ran {
    const words = (argv[2] ?? '')
      .trim()
      .split(/\s+/)
      .map((word) =>
        word
          .replace(/^(["'])(.*)\1$/, '$2')
          .replace(/\$(\d)/g, (_, index: string) => argv[3 + Number(index)] ?? ''),
      );
    return this.ranWith(thread, words, () => undefined, environment);
  }
}

function wordsOf(command: Command, scope: Scope): readonly string[] {
  if (command.name === undefined) return [];
  const words: string[] = [...expandFields(scope, command.name)];
  for (const each of command.args) {
    if (each.type === 'Word') words.push(...expandFields(scope, each));
    else
      words.push(`${each.name}=${each.value.type === 'Word' ? expandText(scope, each.value as Word) : ''}`);
  }
  return words;
}

/** A redirection that was made before goes on where it was. */
function appending(redirect: Redirection): Redirection {
  return redirect.type === 'Redirect' && redirect.operator === '>'
    ? { ...redirect, operator: '>>' }
    : redirect;
}

function restore(thread: LiveThread, name: string, value: string | undefined): void {
  if (value === undefined) delete thread.variables[name];
  else thread.variables[name] = value;
}

const SIGNALS = ['HUP', 'INT', 'QUIT', 'KILL', 'USR1', 'TERM', 'WINCH'] as const;

function signalOf(name: string): (typeof SIGNALS)[number] | undefined {
  const numbers: Readonly<Record<string, string>> = {
    '1': 'HUP',
    '2': 'INT',
    '3': 'QUIT',
    '9': 'KILL',
    '10': 'USR1',
    '15': 'TERM',
    '28': 'WINCH',
  };
  return SIGNALS.find((signal) => signal === (numbers[name] ?? name));
}
