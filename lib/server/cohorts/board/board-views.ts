import type { BoardState } from './board-state';

/** A learner's line on the board. */
export interface BoardLine {
  readonly id: string;
  readonly name: string;
  readonly workspaceId: string | null;
  readonly state: BoardState;
  readonly tasks: Readonly<Record<string, 'met' | 'not-met'>>;
  readonly met: number;
  readonly needs: number;
  readonly why: readonly string[];
}

/** Those who stand at one place for one reason, and the hint that was written for them. */
export interface BoardGroupView {
  readonly task: string;
  readonly check: string;
  readonly says: string;
  readonly example: string;
  readonly learners: readonly string[];
  readonly hints: readonly { readonly id: string; readonly text: string; readonly by: string }[];
}

/** How a cohort stands at one assignment. */
export interface BoardView {
  readonly tasks: readonly { readonly id: string; readonly title: string; readonly met: number }[];
  readonly lines: readonly BoardLine[];
  readonly groups: readonly BoardGroupView[];
  readonly counts: Readonly<Record<BoardState, number>>;
}

/**
 * What is told of a board: everything to whoever comes, then what has changed. A class of five hundred is half a megabyte,
 * and of a second's news it is a few lines.
 */
export type BoardNews = Partial<Omit<BoardView, 'lines'>> & {
  /** Lines that are new or different. */
  readonly lines: readonly BoardLine[];
  /** Everybody in order; where it is missing, they are as they were. */
  readonly order?: readonly string[];
};
