import { BrokenPipeError, type Output } from '../../base';
import { runKubectl } from '../../kubectl';
import type { Writer } from '../process';
import { findCommand, type RawProgram, runFound, say, whileStopped } from '../process';
import { editInPage } from './editor';
import { fetchUrl } from './fetch-url';

/** SIGINT. */
const INTERRUPT = 2;

/** kubectl as a program: it gets the very streams, so that a terminal on them reaches into containers. */
export const kubectl: RawProgram = async ({ kernel, argv, io, cwd, environment }) => {
  const { machine, world } = kernel;
  if (machine.client === undefined) {
    await say(
      io,
      'The connection to the server localhost:8080 was refused - did you specify the right host or port?\n',
    );
    return 1;
  }
  const counted = (writer: Writer | undefined): Output & Pick<Writer, 'isTerminal'> => ({
    isTerminal: writer?.isTerminal,
    async write(text) {
      if (writer === undefined) throw new BrokenPipeError();
      kernel.countOutput(text.length);
      await kernel.step();
      if (io.signal.control.stopped) await whileStopped(io.signal);
      await writer.write(text);
    },
  });
  const stdin = io.fds.get(0)?.reader;
  const terminal = stdin?.terminal;
  const size =
    typeof terminal === 'object' && terminal !== null && 'size' in terminal ? terminal.size : undefined;
  const stdout = io.fds.get(1)?.writer;
  const status = await runKubectl(argv.slice(1), {
    streams: {
      stdin,
      stdout: counted(stdout),
      stderr: counted(io.fds.get(2)?.writer),
      tty: terminal !== undefined,
      ...(isSize(size) ? { size } : {}),
      cancel: io.signal,
    },
    client: machine.client,
    files: machine.files,
    timer: world.timer,
    random: world.random,
    cwd,
    environment,
    fetch: (url) => fetchUrl(kernel, url),
    ports: world.ports,
    async launch(program) {
      const start = { kernel, argv: program, io, cwd, environment };
      const found = findCommand(start, program[0] ?? '');
      return found.kind === 'tool' || found.kind === 'script' ? runFound(start, found) : undefined;
    },
    ...(world.openEditor === undefined
      ? {}
      : {
          openEditor: (path: string) =>
            editInPage({ world, cancel: io.signal, tell: (text) => say(io, text) }, path),
        }),
  });
  // port-forward takes an interrupt for the end of its work.
  const isDone = argv[1] === 'port-forward' && io.signal.number === INTERRUPT && status === 0;
  return io.signal.cancelled && !isDone ? 128 + io.signal.number : status;
};

function isSize(size: unknown): size is { readonly columns: number; readonly rows: number } {
  return typeof size === 'object' && size !== null && 'columns' in size && 'rows' in size;
}
