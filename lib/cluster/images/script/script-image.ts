import type { Executable, SignalName } from '../../../api';
import type { Turn } from '../../seams';
import type { ScriptState } from './thread';

/** What a script can start in its image. */
export interface ScriptImage {
  /** What is on PATH of those commands that scripts know. */
  readonly tools: readonly string[];
  readonly executables: Readonly<Record<string, Executable>>;
  /** Whether a command line starts one of the image's servers. */
  starts(argv: readonly string[]): boolean;
  /** Whether that server leaves its terminal and runs on by itself. */
  daemonizes(argv: readonly string[]): boolean;
}

/** What a script did until it waits, ends, or becomes a server of the image. */
export interface ScriptTurn extends Turn {
  readonly state: ScriptState;
  /** Servers that it started, by the number that it will ask for. */
  readonly started: readonly { readonly id: number; readonly argv: readonly string[] }[];
  /** It was replaced by this server (exec). */
  readonly becomes?: readonly string[] | undefined;
  /** A signal that it sent to the main process. */
  readonly signal?: SignalName | undefined;
  /** How its output went, for callers that keep the two apart. */
  readonly out: string;
  readonly err: string;
}
