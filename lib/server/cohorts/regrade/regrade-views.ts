/** How an attempt came out, in short. */
export interface Outcome {
  readonly passed: boolean;
  /** 0 to 1. */
  readonly score: number;
  /** The first verdict that was not met, and its reason. */
  readonly why: string;
}

/** One attempt that another version judges otherwise. */
export interface RegradeLine {
  readonly attemptId: string;
  readonly learner: string;
  readonly at: string;
  readonly before: Outcome;
  readonly after: Outcome;
}

/** Stored attempts judged again by another version of the lab. */
export interface RegradeView {
  readonly id: string;
  readonly createdAt: string;
  readonly by: string;
  readonly done: number;
  readonly total: number;
  readonly finished: boolean;
  /** Attempts that could not be judged again, and why. */
  readonly failed: readonly string[];
  readonly changes: readonly RegradeLine[];
  readonly applied: 'all' | 'upward' | null;
}
