import { quoteIfNeeded } from '../../../base';
import { testWords } from './conditions';
import { calculate, type Scope, ScriptFailure } from './expand';
import type { LiveThread } from './live-thread';
import { absolute, type ScriptFiles } from './script-files';

/** What a builtin may do beyond its thread's own fields. */
export interface BuiltinIo {
  readonly thread: LiveThread;
  readonly scope: Scope;
  readonly files: ScriptFiles;
  out(text: string): void;
  /** A line of the standard input, without its newline; undefined at the end. */
  readLine(): string | undefined;
  exit(status: number): void;
  return(status: number): void;
  evaluate(source: string, positional: readonly string[] | null): void;
  trap(action: string, signals: readonly string[]): void;
  /** How a name would be run: "a shell builtin", "/bin/x"; undefined when it is not found. */
  describe(name: string): string | undefined;
  signal(name: string, target: string): boolean;
}

type Builtin = (args: readonly string[], io: BuiltinIo) => number;

const assignmentOf = (word: string): readonly [string, string | undefined] => {
  const cut = word.indexOf('=');
  return cut < 0 ? [word, undefined] : [word.slice(0, cut), word.slice(cut + 1)];
};

const exportVariables: Builtin = (args, { thread, out }) => {
  if (args.length === 0 || args[0] === '-p') {
    for (const name of thread.exported)
      out(`export ${name}=${quoteIfNeeded(thread.variables[name] ?? '')}\n`);
    return 0;
  }
  for (const word of args) {
    const [name, value] = assignmentOf(word);
    if (value !== undefined) thread.variables[name] = value;
    if (!thread.exported.includes(name)) thread.exported = [...thread.exported, name];
  }
  return 0;
};

const local: Builtin = (args, { thread }) => {
  const index = thread.frames.findLastIndex(({ kind }) => kind === 'call');
  const frame = thread.frames[index];
  if (frame?.kind !== 'call') throw new ScriptFailure('local: not in a function', 1);
  const locals: Record<string, string | null> = { ...frame.locals };
  for (const word of args) {
    const [name, value] = assignmentOf(word);
    if (!Object.hasOwn(locals, name)) locals[name] = thread.variables[name] ?? null;
    thread.variables[name] = value ?? '';
  }
  thread.frames = thread.frames.with(index, { ...frame, locals });
  return 0;
};

const LONG_OPTIONS: Readonly<Record<string, string>> = { errexit: 'e', nounset: 'u', xtrace: 'x' };

const set: Builtin = (args, { thread, out }) => {
  if (args.length === 0)
    for (const [name, value] of Object.entries(thread.variables)) out(`${name}=${quoteIfNeeded(value)}\n`);
  const turn = (letters: string, on: boolean) => {
    for (const letter of letters) {
      thread.options = thread.options.replace(letter, '');
      if (on) thread.options += letter;
    }
  };
  const words = [...args];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const sign = word.charAt(0);
    if (word === '--' || (sign !== '-' && sign !== '+')) {
      thread.positional = word === '--' ? words : [word, ...words];
      return 0;
    }
    turn(word.slice(1).replace('o', ''), sign === '-');
    if (word.includes('o')) turn(LONG_OPTIONS[words.shift() ?? ''] ?? '', sign === '-');
  }
  return 0;
};

const read: Builtin = (args, io) => {
  const names = args.filter((word) => !word.startsWith('-'));
  const line = io.readLine();
  const raw = args.some((word) => /^-[a-z]*r/.test(word));
  const text = raw ? (line ?? '') : (line ?? '').replace(/\\(.)/g, '$1');
  const separators = io.scope.get('IFS') ?? ' \t\n';
  const wanted = names.length === 0 ? ['REPLY'] : names;
  const words = separators === '' ? [text] : fieldsOf(text, separators, wanted.length);
  for (const [index, name] of wanted.entries()) io.thread.variables[name] = words[index] ?? '';
  return line === undefined ? 1 : 0;
};

/** The fields of a line; the last one takes the rest. */
function fieldsOf(text: string, separators: string, count: number): readonly string[] {
  const escaped = separators.replace(/[\\\]^-]/g, '\\$&');
  const trimmed = text.replace(
    new RegExp(
      `^[${escaped.replace(/[^ \t\n]/g, '') || '\\0'}]+|[${escaped.replace(/[^ \t\n]/g, '') || '\\0'}]+$`,
      'g',
    ),
    '',
  );
  const fields: string[] = [];
  let rest = trimmed;
  const cut = new RegExp(`[${escaped}]+`);
  while (fields.length < count - 1) {
    const match = cut.exec(rest);
    if (match === null) break;
    fields.push(rest.slice(0, match.index));
    rest = rest.slice(match.index + match[0].length);
  }
  return [...fields, rest];
}

