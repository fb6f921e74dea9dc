import type { Redirection } from 'unbash';
import { expandParts, expandText, type Scope, ScriptFailure } from './expand';
import type { LiveThread } from './live-thread';
import { absolute, type FileFailure, type ScriptFiles } from './script-files';
import type { Descriptors, Target } from './thread';

const LOGS: readonly string[] = [
  '/dev/stdout',
  '/dev/stderr',
  '/proc/1/fd/1',
  '/proc/1/fd/2',
  '/proc/self/fd/1',
  '/dev/tty',
];

/** The descriptors of a thread with redirections applied in their order; throws `ScriptFailure` when a file cannot be had. */
export function redirected(
  thread: LiveThread,
  scope: Scope,
  files: ScriptFiles,
  redirects: readonly Redirection[],
): Descriptors {
  let descriptors = thread.descriptors;
  for (const each of redirects) descriptors = one(thread, scope, files, each, descriptors);
  return descriptors;
}

function one(
  thread: LiveThread,
  scope: Scope,
  files: ScriptFiles,
  redirect: Redirection,
  before: Descriptors,
): Descriptors {
  if (redirect.type === 'HereDoc') {
    const { body, delimiter } = redirect;
    const raw = redirect.operator === '<<-' ? body.text.replace(/^\t+/gm, '') : body.text;
    const text =
      delimiter?.quoted === true || body.parts === undefined ? raw : expandParts(scope, body.parts);
    return {
      ...before,
      in: {
        from: 'text',
        slot: thread.slot(redirect.operator === '<<-' ? text.replace(/^\t+/gm, '') : text),
      },
    };
  }
  const word = expandText(scope, redirect.target);
  if (redirect.type === 'HereString')
    return { ...before, in: { from: 'text', slot: thread.slot(`${word}\n`) } };
  const number = redirect.descriptor?.type === 'FileDescriptor' ? redirect.descriptor.value : undefined;
  const path = absolute(thread.cwd, word);
  switch (redirect.operator) {
    case '<':
    case '<>': {
      const text = files.read(path);
      if (text === undefined) throw new ScriptFailure(`can't open ${word}: no such file`, 1);
      return { ...before, in: { from: 'text', slot: thread.slot(text) } };
    }
    case '<&':
      return before;
    case '>&': {
      const to =
        word === '1'
          ? before.out
          : word === '2'
            ? before.err
            : word === '-'
              ? ({ to: 'null' } as const)
              : opened(files, path, word, false);
      if (/^[12-]$/.test(word)) return number === 2 ? { ...before, err: to } : { ...before, out: to };
      return { ...before, out: to, err: to };
    }
    case '&>':
    case '&>>': {
      const to = opened(files, path, word, redirect.operator === '&>>');
      return { ...before, out: to, err: to };
    }
    default: {
      const to = opened(files, path, word, redirect.operator === '>>');
      return number === 2 ? { ...before, err: to } : (number ?? 1) === 1 ? { ...before, out: to } : before;
    }
  }
}

function opened(files: ScriptFiles, path: string, typed: string, append: boolean): Target {
  if (path === '/dev/null') return { to: 'null' };
  if (LOGS.includes(path)) return { to: 'log' };
  const failure: FileFailure | undefined = append ? files.append(path, '') : files.write(path, '');
  if (failure === undefined) return { to: 'file', path };
  throw new ScriptFailure(
    `can't create ${typed}: ${failure === 'No such file or directory' ? 'nonexistent directory' : failure}`,
    1,
  );
}
