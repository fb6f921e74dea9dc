import type { Redirect, Redirection } from 'unbash';
import { FileError, type Files } from '../../base';
import {
  createContext,
  type Descriptor,
  deviceDescriptor,
  type Io,
  Reader,
  resolvePath,
  textInput,
  type Writer,
} from '../process';
import { ShellError } from './control';
import { getParameter } from './lookup';
import type { Scope } from './shell';
import { expandFields, expandHereDoc, expandString } from './words';

/** Swallows all. */
export const NULL_DESCRIPTOR: Descriptor = {
  reader: new Reader({ read: async () => undefined }),
  writer: { write: async () => {} },
};

function fileWriter(files: Files, path: string): Writer {
  return {
    async write(text) {
      files.append(path, text);
    },
  };
}

function failure(error: unknown, shown: string): never {
  if (error instanceof FileError) throw new ShellError(`${shown}: ${error.message}`);
  throw error;
}

function openForWriting(scope: Scope, shown: string, mode: 'truncate' | 'append' | 'clobber'): Descriptor {
  const { files } = scope.shell.kernel.machine;
  const path = resolvePath(scope.shell.cwd, shown);
  if (path === '/dev/null') return NULL_DESCRIPTOR;
  const device = deviceDescriptor(scope.io, path);
  if (device !== undefined) return device;
  if (shown === '') throw new ShellError(': No such file or directory');
  try {
    const found = files.stat(path);
    if (found?.kind === 'directory') throw new FileError('EISDIR', path);
    if (mode === 'truncate' && scope.shell.options.noclobber && found !== undefined) {
      throw new ShellError(`${shown}: cannot overwrite existing file`);
    }
    if (mode !== 'append' || found === undefined) files.write(path, '');
  } catch (error) {
    failure(error, shown);
  }
  return { writer: fileWriter(files, path) };
}

async function openForReading(scope: Scope, shown: string): Promise<Descriptor> {
  if (shown === '') throw new ShellError(': No such file or directory');
  const path = resolvePath(scope.shell.cwd, shown);
  if (path === '/dev/null') return NULL_DESCRIPTOR;
  const device = deviceDescriptor(scope.io, path);
  if (device !== undefined) return device;
  const socket = /^\/dev\/(tcp|udp)\/([^/]+)\/(\d+)$/.exec(path);
  if (socket !== null) return openSocket(scope, shown, socket[2] ?? '', Number(socket[3]));
  try {
    return { reader: new Reader(textInput(scope.shell.kernel.machine.files.read(path))) };
  } catch (error) {
    return failure(error, shown);
  }
}

/** bash's /dev/tcp/HOST/PORT: connects, as far as telling whether anybody listens. */
async function openSocket(scope: Scope, shown: string, host: string, port: number): Promise<Descriptor> {
  const { world, machine } = scope.shell.kernel;
  const context = createContext({
    kernel: scope.shell.kernel,
    argv: [],
    io: scope.io,
    cwd: scope.shell.cwd,
    environment: {},
    run: async () => 127,
  });
  const { outcome } = world.network.lookup(machine.vantage, host);
  const ip = outcome.addresses[0];
  await context.sleep(outcome.latencyMs);
  if (ip === undefined) throw new ShellError(`${host}: Name or service not known`);
  const sent = world.network.send({
    from: machine.vantage,
    to: { ip, port },
    protocol: 'TCP',
    request: { kind: 'connect' },
  });
  if (sent.outcome.kind === 'dropped') {
    await context.sleep(130_000);
    throw new ShellError(`connect: Connection timed out\nbash: ${shown}: Connection timed out`);
  }
  await context.sleep(sent.outcome.latencyMs);
  if (sent.outcome.kind === 'refused')
    throw new ShellError(`connect: Connection refused\nbash: ${shown}: Connection refused`);
  if (sent.outcome.kind === 'unreachable')
    throw new ShellError(`connect: No route to host\nbash: ${shown}: No route to host`);
  return NULL_DESCRIPTOR;
}

async function targetOf(scope: Scope, redirect: Redirect): Promise<string> {
  if (redirect.target === undefined) throw new ShellError('syntax error');
  const fields = await expandFields(scope, redirect.target);
  if (fields.length !== 1) throw new ShellError(`${redirect.target.text}: ambiguous redirect`);
  return fields[0] ?? '';
}

