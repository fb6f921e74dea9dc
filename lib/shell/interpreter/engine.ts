import type { AndOr, Pipeline, Script, Statement } from 'unbash';
import { BrokenPipeError } from '../../base';
import {
  collectOutput,
  createPipe,
  createSignal,
  type Descriptor,
  Interrupted,
  type Io,
  MAX_DEPTH,
  Reader,
  SIGNALS,
  say,
  textInput,
  whileStopped,
} from '../process';
import { assign, setVariable } from './assign';
import { complain } from './complain';
import { AbandonControl, ExitControl, LoopControl, ReturnControl, ShellError } from './control';
import { addJob, backgroundInput, forgetJobs, hasJobControl, resetCurrent, runInForeground } from './jobs';
import { parseToEnd } from './parse-script';
import { commandText } from './print-command';
import { NULL_DESCRIPTOR } from './redirect';
import { callBuiltin, callExternal, runCommand } from './run-command';
import { runCompound } from './run-node';
import { type Builtin, type CommandNode, type Engine, type Run, type Scope, subshell } from './shell';

/** Shells in the middle of their DEBUG trap, which does not set itself off. */
const debugging = new WeakSet<Run['shell']>();

/** What ends the input of each `>(…)` that a shell's running commands have. */
const outputs = new WeakMap<Run['shell'], readonly (() => void)[]>();

