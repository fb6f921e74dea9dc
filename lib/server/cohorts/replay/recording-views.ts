/** A place in a recording to jump to. */
export interface RecordingMark {
  /** Played ms since the beginning. */
  readonly at: number;
  readonly kind: 'input' | 'verdicts';
  readonly text: string;
  readonly attemptId: string | null;
}

/** An attempt as it was typed: what the terminal showed and when. */
export interface Recording {
  readonly attemptId: string;
  /** Null for one's own. */
  readonly learner: string | null;
  readonly lab: string;
  readonly at: string;
  readonly passed: boolean;
  readonly size: { readonly columns: number; readonly rows: number };
  readonly frames: readonly { readonly at: number; readonly text: string }[];
  readonly marks: readonly RecordingMark[];
  readonly lengthMs: number;
}
