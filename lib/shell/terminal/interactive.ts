import { mayLeave } from '../builtins';
import { complain } from '../interpreter/complain';
import { AbandonControl, ExitControl } from '../interpreter/control';
import { endStatus } from '../interpreter/engine';
import { isStopped, jobNotices, signalJob } from '../interpreter/jobs';
import { parseToEnd } from '../interpreter/parse-script';
import type { Shell } from '../interpreter/shell';
import { createSignal, Interrupted, type Io, LimitError, type ProcessStart, SIGNALS, say } from '../process';
import type { Machine } from '../seams';
import { ENGINE, newShell } from '../start-shell';
import { expandAliases } from './aliases';
import { readCommand, remember } from './read-command';
import { Terminal } from './terminal';

/** What a shell that ends sends its stopped jobs. */
const HANG_UP = 1;

/** What becomes of an interactive shell from outside. */
export interface InteractiveHooks {
  /** It stands at its first prompt of a command. */
  readonly onPrompt?: ((shell: Shell) => void) | undefined;
  /** A command begins; its signal can end it. */
  readonly onCommand?: ((signal: { raise(number: number): void }, text: string) => void) | undefined;
  /** It has ended. */
  readonly onDone?: ((status: number) => void) | undefined;
  /** Said at Ctrl-D instead of leaving. */
  readonly stays?: string | undefined;
}

async function runLine(shell: Shell, io: Io, text: string): Promise<void> {
  const expanded = expandAliases(text, shell.aliases);
  const parsed = parseToEnd(expanded);
  if (parsed.kind !== 'program') {
    await complain(shell, io, parsed.message);
    shell.status = 2;
    return;
  }
  shell.loops = 0;
  shell.tested = 0;
  shell.frames = [];
  await ENGINE.runStatements({ engine: ENGINE, shell, io, source: expanded }, parsed.program.script.commands);
}

/** Runs an accepted command in the foreground; true when the shell shall end. */
async function foreground(
  shell: Shell,
  terminal: Terminal,
  fds: Io['fds'],
  text: string,
  hooks: InteractiveHooks,
): Promise<boolean> {
  const signal = createSignal();
  hooks.onCommand?.(signal, text.trim());
  const stop = terminal.pushForeground((name) => {
    if (name === 'TSTP') {
      if (shell.foreground?.raw === false) shell.foreground.stop();
    } else signal.raise(SIGNALS[name] ?? 2);
  });
  const io: Io = { fds, signal };
  shell.kernel.refill();
  try {
    await runLine(shell, io, text);
  } catch (error) {
    if (error instanceof LimitError) {
      await say(io, `${shell.name}: ${error.message}\n`);
      shell.status = 137;
    } else {
      shell.status = endStatus(error, io);
      if (error instanceof ExitControl) return true;
      if (error instanceof Interrupted || error instanceof AbandonControl) await afterInterrupt(shell, io);
    }
  } finally {
    stop();
  }
  if (signal.cancelled && !terminal.atLineStart) terminal.print('\n');
  return false;
}

async function afterInterrupt(shell: Shell, io: Io): Promise<void> {
  const action = shell.traps.get('INT');
  if (!io.signal.cancelled || action === undefined || action === '') return;
  io.signal.reset();
  await ENGINE.runText(shell, io, action);
}

/** Runs an interactive shell on a terminal until it is left; resolves with its status. */
export async function runInteractive(
  shell: Shell,
  terminal: Terminal,
  fds: Io['fds'],
  hooks: InteractiveHooks = {},
): Promise<number> {
  for (;;) {
    terminal.print(jobNotices(shell));
    const reading = readCommand(shell, terminal);
    hooks.onPrompt?.(shell);
    const read = await reading;
    if (read.kind === 'end') {
      if (hooks.stays === undefined) {
        if (shell.flavour === 'bash') terminal.print(shell.login ? 'logout\n' : 'exit\n');
        if (!(await mayLeave(shell, terminal.output.write))) continue;
        break;
      }
      terminal.print(hooks.stays);
      continue;
    }
    if (read.kind === 'nothing') continue;
    const { text, entry } = read;
    remember(shell, entry);
    const left = await foreground(shell, terminal, fds, text, hooks);
    hooks.onDone?.(shell.status);
    if (left) break;
  }
  for (const job of shell.jobs.filter(isStopped)) signalJob(shell, job, HANG_UP, true);
  const action = shell.traps.get('EXIT');
  if (action !== undefined && action !== '') {
    shell.traps.delete('EXIT');
    await ENGINE.runText(shell, { fds, signal: createSignal() }, action);
  }
  return shell.status;
}

/** An interactive shell as a program: on the terminal that its standard input comes from. */
export async function interactiveShell(start: ProcessStart, flavour: Machine['shell']): Promise<number> {
  const terminal = start.io.fds.get(0)?.reader?.terminal;
  if (!(terminal instanceof Terminal)) return 1;
  const base = (start.argv[0] ?? 'sh').replace(/^.*\//, '');
  const shell = newShell({
    kernel: start.kernel,
    flavour,
    interactive: true,
    name: base,
    login: base.startsWith('-'),
    cwd: start.cwd,
    environment: start.environment,
  });
  return runInteractive(shell, terminal, new Map(start.io.fds));
}
