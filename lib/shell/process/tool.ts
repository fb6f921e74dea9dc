import type { Cancel, TerminalSize } from '../../base';
import type { Machine, World } from '../seams';

/** A tool's standard input. */
export interface ToolInput {
  read(): Promise<string | undefined>;
  readLine(delimiter?: string): Promise<string | undefined>;
  readAll(): Promise<string>;
  /** Puts text back for whoever reads next. */
  unread(text: string): void;
  readonly isTerminal: boolean;
}

/** How one process differs from its parent when a tool starts another. */
export interface RunOptions {
  readonly stdin?: string | undefined;
  /** Collects standard output instead of passing it on. */
  readonly out?: ((text: string) => void) | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Ends the child with SIGTERM when it comes. */
  readonly cancel?: Cancel | undefined;
}

/** All that a tool may touch. Every wait in it ends with `Interrupted` when the process is signalled. */
export interface ToolContext {
  /** With the tool's own name first. */
  readonly argv: readonly string[];
  readonly args: readonly string[];
  readonly name: string;
  readonly machine: Machine;
  readonly world: World;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin: ToolInput;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  readonly size: TerminalSize;
  readonly cancel: Cancel;
  now(): number;
  out(text: string): Promise<void>;
  err(text: string): Promise<void>;
  /** Writes even after the process was signalled: last words such as ping's statistics. */
  lastWords(text: string): Promise<void>;
  sleep(ms: number): Promise<void>;
  /** Counts one step of a loop and lets the event loop have its turn now and then. */
  step(): Promise<void>;
  /** The absolute, normalised path of what was typed. */
  path(typed: string): string;
  /** Writes to what a device path such as /dev/stderr or /dev/fd/63 stands for; undefined when it is no such path. */
  device(typed: string): ((text: string) => Promise<void>) | undefined;
  /** A whole file's text; "-" and /dev/stdin are standard input. */
  readFile(typed: string): Promise<string>;
  /** Runs another command of this machine and resolves with its status. */
  run(argv: readonly string[], options?: RunOptions): Promise<number>;
  /** Where a command is found ("/usr/bin/curl"), or undefined. */
  which(name: string): string | undefined;
}

/** A program; resolves with its exit status. */
export type Tool = (context: ToolContext) => Promise<number>;
