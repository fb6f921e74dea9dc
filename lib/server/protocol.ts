import type { Hop, KubeObject, Vantage } from '../api';
import type { LabelsCompared } from '../labs';
import type { Recording } from './cohorts/replay/recording-views';

/** One object's key facts for panels; the whole object, since it is small. */
export interface ClusterChange {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** "pods", "deployments.apps". */
  readonly resource: string;
  readonly object: KubeObject;
}

/** A verdict as the page shows it. */
export interface VerdictView {
  readonly task: string;
  readonly check: string;
  readonly outcome: 'met' | 'not-met' | 'cannot-judge';
  readonly reason?: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly trace?: readonly Hop[];
  readonly labels?: LabelsCompared;
}

export interface AttemptView {
  readonly id: string;
  /** RFC 3339, wall clock. */
  readonly at: string;
  readonly passed: boolean;
  readonly verdicts: readonly VerdictView[];
  /** Places (in the lab's list) of the hints that these verdicts call for. */
  readonly hints?: readonly number[];
  /** What is said once the lab is passed; sanitised. */
  readonly debrief?: string;
}

/** A way to solve the lab, told only to who may know; sanitised. */
export interface SolutionView {
  readonly name: string;
  readonly html: string;
}

/** A solution as it was typed into a copy of the workspace. */
export type SolutionRecording = Pick<Recording, 'size' | 'frames' | 'marks' | 'lengthMs'>;

/** The way of one request: from where, hop by hop, and how it ended in a word. */
export interface TracedView {
  readonly host: string;
  readonly port: number;
  readonly from: string;
  /** Absent when no such place was found. */
  readonly sender?: Vantage;
  readonly outcome: string;
  /** Whether somebody answered. */
  readonly reached: boolean;
  readonly trace: readonly Hop[];
}

/** Something on a workspace's timeline. To go to it is to go to the moment just before the next one. */
export interface TimelineEntry {
  /** Unique on the timeline. */
  readonly id: string;
  /** The stored input that it is; of a check, the last one before it. */
  readonly seq: number;
  /** Virtual ms since the epoch; a check has none. */
  readonly now?: number;
  /** RFC 3339, wall clock. */
  readonly at: string;
  readonly kind: 'command' | 'edit' | 'api' | 'undo' | 'reset' | 'go-to' | 'skip' | 'check';
  /** The command, the file, the outcome; empty where the kind tells all. */
  readonly text: string;
  /** It changed the cluster or files. */
  readonly changed: boolean;
  /** Of undo, reset and go-to: they led to the state after this event. */
  readonly to?: number;
  /** Virtual ms that were skipped. */
  readonly ms?: number;
  readonly passed?: boolean;
}

/** A line of a difference; a gap stands for equal lines left out. */
export interface DiffLine {
  readonly sign: 'added' | 'removed' | 'same' | 'gap';
  readonly text: string;
}

/** What became of an object between two moments. */
export interface ObjectDiff {
  readonly change: 'added' | 'removed' | 'changed';
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Of its YAML, without what the system notes by itself. */
  readonly lines: readonly DiffLine[];
}

/** What is different between two moments. */
export interface MomentDiff {
  readonly objects: readonly ObjectDiff[];
  readonly files: readonly {
    readonly change: ObjectDiff['change'];
    readonly path: string;
    readonly lines: readonly DiffLine[];
  }[];
  /** How many more there are than can be shown. */
  readonly left: number;
}

/** The key by which a learner's own kubectl reaches the workspace. Times are RFC 3339, wall clock. */
export interface ApiKeyView {
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly key?: string;
}

/** A hint that staff wrote for everybody whose verdict means the same; sanitised. */
export interface NoteView {
  readonly id: string;
  readonly task: string;
  readonly html: string;
  readonly by: string;
}

/** Files to be put into the home folder, and which of them `kubectl apply` is then given. */
export interface PatchView {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly apply: readonly string[];
}

/** What staff sent to this page. */
export interface ReplyView {
  readonly id: string;
  readonly by: string;
  /** RFC 3339, wall clock. */
  readonly at: string;
  /** Sanitised. */
  readonly html: string;
  readonly trace: TracedView | null;
  readonly patch: PatchView | null;
  readonly applied: boolean;
}

/** What a lab page knows of the class that it is worked on for. */
export interface ClassroomView {
  readonly notes: readonly NoteView[];
  /** The learner's raised hand, and who has taken it up. */
  readonly hand: { readonly text: string; readonly claimedBy: string | null } | null;
  readonly replies: readonly ReplyView[];
  /** Who asks to watch the terminal, or does. */
  readonly follow: { readonly by: string; readonly agreed: boolean } | null;
}

