import type { Executable, ExecutableInput, ExecutableStep, ExecutableWorld } from '../../api';
import { BrokenPipeError, FileError } from '../../base';
import type { TtyInput } from '../seams';
import type { ProcessStart, Writer } from './kernel';
import type { Reader } from './reader';
import { Interrupted, whileStopped } from './signal';

/** What is needed of a terminal to put a question to whoever sits at it. */
interface Asker {
  ask(question: {
    readonly prompt: string;
    readonly history: readonly string[];
    complete(before: string): Promise<{ readonly length: number; readonly candidates: readonly never[] }>;
  }): Promise<TtyInput>;
  takeKeys(reader: (data: string) => void): () => void;
  print(text: string): void;
}

function isAsker(terminal: unknown): terminal is Asker {
  return typeof terminal === 'object' && terminal !== null && 'ask' in terminal && 'takeKeys' in terminal;
}

/** Runs a program that a container's image brings: its steps take their time, its prompts go to the terminal. */
export async function runExecutable(start: ProcessStart, executable: Executable): Promise<number> {
  const { kernel, io } = start;
  const reader = io.fds.get(0)?.reader;
  const terminal = isAsker(reader?.terminal) ? reader.terminal : undefined;
  const history: string[] = [];
  let step: ExecutableStep | undefined;
  let input: ExecutableInput = { kind: 'start' };
  for (;;) {
    step = executable.step(step?.state ?? null, input, worldOf(start, terminal !== undefined));
    keep(start, step);
    if (step.signal !== undefined) kernel.machine.signal?.(step.signal);
    const { next, afterMs = 0 } = step;
    await rest(start, afterMs);
    await write(start, 1, step.out);
    await write(start, 2, step.err);
    if (next.kind === 'exit') return next.code;
    const breath = kernel.step();
    if (breath !== undefined) await breath;
    if (next.kind === 'wait') {
      await rest(start, next.ms);
      input = { kind: 'again' };
    } else input = await read(terminal, reader, start, next, history);
  }
}

async function rest({ kernel, io }: ProcessStart, ms: number): Promise<void> {
  if (io.signal.cancelled) throw new Interrupted();
  if (ms > 0) await kernel.world.timer.sleep(ms, io.signal);
  await whileStopped(io.signal);
  if (io.signal.cancelled) throw new Interrupted();
}

async function write({ kernel, io }: ProcessStart, fd: number, text: string | undefined): Promise<void> {
  if (text === undefined || text === '') return;
  const writer: Writer | undefined = io.fds.get(fd)?.writer;
  if (writer === undefined) throw new BrokenPipeError();
  kernel.countOutput(text.length);
  await writer.write(text);
}

type Reading = Extract<ExecutableStep['next'], { kind: 'read' }>;

async function read(
  terminal: Asker | undefined,
  reader: Reader | undefined,
  { io, kernel }: ProcessStart,
  { prompt, hidden }: Reading,
  history: string[],
): Promise<ExecutableInput> {
  if (terminal === undefined) {
    const line = await reader?.readLine(io.signal);
    return line === undefined ? { kind: 'end' } : { kind: 'line', text: line.replace(/\n$/, '') };
  }
  kernel.refill();
  if (hidden === true) return readHidden(terminal, prompt);
  const answer = await terminal.ask({
    prompt,
    history,
    complete: async () => ({ length: 0, candidates: [] }),
  });
  if (answer.kind === 'eof') return { kind: 'end' };
  if (answer.kind !== 'line') return { kind: 'interrupt' };
  if (answer.text.trim() !== '' && answer.text !== history.at(-1)) history.push(answer.text);
  return { kind: 'line', text: answer.text };
}

/** A password: nothing of it is shown. */
function readHidden(terminal: Asker, prompt: string): Promise<ExecutableInput> {
  terminal.print(prompt);
  return new Promise((resolve) => {
    let text = '';
    const stop = terminal.takeKeys((data) => {
      for (const key of data) {
        if (key === '\r' || key === '\n' || key === '\x03' || key === '\x04') {
          stop();
          terminal.print('\n');
          resolve(key === '\x03' ? { kind: 'interrupt' } : { kind: 'line', text });
          return;
        }
        text = key === '\x7f' ? text.slice(0, -1) : text + key;
      }
    });
  });
}

/** Files that a step wrote; what may not be changed is let go, as the program itself was not asked. */
function keep({ kernel }: ProcessStart, { files }: ExecutableStep): void {
  for (const [path, text] of Object.entries(files ?? {})) {
    if (text !== null) kernel.machine.files.write(path, text);
    else if (kernel.machine.files.stat(path)) kernel.machine.files.remove(path);
  }
}

function worldOf({ kernel, argv, environment }: ProcessStart, terminal: boolean): ExecutableWorld {
  const { machine, world } = kernel;
  const { vantage, files } = machine;
  const { network } = world;
  return {
    now: world.timer.now(),
    random: world.random,
    hostname: machine.hostname,
    podIP: network.addresses(vantage)[0] ?? '127.0.0.1',
    argv,
    env: environment,
    terminal,
    readFile(path) {
      try {
        return files.read(path);
      } catch (error) {
        if (error instanceof FileError) return undefined;
        throw error;
      }
    },
    listFiles: (directory) => filesUnder(files, directory),
    readOnly: () => false,
    lookup: (name, by) => network.lookup(vantage, name, by),
    ping: (ip) => network.ping({ from: vantage, ip }).outcome,
    send(host, port, request, protocol = 'TCP') {
      const found = network.lookup(vantage, host);
      const [ip] = found.outcome.addresses;
      if (ip === undefined) {
        const { latencyMs } = found.outcome;
        return { outcome: { kind: 'unreachable', why: 'network', latencyMs }, trace: found.trace };
      }
      const sent = network.send({ from: vantage, to: { ip, port }, protocol, request });
      return { outcome: sent.outcome, trace: [...found.trace, ...sent.trace] };
    },
  };
}

function filesUnder(files: ProcessStart['kernel']['machine']['files'], directory: string): readonly string[] {
  if (files.stat(directory)?.kind !== 'directory') return [];
  return files.list(directory).flatMap((name) => {
    const path = `${directory}/${name}`;
    return files.stat(path)?.kind === 'directory' ? [`${path}/`, ...filesUnder(files, path)] : [path];
  });
}