/** Puts the interpreter together around a set of builtins. */
export function createEngine(builtins: ReadonlyMap<string, Builtin>): Engine {
  const engine: Engine = {
    builtins,
    runStatements,
    runNode,
    scope,
    async runText(shell, io, text) {
      const parsed = parseToEnd(text);
      if (parsed.kind === 'program') {
        return runStatements({ engine, shell, io, source: text }, parsed.program.script.commands);
      }
      await complain(shell, io, parsed.message);
      return parsed.kind === 'error' ? parsed.status : 2;
    },
    async runArgv(run, argv, how) {
      const builtin = builtins.get(argv[0] ?? '');
      if (builtin !== undefined && !run.shell.disabled.has(argv[0] ?? ''))
        return callBuiltin(run, builtin, argv, argv.slice(1));
      if (how === 'builtin') throw new ShellError(`${argv[0]}: not a shell builtin`);
      return callExternal(run, argv);
    },
  };

  function scope(run: Run): Scope {
    const { shell, io } = run;
    return {
      shell,
      io,
      substitute: (script) => substitute(run, script),
      processPath: (script, operator) => processPath(run, script, operator),
    };
  }

  async function substitute(run: Run, script: Script | undefined): Promise<string> {
    if (script === undefined) return '';
    const { shell } = run;
    const output = collectOutput();
    const fds = new Map(run.io.fds).set(1, { writer: output });
    const child = subshell(shell);
    child.traced += 1;
    // `set -e` is off in a substitution, but for POSIX shells (inherit_errexit).
    if (shell.flavour === 'bash') child.options.errexit = false;
    const source = script.source ?? run.source;
    const file = onlyInput(script);
    const status =
      file !== undefined
        ? await engine.runText(child, { fds, signal: run.io.signal }, `cat < ${file}`)
        : await inSubshell({ engine, shell: child, io: { fds, signal: run.io.signal }, source }, (inner) =>
            runStatements(inner, script.commands),
          );
    shell.status = status;
    shell.substituted = status;
    if (run.io.signal.cancelled) throw new Interrupted();
    return output.text().replaceAll('\0', '').replace(/\n+$/, '');
  }

  async function processPath(run: Run, script: Script | undefined, operator: '<' | '>'): Promise<string> {
    if (operator === '>') return outputPath(run, script);
    const output = await substituteRaw(run, script);
    const number = freeBelow(run.io.fds, 63);
    run.io.fds.set(number, { reader: new Reader(textInput(output)) });
    return `/dev/fd/${number}`;
  }

  /** `>(…)`: a process that reads what is written to the path, until the command that has it ends. */
  async function outputPath(run: Run, script: Script | undefined): Promise<string> {
    const { shell, io } = run;
    const pipe = createPipe();
    const pid = shell.kernel.nextPid();
    const signal = createSignal(io.signal);
    const fds = new Map(io.fds).set(0, { reader: new Reader(pipe.input) });
    const inner: Run = {
      engine,
      shell: { ...subshell(shell), pid },
      io: { fds, signal },
      source: script?.source ?? run.source,
    };
    const done = inSubshell(inner, (child) => runStatements(child, script?.commands ?? [])).finally(() => {
      pipe.closeReader();
      shell.kernel.processes.delete(pid);
    });
    shell.kernel.processes.set(pid, { pid, command: 'process substitution', signal, done });
    const number = freeBelow(io.fds, 63);
    io.fds.set(number, { writer: pipe.output });
    const close = () => {
      io.fds.delete(number);
      pipe.releaseWriter();
    };
    outputs.set(shell, [...(outputs.get(shell) ?? []), close]);
    return `/dev/fd/${number}`;
  }

  /** Ends the input of every `>(…)` that was opened since there were `before`. */
  function closeOutputs(shell: Run['shell'], before: number): void {
    const open = outputs.get(shell);
    if (open === undefined || open.length <= before) return;
    outputs.set(shell, open.slice(0, before));
    for (const close of open.slice(before)) close();
  }

  async function substituteRaw(run: Run, script: Script | undefined): Promise<string> {
    if (script === undefined) return '';
    const output = collectOutput();
    const io: Io = { fds: new Map(run.io.fds).set(1, { writer: output }), signal: run.io.signal };
    const child: Run = { engine, shell: subshell(run.shell), io, source: script.source ?? run.source };
    await inSubshell(child, (inner) => runStatements(inner, script.commands));
    return output.text();
  }

  async function runStatements(run: Run, statements: readonly Statement[]): Promise<number> {
    const { shell } = run;
    let status = 0;
    for (const statement of statements) {
      if (statement.background === true) {
        status = await startJob(run, statement.command);
      } else status = await runNode(run, statement.command);
      shell.status = status;
    }
    return status;
  }

  /** `coproc`: a job whose output this shell reads at `${NAME[0]}` and whose input it writes at `${NAME[1]}`. */
  async function startCoprocess(run: Run, node: CommandNode & { type: 'Coproc' }): Promise<number> {
    const { shell, io } = run;
    const name = node.name?.text ?? 'COPROC';
    const [input, output] = [createPipe(), createPipe()];
    const outer: Io = { fds: new Map(io.fds), signal: io.signal };
    outer.fds.set(0, { reader: new Reader(input.input) });
    outer.fds.set(1, {
      writer: { write: output.output.write, retain: output.retainWriter, release: output.releaseWriter },
    });
    const onEnd = () => {
      input.closeReader();
      if (!shell.interactive) return;
      shell.variables.delete(name);
      shell.variables.delete(`${name}_PID`);
    };
    const shown = commandText(node, run.source);
    const status = await startJob({ ...run, io: outer }, node.body, { shown, onEnd });
    output.releaseWriter();
    const [from, to] = [freeBelow(io.fds, 63), freeBelow(io.fds, 60)];
    io.fds.set(from, { reader: new Reader(output.input) });
    io.fds.set(to, {
      writer: { write: input.output.write, retain: input.retainWriter, release: input.releaseWriter },
    });
    const value = [
      ['0', String(from)],
      ['1', String(to)],
    ] as const;
    shell.variables.delete(name);
    assign(shell, { name, append: false, index: undefined, value });
    setVariable(shell, `${name}_PID`, String(shell.lastBackground ?? 0));
    return status;
  }

  async function startJob(
    run: Run,
    node: CommandNode,
    coprocess?: { readonly shown: string; readonly onEnd: () => void },
  ): Promise<number> {
    const { shell, io } = run;
    const { kernel } = shell;
    if (node.type === 'Command' && node.name?.text.startsWith('%') === true && hasJobControl(shell))
      return engine.runArgv(run, ['bg', node.name.text], 'builtin');
    const signal = createSignal();
    const fds = new Map<number, Descriptor>(io.fds);
    if (hasJobControl(shell)) {
      signal.control.background = true;
      const input = backgroundInput(fds.get(0));
      if (input !== undefined) fds.set(0, input);
    } else if (coprocess === undefined && (fds.get(0)?.reader?.terminal !== undefined || !shell.interactive))
      fds.set(0, NULL_DESCRIPTOR);
    const processes = stagesOf(node).map((stage) => ({
      pid: kernel.nextPid(),
      text: commandText(stage, run.source),
    }));
    const pid = processes[processes.length - 1]?.pid ?? 0;
    const held = [...new Set([...fds.values()].map((descriptor) => descriptor.writer))];
    for (const writer of held) writer?.retain?.();
    const child = { ...subshell(shell), pid };
    const finish = async () => {
      const status = await inSubshell(
        { engine, shell: child, io: { fds, signal }, source: run.source },
        (inner) => runNode(inner, node),
      );
      for (const writer of held) writer?.release?.();
      coprocess?.onEnd();
      return status;
    };
    let go = () => {};
    const begun = new Promise<void>((resolve) => {
      go = resolve;
    });
    forgetJobs(shell, (old) => old.status !== undefined && old.told);
    const job = addJob(shell, {
      processes,
      command: coprocess?.shown ?? commandText(plainPipeline(node), run.source),
      signal,
      done: begun.then(finish),
    });
    resetCurrent(shell);
    shell.lastBackground = pid;
    if (shell.interactive && shell.flavour === 'bash') await say(io, `[${job.number}] ${pid}\n`);
    go();
    return 0;
  }

  async function runNode(run: Run, node: CommandNode): Promise<number> {
    const { shell, io } = run;
    if (io.signal.cancelled) await interrupted(run);
    const breath = shell.kernel.step();
    if (breath !== undefined) await breath;
    if (io.signal.control.stopped) await whileStopped(io.signal);
    const { files } = shell.kernel.machine;
    if (files.umask !== undefined) files.umask = shell.umask;
    let status: number;
    const opened = outputs.get(shell)?.length ?? 0;
    try {
      status = await dispatch(run, node);
    } catch (error) {
      if (!(error instanceof ShellError)) throw error;
      if (error.message !== '') await complain(shell, io, error.message);
      shell.status = error.status;
      if (error.fatal)
        throw shell.interactive ? new AbandonControl(error.status) : new ExitControl(error.status);
      status = error.status;
    } finally {
      // `exec > >(tee log)` keeps it for as long as the shell lasts.
      if (!(node.type === 'Command' && node.name?.text === 'exec')) closeOutputs(shell, opened);
    }
    if (io.signal.cancelled) await interrupted(run);
    shell.status = status;
    if (node.type !== 'Pipeline' && node.type !== 'AndOr') shell.pipeStatus = [status];
    return status;
  }

  /** A signal came: a trap handles it and life goes on, or this shell dies of it. */
  async function interrupted(run: Run): Promise<void> {
    const { shell, io } = run;
    const name = Object.keys(SIGNALS).find((each) => SIGNALS[each] === io.signal.number) ?? '';
    const action = shell.traps.get(name);
    if (action === undefined || shell.depth > 0) throw new Interrupted();
    io.signal.reset();
    if (action !== '') await engine.runText(shell, io, action);
  }

  async function dispatch(run: Run, node: CommandNode): Promise<number> {
    const { shell } = run;
    switch (node.type) {
      case 'Command': {
        shell.place = { source: run.source, pos: node.pos };
        await debugTrap(run, node);
        const status = await runCommand(run, node);
        return afterFailure(run, status);
      }
      case 'Pipeline':
        return runPipeline(run, node);
      case 'AndOr':
        return runAndOr(run, node);
      case 'Subshell': {
        const body = (io: Io) =>
          inSubshell({ ...run, io, shell: subshell(shell) }, (inner) =>
            runStatements(inner, node.body.commands),
          );
        return afterFailure(run, await asJob(run, node, body));
      }
      case 'Coproc':
        return startCoprocess(run, node);
      default: {
        shell.place = { source: run.source, pos: node.pos };
        if (node.type === 'TestCommand' || node.type === 'ArithmeticCommand') await debugTrap(run, node);
        const status = (await runCompound(run, node)) ?? 0;
        return node.type === 'TestCommand' || node.type === 'ArithmeticCommand'
          ? afterFailure(run, status)
          : status;
      }
    }
  }

  /** The DEBUG trap, before each simple command, outside of functions unless these are traced. */
  async function debugTrap(run: Run, node: CommandNode): Promise<void> {
    const { shell, io } = run;
    if (!debugging.has(shell)) shell.command = { node, source: run.source };
    const action = shell.traps.get('DEBUG');
    if (!action || (shell.frames.length > 0 && !shell.options.functrace) || debugging.has(shell)) return;
    const { status } = shell;
    debugging.add(shell);
    try {
      await engine.runText(shell, io, action);
    } finally {
      debugging.delete(shell);
      shell.status = status;
    }
  }

  /** `set -e` and the ERR trap, which functions do not inherit. */
  async function afterFailure(run: Run, status: number): Promise<number> {
    const { shell, io } = run;
    if (status === 0 || shell.tested > 0) return status;
    shell.status = status;
    const action = shell.traps.get('ERR');
    if (action !== undefined && action !== '' && (shell.frames.length === 0 || shell.options.errtrace)) {
      await engine.runText(shell, io, action);
      shell.status = status;
    }
    if (shell.options.errexit && !io.signal.cancelled) throw new ExitControl(status);
    return status;
  }

  async function runAndOr(run: Run, node: AndOr): Promise<number> {
    const { shell } = run;
    let status = 0;
    for (const [index, command] of node.commands.entries()) {
      const operator = node.operators[index - 1];
      if (index > 0 && (operator === '&&') !== (status === 0)) continue;
      const last = index === node.commands.length - 1;
      if (!last) shell.tested += 1;
      try {
        status = await runNode(run, command);
      } finally {
        if (!last) shell.tested -= 1;
      }
      shell.status = status;
    }
    return status;
  }

  async function runPipeline(run: Run, node: Pipeline): Promise<number> {
    const { shell, io } = run;
    const negations = node.prefixes.filter((prefix) => prefix.type === 'Negation').length;
    const timed = node.prefixes.find((prefix) => prefix.type === 'Time');
    const began = shell.kernel.world.timer.now();
    if (negations > 0) shell.tested += 1;
    let status: number;
    try {
      const [only] = node.commands;
      status =
        only !== undefined && node.commands.length === 1
          ? await runNode(run, only)
          : await asJob(run, plainPipeline(node), (io) => runStages(run, node, io));
    } finally {
      if (negations > 0) shell.tested -= 1;
    }
    if (timed?.type === 'Time')
      await tellTime(
        io,
        shell.kernel.world.timer.now() - began,
        timed.posix === undefined ? shell.variables.get('TIMEFORMAT')?.value : POSIX_TIME,
      );
    if (negations % 2 === 1) return status === 0 ? 1 : 0;
    return node.commands.length > 1 && negations === 0 ? afterFailure(run, status) : status;
  }

  /** Runs what has processes of its own, under job control as a job. */
  function asJob(run: Run, node: CommandNode, body: (io: Io) => Promise<number>): Promise<number> {
    const { shell, io } = run;
    if (!hasJobControl(shell)) return body(io);
    return runInForeground(
      shell,
      io,
      {
        command: () => commandText(node, run.source),
        processes: () =>
          stagesOf(node).map((stage) => ({
            pid: shell.kernel.nextPid(),
            text: commandText(stage, run.source),
          })),
      },
      body,
    );
  }

  async function runStages(run: Run, node: Pipeline, io: Io): Promise<number> {
    const { shell } = run;
    const pipes = node.commands.slice(1).map(() => createPipe());
    const stages = node.commands.map(async (command, index) => {
      const fds = new Map(io.fds);
      const before = pipes[index - 1];
      const after = pipes[index];
      if (before !== undefined) fds.set(0, { reader: new Reader(before.input) });
      if (after !== undefined) {
        const writer = {
          write: after.output.write,
          retain: after.retainWriter,
          release: after.releaseWriter,
        };
        fds.set(1, { writer });
        if (node.operators[index] === '|&') fds.set(2, { writer });
      }
      if (after === undefined && shell.options.lastpipe && !hasJobControl(shell)) {
        try {
          return await runNode({ ...run, io: { fds, signal: io.signal } }, command);
        } finally {
          before?.closeReader();
        }
      }
      const signal = createSignal(io.signal);
      const child: Run = { ...run, shell: subshell(shell), io: { fds, signal } };
      try {
        return await inSubshell(child, (inner) => runNode(inner, command));
      } finally {
        before?.closeReader();
        after?.releaseWriter();
        signal.detach();
      }
    });
    const statuses = await Promise.all(stages);
    shell.pipeStatus = statuses;
    const last = statuses[statuses.length - 1] ?? 0;
    return shell.options.pipefail ? ([...statuses].reverse().find((status) => status !== 0) ?? 0) : last;
  }

  /** Runs something in a shell of its own, whose end is only a status to the outside. */
  async function inSubshell(run: Run, body: (run: Run) => Promise<number>): Promise<number> {
    const { shell, io } = run;
    if (shell.depth > MAX_DEPTH)
      throw new ShellError('fork: retry: Resource temporarily unavailable', 254, true);
    let status: number;
    try {
      status = await body(run);
    } catch (error) {
      status = endStatus(error, io);
    }
    const action = shell.traps.get('EXIT');
    if (action === undefined || action === '') return status;
    shell.traps.delete('EXIT');
    shell.status = status;
    return engine.runText(shell, io, action).then(
      () => status,
      (error: unknown) => endStatus(error, io),
    );
  }

  return engine;
}