const cd: Builtin = (args, { thread, scope, files }) => {
  const typed = args.filter((word) => word !== '--')[0] ?? scope.home;
  const path = absolute(thread.cwd, typed === '-' ? (thread.variables.OLDPWD ?? '/') : typed);
  if (!files.isDirectory(path))
    throw new ScriptFailure(`cd: can't cd to ${typed}: No such file or directory`, 2);
  thread.variables.OLDPWD = thread.cwd;
  thread.cwd = path;
  return 0;
};

const wait: Builtin = (args, { thread }) => {
  thread.wait = { for: 'jobs', ids: args.map(Number).filter((id) => Number.isInteger(id)) };
  return 0;
};

const command: Builtin = (args, { describe, out }) => {
  const names = args.filter((word) => !word.startsWith('-'));
  let status = 0;
  for (const name of names) {
    const found = describe(name);
    if (found === undefined) status = 127;
    else out(`${found}\n`);
  }
  return status;
};

const type: Builtin = (args, { describe, out }) => {
  let status = 0;
  for (const name of args) {
    const found = describe(name);
    out(
      found === undefined
        ? `${name}: not found\n`
        : `${name} is ${found === name ? 'a shell builtin' : found}\n`,
    );
    if (found === undefined) status = 127;
  }
  return status;
};

const kill: Builtin = (args, { signal }) => {
  const named = args.find((word) => word.startsWith('-'))?.replace(/^-(?:s|SIG)?/, '') ?? 'TERM';
  let status = 0;
  for (const target of args.filter((word) => !word.startsWith('-'))) {
    if (signal(named, target)) continue;
    status = 1;
    throw new ScriptFailure(`can't kill pid ${target}: No such process`, 1);
  }
  return status;
};

const test: Builtin = (args, { files, thread }) => (testWords(args, { files, cwd: thread.cwd }) ? 0 : 1);

/** Commands that belong to the shell itself. */
export const BUILTINS: Readonly<Record<string, Builtin>> = {
  ':': () => 0,
  '.': (args, io) => source(args, io),
  '[': (args, io) => test(args.slice(0, -1), io),
  cd,
  command,
  eval(args, { evaluate, thread }) {
    evaluate(args.join(' '), null);
    return thread.status;
  },
  exit(args, { exit, thread }) {
    const status = args[0] === undefined ? thread.status : Number(args[0]) & 255;
    exit(status);
    return status;
  },
  export: exportVariables,
  false: () => 1,
  getopts: () => 1,
  hash: () => 0,
  kill,
  let: (args, { scope }) => (args.map((word) => calculate(scope, word)).at(-1) === 0n ? 1 : 0),
  local,
  pwd(_, { thread, out }) {
    out(`${thread.cwd}\n`);
    return 0;
  },
  read,
  readonly: exportVariables,
  return(args, { return: leave, thread }) {
    const status = args[0] === undefined ? thread.status : Number(args[0]) & 255;
    leave(status);
    return status;
  },
  set,
  shift(args, { thread }) {
    const count = Number(args[0] ?? 1);
    if (count > thread.positional.length) return 1;
    thread.positional = thread.positional.slice(count);
    return 0;
  },
  source: (args, io) => source(args, io),
  test,
  times: () => 0,
  trap(args, { trap }) {
    const [action = '', ...signals] = args;
    trap(action, signals);
    return 0;
  },
  true: () => 0,
  type,
  ulimit: () => 0,
  umask: () => 0,
  unset(args, { thread }) {
    for (const name of args) {
      delete thread.variables[name];
      thread.exported = thread.exported.filter((each) => each !== name);
    }
    return 0;
  },
  wait,
};

function source(args: readonly string[], { files, thread, evaluate }: BuiltinIo): number {
  const text = files.read(absolute(thread.cwd, args[0] ?? ''));
  if (text === undefined)
    throw new ScriptFailure(`.: can't open '${args[0] ?? ''}': No such file or directory`, 2);
  evaluate(text, null);
  return thread.status;
}
