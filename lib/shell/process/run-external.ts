import { BrokenPipeError, FileError, ToolError } from '../../base';
import { createContext, isInstalled } from './context';
import type { Io, ProcessStart } from './kernel';
import { resolvePath, toolOfPath } from './paths';
import { Reader, textInput } from './reader';
import { runExecutable } from './run-executable';
import { createSignal, Interrupted } from './signal';
import type { RunOptions } from './tool';

/** Why a command could not be started. */
export type StartFailure =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'no-file' }
  | { readonly kind: 'directory' }
  | { readonly kind: 'not-executable' };

/** What a command's name leads to on this machine. */
export type Found =
  | { readonly kind: 'tool'; readonly name: string }
  | { readonly kind: 'script'; readonly path: string }
  | StartFailure;

/** Looks a command up: on PATH, or by its path. */
export function findCommand(start: Pick<ProcessStart, 'kernel' | 'cwd'>, name: string): Found {
  const { kernel, cwd } = start;
  if (!name.includes('/')) return isInstalled(kernel, name) ? { kind: 'tool', name } : { kind: 'not-found' };
  const path = resolvePath(cwd, name);
  const tool = toolOfPath(path);
  if (tool !== undefined && isInstalled(kernel, tool)) return { kind: 'tool', name: tool };
  const own = path.slice(path.lastIndexOf('/') + 1);
  if (kernel.machine.executables?.[own] !== undefined) return { kind: 'tool', name: own };
  const stat = kernel.machine.files.stat(path);
  if (stat === undefined) return { kind: 'no-file' };
  if (stat.kind === 'directory') return { kind: 'directory' };
  return (stat.mode & 0o111) === 0 ? { kind: 'not-executable' } : { kind: 'script', path };
}

/** Runs a program that was found; resolves with its status, whatever it died of. */
export async function runFound(
  start: ProcessStart,
  found: Found & { kind: 'tool' | 'script' },
): Promise<number> {
  const { kernel, io } = start;
  try {
    if (found.kind === 'script') return await runScriptFile(start, found.path);
    const executable = kernel.machine.executables?.[found.name];
    if (executable !== undefined) return await runExecutable(start, executable);
    const program = kernel.programs.get(found.name);
    if (program !== undefined) return await program(start);
    const tool = kernel.tools.get(found.name);
    if (tool === undefined) return 127;
    return await tool(createContext({ ...start, run: (argv, options) => runChild(start, argv, options) }));
  } catch (error) {
    if (error instanceof BrokenPipeError) return 141;
    if (error instanceof Interrupted) return 128 + (io.signal.number || 2);
    const message =
      error instanceof ToolError
        ? error.message
        : error instanceof FileError
          ? `${error.path}: ${error.message}`
          : undefined;
    if (message === undefined) throw error;
    if (message !== '') await say(io, `${start.argv[0]}: ${message}\n`);
    return error instanceof ToolError ? error.status : 1;
  }
}

/** Writes to standard error, if anybody still listens. */
export async function say(io: Io, text: string): Promise<void> {
  try {
    await io.fds.get(2)?.writer?.write(text);
  } catch (error) {
    if (!(error instanceof BrokenPipeError)) throw error;
  }
}

async function runScriptFile(start: ProcessStart, path: string): Promise<number> {
  const { kernel, argv } = start;
  const text = kernel.machine.files.read(path);
  const words = /^#![ \t]*(\S+)(?:[ \t]+(\S+))?/.exec(text);
  const interpreter = words?.[1] ?? '/bin/bash';
  const named = interpreter.endsWith('/env')
    ? (words?.[2] ?? 'bash')
    : interpreter.slice(interpreter.lastIndexOf('/') + 1);
  const options = interpreter.endsWith('/env') || words?.[2] === undefined ? [] : [words[2]];
  if (!isInstalled(kernel, named)) {
    await say(start.io, `bash: ${argv[0]}: cannot execute: required file not found\n`);
    return 127;
  }
  const script = argv[0] ?? path;
  return runFound(
    { ...start, argv: [named, ...options, script, ...argv.slice(1)] },
    { kind: 'tool', name: named },
  );
}

/** Runs a command for a tool (xargs, timeout, watch); not found is told in that tool's name. */
export async function runChild(
  start: ProcessStart,
  argv: readonly string[],
  options: RunOptions,
): Promise<number> {
  const name = argv[0] ?? '';
  const found = findCommand(start, name);
  if (found.kind !== 'tool' && found.kind !== 'script') {
    const missing = found.kind === 'not-found' || found.kind === 'no-file';
    const toldBy = start.argv[0] ?? '';
    const verb = toldBy === 'timeout' || toldBy === 'env' ? 'failed to run command ' : '';
    const shown = toldBy === 'env' ? `‘${name}’` : verb === '' ? name : `${verb}‘${name}’`;
    await say(
      start.io,
      `${toldBy}: ${shown}: ${missing ? 'No such file or directory' : 'Permission denied'}\n`,
    );
    return missing ? 127 : 126;
  }
  const fds = new Map(start.io.fds);
  if (options.stdin !== undefined) fds.set(0, { reader: new Reader(textInput(options.stdin)) });
  const { out } = options;
  if (out !== undefined) fds.set(1, { writer: { write: async (text) => out(text) } });
  let { signal } = start.io;
  let stop: (() => void) | undefined;
  if (options.cancel !== undefined) {
    const child = createSignal(start.io.signal);
    stop = options.cancel.onCancel(() => child.raise(15));
    signal = child;
  }
  const environment = options.environment ?? start.environment;
  const status = await runFound({ ...start, argv, environment, io: { fds, signal } }, found);
  stop?.();
  return status;
}
