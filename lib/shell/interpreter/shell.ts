import type { Command, Function as FunctionNode, Script, Statement } from 'unbash';
import type { Io, JobControl, Kernel, ToolContext } from '../process';
import type { Job } from './jobs';
import type { Variable } from './variables';

/** The switches of `set` and `shopt`. */
export interface ShellOptions {
  errexit: boolean;
  nounset: boolean;
  errtrace: boolean;
  functrace: boolean;
  xtrace: boolean;
  pipefail: boolean;
  noglob: boolean;
  noclobber: boolean;
  allexport: boolean;
  noexec: boolean;
  nullglob: boolean;
  extglob: boolean;
  globstar: boolean;
  nocasematch: boolean;
  dotglob: boolean;
  monitor: boolean;
  histexpand: boolean;
  lastpipe: boolean;
  nocaseglob: boolean;
  failglob: boolean;
}

/** The switches as a new shell has them. */
export function newOptions(interactive: boolean): ShellOptions {
  return {
    errexit: false,
    nounset: false,
    errtrace: false,
    functrace: false,
    xtrace: false,
    pipefail: false,
    noglob: false,
    noclobber: false,
    allexport: false,
    noexec: false,
    nullglob: false,
    extglob: false,
    globstar: false,
    nocasematch: false,
    dotglob: false,
    monitor: interactive,
    histexpand: interactive,
    lastpipe: false,
    nocaseglob: false,
    failglob: false,
  };
}

/** A text that was parsed, and its tree. */
export interface Program {
  readonly source: string;
  readonly script: Script;
}

/** A call of a function: what `local` has hidden, to be put back. */
export interface Frame {
  readonly name: string;
  /** The line that called it. */
  readonly line: number;
  readonly positional: readonly string[];
  readonly hidden: Map<string, Variable | undefined>;
  /** The switches as they were when `local -` asked to have them back. */
  options?: ShellOptions;
}

/** The memory of one shell process. A subshell has a copy. */
export interface Shell {
  readonly kernel: Kernel;
  readonly flavour: 'bash' | 'sh' | 'ash';
  readonly interactive: boolean;
  /** It says `logout` where others say `exit`. */
  readonly login: boolean;
  /** `$0`. */
  name: string;
  readonly pid: number;
  readonly depth: number;
  /** How many texts inside one another `set -x` shows: substitutions, eval, sourced files. */
  traced: number;
  variables: Map<string, Variable>;
  /** Functions as source text, by name. */
  functions: Map<string, string>;
  aliases: Map<string, string>;
  options: ShellOptions;
  cwd: string;
  /** The rights that new files do not get. */
  umask: number;
  /** Builtins that `enable -n` has put aside. */
  disabled: Set<string>;
  positional: readonly string[];
  status: number;
  pipeStatus: readonly number[];
  lastBackground: number | undefined;
  lastArgument: string;
  frames: Frame[];
  traps: Map<string, string>;
  jobs: Job[];
  /** The current job (`%+`) and the previous one (`%-`). */
  currentJobs: readonly Job[];
  /** What `complete` was told, by command. */
  completions: Map<string, string>;
  /** What Ctrl-Z stops: the command that this shell waits for, if it is a job of its own. */
  foreground: JobControl | undefined;
  /** The builtin that ran last, by which `exit` knows that it was warned of stopped jobs. */
  lastBuiltin: string;
  history: string[];
  loops: number;
  /** Scripts being sourced, one inside the other. */
  sourcing: number;
  /** Above 0 a failing command is being tested, and `set -e` looks away. */
  tested: number;
  /** Where the command being run stands, for line numbers in messages. */
  place: { readonly source: string; readonly pos: number };
  /** The command that is run, but for those of a DEBUG trap. */
  command?: { readonly node: CommandNode; readonly source: string } | undefined;
  /** Lines of the script before `place.source` begins. */
  linesBefore: number;
  /** Status of the last command substitution, which a bare assignment ends with. */
  substituted: number;
  readonly startedAt: number;
}

