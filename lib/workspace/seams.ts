import type { Client, Credentials, Faults, Json, KubeObject, Network, StatusError, View } from '../api';
import type { Files, TerminalSize } from '../base';
import type { Identity } from '../cluster';
import type { Lab, LabCluster, ObservedCommand, Verdict } from '../labs';
import type { TtyInput } from '../shell';
import type { ApiCall, ApiOutcome } from './api-call';
import type { ProcessEvent, RemoteProcess } from './remote-processes';

/** What a workspace is made from. Same options, same inputs: same snapshot, byte for byte. */
export interface WorkspaceOptions {
  readonly seed: number;
  /** Virtual ms since the epoch at which the cluster is found running. */
  readonly startAt: number;
  readonly nodes: number;
  /** 'any': an image of no catalogue runs a program that listens on its declared ports. */
  readonly images: 'catalogue' | 'any';
  /** On premises when left out. */
  readonly cloud?: LabCluster['cloud'] | undefined;
  readonly proxyMode?: LabCluster['proxyMode'] | undefined;
  readonly lab?:
    | (Pick<Lab, 'objects' | 'files'> & {
        readonly images?: Lab['images'] | undefined;
        readonly faults?: LabCluster['faults'] | undefined;
        /** Run on the admin machine once the objects are there, before anybody comes. */
        readonly startScript?: string | undefined;
      })
    | undefined;
}