/** The highest descriptor up to a number that is not open. */
function freeBelow(fds: Io['fds'], from: number): number {
  let number = from;
  while (fds.has(number)) number -= 1;
  return number;
}

/** A pipeline without `!` and `time`, which are no part of the job that it is. */
function plainPipeline(node: CommandNode): CommandNode {
  return node.type === 'Pipeline' ? { ...node, prefixes: [] } : node;
}

/** The commands of a pipeline, each a process; anything else is one. */
const stagesOf = (node: CommandNode): readonly CommandNode[] =>
  node.type === 'Pipeline' ? node.commands : [node];

/** `$(< file)`: the redirection's source, when a substitution is nothing but that. */
function onlyInput(script: Script): string | undefined {
  const command = script.commands.length === 1 ? script.commands[0]?.command : undefined;
  if (command?.type !== 'Command' || command.name !== undefined || command.prefix.length !== 1)
    return undefined;
  const [redirect] = command.redirects;
  return redirect?.type === 'Redirect' && redirect.operator === '<' ? redirect.target?.text : undefined;
}

/** The status that a shell ends with when `error` came out of it; what is no ending is thrown on. */
export function endStatus(error: unknown, io: Io): number {
  if (error instanceof ExitControl || error instanceof ReturnControl || error instanceof AbandonControl)
    return error.status;
  if (error instanceof LoopControl) return 0;
  if (error instanceof BrokenPipeError) return 141;
  if (error instanceof Interrupted) return 128 + (io.signal.number || 2);
  throw error;
}

const POSIX_TIME = 'real %2R\nuser %2U\nsys %2S';
const USUAL_TIME = '\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS';

/** What `time` says, as TIMEFORMAT has it: processes here take no time of a processor. */
async function tellTime(io: Io, ms: number, format = USUAL_TIME): Promise<void> {
  if (format === '') return;
  const text = format.replace(
    /%(?:%|([0-9]?)(l?)([RUSP]))/g,
    (whole, places: string, long: string, what: string) => {
      if (whole === '%%') return '%';
      if (what === 'P') return '0.00';
      const total = what === 'R' ? ms : 0;
      const digits = Math.min(3, Number(places === '' || places === undefined ? 3 : places));
      if (long === '') return (total / 1000).toFixed(digits);
      return `${Math.floor(total / 60_000)}m${((total % 60_000) / 1000).toFixed(digits)}s`;
    },
  );
  await say(io, `${text}\n`);
}
