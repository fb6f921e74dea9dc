import type { KubeObject } from '../api';
import type { AssignedView, ForkedView } from './cohorts/views';
import type { TracedView, VerdictView } from './protocol';

/** One moment of the cluster on the front page: what is drawn of it, and the request that is under way. */
export interface FrontFrame {
  /** Virtual ms since the move. */
  readonly afterMs: number;
  readonly objects: readonly KubeObject[];
  readonly way?: TracedView;
}

/** What a move on the front page made happen. */
export interface FrontPlay {
  /** The command and what it printed; empty for a request. */
  readonly said: string;
  readonly frames: readonly FrontFrame[];
}

/** A lab as lists show it. */
export interface LabCard {
  readonly track: string;
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly tasks: number;
  /** What it trains and what it needs, by the course's names. */
  readonly skills: readonly string[];
  readonly prerequisites: readonly string[];
  readonly aims: readonly string[];
}

/** A lab as its page shows it: nothing private is in it. Every `html` is sanitised. */
export interface LabView extends Omit<LabCard, 'tasks' | 'skills' | 'prerequisites'> {
  readonly steps: readonly { readonly id: string; readonly title: string; readonly html: string }[];
  readonly tasks: readonly {
    readonly id: string;
    readonly title: string;
    readonly html: string;
    /** Names of its checks, in order; verdicts carry them. */
    readonly checks: readonly string[];
    /** Those of them that are ticked while the learner works. */
    readonly live: readonly string[];
  }[];
  /** `waits`: shown only when an attempt calls for it. */
  readonly hints: readonly { readonly task: string; readonly html: string; readonly waits: boolean }[];
  readonly hasSolutions: boolean;
}

/** A learner's place in a lab. */
export interface OpenLab {
  readonly workspaceId: string;
  readonly lab: LabView;
  /** The assignment that it belongs to, if it belongs to one. */
  readonly assigned?: AssignedView | undefined;
  /** Whose work it is a fork of, if it is one. */
  readonly forked?: ForkedView | undefined;
}

/** How far a learner is with a lab. */
export interface ProgressView {
  readonly track: string;
  readonly slug: string;
  readonly status: 'started' | 'passed';
  /** RFC 3339. */
  readonly passedAt: string | undefined;
  /** When its workspace was last written, or its state changed; RFC 3339. */
  readonly touchedAt: string;
}

/** Order, grouping and skills of the course's labs. */
export interface CourseView {
  readonly chapters: readonly {
    readonly id: string;
    readonly title: string;
    readonly summary: string;
    /** "track/slug". */
    readonly labs: readonly string[];
  }[];
  /** What each skill is, in a sentence, by its name. */
  readonly skills: Readonly<Record<string, string>>;
}

/** One press of Check, as the history shows it. */
export interface PastAttempt {
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  readonly passed: boolean;
  /** The learner brought it along in a file. */
  readonly imported: boolean;
  readonly track: string;
  readonly slug: string;
  readonly title: string;
  readonly verdicts: readonly VerdictView[];
}