/** An assignment whose words are expanded. */
export interface ExpandedAssignment {
  readonly name: string;
  readonly append: boolean;
  /** Text of the subscript. */
  readonly index: string | undefined;
  /** A scalar's value, or an array's elements with their subscripts where given. */
  readonly value: string | readonly (readonly [index: string | undefined, value: string])[];
}

/** A running piece of syntax: in which shell, with which descriptors, out of which text. */
export interface Run {
  readonly engine: Engine;
  readonly shell: Shell;
  readonly io: Io;
  readonly source: string;
  /** The simple command whose program is being started. */
  readonly command?: Command | undefined;
  /** The shell's own descriptors, where the command's are redirected. */
  readonly shellIo?: Io | undefined;
}

/** The interpreter's parts as they call each other. */
export interface Engine {
  readonly builtins: ReadonlyMap<string, Builtin>;
  runStatements(run: Run, statements: readonly Statement[]): Promise<number>;
  runNode(run: Run, node: CommandNode): Promise<number>;
  runText(shell: Shell, io: Io, text: string): Promise<number>;
  runArgv(run: Run, argv: readonly string[], how: 'command' | 'builtin'): Promise<number>;
  scope(run: Run): Scope;
}

/** What expansions need from the interpreter that runs them. */
export interface Scope {
  readonly shell: Shell;
  readonly io: Io;
  /** Runs a command substitution; its output without final newlines. */
  substitute(script: Script | undefined): Promise<string>;
  /** Runs a process substitution; the path that stands for it. */
  processPath(script: Script | undefined, operator: '<' | '>'): Promise<string>;
}

/** Anything that `runNode` runs. */
export type CommandNode = Statement['command'] | FunctionNode['body'];

/** What a builtin is called with. */
export interface BuiltinCall {
  readonly shell: Shell;
  readonly io: Io;
  readonly run: Run;
  readonly context: ToolContext;
  readonly argv: readonly string[];
  readonly args: readonly string[];
  /** Arguments in order, assignments of `declare` and its kin already taken apart. */
  readonly words: readonly (string | ExpandedAssignment)[];
  /** Runs a text in this shell (eval, source, trap). */
  runText(text: string, io?: Io): Promise<number>;
  /** Runs a command past functions and, for `builtin`/`command`, past aliases. */
  runArgv(argv: readonly string[], how: 'command' | 'builtin'): Promise<number>;
  complain(message: string): Promise<void>;
}

/** A command that must run inside the shell itself. */
export type Builtin = (call: BuiltinCall) => Promise<number>;

/** The line number of the command being run. */
export function lineNumber(shell: Shell): number {
  const { source, pos } = shell.place;
  let line = shell.linesBefore + 1;
  for (let at = 0; at < pos && at < source.length; at += 1) if (source[at] === '\n') line += 1;
  return line;
}

/** Whether functions and subshells have a trap from whoever calls them (`set -T`, `set -E`). */
export function isTraced({ options }: Shell, name: string): boolean {
  if (name === 'DEBUG' || name === 'RETURN') return options.functrace;
  return name === 'ERR' && options.errtrace;
}

/** A copy for a subshell: nothing that it does comes back. */
export function subshell(shell: Shell, interactive = false): Shell {
  return {
    ...shell,
    interactive,
    depth: shell.depth + 1,
    variables: new Map(shell.variables),
    functions: new Map(shell.functions),
    aliases: new Map(shell.aliases),
    options: { ...shell.options },
    disabled: new Set(shell.disabled),
    frames: shell.frames.map((frame) => ({ ...frame, hidden: new Map(frame.hidden) })),
    // Traps are the parent's own; only ignored signals are inherited, and what is traced.
    traps: new Map([...shell.traps].filter(([name, action]) => action === '' || isTraced(shell, name))),
    jobs: [],
    currentJobs: [],
    history: shell.history,
  };
}
