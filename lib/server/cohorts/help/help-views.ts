/** A raised hand in the queue. */
export interface HandView {
  readonly id: string;
  readonly workspaceId: string;
  readonly learner: string;
  readonly lab: string;
  readonly text: string;
  /** The moment in the workspace: its last input then. */
  readonly seq: number;
  readonly raisedAt: string;
  readonly claimedBy: string | null;
  readonly mine: boolean;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
}

/** One thing that a learner did, to go back to. */
export interface MomentView {
  readonly seq: number;
  /** Wall clock, RFC 3339. */
  readonly at: string;
  readonly what: string;
}

/** A learner's work at one assignment, as staff look at it. */
export interface WorkView {
  readonly workspaceId: string;
  readonly learner: string;
  readonly lab: string;
  readonly assignmentId: string;
  readonly moments: readonly MomentView[];
  readonly attempts: readonly { readonly id: string; readonly at: string; readonly passed: boolean }[];
  readonly forks: readonly {
    readonly id: string;
    readonly at: string;
    readonly seq: number;
    readonly href: string;
  }[];
  readonly follow: { readonly mine: boolean; readonly agreed: boolean } | null;
}

/** How a fork's files differ from what the learner has now. */
export interface ForkDiff {
  readonly files: readonly { readonly path: string; readonly text: string; readonly isNew: boolean }[];
}
