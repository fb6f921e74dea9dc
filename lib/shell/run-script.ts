import { createKernel, createSignal, type Io, Reader, signalNumber } from './process';
import { ALL_PROGRAMS } from './programs';
import { asProcess, runWhole } from './run-lines';
import type { RunScript } from './seams';
import { newShell, restoreShell, saveShell } from './start-shell';
import { TOOLS } from './tools';

/** Runs `text` as bash would run it from a file. */
export const runScript: RunScript = async (text, { machine, world, state, streams, cancel }) => {
  const kernel = createKernel(machine, world, { tools: TOOLS, programs: ALL_PROGRAMS });
  const signal = createSignal(cancel);
  streams.cancel.onCancel(() => signal.raise(signalNumber(streams.cancel)));
  const home = machine.files.stat(machine.home)?.kind === 'directory' ? machine.home : '/';
  const shell = newShell({
    kernel,
    flavour: machine.shell,
    interactive: false,
    name: machine.shell === 'bash' ? 'bash' : 'sh',
    cwd: home,
    environment: machine.environment,
  });
  if (state !== undefined) restoreShell(shell, state);
  const fds: Io['fds'] = new Map();
  fds.set(0, { reader: new Reader(streams.stdin ?? { read: async () => undefined }) });
  fds.set(1, { writer: { write: (piece) => streams.stdout.write(piece), isTerminal: streams.tty } });
  fds.set(2, { writer: { write: (piece) => streams.stderr.write(piece), isTerminal: streams.tty } });
  const io: Io = { fds, signal };
  const status = await asProcess(shell, io, () => runWhole(shell, io, text));
  // What a script left in the background ends with it: nothing may act once the caller has the status.
  for (const process of kernel.processes.values()) process.signal.raise(9);
  shell.status = status;
  return { status, state: saveShell(shell) };
};
