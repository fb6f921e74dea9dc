import type { Cluster } from '../cluster';
import type { ObservedCommand } from '../labs';
import type { FilesState, SessionState } from '../shell';

/** Everything a workspace remembers, as one value: fork, undo and reset pass it around. */
export interface Root {
  readonly now: number;
  /** The state of chance. */
  readonly random: number;
  readonly breath: number;
  /** Held, never run: whoever opens the root forks it under a clock of its own. */
  readonly cluster: Cluster;
  readonly files: FilesState;
  /** By terminal. */
  readonly sessions: Readonly<Record<string, SessionState>>;
  /** What was run on the admin machine. */
  readonly commands: readonly ObservedCommand[];
}
