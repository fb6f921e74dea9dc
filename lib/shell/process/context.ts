import { BrokenPipeError, FileError } from '../../base';
import type { Descriptor, Io, Kernel } from './kernel';
import { resolvePath, toolOfPath } from './paths';
import { controlOf, Interrupted, interruptible, whileStopped } from './signal';
import type { RunOptions, ToolContext } from './tool';

/** What a process is started with. */
export interface ContextOptions {
  readonly kernel: Kernel;
  readonly argv: readonly string[];
  readonly io: Io;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly run: (argv: readonly string[], options: RunOptions) => Promise<number>;
}

/** What terminals are taken for when nobody says. */
const DEFAULT_SIZE = { columns: 80, rows: 24 };

/** Whether a command of this name is installed on the machine. */
export function isInstalled(kernel: Kernel, name: string): boolean {
  const { tools, executables } = kernel.machine;
  if (executables?.[name] !== undefined) return true;
  // Who works on premises has no use for it.
  if (name === 'aws' && kernel.world.cloud === undefined) return false;
  return (kernel.tools.has(name) || kernel.programs.has(name)) && (tools === 'all' || tools.includes(name));
}

/** Where a tool is found on PATH. */
export function whichTool(kernel: Kernel, name: string): string | undefined {
  if (name.includes('/')) {
    const tool = toolOfPath(name);
    return tool !== undefined && isInstalled(kernel, tool) ? name : undefined;
  }
  if (!isInstalled(kernel, name)) return undefined;
  if (kernel.machine.kind === 'admin')
    return name === 'kubectl' ? '/usr/local/bin/kubectl' : `/usr/bin/${name}`;
  return kernel.machine.shell === 'bash' ? `/usr/bin/${name}` : `/bin/${name}`;
}

/** The descriptor that a device path such as /dev/stdin or /dev/fd/63 means. */
export function deviceDescriptor(io: Io, path: string): Descriptor | undefined {
  const names: Readonly<Record<string, number>> = {
    '/dev/stdin': 0,
    '/dev/stdout': 1,
    '/dev/stderr': 2,
    '/dev/tty': 0,
  };
  const number = names[path] ?? (path.startsWith('/dev/fd/') ? Number(path.slice(8)) : Number.NaN);
  return Number.isNaN(number) ? undefined : io.fds.get(number);
}

/** The face of the world that one process sees. */
export function createContext(options: ContextOptions): ToolContext {
  const { kernel, argv, io, cwd, environment } = options;
  const { world, machine } = kernel;
  const cancel = io.signal;
  const write = async (fd: number, text: string) => {
    const writer = io.fds.get(fd)?.writer;
    if (text === '') return;
    if (writer === undefined) throw new BrokenPipeError();
    kernel.countOutput(text.length);
    await writer.write(text);
  };
  const control = controlOf(cancel);
  const attentive = async (fd: number, text: string) => {
    if (cancel.cancelled) throw new Interrupted();
    await kernel.step();
    if (control?.stopped === true) await whileStopped(cancel);
    await interruptible(write(fd, text), cancel);
  };
  const reader = () => io.fds.get(0)?.reader;
  const stdin: ToolContext['stdin'] = {
    read: async () => reader()?.read(cancel),
    readLine: async (delimiter) => reader()?.readLine(cancel, delimiter),
    readAll: async () => (await reader()?.readAll(cancel)) ?? '',
    unread: (text) => reader()?.unread(text),
    get isTerminal() {
      return reader()?.terminal !== undefined;
    },
  };
  const path = (typed: string) => resolvePath(cwd, typed);
  return {
    argv,
    args: argv.slice(1),
    name: argv[0] ?? '',
    machine,
    world,
    cwd,
    environment,
    stdin,
    stdoutIsTerminal: io.fds.get(1)?.writer?.isTerminal === true,
    stderrIsTerminal: io.fds.get(2)?.writer?.isTerminal === true,
    get size() {
      const terminal =
        reader()?.terminal ?? (io.fds.get(1)?.writer as { terminal?: unknown } | undefined)?.terminal;
      return sizeOf(terminal) ?? DEFAULT_SIZE;
    },
    cancel,
    now: () => world.timer.now(),
    out: (text) => attentive(1, text),
    err: (text) => attentive(2, text),
    lastWords: (text) => write(1, text),
    async sleep(ms) {
      if (cancel.cancelled) throw new Interrupted();
      await world.timer.sleep(ms, cancel);
      if (control?.stopped === true) await whileStopped(cancel);
      if (cancel.cancelled) throw new Interrupted();
    },
    async step() {
      const breath = kernel.step();
      if (breath !== undefined) await breath;
      if (control?.stopped === true) await whileStopped(cancel);
      if (cancel.cancelled) throw new Interrupted();
    },
    path,
    device(typed) {
      const writer = deviceDescriptor(io, path(typed))?.writer;
      return writer === undefined ? undefined : (text) => interruptible(writer.write(text), cancel);
    },
    async readFile(typed) {
      if (typed === '-') return stdin.readAll();
      const full = path(typed);
      if (full === '/dev/null') return '';
      if (full === '/dev/stdin' || full === '/dev/tty') return stdin.readAll();
      const device = deviceDescriptor(io, full);
      if (device !== undefined) return (await device.reader?.readAll(cancel)) ?? '';
      if (typed.endsWith('/') && machine.files.stat(full)?.kind === 'file')
        throw new FileError('ENOTDIR', typed);
      return machine.files.read(full);
    },
    run: (words, runOptions) => options.run(words, runOptions ?? {}),
    which: (name) => whichTool(kernel, name),
  };
}

function sizeOf(terminal: unknown): ToolContext['size'] | undefined {
  if (typeof terminal !== 'object' || terminal === null || !('size' in terminal)) return undefined;
  const { size } = terminal;
  if (typeof size !== 'object' || size === null || !('columns' in size) || !('rows' in size))
    return undefined;
  const { columns, rows } = size;
  return typeof columns === 'number' && typeof rows === 'number' ? { columns, rows } : undefined;
}