/** Everything that can happen to a workspace from outside, besides time. */
export type WorkspaceInput =
  | { readonly kind: 'tty'; readonly terminal: string; readonly input: TtyInput }
  /** Also opens a terminal that was not open yet: a page attaching sends it first. */
  | { readonly kind: 'resize'; readonly terminal: string; readonly size: TerminalSize }
  /** A terminal is closed, with whatever runs in it; nothing is kept of it. */
  | { readonly kind: 'close'; readonly terminal: string }
  /** The editor saved a file of the home folder; the path is absolute. */
  | { readonly kind: 'save'; readonly path: string; readonly text: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  /** The editor that a command waits for is closed; `edited: false` when nobody has one. The path is absolute. */
  | { readonly kind: 'edited'; readonly path: string; readonly edited: boolean }
  /** A write through the API from outside: the learner's own kubectl. */
  | { readonly kind: 'api'; readonly call: ApiCall }
  /** The same for `exec`: a process begins, reads (null: its input ends), sees its terminal change, and is left. */
  | { readonly kind: 'exec'; readonly process: RemoteProcess }
  | { readonly kind: 'exec-input'; readonly id: string; readonly text: string | null }
  | { readonly kind: 'exec-resize'; readonly id: string; readonly size: TerminalSize }
  | { readonly kind: 'exec-end'; readonly id: string }
  /** A program of the admin machine has ended that ran beside its terminals: the editor's *Apply*. Its writes came before. */
  | { readonly kind: 'ran'; readonly argv: readonly string[]; readonly status: number }
  /** `to`: the moment that it leads back to, as in 'go-to'; told for whoever reads what is stored. */
  | { readonly kind: 'undo'; readonly to?: number | undefined }
  | { readonly kind: 'reset' }
  /** The state as it stood just before the input that followed input number `seq`, brought by whoever delivers this. */
  | { readonly kind: 'go-to'; readonly seq: number }
  /** Time is going to jump ahead; that it does, whoever moves the clock sees to. */
  | { readonly kind: 'skip'; readonly ms: number };

/** A state from elsewhere that undo or 'go-to' puts in place, and files that were saved since and shall be kept. */
export interface Brought {
  readonly workspace: Workspace;
  readonly edits: readonly WorkspaceInput[];
}

/** An input with its exact place in virtual time: replaying stamped inputs in order gives the same workspace. */
export interface StampedInput {
  readonly at: number;
  /** How many rounds of breath the shells had drawn; places a Ctrl-C inside a busy loop. */
  readonly breath: number;
  /** A shell was in the middle of work (not waiting for time or input) when it came. */
  readonly busy: boolean;
  readonly input: WorkspaceInput;
}

/** A command that `undo` would take back. */
export interface UndoEntry {
  readonly command: string;
  readonly at: number;
  /** Which delivered input it was, counted from 1 since the workspace began. */
  readonly ordinal: number;
  /** The run of an outside program whose first write this was; its later writes are taken back with it. */
  readonly session?: string | undefined;
}

/** Undo was asked for a state that is no longer in memory: load the one before `entry.ordinal` and replay up to it. */
export class UndoUnavailableError extends Error {
  override name = 'UndoUnavailableError';
  readonly entry: UndoEntry | undefined;
  constructor(entry: UndoEntry | undefined) {
    super(entry ? `the state before "${entry.command}" is no longer in memory` : 'there is nothing to undo');
    this.entry = entry;
  }
}

/** A learner's cluster, files and shells under one virtual clock and one seeded chance. */
export interface Workspace {
  readonly now: number;
  readonly view: View;
  /** The admin's client. */
  readonly client: Client;
  /** The API as another identity sees it. For reading: writes from outside are `deliver`ed. */
  clientOf(identity: Identity): Client;
  /** Who sends what comes with such credentials; see `Cluster.authenticate`. */
  authenticate(credentials: Credentials, own?: Identity): Identity | StatusError;
  readonly network: Network;
  /** Breaking and mending on purpose; what is broken belongs to the workspace's state. */
  readonly faults: Faults;
  readonly files: Files;
  /** No command is running in any terminal: the workspace is plain data and `snapshot` is allowed. */
  readonly atRest: boolean;
  /** A shell is computing and has not come to wait; time does not pass meanwhile. */
  readonly busy: boolean;
  /** How many inputs were delivered since the workspace began. */
  readonly inputs: number;
  /** Commands that changed the cluster or files, oldest first; kept in snapshots. */
  readonly undoable: readonly UndoEntry[];
  /** A command was found to change something. */
  onUndoable(listener: (entry: UndoEntry) => void): () => void;
  /** Whether this input begins a command, rather than being read by one that runs. */
  begins(input: WorkspaceInput): boolean;
  /** Opens the terminal when it is new (its prompt appears). Raw keys; completed inputs come back through `onAccept`, to be stored and then `deliver`ed. */
  press(terminal: string, keys: string): void;
  onAccept(listener: (terminal: string, input: TtyInput) => void): () => void;
  /** Text for a terminal's screen. */
  onOutput(listener: (terminal: string, text: string) => void): () => void;
  onChange(
    listener: (change: {
      readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
      readonly resource: string;
      readonly object: KubeObject;
    }) => void,
  ): () => void;
  /** What the API would answer; nothing is kept (dry runs, reviews). */
  rehearse(call: ApiCall): Promise<ApiOutcome>;
  /** The file that a command waits to be edited (`vi`, `kubectl edit`), until an 'edited' input; absolute. */
  readonly editing: string | undefined;
  onEditing(listener: (path: string | undefined) => void): () => void;
  /** What processes begun by 'exec' inputs say. */
  onProcess(listener: (id: string, event: ProcessEvent) => void): () => void;
  /** Processes begun by 'exec' inputs that have not ended. */
  readonly processes: readonly string[];
  /** Undo or reset put another state in the place of this one: what was watched is no more. */
  onReplaced(listener: () => void): () => void;
  onFiles(listener: (path: string, text: string | undefined) => void): () => void;
  /** The stamp that `input` would get now. Between `stamp` and `deliver` the workspace must be `hold`ed. */
  stamp(input: WorkspaceInput): StampedInput;
  /** Resolves when every shell waits or is held at its next breath; nothing moves until the returned release is called. */
  hold(): Promise<() => void>;
  /**
   * Applies an input at its stamp (running up to it first, when replayed); resolves once it is applied, not when its
   * command has ended, with the API's answer to an 'api' input. Undo throws `UndoUnavailableError` when there is nothing
   * in memory to go back to and nothing was brought; 'go-to' is always brought its state.
   */
  deliver(stamped: StampedInput, brought?: Brought): Promise<ApiOutcome | undefined>;
  /** Runs up to exactly the moment at which an input was stamped, without the input. */
  reach(stamped: StampedInput): Promise<void>;
  /** Resolves when no shell is computing; false when one still is after a bounded number of breaths. */
  settle(): Promise<boolean>;
  /** When something is next due by itself (cluster work, a sleeping command), in virtual ms. */
  readonly nextDue: number | undefined;
  /** When a sleeping command is next due, in virtual ms. */
  readonly nextWake: number | undefined;
  /**
   * Lets virtual time pass to `at`; composable: to a then b equals to b. While a shell is computing time stands still:
   * then it resolves early, and `now` tells how far it came.
   */
  advanceTo(at: number): Promise<void>;
  /** Types `text` as a script on the admin machine; time moves only by its sleeps and waits and costs nothing. */
  run(
    text: string,
    streams: { readonly out: (text: string) => void; readonly err: (text: string) => void },
  ): Promise<number>;
  /** Programs run on the admin machine, oldest first: the newest `OBSERVED_LIMIT`. */
  readonly commands: readonly ObservedCommand[];
  /** Judges a lab on copies of this workspace; `earned`: latching tasks that were met before. */
  grade(lab: Pick<Lab, 'tasks'>, earned?: ReadonlySet<string>): Promise<readonly Verdict[]>;
  /** Another workspace from the same state, going its own way; O(1). A running command stays behind. */
  fork(): Workspace;
  /** The state as JSON; only when `atRest`. */
  snapshot(): WorkspaceSnapshot;
  /** What the terminals have shown, bounded. */
  readonly scrollback: Readonly<Record<string, string>>;
  /** Ends whatever runs; the workspace is of no more use. */
  close(): void;
}

/** A workspace at rest as JSON. `format` grows when its shape changes; older ones stay readable. */
export interface WorkspaceSnapshot {
  readonly format: 1;
  readonly options: Json;
  readonly now: number;
  readonly breath: number;
  readonly inputs: number;
  readonly undoable: readonly UndoEntry[];
  readonly random: number;
  readonly cluster: Json;
  readonly files: Json;
  readonly sessions: Json;
  readonly scrollback: Readonly<Record<string, string>>;
  /** Absent in older ones. */
  readonly commands?: readonly ObservedCommand[] | undefined;
}
