import { internalError, StatusError } from '../api';
import {
  controlOf,
  createKernel,
  createSignal,
  findCommand,
  type Io,
  Reader,
  runFound,
  signalNumber,
} from './process';
import { ALL_PROGRAMS } from './programs';
import type { RunProcess, World } from './seams';
import { Terminal } from './terminal/terminal';
import { TOOLS } from './tools';

/**
 * The process could not be started: nothing of that name is on the machine. As a refusal of `exec` it is a
 * `StatusError` like every other; `runtimeMessage` is only the runtime's own clause.
 */
export class ExecutableNotFoundError extends StatusError {
  override name = 'ExecutableNotFoundError';
  /** `exec: "curl": executable file not found in $PATH`. */
  readonly runtimeMessage: string;
  /** What a shell would have made of it. */
  readonly exitCode = 127;
  constructor(runtimeMessage: string, execId: string) {
    super(
      internalError(
        `error executing command in container: failed to exec in container: failed to start exec "${execId}": OCI runtime exec failed: exec failed: unable to start container process: ${runtimeMessage}: unknown`,
      ).status,
    );
    this.runtimeMessage = runtimeMessage;
  }
}

/** The 64 hexadecimal digits by which a container runtime knows an exec. */
function execId(world: World): string {
  return Array.from({ length: 64 }, () => Math.floor(world.random.next() * 16).toString(16)).join('');
}

function runtimeWords(name: string, why: 'missing' | 'no-file' | 'denied'): string {
  if (why === 'denied') return `exec: "${name}": permission denied`;
  return why === 'no-file'
    ? `exec: "${name}": stat ${name}: no such file or directory`
    : `exec: "${name}": executable file not found in $PATH`;
}

/** Starts one process by argv; rejects with `ExecutableNotFoundError` when there is nothing to start. */
export const runProcess: RunProcess = async (argv, { machine, world, streams }) => {
  const kernel = createKernel(machine, world, { tools: TOOLS, programs: ALL_PROGRAMS });
  const name = argv[0] ?? '';
  const cwd =
    machine.files.stat(machine.home)?.kind === 'directory' && machine.kind !== 'container'
      ? machine.home
      : '/';
  const found = findCommand({ kernel, cwd }, name);
  if (found.kind !== 'tool' && found.kind !== 'script') {
    const why = found.kind === 'not-found' ? 'missing' : found.kind === 'no-file' ? 'no-file' : 'denied';
    throw new ExecutableNotFoundError(runtimeWords(name, why), execId(world));
  }
  const signal = createSignal();
  streams.cancel.onCancel(() => signal.raise(signalNumber(streams.cancel)));
  const environment = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: machine.home,
    ...machine.environment,
  };
  const fds: Io['fds'] = new Map();
  const io: Io = { fds, signal };
  const stdin =
    streams.stdin instanceof Reader
      ? streams.stdin
      : streams.stdin === undefined
        ? undefined
        : new Reader(streams.stdin);
  const shared = stdin?.terminal;
  if (streams.tty && !(shared instanceof Terminal) && stdin !== undefined) {
    // Raw bytes from afar: the container's side keeps the line discipline.
    const terminal: Terminal = new Terminal({
      size: streams.size ?? { columns: 80, rows: 24 },
      show: (text) => void streams.stdout.write(text),
      accept: (input) => terminal.deliver(input),
    });
    const stopResizing = streams.onResize?.((size) => terminal.resize(size));
    const stop = terminal.pushForeground((which) => signal.raise(which === 'QUIT' ? 3 : 2));
    const pump = async () => {
      for (let keys = await stdin.read(signal); keys !== undefined; keys = await stdin.read(signal))
        terminal.press(keys);
    };
    void pump().catch(() => signal.raise(1));
    const descriptor = { reader: new Reader(terminal.input), writer: terminal.output };
    for (const number of [0, 1, 2]) fds.set(number, descriptor);
    const status = await runFound({ kernel, argv, io, cwd, environment }, found);
    stop();
    stopResizing?.();
    terminal.close();
    return status;
  }
  // Its terminal is raw at this end: what Ctrl-Z stops is at the other.
  const control = streams.tty && shared instanceof Terminal ? controlOf(streams.cancel) : undefined;
  if (control !== undefined) control.raw = true;
  fds.set(0, { reader: stdin ?? new Reader({ read: async () => undefined }) });
  for (const [number, output] of [
    [1, streams.stdout],
    [2, streams.stderr],
  ] as const) {
    const isTerminal = 'isTerminal' in output && output.isTerminal === true;
    fds.set(number, { writer: { write: (text) => output.write(text), isTerminal } });
  }
  try {
    return await runFound({ kernel, argv, io, cwd, environment }, found);
  } finally {
    if (control !== undefined) control.raw = false;
  }
};
