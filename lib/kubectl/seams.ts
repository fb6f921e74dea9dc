import type { Client, LocalPorts } from '../api';
import type { Files, ProcessStreams, Random, Timer } from '../base';

/** All that a kubectl command may touch. Output order across stdout and stderr is the order of writes. */
export interface CommandEnv {
  readonly streams: ProcessStreams;
  /** The client for the current context's cluster and user. */
  readonly client: Client;
  readonly files: Files;
  readonly timer: Timer;
  readonly random: Random;
  /** Working directory, for relative paths. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Gets a file of the web, for `-f URL`; a string is what went wrong, in Go's words. Absent where there is no network. */
  fetch?(url: string): Promise<{ readonly status: string; readonly body: string } | string>;
  /** The ports of the machine that it runs on, where it may listen (`kubectl port-forward`). */
  readonly ports?: LocalPorts | undefined;
  /** Runs a program of this machine on the terminal (an editor); undefined where it is not found. */
  launch?(argv: readonly string[]): Promise<number | undefined>;
  /** Opens the page's editor on a file and resolves when it is closed (`kubectl edit`); absent headless. */
  openEditor?(path: string): Promise<void>;
}

/** A bad command line; `message` is what kubectl prints to stderr (without "error: " where `bare`). Exit status 1. */
export class UsageError extends Error {
  override name = 'UsageError';
  readonly bare: boolean;
  constructor(message: string, bare = false) {
    super(message);
    this.bare = bare;
  }
}

/** One flag, as pflag knows it. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  readonly type: 'string' | 'bool' | 'int' | 'duration' | 'stringArray' | 'stringSlice' | 'count' | 'tri';
  /** As kubectl's help prints it: `'default'`, `[]`, `false`. */
  readonly default: string;
  /** The value used when the flag stands alone (`--dry-run` alone, `--watch`). */
  readonly noOptDefault?: string;
  /** Taken still, though help does not show it. */
  readonly hidden?: boolean;
  readonly description: string;
}

/** Flags and arguments after parsing. */
export interface ParsedArgs {
  readonly positional: readonly string[];
  /** Arguments after `--`, or undefined when there is no `--`. */
  readonly afterDash: readonly string[] | undefined;
  readonly flags: Readonly<Record<string, string | readonly string[]>>;
  /** Names of flags that were given. */
  readonly given: ReadonlySet<string>;
  /** The command's words: `set image`. */
  readonly path?: string;
}

/** One verb; one file each under `kubectl/`. */
export interface Command<O> {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly long: string;
  readonly usage: string;
  readonly examples: string;
  readonly flags: readonly Flag[];
  readonly subcommands?: readonly Command<unknown>[];
  /** Completes and checks the command line without asking the cluster; throws nothing. */
  options(args: ParsedArgs): O | UsageError;
  /** Does it; resolves with the exit status. */
  run(options: O, env: CommandEnv): Promise<number>;
}

/** The whole of kubectl as the shell calls it: argv without "kubectl". Never rejects but with BrokenPipeError. */
export type RunKubectl = (argv: readonly string[], env: CommandEnv) => Promise<number>;

/** Completions of the last word of argv (which may be ''), for commands, flags, resources, names, namespaces, containers. */
export type CompleteKubectl = (
  argv: readonly string[],
  env: Pick<CommandEnv, 'client' | 'files' | 'cwd'>,
) => Promise<readonly string[]>;