/** Something that the API has against a manifest, and where; lines and columns count from 1. */
export interface ManifestProblem {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The API's own words, or kubectl's. */
  readonly message: string;
}

/** What came of applying a file. */
export interface Applied {
  /** "replace" where the objects in it tell the version of themselves that was read. */
  readonly verb: 'apply' | 'replace';
  /** kubectl's. */
  readonly status: number;
  /** What kubectl printed. */
  readonly said: string;
  readonly problems: readonly ManifestProblem[];
  /** Somebody else was faster. */
  readonly conflict: boolean;
  /** After a replace: the objects as they are now. */
  readonly fresh?: string;
}

/** What applying a file would change; nothing when it would be refused, and then why. */
export interface LiveDiff {
  readonly objects: readonly {
    readonly title: string;
    /** YAML; empty when there is no such object yet. */
    readonly before: string;
    readonly after: string;
  }[];
  readonly said: string;
  readonly problems: readonly ManifestProblem[];
}

/** A terminal of the page. */
export interface TerminalTab {
  /** "main" is there from the start and is never closed. */
  readonly id: string;
  readonly title: string;
}

/** How the panels stand; stored with the workspace. */
export interface Layout {
  readonly terminals?: readonly TerminalTab[] | undefined;
  /** The terminal in front; the main one when left out. */
  readonly terminal?: string | undefined;
  readonly openFiles: readonly string[];
  readonly activeFile?: string | undefined;
  readonly step?: string | undefined;
}

/** A question about one object. `resource` as kubectl takes it: "pods", "services". */
export interface Inspection {
  readonly view: 'describe' | 'yaml' | 'events' | 'logs';
  readonly resource: string;
  /** Empty for what has none. */
  readonly namespace: string;
  readonly name: string;
}

/** What a page says. `id`s come back in the answer. Paths are relative to the home folder: "web-app.yaml". */
export type ClientMessage =
  | {
      readonly type: 'hello';
      readonly size: {
        readonly columns: number;
        readonly rows: number;
      } /** Bytes of output already on this page's screen. */;
      readonly seen?: number;
    }
  /** `terminal`: the main one when left out, here and below. */
  | { readonly type: 'keys'; readonly data: string; readonly terminal?: string }
  | {
      readonly type: 'resize';
      readonly columns: number;
      readonly rows: number;
      readonly terminal?: string;
    }
  /** Opens another terminal, or shows one that is open; `keys` are typed into it when it is new. */
  | {
      readonly type: 'open-terminal';
      readonly id: number;
      readonly terminal: string;
      readonly size: { readonly columns: number; readonly rows: number };
      readonly seen: number;
      readonly keys?: string;
    }
  /** Ends another terminal and what runs in it. */
  | { readonly type: 'close-terminal'; readonly id: number; readonly terminal: string }
  | { readonly type: 'save'; readonly id: number; readonly path: string; readonly text: string }
  | { readonly type: 'remove'; readonly id: number; readonly path: string }
  /** The file that a command waits for is edited: saved and closed. */
  | { readonly type: 'edited'; readonly id: number; readonly path: string }
  | { readonly type: 'rename'; readonly id: number; readonly path: string; readonly to: string }
  /** Gives a file of the home folder to the API as `kubectl apply` (or `replace`) does. */
  | { readonly type: 'apply'; readonly id: number; readonly path: string }
  /** What that would change. */
  | { readonly type: 'diff'; readonly id: number; readonly path: string }
  /** The objects of a file as they are now. */
  | { readonly type: 'reread'; readonly id: number; readonly path: string }
  | { readonly type: 'check'; readonly id: number }
  | { readonly type: 'solutions'; readonly id: number }
  /** A solution typed into a copy: of the workspace as it is, or of the lab's start. */
  | {
      readonly type: 'solve';
      readonly id: number;
      readonly solution: string;
      readonly from: 'now' | 'start';
    }
  /** The way of a request (from the first ready Pod when no place is named), sent on a copy. */
  | {
      readonly type: 'trace';
      readonly id: number;
      readonly host: string;
      readonly port: number;
      readonly path?: string;
      readonly from?: Vantage;
    }
  /** What kubectl tells of one object, asked on a copy. */
  | ({ readonly type: 'inspect'; readonly id: number } & Inspection)
  | { readonly type: 'undo'; readonly id: number }
  /** Takes the last undo back. */
  | { readonly type: 'redo'; readonly id: number }
  /** Brings back the state just before the input that followed event `seq`. */
  | { readonly type: 'go-to'; readonly id: number; readonly seq: number }
  /** Entries of the timeline that are older than `before` (the newest when left out); later ones then come by themselves. */
  | { readonly type: 'timeline'; readonly id: number; readonly before?: number }
  /** What is different between two moments, each as in 'go-to'; no `to` means now. */
  | { readonly type: 'compare'; readonly id: number; readonly from: number; readonly to?: number }
  /** Lets virtual time jump ahead. */
  | { readonly type: 'skip'; readonly id: number; readonly ms: number }
  /** Stops virtual time, or lets it go on. */
  | { readonly type: 'pause'; readonly id: number; readonly paused: boolean }
  | { readonly type: 'reset'; readonly id: number }
  /** The key to the workspace's API: what is known of it, a new one (the old one ends), or none any more. */
  | { readonly type: 'key'; readonly id: number; readonly action: 'look' | 'make' | 'revoke' }
  /** Raises the hand, or takes it down. */
  | { readonly type: 'hand'; readonly id: number; readonly raised: boolean; readonly text: string }
  /** What becomes of something that staff sent. */
  | {
      readonly type: 'reply';
      readonly id: number;
      readonly reply: string;
      readonly action: 'apply' | 'dismiss';
    }
  /** Whether staff may watch the terminal. */
  | { readonly type: 'follow'; readonly id: number; readonly agrees: boolean }
  | { readonly type: 'layout'; readonly layout: Layout };