function duplicate(_scope: Scope, fds: Map<number, Descriptor>, number: number, target: string): void {
  if (target === '-') {
    fds.delete(number);
    return;
  }
  const move = /^(\d+)(-?)$/.exec(target);
  const from = move === null ? undefined : fds.get(Number(move[1]));
  if (move === null) throw new ShellError(`${target}: ambiguous redirect`);
  if (from === undefined) throw new ShellError(`${move[1]}: Bad file descriptor`);
  fds.set(number, from);
  if (move[2] === '-') fds.delete(Number(move[1]));
}

async function applyOne(
  scope: Scope,
  outer: Io,
  fds: Map<number, Descriptor>,
  redirect: Redirect,
): Promise<void> {
  const { descriptor, operator } = redirect;
  const known = new Set(outer.fds.keys());
  const target = await targetOf(scope, redirect);
  // A process substitution opens its descriptor in the shell, from where this command has it too.
  for (const [number, opened] of outer.fds) if (!known.has(number)) fds.set(number, opened);
  const input = operator === '<' || operator === '<&' || operator === '<>';
  const number =
    descriptor?.type === 'FileDescriptor'
      ? descriptor.value
      : descriptor === undefined
        ? input
          ? 0
          : 1
        : nextFree(fds);
  if (descriptor?.type === 'FileDescriptorVariable' && target === '-' && operator.endsWith('&')) {
    fds.delete(Number(getParameter(scope.shell, descriptor.name)));
    return;
  }
  if (descriptor?.type === 'FileDescriptorVariable') {
    scope.shell.variables.set(descriptor.name, {
      kind: 'scalar',
      value: String(number),
      items: new Map(),
      exported: false,
      readonly: false,
      integer: false,
      letters: undefined,
    });
  }
  switch (operator) {
    case '<':
      fds.set(number, await openForReading(scope, target));
      return;
    case '<>':
    case '>':
      fds.set(number, await openTarget(scope, target, 'truncate'));
      return;
    case '>|':
      fds.set(number, openForWriting(scope, target, 'clobber'));
      return;
    case '>>':
      fds.set(number, openForWriting(scope, target, 'append'));
      return;
    case '<&':
      duplicate(scope, fds, number, target);
      return;
    case '>&':
      if (descriptor !== undefined || /^(\d+-?|-)$/.test(target)) {
        duplicate(scope, fds, number, target);
        return;
      }
      bothTo(fds, openForWriting(scope, target, 'truncate'));
      return;
    case '&>':
      bothTo(fds, openForWriting(scope, target, 'truncate'));
      return;
    default:
      bothTo(fds, openForWriting(scope, target, 'append'));
  }
}

async function openTarget(scope: Scope, target: string, mode: 'truncate'): Promise<Descriptor> {
  return /^\/dev\/(tcp|udp)\//.test(target)
    ? openForReading(scope, target)
    : openForWriting(scope, target, mode);
}

function bothTo(fds: Map<number, Descriptor>, descriptor: Descriptor): void {
  fds.set(1, descriptor);
  fds.set(2, descriptor);
}

function nextFree(fds: Map<number, Descriptor>): number {
  let number = 10;
  while (fds.has(number)) number += 1;
  return number;
}

/** Opens redirections in order; the descriptors that the command then has. */
export async function redirected(scope: Scope, redirects: readonly Redirection[]): Promise<Io> {
  if (redirects.length === 0) return scope.io;
  const fds = new Map(scope.io.fds);
  const io: Io = { fds, signal: scope.io.signal };
  const inner: Scope = { ...scope, io };
  for (const redirect of redirects) {
    if (redirect.type === 'Redirect') {
      await applyOne(inner, scope.io, fds, redirect);
      continue;
    }
    const number = redirect.descriptor?.type === 'FileDescriptor' ? redirect.descriptor.value : 0;
    const text =
      redirect.type === 'HereString'
        ? `${redirect.target === undefined ? '' : await expandString(scope, redirect.target)}\n`
        : await expandHereDoc(
            scope,
            redirect.body,
            redirect.operator === '<<-',
            redirect.delimiter?.quoted === true,
          );
    fds.set(number, { reader: new Reader(textInput(text)) });
  }
  return io;
}
