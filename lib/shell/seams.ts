import type {
  Client,
  CloudApi,
  Executable,
  Json,
  LocalPorts,
  Network,
  Pod,
  SignalName,
  Vantage,
} from '../api';
import type { Cancel, Files, ProcessStreams, Random, TerminalSize, Timer } from '../base';

/** What a shell and its tools run on: the learner's admin machine, a node, or the inside of a container. */
export interface Machine {
  readonly kind: 'admin' | 'node' | 'container';
  readonly hostname: string;
  readonly user: string;
  readonly home: string;
  readonly vantage: Vantage;
  readonly files: Files;
  /** The environment that a process starts with. */
  readonly environment: Readonly<Record<string, string>>;
  /** Commands on PATH; 'all' on the admin machine. A tool not listed is "not found". */
  readonly tools: 'all' | readonly string[];
  /** Programs that its image brings, beside `tools`. */
  readonly executables?: Readonly<Record<string, Executable>> | undefined;
  /** What a container's main process was started with, as ps shows it. */
  readonly command?: readonly string[] | undefined;
  /** Sends a signal to the container's main process. */
  readonly signal?: ((name: SignalName) => void) | undefined;
  /** How its interactive shell names and presents itself: "bash" with a coloured prompt, "sh" with "/ # " or "# ". */
  readonly shell: 'bash' | 'sh' | 'ash';
  /** The Pods of a node, as its container runtime is asked for them; only on nodes. */
  readonly pods?: (() => Promise<readonly Pod[]>) | undefined;
  /** kubectl's client here; undefined where kubectl is not installed. */
  readonly client: Client | undefined;
}

/** What the world outside lends to shells. Nothing in it is ever stored. */
export interface World {
  /** Virtual time: `sleep` costs no real time in scripts and follows the wall clock when attached. */
  readonly timer: Timer;
  readonly random: Random;
  readonly network: Network;
  /** Ports of the admin machine that a program may listen on. */
  readonly ports?: LocalPorts | undefined;
  /** The API of the cloud that the cluster stands in; absent on premises, where there is no `aws`. */
  readonly cloud?: CloudApi | undefined;
  /**
   * Gives the event loop its turn. A busy interpreter calls it every `STEPS_PER_BREATH` steps; it is also the only
   * moment, besides rest, at which input and signals arrive, so that a replay meets them at the same step.
   */
  breathe(): Promise<void>;
  /** Told of every program that a shell of the admin machine started, once it has ended. */
  observe?(argv: readonly string[], status: number): void;
  /**
   * Opens a file in the page's editor (vi, nano, kubectl edit) and resolves when it is closed there, or with false when
   * nobody has an editor; absent in scripts.
   */
  openEditor?(path: string, cancel: Cancel): Promise<boolean>;
}

/** What reaches a shell from its terminal once the line editor is done: the unit that is stored and replayed. */
export type TtyInput =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'signal'; readonly signal: 'INT' | 'QUIT' | 'TSTP' }
  | { readonly kind: 'eof' }
  /** Bytes for a program that reads its terminal raw (less, top). */
  | { readonly kind: 'keys'; readonly data: string };

/** Everything a shell remembers between commands; plain data. */
export interface SessionState {
  readonly cwd: string;
  readonly variables: Json;
  readonly functions: Json;
  readonly aliases: Json;
  readonly options: Json;
  readonly lastStatus: number;
  readonly history: readonly string[];
}

/** A terminal with an interactive shell on it. */
export interface Session {
  /** Raw bytes from the keyboard (or a paste): edited, echoed, and turned into `accept`ed inputs. */
  press(keys: string): void;
  /** An input that was accepted (and stored): what really acts. Echoes what the line editor would have shown when replayed. */
  deliver(input: TtyInput): void;
  resize(size: TerminalSize): void;
  /** Shows a line that no program wrote, above a prompt or between a program's lines. */
  notice(text: string): void;
  /** At the prompt with no job running: `state` tells all there is. */
  readonly atRest: boolean;
  /** It waits for a new command with no job running, whatever is typed already: the next line delivered begins one. */
  readonly atPrompt: boolean;
  /** Line being typed at the prompt (not stored). */
  readonly typed: string;
  readonly state: SessionState;
  /** Ends foreground and background jobs without a word (undo, reset, server stop). */
  kill(): void;
}

export interface SessionOptions {
  readonly machine: Machine;
  readonly world: World;
  readonly size: TerminalSize;
  /** undefined for a new shell. */
  readonly state: SessionState | undefined;
  /** Text for the screen, with terminal escapes. */
  readonly show: (text: string) => void;
  /** Called by `press` when a line, signal or end of input is complete; whoever is behind it stores it, then calls `deliver`. */
  readonly accept: (input: TtyInput) => void;
  /** Called each time the shell comes back to its prompt. */
  readonly onRest?: (() => void) | undefined;
}

/** Runs `text` as a script (bash reading it from a file): used by `portside sandbox --run` and by lab solutions. */
export type RunScript = (
  text: string,
  options: {
    readonly machine: Machine;
    readonly world: World;
    readonly state?: SessionState;
    readonly streams: ProcessStreams;
    readonly cancel: Cancel;
  },
) => Promise<{ readonly status: number; readonly state: SessionState }>;

/** Starts one process by argv on a machine (kubectl exec): a shell, a tool, or "not found" in the runtime's words. */
export type RunProcess = (
  argv: readonly string[],
  options: { readonly machine: Machine; readonly world: World; readonly streams: ProcessStreams },
) => Promise<number>;