/** What the server says. */
export type ServerMessage =
  | {
      readonly type: 'welcome';
      /** Terminal output from position `from` on; positions only grow, also over a restart of the server. */
      readonly output: string;
      readonly from: number;
      readonly files: readonly { readonly path: string; readonly text: string }[];
      readonly layout: Layout;
      readonly attempts: readonly AttemptView[];
      readonly objects: readonly KubeObject[];
      readonly undoable: string | null;
      readonly redoable: string | null;
      /** Virtual time stands still. */
      readonly paused: boolean;
      /** As in 'editing'. */
      readonly editing: string | null;
      readonly now: number;
    }
  | { readonly type: 'output'; readonly text: string; readonly from: number; readonly terminal?: string }
  | { readonly type: 'cluster'; readonly changes: readonly ClusterChange[]; readonly now: number }
  | {
      readonly type: 'files';
      readonly changes: readonly { readonly path: string; readonly text: string | null }[];
    }
  /** An input with this id is stored. */
  | { readonly type: 'done'; readonly id: number }
  /** Checks of live tasks that are met as things stand; no verdict, and nothing is counted. */
  | { readonly type: 'ticks'; readonly met: readonly { readonly task: string; readonly check: string }[] }
  | { readonly type: 'verdicts'; readonly id: number; readonly attempt: AttemptView }
  | { readonly type: 'solutions'; readonly id: number; readonly solutions: readonly SolutionView[] }
  | { readonly type: 'solved'; readonly id: number; readonly recording: SolutionRecording }
  | { readonly type: 'traced'; readonly id: number; readonly way: TracedView }
  /** kubectl's own words, errors too. */
  | { readonly type: 'inspected'; readonly id: number; readonly text: string }
  | { readonly type: 'applied'; readonly id: number; readonly path: string; readonly applied: Applied }
  | { readonly type: 'differs'; readonly id: number; readonly path: string; readonly diff: LiveDiff }
  | { readonly type: 'reread'; readonly id: number; readonly path: string; readonly text: string }
  /** State was replaced (undo, reset): a whole new picture follows as `welcome`. */
  | { readonly type: 'undoable'; readonly command: string | null; readonly redo: string | null }
  /**
   * Entries of the timeline, new ones or in other words; `more`: older ones can be asked for (only in an answer).
   * `lineage`: the events that led to the present state, as [first, last] pairs; all others were left.
   */
  | {
      readonly type: 'timeline';
      readonly id?: number;
      readonly entries: readonly TimelineEntry[];
      readonly more?: boolean;
      readonly lineage: readonly (readonly [number, number])[];
    }
  | { readonly type: 'compared'; readonly id: number; readonly diff: MomentDiff }
  | { readonly type: 'clock'; readonly paused: boolean; readonly now: number }
  /** The answer to 'key'; the secret itself only when it was just made. */
  | { readonly type: 'key'; readonly id: number; readonly key: ApiKeyView | null }
  /** News of the class; the whole of it. */
  | { readonly type: 'classroom'; readonly classroom: ClassroomView }
  /** The file that a command in the terminal waits to be edited, or none. Outside the home folder its path is absolute. */
  | { readonly type: 'editing'; readonly path: string | null }
  | { readonly type: 'failed'; readonly id?: number; readonly code: string; readonly message: string };
