import type { TerminalSize } from '../../base';
import { commandBegins, commandEnds } from '../command-marks';
import { createKernel, type Descriptor, Reader } from '../process';
import { ALL_PROGRAMS } from '../programs';
import type { Session, SessionOptions, TtyInput } from '../seams';
import { newSessionState, newShell, restoreShell, saveShell } from '../start-shell';
import { TOOLS } from '../tools';
import { runInteractive } from './interactive';
import { Terminal } from './terminal';

const STAYS = 'This shell stays open; close its tab to be rid of it.\n';

/** A terminal with an interactive shell on it. */
export function createSession(options: SessionOptions): Session {
  const { machine, world } = options;
  const kernel = createKernel(machine, world, { tools: TOOLS, programs: ALL_PROGRAMS });
  const terminal = new Terminal({ size: options.size, show: options.show, accept: options.accept });
  const descriptor: Descriptor = { reader: new Reader(terminal.input), writer: terminal.output };
  const fds = new Map([0, 1, 2].map((number) => [number, descriptor] as const));
  const start = () => {
    const fresh = newShell({
      kernel,
      flavour: machine.shell,
      interactive: true,
      name: machine.shell === 'bash' ? 'bash' : 'sh',
      login: true,
      cwd: machine.home,
      environment: machine.environment,
    });
    return fresh;
  };
  const shell = start();
  restoreShell(shell, options.state ?? newSessionState(machine));
  let atPrompt = false;
  let dead = false;
  let running: { raise(number: number): void } | undefined;
  const loop = async (): Promise<void> => {
    while (!dead) {
      await runInteractive(shell, terminal, fds, {
        onPrompt: () => {
          atPrompt = true;
          running = undefined;
          options.onRest?.();
        },
        onCommand: (signal, text) => {
          running = signal;
          if (!dead) options.show(commandBegins(text));
        },
        onDone: (status) => {
          if (!dead) options.show(commandEnds(status));
        },
        stays: machine.kind === 'admin' ? STAYS : undefined,
      });
      if (dead) return;
      const { history } = shell;
      const next = start();
      restoreShell(next, newSessionState(machine));
      Object.assign(shell, next, { history, pid: shell.pid });
    }
  };
  void loop();
  return {
    press(keys) {
      terminal.press(keys);
    },
    deliver(input: TtyInput) {
      atPrompt = false;
      terminal.deliver(input);
    },
    notice(text) {
      terminal.notice(text);
    },
    resize(size: TerminalSize) {
      terminal.resize(size);
    },
    get atRest() {
      return atPrompt && terminal.idle && kernel.processes.size === 0;
    },
    get atPrompt() {
      return atPrompt && kernel.processes.size === 0;
    },
    get typed() {
      return terminal.typed;
    },
    get state() {
      return saveShell(shell);
    },
    kill() {
      dead = true;
      terminal.close();
      running?.raise(9);
      for (const process of kernel.processes.values()) process.signal.raise(9);
    },
  };
}
